// The tagged values inside field 06: BER tags, lengths of one byte, `81 xx` or `82 hi lo` (devices.md 10.2).

export type Tagged = { tag: number; value: Uint8Array }

/** A value with its tag and length; a list inside becomes the value of a constructed tag. */
export const tagged = (tag: number, value: Uint8Array | readonly number[]): Uint8Array =>
  Uint8Array.of(...tagBytes(tag), ...lengthBytes(value.length), ...value)

const tagBytes = (tag: number): number[] =>
  tag > 0xffff
    ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff]
    : tag > 0xff
      ? [tag >> 8, tag & 0xff]
      : [tag]

export const lengthBytes = (length: number): number[] =>
  length < 0x80 ? [length] : length <= 0xff ? [0x81, length] : [0x82, length >> 8, length & 0xff]

/** A length at this place and where the value begins; null when it is none. */
export const readLength = (
  bytes: Uint8Array,
  at: number,
): { length: number; start: number } | null => {
  const [first, second, third] = bytes.subarray(at, at + 3)
  if (first === undefined) return null
  if (first < 0x80) return { length: first, start: at + 1 }
  if (first === 0x81 && second !== undefined) return { length: second, start: at + 2 }
  if (first === 0x82 && second !== undefined && third !== undefined) {
    return { length: second * 256 + third, start: at + 3 }
  }
  return null
}

/** All values in these bytes, unknown tags too; what comes after damage is left out. */
export const readTagged = (bytes: Uint8Array): Tagged[] => {
  const values: Tagged[] = []
  let at = 0
  while (at < bytes.length) {
    const read = readTag(bytes, at)
    const size = read === null ? null : readLength(bytes, read.end)
    if (read === null || size === null || size.start + size.length > bytes.length) break
    at = size.start + size.length
    values.push({ tag: read.tag, value: bytes.slice(size.start, at) })
  }
  return values
}

const readTag = (bytes: Uint8Array, from: number): { tag: number; end: number } | null => {
  const first = bytes[from]
  if (first === undefined) return null
  if ((first & 0x1f) !== 0x1f) return { tag: first, end: from + 1 }
  let tag = first
  for (let at = from + 1; at < from + 4; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    tag = tag * 256 + byte
    if ((byte & 0x80) === 0) return { tag, end: at + 1 }
  }
  return null
}

export const valueOf = (values: readonly Tagged[], tag: number): Uint8Array | null =>
  values.find((one) => one.tag === tag)?.value ?? null
