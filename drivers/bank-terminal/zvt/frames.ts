// ZVT on a serial line: frames to bytes and bytes to frames, and the single bytes that answer them.
import { crc16Kermit, lowByteFirst } from '../../crc16.ts'
import { decodeApdu, encodeApdu, type Apdu } from './apdu.ts'

const dle = 0x10
const stx = 0x02
const etx = 0x03
export const ack = 0x06
export const nak = 0x15

/** `10 02`, the APDU with each 10 doubled, `10 03`, CRCL CRCH. */
export type Frame = { kind: 'frame'; apdu: Apdu }

/** Bytes that are no frame. They are counted and reported, never thrown; all but noise are answered with NAK. */
export type Discarded = {
  kind: 'discarded'
  why: 'noise' | 'bad checksum' | 'bad length' | 'cut short'
  /** How many; the bytes themselves may hold card data and are not kept. */
  length: number
}

export type OnLine = Frame | { kind: 'ack' } | { kind: 'nak' } | Discarded

/**
 * The checksum covers the APDU before doubling and the 03 of the end. Its own two bytes are never doubled (devices.md 10.2).
 */
const checksum = (apdu: readonly number[] | Uint8Array): [low: number, high: number] =>
  lowByteFirst(crc16Kermit([...apdu, etx]))

export const encodeFrame = (apdu: Apdu): Uint8Array => {
  const bytes = encodeApdu(apdu)
  const doubled = [...bytes].flatMap((byte) => (byte === dle ? [dle, dle] : [byte]))
  return Uint8Array.of(dle, stx, ...doubled, dle, etx, ...checksum(bytes))
}

/** All that these bytes hold, in order, and the beginning of a frame that is not complete yet. Chunks make no difference. */
export const decodeFrames = (bytes: Uint8Array): { out: OnLine[]; rest: Uint8Array } => {
  const out: OnLine[] = []
  let at = 0
  let noise = 0
  const endNoise = () => {
    if (noise > 0) out.push({ kind: 'discarded', why: 'noise', length: noise })
    noise = 0
  }
  while (at < bytes.length) {
    const read = readOne(bytes, at)
    if (read.kind === 'incomplete') break
    if (read.kind === 'noise') noise += 1
    else {
      endNoise()
      out.push(read.found)
    }
    at = read.end
  }
  endNoise()
  return { out, rest: bytes.slice(at) }
}

type Reading =
  | { kind: 'found'; found: OnLine; end: number }
  | { kind: 'noise'; end: number }
  | { kind: 'incomplete' }

const readOne = (bytes: Uint8Array, at: number): Reading => {
  const first = bytes[at]
  const end = at + 1
  if (first === ack) return { kind: 'found', found: { kind: 'ack' }, end }
  if (first === nak) return { kind: 'found', found: { kind: 'nak' }, end }
  if (first !== dle) return { kind: 'noise', end }
  if (bytes[at + 1] === undefined) return { kind: 'incomplete' }
  return bytes[at + 1] === stx ? readFrame(bytes, at) : { kind: 'noise', end }
}

const readFrame = (bytes: Uint8Array, from: number): Reading => {
  const body: number[] = []
  const discarded = (why: Discarded['why'], end: number): Reading => ({
    kind: 'found',
    found: { kind: 'discarded', why, length: end - from },
    end,
  })
  for (let at = from + 2; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === dle) {
      const next = bytes[at + 1]
      if (next === undefined) return { kind: 'incomplete' }
      if (next === etx) return checked(bytes, at + 2, body, discarded)
      // A single 10 02 is the beginning of another frame; any other single 10 is damage.
      if (next !== dle) return discarded('cut short', at)
      at += 1
    }
    body.push(byte)
    if (body.length > longestApdu) return discarded('cut short', at)
  }
  return { kind: 'incomplete' }
}

/** Three bytes, two more of length, and as much as those can say. */
const longestApdu = 5 + 0xffff

const checked = (
  bytes: Uint8Array,
  at: number,
  body: readonly number[],
  discarded: (why: Discarded['why'], end: number) => Reading,
): Reading => {
  const [first, second] = bytes.subarray(at, at + 2)
  if (first === undefined || second === undefined) return { kind: 'incomplete' }
  const [low, high] = checksum(body)
  if (first !== low || second !== high) {
    // A frame that lost its end: what looks like its checksum may be the beginning of the next one.
    if (first === dle && second === stx) return discarded('bad checksum', at)
    return discarded('bad checksum', second === dle ? at + 1 : at + 2)
  }
  const apdu = decodeApdu(Uint8Array.from(body))
  if (apdu === null) return discarded('bad length', at + 2)
  return { kind: 'found', found: { kind: 'frame', apdu }, end: at + 2 }
}
