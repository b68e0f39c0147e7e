// Numbers in SSP's byte orders, and bytes as people read them.

/** A number of 64 bits as 8 bytes, low byte first. */
export const lowByteFirstBytes = (number: bigint): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, number, true)
  return bytes
}

/** 8 bytes, low byte first, as a number. */
export const numberOf = (bytes: Uint8Array): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true)

/** `7F 80 01`: for logs, transcripts and tests. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9A-Fa-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16))
