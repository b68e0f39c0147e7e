// DER (X.690) as far as certificates and their requests need it: values out as bytes, and bytes taken apart again.

/** What stands before the length of a value (X.690 8.1.2). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** One value: its tag, its length in the shortest form (X.690 10.1), its content. */
export const value = (tag: number, ...content: Uint8Array[]): Uint8Array => {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(length)), ...content])
}

const lengthOf = (length: number): number[] => {
  if (length < 0x80) return [length]
  const bytes = bytesOf(length)
  return [0x80 | bytes.length, ...bytes]
}

/** A whole number, the highest byte first, in as few bytes as it needs. */
const bytesOf = (whole: number): number[] => {
  const bytes: number[] = []
  for (let left = whole; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return bytes
}

export const sequence = (...content: Uint8Array[]): Uint8Array => value(tags.sequence, ...content)

export const set = (...content: Uint8Array[]): Uint8Array => value(tags.set, ...content)

/** At least 0; the highest byte first (X.690 8.3: in as few bytes as it needs, and the first bit is the sign). */
export const integer = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return (short[0] ?? 0) < 0x80
    ? value(tags.integer, short)
    : value(tags.integer, Uint8Array.of(0), short)
}

export const yes = Uint8Array.of(tags.boolean, 1, 0xff)

/** A name in the tree of ISO and ITU, such as `2.5.4.3` (X.690 8.19). */
export const oid = (name: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = name.split('.').map(Number)
  return value(tags.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(inSevens)))
}

const inSevens = (arc: number): number[] => {
  const bytes = [arc & 0x7f]
  for (let left = arc >> 7; left > 0; left >>= 7) bytes.unshift(0x80 | (left & 0x7f))
  return bytes
}

/** `unused`: bits at the end that mean nothing. */
export const bitString = (bytes: Uint8Array, unused = 0): Uint8Array =>
  value(tags.bitString, Uint8Array.of(unused), bytes)

export const octetString = (bytes: Uint8Array): Uint8Array => value(tags.octetString, bytes)

export const utf8String = (text: string): Uint8Array =>
  value(tags.utf8String, Buffer.from(text, 'utf8'))

/** `[number]` of a structure: around other values, or in place of a tag (X.690 8.14). */
export const tagged = (number: number, form: 'around' | 'in place', ...content: Uint8Array[]) =>
  value((form === 'around' ? 0xa0 : 0x80) | number, ...content)

/** A moment to the second: two digits of the year until 2049, four from 2050 on (RFC 5280 4.1.2.5). */
export const time = (ms: number): Uint8Array => {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return new Date(ms).getUTCFullYear() < 2050
    ? value(tags.utcTime, Buffer.from(digits.slice(2)))
    : value(tags.generalizedTime, Buffer.from(digits))
}

/** `whole`: with tag and length. */
export type Node = { tag: number; content: Uint8Array; whole: Uint8Array }

/** The values that stand one after the other in these bytes, and nothing else; null when they are not DER. */
export const nodesIn = (bytes: Uint8Array): Node[] | null => {
  const nodes: Node[] = []
  for (let at = 0; at < bytes.length;) {
    const node = nodeAt(bytes, at)
    if (node === null) return null
    nodes.push(node)
    at += node.whole.length
  }
  return nodes
}

const nodeAt = (bytes: Uint8Array, at: number): Node | null => {
  const tag = bytes[at] ?? 0
  const short = bytes[at + 1]
  // Tags of several bytes stand in no certificate and no request.
  if (short === undefined || (tag & 0x1f) === 0x1f) return null
  const more = short < 0x80 ? 0 : short & 0x7f
  // Neither a length that is told at the end (BER), nor one beyond any message here.
  if (short === 0x80 || more > 3) return null
  const given = bytes.subarray(at + 2, at + 2 + more)
  if (given.length < more) return null
  const length = more === 0 ? short : given.reduce((sum, byte) => sum * 256 + byte, 0)
  if (more > 0 && lengthOf(length).length !== more + 1) return null
  const from = at + 2 + more
  if (from + length > bytes.length) return null
  return {
    tag,
    content: bytes.subarray(from, from + length),
    whole: bytes.subarray(at, from + length),
  }
}
