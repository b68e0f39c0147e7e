// Bytes as people read them, and numbers as ZVT writes them: packed decimal digits, two to a byte.

/** `10 02 06`: for transcripts and tests. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** `1250` in 6 bytes is `00 00 00 00 12 50`. Throws when the number does not fit: that is a bug, never an input. */
export const packed = (number: number, length: number): Uint8Array => {
  const digits = String(number).padStart(2 * length, '0')
  if (!/^\d+$/.test(digits) || digits.length > 2 * length) {
    throw new RangeError(`${number} does not fit into ${length} packed bytes`)
  }
  return bytesOfHex(digits)
}

/** `00 12 50` is '001250'; null when there is anything but digits in it. */
export const digitsOf = (bytes: Uint8Array): string | null => {
  const digits = Buffer.from(bytes).toString('hex')
  return /^\d*$/.test(digits) ? digits : null
}

/** Text as terminals send it (ISO 8859-1); what is not printable is left out. */
export const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/\p{Cc}/gu, '')

export const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
