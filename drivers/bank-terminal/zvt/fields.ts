// The fields of a ZVT message, called BMPs: a tag of one byte and a length that follows from it (devices.md 10.2).
import { digitsOf } from './bytes.ts'
import { lengthBytes, readLength, readTagged, type Tagged } from './tlv.ts'

export const tag = {
  timeout: 0x01,
  mostStatuses: 0x02,
  service: 0x03,
  amount: 0x04,
  container: 0x06,
  trace: 0x0b,
  time: 0x0c,
  date: 0x0d,
  status: 0x19,
  result: 0x27,
  terminalId: 0x29,
  originalTrace: 0x37,
  currency: 0x49,
  totals: 0x60,
  receiptNumber: 0x87,
  cardName: 0x8b,
  fullDate: 0xaa,
} as const

/** Bytes of the fields that always have as many. */
const fixed: ReadonlyMap<number, number> = new Map([
  ...([0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x8a, 0x8c, 0xa0, 0xd0, 0xd2, 0xd3] as const).map(
    (one) => [one, 1] as const,
  ),
  ...([0xf0, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd] as const).map((one) => [one, 1] as const),
  ...([0x0d, 0x0e, 0x17, 0x3a, 0x49, 0x87] as const).map((one) => [one, 2] as const),
  ...([0x0b, 0x0c, 0x37, 0x3d, 0x88, 0xaa] as const).map((one) => [one, 3] as const),
  [0x29, 4],
  [0xba, 5],
  [0x04, 6],
  [0x3b, 8],
  [0xeb, 8],
  [0x2a, 15],
])

/** `Fx Fy` before the value: two decimal digits of length. */
const twoDigits: ReadonlySet<number> = new Set([
  0x22, 0x23, 0x2d, 0x8b, 0xa7, 0xd1, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xf1, 0xf2,
  0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
])

/** `Fx Fy Fz` before the value. */
const threeDigits: ReadonlySet<number> = new Set([0x24, 0x2e, 0x3c, 0x60, 0x9a, 0xaf])

/** Number, tracks, expiry and check value of the bank card: read over and never kept. */
const cardData: ReadonlySet<number> = new Set([0x0e, 0x22, 0x23, 0x24, 0x2d, 0x2e, 0x3a])

export type Fields = {
  values: ReadonlyMap<number, Uint8Array>
  /** What stands in field 06. */
  tagged: readonly Tagged[]
  /** False when an unknown field or a cut one ended the reading: what comes after it is not known. */
  whole: boolean
}

export const readFields = (bytes: Uint8Array): Fields => {
  const values = new Map<number, Uint8Array>()
  let container: readonly Tagged[] = []
  let at = 0
  while (at < bytes.length) {
    const name = bytes[at] ?? 0
    const size = sizeOf(bytes, name, at + 1)
    // Devices.md 10.2: an unknown field has an unknown length, so reading stops.
    if (size === null || size.start + size.length > bytes.length) {
      return { values, tagged: container, whole: false }
    }
    at = size.start + size.length
    const value = bytes.slice(size.start, at)
    if (name === tag.container) container = [...container, ...readTagged(value)]
    else if (!cardData.has(name)) values.set(name, value)
  }
  return { values, tagged: container, whole: true }
}

const sizeOf = (
  bytes: Uint8Array,
  name: number,
  at: number,
): { length: number; start: number } | null => {
  const length = fixed.get(name)
  if (length !== undefined) return { length, start: at }
  if (name === tag.container) return readLength(bytes, at)
  if (twoDigits.has(name)) return decimalSize(bytes, at, 2)
  return threeDigits.has(name) ? decimalSize(bytes, at, 3) : null
}

const decimalSize = (
  bytes: Uint8Array,
  at: number,
  digits: number,
): { length: number; start: number } | null => {
  const size = bytes.subarray(at, at + digits)
  if (size.length < digits || size.some((byte) => byte < 0xf0 || byte > 0xf9)) return null
  return { length: size.reduce((sum, byte) => sum * 10 + (byte & 0x0f), 0), start: at + digits }
}

/** A field with its tag, and its length where the tag does not say it. */
export const field = (name: number, value: Uint8Array | readonly number[]): Uint8Array => {
  if (name === tag.container) return Uint8Array.of(name, ...lengthBytes(value.length), ...value)
  const digits = twoDigits.has(name) ? 2 : threeDigits.has(name) ? 3 : 0
  if (digits === 0 && fixed.get(name) !== value.length) {
    throw new RangeError(`field ${name.toString(16)} has no ${value.length} bytes`)
  }
  const size = digits === 0 ? [] : String(value.length).padStart(digits, '0')
  return Uint8Array.of(name, ...Array.from(size, (digit) => 0xf0 + Number(digit)), ...value)
}

/** A field of packed digits as a number; null when it is not there or is none. */
export const numberIn = ({ values }: Fields, name: number): number | null => {
  const digits = digitsIn({ values }, name)
  return digits === null ? null : Number(digits)
}

export const digitsIn = ({ values }: Pick<Fields, 'values'>, name: number): string | null => {
  const value = values.get(name)
  return value === undefined ? null : digitsOf(value)
}
