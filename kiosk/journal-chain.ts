// Pure: one line of the journal as bytes, chained to the line before; and what a file that ends badly ends in.
//
//   {"sequence":1,"at":"…","previous":"00…00","entry":{…},"hash":"3f…"}\n
//    └────────────── SHA-256 of this and a closing brace ┘
import { createHash } from 'node:crypto'
import { JournalLine, type JournalEntry } from '../domain/journal-entry.ts'
import { problemsOf } from '../domain/schema.ts'

/** Where a chain stands: what the next line has to follow. */
export type ChainHead = { sequence: number; hash: string }

/** Before the first line. */
export const noHead: ChainHead = { sequence: 0, hash: '0'.repeat(64) }

const newline = 0x0a
/** The least a disk writes at once. */
const sectorBytes = 512
const hashMember = ',"hash":"'
const hashDigits = 64
/** `,"hash":"` + 64 digits + `"}` */
const tailBytes = hashMember.length + hashDigits + 2

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
  const { sequence, previous } = read.line
  if (sequence !== head.sequence + 1) {
    return broken(`it has number ${sequence} where ${head.sequence + 1} belongs`)
  }
  return previous === head.hash ? read : broken('it does not follow the line before it')
}

const readLine = (bytes: Buffer): CheckedLine => {
  const cut = bytes.length - tailBytes
  const tail = bytes.subarray(Math.max(0, cut)).toString('latin1')
  if (cut < 1 || !tail.startsWith(hashMember) || !tail.endsWith('"}')) {
    return broken('it does not end in a hash')
  }
  const hash = tail.slice(hashMember.length, hashMember.length + hashDigits)
  if (sha256(bytes.subarray(0, cut), '}') !== hash) return broken('its content is not what it was')
  return parseLine(bytes.toString('utf8'))
}

const parseLine = (text: string): CheckedLine => {
  const value = jsonOf(text)
  const parsed = JournalLine.safeParse(value)
  return parsed.success
    ? { kind: 'sound', line: parsed.data }
    : broken(problemsOf(parsed.error, value).join('; '))
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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

const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
