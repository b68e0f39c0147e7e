// SSP on the wire: frames to bytes and bytes to frames.
import { crc16Cms, lowByteFirst } from '../../crc16.ts'

/** The first byte of every frame; anywhere else in a frame it is doubled. */
export const stx = 0x7f

/** The address of the first note validator on a line. */
export const validatorAddress = 0x00

/** SSP manual, addressing: 00 to 7D, so that an address never looks like STX. */
const highestAddress = 0x7d

/** Alternates with every new command; a command with the bit of the last one is answered again, not carried out. */
export type SequenceBit = 0 | 1

/**
 * `7F SEQ|ADDR LEN DATA… CRCL CRCH`. `data` has 0 to 255 bytes: a command or status code and what belongs to it, or
 * `7E` and an encrypted packet (encryption.ts).
 */
export type Frame = { kind: 'frame'; sequence: SequenceBit; address: number; data: Uint8Array }

/** Bytes that are no frame. They are counted and reported, never thrown. */
export type Discarded = {
  kind: 'discarded'
  why: 'noise' | 'bad address' | 'bad checksum' | 'cut short'
  bytes: Uint8Array
}

export type Decoded = {
  out: (Frame | Discarded)[]
  /** The beginning of a frame that is not complete yet: put it before the bytes that come next. */
  rest: Uint8Array
}

/** A frame as bytes: checksum over address, length and data, then every 7F after the first byte doubled. */
export const encode = ({ sequence, address, data }: Omit<Frame, 'kind'>): Uint8Array => {
  const covered = [(sequence << 7) | address, data.length, ...data]
  const stuffed = [...covered, ...lowByteFirst(crc16Cms(covered))].flatMap((byte) =>
    byte === stx ? [stx, stx] : [byte],
  )
  return Uint8Array.from([stx, ...stuffed])
}

/** All frames in these bytes, and what is not one, in order. How the bytes were cut into chunks makes no difference. */
export const decode = (bytes: Uint8Array): Decoded => {
  const out: Decoded['out'] = []
  let at = 0
  while (at < bytes.length) {
    const read = readFrame(bytes, at)
    if (read.kind === 'incomplete') break
    // After anything but a good frame the next frame may begin at any 7F, also at one this reading took for data.
    const end = read.kind === 'frame' ? read.end : nextStx(bytes, at + 1, read.end)
    out.push(read.kind === 'frame' ? read.frame : discarded(read.why, bytes.subarray(at, end)))
    at = end
  }
  return { out, rest: bytes.slice(at) }
}

type Reading =
  | { kind: 'frame'; frame: Frame; end: number }
  | { kind: 'not a frame'; why: Discarded['why']; end: number }
  | { kind: 'incomplete' }

const readFrame = (bytes: Uint8Array, at: number): Reading => {
  if (bytes[at] !== stx) return { kind: 'not a frame', why: 'noise', end: bytes.length }
  const body: number[] = []
  let next = at + 1
  while (body.length < wholeLength(body)) {
    const byte = bytes[next]
    if (byte === undefined) return { kind: 'incomplete' }
    if (byte === stx) {
      if (next + 1 === bytes.length) return { kind: 'incomplete' }
      // SSP manual, packet: a single 7F inside a frame is the beginning of another one.
      if (bytes[next + 1] !== stx) return { kind: 'not a frame', why: 'cut short', end: next }
      next += 1
    }
    body.push(byte)
    next += 1
    if (((body[0] ?? 0) & 0x7f) > highestAddress) {
      return { kind: 'not a frame', why: 'bad address', end: next }
    }
  }
  const covered = body.slice(0, -2)
  const [low, high] = lowByteFirst(crc16Cms(covered))
  if (body.at(-2) !== low || body.at(-1) !== high) {
    return { kind: 'not a frame', why: 'bad checksum', end: next }
  }
  return { kind: 'frame', frame: frameOf(covered), end: next }
}

/** Address, length, data and checksum; until the length is known, as much as is needed to know it. */
const wholeLength = (body: readonly number[]): number => 4 + (body[1] ?? 0)

const frameOf = ([head = 0, , ...data]: number[]): Frame => ({
  kind: 'frame',
  sequence: head & 0x80 ? 1 : 0,
  address: head & 0x7f,
  data: Uint8Array.from(data),
})

const nextStx = (bytes: Uint8Array, from: number, end: number): number => {
  const found = bytes.subarray(0, end).indexOf(stx, from)
  return found === -1 ? end : found
}

const discarded = (why: Discarded['why'], bytes: Uint8Array): Discarded => ({
  kind: 'discarded',
  why,
  bytes: bytes.slice(),
})
