// One field as bytes, and out of bytes.
import { ascii, bcd, concat, digitsAt, fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { never } from '../../domain/never.ts'
import type { FieldRule } from './fields.ts'

/** A value that no field of this rule can hold is a bug of whoever made the message: RangeError says what is wrong. */
export const encodeValue = (rule: FieldRule, value: string): Uint8Array => {
  const content = contentOf(rule, value)
  const size = rule.format === 'n' ? value.length : content.length
  if (rule.length !== 'fixed') {
    if (size > rule.size) throw new RangeError(`is ${size} long, at most ${rule.size} fit`)
    return concat(bcd(size, prefixBytes[rule.length]), content)
  }
  if (rule.format === 'n' || rule.format === 'b') {
    if (size !== rule.size) throw new RangeError(`is ${size} long instead of ${rule.size}`)
    return content
  }
  if (size > rule.size) throw new RangeError(`is ${size} long, at most ${rule.size} fit`)
  if (value.endsWith(' ')) throw new RangeError('ends with spaces, which fill a fixed text up')
  return concat(content, new Uint8Array(rule.size - size).fill(space))
}

export type DecodedValue =
  | { kind: 'value'; value: string; end: number }
  | { kind: 'wrong'; why: 'cut short' | 'too long' | 'not digits' | 'not text' }

/** The value that begins at `at`, and where the next field begins. */
export const decodeValue = (rule: FieldRule, bytes: Uint8Array, at: number): DecodedValue => {
  const prefix = rule.length === 'fixed' ? 0 : prefixBytes[rule.length]
  if (at + prefix > bytes.length) return wrong('cut short')
  const counted = rule.length === 'fixed' ? String(rule.size) : digitsAt(bytes, at, prefix)
  if (counted === null) return wrong('not digits')
  const size = Number(counted)
  if (size > rule.size) return wrong('too long')
  const begin = at + prefix
  const end = begin + (rule.format === 'n' ? Math.ceil(size / 2) : size)
  if (end > bytes.length) return wrong('cut short')
  const value =
    rule.format === 'n'
      ? digitsOf(rule, bytes, begin, size)
      : textOf(rule, bytes.subarray(begin, end))
  if (value === null) return wrong(rule.format === 'n' ? 'not digits' : 'not text')
  return { kind: 'value', value, end }
}

const prefixBytes = { LLVAR: 1, LLLVAR: 2 } as const
const space = 0x20
const lettersAndDigits = /^[0-9A-Za-z]*$/
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0009\u000b-\u001f\u007f]/
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const wrong = (why: (DecodedValue & { kind: 'wrong' })['why']): DecodedValue => ({
  kind: 'wrong',
  why,
})

const contentOf = ({ format, length }: FieldRule, value: string): Uint8Array => {
  switch (format) {
    case 'n':
      if (!/^\d*$/.test(value)) throw new RangeError('is not all digits')
      // An odd number of digits: 0 before them where the length is fixed, after them where it varies, as UnionPay does.
      if (length !== 'fixed') return fromHex(value.length % 2 === 0 ? value : `${value}0`)
      return value === '' ? new Uint8Array() : bcd(value, Math.ceil(value.length / 2))
    case 'b':
      if (!/^([0-9a-f]{2})*$/.test(value)) throw new RangeError('is not lower-case hex')
      return fromHex(value)
    case 'an':
      if (!lettersAndDigits.test(value)) throw new RangeError('is not all letters and digits')
      return ascii(value)
    case 'ans':
      if (!value.isWellFormed() || controls.test(value)) throw new RangeError('is not plain text')
      return Uint8Array.from(Buffer.from(value, 'utf8'))
    default:
      return never(format)
  }
}

const digitsOf = (
  { length }: FieldRule,
  bytes: Uint8Array,
  at: number,
  size: number,
): string | null => {
  const digits = digitsAt(bytes, at, Math.ceil(size / 2))
  if (digits === null || size % 2 === 0) return digits
  const [filler, value] =
    length === 'fixed' ? [digits[0], digits.slice(1)] : [digits.at(-1), digits.slice(0, -1)]
  return filler === '0' ? value : null
}

const textOf = ({ format, length }: FieldRule, content: Uint8Array): string | null => {
  if (format === 'b') return toHex(content)
  const text = textIn(content)
  if (text === null) return null
  const value = length === 'fixed' ? text.replace(/ +$/, '') : text
  return (format === 'an' ? lettersAndDigits.test(value) : !controls.test(value)) ? value : null
}

const textIn = (content: Uint8Array): string | null => {
  try {
    return strictUtf8.decode(content)
  } catch {
    return null
  }
}
