// Which fields a message has: a bit each, the first bit of the first byte for field 1.

/** 8 bytes, or 16 when a field above 64 is there; then bit 1 is set, which says so. */
export const bitmapOf = (fields: readonly number[]): Uint8Array => {
  const secondary = fields.some((field) => field > 64)
  const bitmap = new Uint8Array(secondary ? 16 : 8)
  for (const field of secondary ? [1, ...fields] : fields) {
    const at = (field - 1) >> 3
    bitmap[at] = (bitmap[at] ?? 0) | (0x80 >> ((field - 1) & 7))
  }
  return bitmap
}

/** The fields of the bitmap at `at`, in order and without field 1, and its length; null when the bytes end before it. */
export const readBitmap = (
  bytes: Uint8Array,
  at: number,
): { fields: number[]; length: 8 | 16 } | null => {
  const length = ((bytes[at] ?? 0) & 0x80) === 0 ? 8 : 16
  if (at + length > bytes.length) return null
  const fields: number[] = []
  for (let field = 2; field <= length * 8; field++) {
    const byte = bytes[at + ((field - 1) >> 3)] ?? 0
    if (byte & (0x80 >> ((field - 1) & 7))) fields.push(field)
  }
  return { fields, length }
}
