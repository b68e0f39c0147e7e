// The bytes an ESC/POS printer sends back, taken apart: a pure decoder, with garbage as a value (devices.md 11.1, 11.2).

export type Answer =
  /** To `10 04 n`. It does not say which n it answers: ask one at a time. */
  | { kind: 'real-time status'; status: number }
  /** Unasked, on a change: the four bytes of automatic status. */
  | { kind: 'automatic status'; status: AutomaticStatus }
  /** To `1D 72 01`, in turn with the print data. */
  | { kind: 'paper in turn'; status: number }
  /** To `1D 28 48`, in turn with the print data. */
  | { kind: 'process'; id: string }
  /** Custom, to `10 04 14`. */
  | { kind: 'full status'; status: FullStatus }
  /** XOFF (13) or XON (11): the printer's buffer is full, or has room again. */
  | { kind: 'flow'; may: 'stop' | 'go' }
  | { kind: 'discarded'; why: 'unexpected byte' | 'broken block'; byte: number }

export type AutomaticStatus = readonly [number, number, number, number]
/** The last four bytes of Custom's full status: paper, user, recoverable, fatal. */
export type FullStatus = { paper: number; user: number; recoverable: number; fatal: number }

export type Decoded = { answers: Answer[]; rest: Uint8Array }

/** A printer of Custom answers `10 04 14` with a block that others would begin an automatic status with. */
export type Dialect = 'epson' | 'custom'

/**
 * Takes whole answers off the front; what may still become one is the `rest`, to be handed in again before the bytes
 * that follow. Never throws: a byte that fits nothing is discarded alone, and decoding goes on with the next.
 */
export const decodeAnswers = (bytes: Uint8Array, dialect: Dialect): Decoded => {
  const answers: Answer[] = []
  let at = 0
  while (at < bytes.length) {
    const next = decodeOne(bytes.subarray(at), dialect)
    if (next === 'incomplete') break
    answers.push(next.answer)
    at += next.length
  }
  return { answers, rest: bytes.slice(at) }
}

type One = { answer: Answer; length: number } | 'incomplete'

// Which family a first byte belongs to is told by the fixed bits 0, 1, 4 and 7 (mask 93).
const decodeOne = (bytes: Uint8Array, dialect: Dialect): One => {
  const first = bytes[0] ?? 0
  if (first === 0x11) return one({ kind: 'flow', may: 'go' })
  if (first === 0x13) return one({ kind: 'flow', may: 'stop' })
  if (first === 0x37) return decodeProcess(bytes)
  if (first === 0x10 && dialect === 'custom') {
    if (bytes.length < 2) return 'incomplete'
    if (bytes[1] === 0x0f) return decodeFullStatus(bytes)
  }
  if ((first & 0x93) === 0x12) return one({ kind: 'real-time status', status: first })
  if ((first & 0x93) === 0x10) return decodeAutomaticStatus(bytes)
  if ((first & 0x90) === 0x00) return one({ kind: 'paper in turn', status: first })
  return discard('unexpected byte', first)
}

// First byte 0xx1xx00, then three with bits 4 and 7 clear. A byte that breaks the pattern ends the block: the first one
// was noise, and what came after it may be an answer of its own.
const decodeAutomaticStatus = (bytes: Uint8Array): One => {
  const [first = 0, second, third, fourth] = bytes
  const rest = bytes.subarray(1, 4)
  if (rest.some((byte) => (byte & 0x90) !== 0)) return discard('broken block', first)
  if (second === undefined || third === undefined || fourth === undefined) return 'incomplete'
  return { answer: { kind: 'automatic status', status: [first, second, third, fourth] }, length: 4 }
}

// 37 22 d1 d2 d3 d4 00
const decodeProcess = (bytes: Uint8Array): One => {
  const id = bytes.subarray(2, 6)
  const broken =
    (bytes.length > 1 && bytes[1] !== 0x22) ||
    (bytes.length > 6 && bytes[6] !== 0x00) ||
    id.some((byte) => byte < 0x20 || byte > 0x7e)
  if (broken) return discard('broken block', 0x37)
  if (bytes.length < 7) return 'incomplete'
  return { answer: { kind: 'process', id: String.fromCharCode(...id) }, length: 7 }
}

// 10 0F p u r f
const decodeFullStatus = (bytes: Uint8Array): One => {
  const [, , paper, user, recoverable, fatal] = bytes
  if (
    paper === undefined ||
    user === undefined ||
    recoverable === undefined ||
    fatal === undefined
  ) {
    return 'incomplete'
  }
  return {
    answer: { kind: 'full status', status: { paper, user, recoverable, fatal } },
    length: 6,
  }
}

const one = (answer: Answer): One => ({ answer, length: 1 })
const discard = (why: 'unexpected byte' | 'broken block', byte: number): One =>
  one({ kind: 'discarded', why, byte })
