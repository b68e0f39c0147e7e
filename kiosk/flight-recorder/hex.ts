// Bytes in a file of lines: hex, and long runs of one byte by their number.

/** A run of so many equal bytes is written short. */
const shortest = 16

/** `1d763000(00*4600)0a` */
export const packedHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(..)\1{15,}/g, (run: string, byte: string, at: number) =>
      // Pairs of digits begin at even places only.
      at % 2 === 0 && run.length >= 2 * shortest ? `(${byte}*${run.length / 2})` : run,
    )

/** Null when it is not what `packedHex` writes. */
export const unpackedHex = (text: string): Uint8Array | null => {
  const parts: Buffer[] = []
  let length = 0
  for (const [, byte, times, plain] of text.matchAll(/\((..)\*(\d{1,7})\)|((?:[0-9a-f]{2})+)|./g)) {
    if (byte !== undefined) parts.push(Buffer.alloc(Number(times), byte, 'hex'))
    else if (plain !== undefined) parts.push(Buffer.from(plain, 'hex'))
    else return null
    length += 1
  }
  return length === 0 && text !== '' ? null : Buffer.concat(parts)
}
