// Bytes as the power card counts them: hex, big-endian numbers, packed decimal digits, checksums (power-card.md 1.2).

/** Bytes of hex in either case. Throws on anything else: hex from outside goes through a schema first. */
export const fromHex = (hex: string): Uint8Array => {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new RangeError('not bytes as hex')
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/** Lower-case hex, two digits a byte. */
export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')

/** The parts one after the other; a number is one byte. */
export const concat = (...parts: (Uint8Array | number)[]): Uint8Array => {
  const length = parts.reduce<number>((sum, part) => sum + lengthOf(part), 0)
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'number') whole[at] = part
    else whole.set(part, at)
    at += lengthOf(part)
  }
  return whole
}

const lengthOf = (part: Uint8Array | number): number => (typeof part === 'number' ? 1 : part.length)

/** Text of 7-bit characters, one byte each, without a terminator. */
export const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Equal in length and content. Takes longer the later they differ: never for a MAC (power-card.md 5.5). */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

/** The sum of the bytes modulo 256. */
export const checksum = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0)

const bigEndian = (value: number, length: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw new RangeError(`${value} is not an unsigned number of ${length} bytes`)
  }
  return Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256)
}

export const u8 = (value: number): Uint8Array => bigEndian(value, 1)
export const u16 = (value: number): Uint8Array => bigEndian(value, 2)
export const u32 = (value: number): Uint8Array => bigEndian(value, 4)

/** Bytes that are not there read as 0: whoever must know compares lengths first. */
export const u8At = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
export const u16At = (bytes: Uint8Array, at: number): number =>
  u8At(bytes, at) * 0x100 + u8At(bytes, at + 1)
export const u32At = (bytes: Uint8Array, at: number): number =>
  u16At(bytes, at) * 0x10000 + u16At(bytes, at + 2)

/** Packed decimal digits, padded on the left with zeros to `length` bytes. */
export const bcd = (value: string | number, length: number): Uint8Array => {
  const digits = String(value)
  if (!/^\d+$/.test(digits) || digits.length > length * 2) {
    throw new RangeError(`${digits} does not fit into ${length * 2} decimal digits`)
  }
  return fromHex(digits.padStart(length * 2, '0'))
}

/** The digits in `length` bytes from `at`; null if one of them is no decimal digit. */
export const digitsAt = (bytes: Uint8Array, at: number, length: number): string | null => {
  const digits = toHex(bytes.subarray(at, at + length))
  return digits.length === length * 2 && /^\d*$/.test(digits) ? digits : null
}
