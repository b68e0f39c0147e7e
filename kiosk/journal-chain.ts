// Pure: the next line of the journal as bytes, chained to the line before; and what a file that ends badly ends in.
import {
  checkLink,
  hashMember,
  placeProblem,
  sha256,
  type ChainHead,
} from '../domain/journal-chain.ts'
import { JournalEntry, type JournalLine } from '../domain/journal-entry.ts'
import { problemsOf } from '../domain/schema.ts'

const newline = 0x0a
/** The least a disk writes at once. */
const sectorBytes = 512

/** The line that follows `head`, and its bytes with the newline. Bytes are hashed exactly as they are written. */
export const nextLine = (
  head: ChainHead,
  at: string,
  entry: JournalEntry,
): { line: JournalLine; bytes: Buffer } => {
  const body = { sequence: head.sequence + 1, at, previous: head.hash, entry }
  const text = JSON.stringify(body)
  const hash = sha256(text)
  const bytes = Buffer.from(`${text.slice(0, -1)}${hashMember}${hash}"}\n`)
  return { line: { ...body, hash }, bytes }
}

export type CheckedLine = { kind: 'sound'; line: JournalLine } | { kind: 'broken'; why: string }

/** Checks the bytes of one line, without its newline, against its own hash and against the line before. */
export const checkLine = (bytes: Buffer, head: ChainHead): CheckedLine => {
  const read = readLine(bytes)
  if (read.kind === 'broken') return read
  const problem = placeProblem(read.line, head)
  return problem === null ? read : broken(problem)
}

const readLine = (bytes: Buffer): CheckedLine => {
  const checked = checkLink(bytes)
  if (checked.kind === 'broken') return checked
  const { link } = checked
  const parsed = JournalEntry.safeParse(link.entry)
  return parsed.success
    ? { kind: 'sound', line: { ...link, entry: parsed.data } }
    : broken(problemsOf(parsed.error, link.entry).join('; '))
}

/**
 * What follows the last sound line, from this offset of the file to its end: a write that a power cut tore, or something
 * that was changed afterwards?
 *
 * A line is acknowledged only when it is on disk with its newline, so what has none was never acknowledged; nor was what
 * holds a sector of zeros, which is how a sector reads that was never written. A whole line further on with its own
 * right hash says the opposite: it was written after the damaged one.
 */
export const judgeTail = (tail: Buffer, offset: number, head: ChainHead): 'torn' | 'changed' => {
  if (wholeLines(tail).some((line) => readLine(line).kind === 'sound')) return 'changed'
  if (sectorsOf(tail, offset).some(isUnwritten)) return 'torn'
  if (tail.includes(newline)) return 'changed'
  // A whole line whose newline became another byte was acknowledged all the same.
  return checkLine(tail.subarray(0, -1), head).kind === 'sound' ? 'changed' : 'torn'
}

const sectorsOf = (tail: Buffer, offset: number): Buffer[] => {
  const sectors: Buffer[] = []
  for (let from = 0; from < tail.length;) {
    const to = from + sectorBytes - ((offset + from) % sectorBytes)
    sectors.push(tail.subarray(from, to))
    from = to
  }
  return sectors
}

/** A zero or two may be a flipped byte. */
const isUnwritten = (sector: Buffer): boolean =>
  sector.length >= 8 && sector.every((byte) => byte === 0)

const wholeLines = (tail: Buffer): Buffer[] => {
  const lines: Buffer[] = []
  let from = 0
  for (let to = tail.indexOf(newline); to !== -1; to = tail.indexOf(newline, from)) {
    lines.push(tail.subarray(from, to))
    from = to + 1
  }
  return lines
}

const broken = (why: string): CheckedLine => ({ kind: 'broken', why })
