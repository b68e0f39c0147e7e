// Reads a journal from its first byte to its last, line by line, and says where its chain ends and how.
import { hashAtEnd, noHead, type ChainHead } from '../domain/journal-chain.ts'
import type { JournalLine } from '../domain/journal-entry.ts'
import { checkLine, judgeTail } from './journal-chain.ts'

/** What reading needs of a file; a `FileHandle` is one. */
export type ReadableFile = {
  stat(): Promise<{ size: number }>
  read(into: Buffer, from: number, length: number, position: number): Promise<{ bytesRead: number }>
}

export type ReadChain =
  | {
      kind: 'whole'
      head: ChainHead
      /** Where the last sound line ends. */
      length: number
      /** What stands behind it and was never acknowledged. */
      torn: Buffer | null
      /** Files with torn lines that the journal already tells of. */
      reported: ReadonlySet<string>
    }
  | { kind: 'broken'; atLine: number; why: string }

/** A journal line is a few hundred bytes; what is longer than this is none. */
const longestLine = 1024 * 1024
const chunkBytes = 64 * 1024
const newline = 0x0a

/** Verifies the whole chain; `hear` is told each sound line on the way, so that nobody has to read it again. */
export const readChain = async (
  file: ReadableFile,
  hear: (line: JournalLine) => void = () => undefined,
): Promise<ReadChain> => {
  const { size } = await file.stat()
  const reported = new Set<string>()
  let head = noHead
  let length = 0
  let why = 'it has no end'
  for await (const bytes of splitLines(file, size)) {
    const checked = checkLine(bytes, head)
    if (checked.kind === 'broken') {
      why = checked.why
      break
    }
    const { entry, sequence, hash } = checked.line
    if (entry.type === 'journal.torn') reported.add(entry.keptAside)
    head = { sequence, hash }
    length += bytes.length + 1
    hear(checked.line)
  }
  if (length === size) return { kind: 'whole', head, length, torn: null, reported }
  if (size - length <= longestLine) {
    const tail = Buffer.alloc(size - length)
    await file.read(tail, 0, tail.length, length)
    if (judgeTail(tail, length, head) === 'torn')
      return { kind: 'whole', head, length, torn: tail, reported }
  }
  return { kind: 'broken', atLine: head.sequence + 1, why }
}

/** Every line of a journal that was verified before. Throws if one no longer is what it was. */
export const readLines = async function* (
  file: ReadableFile,
  length: number,
): AsyncGenerator<JournalLine> {
  let head = noHead
  for await (const bytes of splitLines(file, length)) {
    const checked = checkLine(bytes, head)
    if (checked.kind === 'broken') {
      throw new Error(`line ${head.sequence + 1} of the journal: ${checked.why}`)
    }
    head = { sequence: checked.line.sequence, hash: checked.line.hash }
    yield checked.line
  }
}

/** A line of the file, and the byte behind its newline. */
export type Place = ChainHead & { end: number }

const beginning: Place = { ...noHead, end: 0 }

/**
 * Where a line stands, its own hash as it is written; null when there is none of that number. Reads through the file once,
 * and holds no more of it than a line.
 */
export const placeOf = async (
  file: ReadableFile,
  length: number,
  sequence: number,
): Promise<Place | null> => {
  let place = beginning
  if (sequence === beginning.sequence) return beginning
  for await (const bytes of splitLines(file, length)) {
    place = { ...place, sequence: place.sequence + 1, end: place.end + bytes.length + 1 }
    if (place.sequence === sequence) return { ...place, hash: hashAtEnd(bytes) ?? '' }
  }
  return null
}

/** Lines behind a place exactly as they stand in the file: as many as fit, and at least one if there is one. */
export const linesAfter = async (
  file: ReadableFile,
  length: number,
  after: Place,
  most: { lines: number; bytes: number },
): Promise<{ lines: string[]; last: Place }> => {
  const lines: string[] = []
  let last = after
  let bytesTaken = 0
  for await (const bytes of splitLines(file, length, after.end)) {
    bytesTaken += bytes.length
    if (lines.length > 0 && (lines.length === most.lines || bytesTaken > most.bytes)) break
    lines.push(bytes.toString('utf8'))
    last = {
      sequence: last.sequence + 1,
      hash: hashAtEnd(bytes) ?? '',
      end: last.end + bytes.length + 1,
    }
  }
  return { lines, last }
}

/** The bytes of each line that ends in a newline, without it. Stops at a line that is too long to be one. */
const splitLines = async function* (
  file: ReadableFile,
  length: number,
  from = 0,
): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for (let position = from; position < length;) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, length - position))
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
    if (bytesRead === 0) return
    position += bytesRead
    const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
    let begin = 0
    for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, begin)) {
      yield bytes.subarray(begin, to)
      begin = to + 1
    }
    rest = bytes.subarray(begin)
    if (rest.length > longestLine) return
  }
}
