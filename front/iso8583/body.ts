// A message from its type on: type, bitmap, fields, MAC. The same for every table of fields.
import { bcd, concat, digitsAt } from '../../domain/power-card/bytes.ts'
import { bitmapOf, readBitmap } from './bitmap.ts'
import { decodeValue, encodeValue } from './field-value.ts'
import type { FieldTable } from './fields.ts'

export type Body = {
  /** Four digits: version, class, function, origin. */
  mti: string
  fields: ReadonlyMap<number, string>
}

/** A MAC as it came, and the bytes it is over: everything from the type to the field before it. */
export type Sealed = { covered: Uint8Array; mac: Uint8Array }

/** What is wrong with the bytes, and in which field where there is one. */
export type Problem = {
  why:
    | 'cut short'
    | 'too long'
    | 'not digits'
    | 'not text'
    | 'unknown field'
    | 'MAC in the middle'
    | 'bytes left over'
    | 'unknown type'
    | 'bad header'
  field: number | null
}

export type ReadBody =
  | ({ kind: 'body'; sealed: Sealed | null } & Body)
  /** `fields` are those before the one that is wrong. */
  | { kind: 'malformed'; problem: Problem; mti: string | null; fields: ReadonlyMap<number, string> }

export const macLength = 8

/** The last field of the last bitmap holds the MAC: 64, and 128 where there is a secondary bitmap. */
const macFieldOf = (bitmapLength: 8 | 16) => (bitmapLength === 8 ? 64 : 128)

/** `MTI(2) BITMAP(8 or 16) FIELDS… [MAC(8)]`. Throws a RangeError that names the field no table or rule has room for. */
export const packBody = (
  { mti, fields }: Body,
  table: FieldTable,
  seal: ((covered: Uint8Array) => Uint8Array) | null,
): Uint8Array => {
  const numbers = [...fields.keys()].sort((a, b) => a - b)
  const macField = macFieldOf(numbers.some((field) => field > 64) ? 16 : 8)
  const covered = concat(
    bcd(mti, 2),
    bitmapOf(seal === null ? numbers : [...numbers, macField]),
    ...numbers.map((field) => encodeField(table, field, fields.get(field) ?? '')),
  )
  return seal === null ? covered : concat(covered, seal(covered))
}

const encodeField = (table: FieldTable, field: number, value: string): Uint8Array => {
  const rule = table[field]
  if (rule === undefined) throw new RangeError(`field ${field} is in no message`)
  try {
    return encodeValue(rule, value)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    // Never the value: it may be a PIN block or a name.
    throw new RangeError(`field ${field} ${why}`, { cause: error })
  }
}

/** Never throws, whatever the bytes are. */
export const readBody = (bytes: Uint8Array, table: FieldTable): ReadBody => {
  const fields = new Map<number, string>()
  const mti = digitsAt(bytes, 0, 2)
  const malformed = (why: Problem['why'], field: number | null): ReadBody => ({
    kind: 'malformed',
    problem: { why, field },
    mti,
    fields,
  })
  if (mti === null) return malformed(bytes.length < 2 ? 'cut short' : 'unknown type', null)
  const bitmap = readBitmap(bytes, 2)
  if (bitmap === null) return malformed('cut short', 1)
  const macField = macFieldOf(bitmap.length)
  let at = 2 + bitmap.length
  for (const field of bitmap.fields) {
    if (field === macField) break
    const rule = table[field]
    if (rule === undefined)
      return malformed(field === 64 ? 'MAC in the middle' : 'unknown field', field)
    const read = decodeValue(rule, bytes, at)
    if (read.kind === 'wrong') return malformed(read.why, field)
    fields.set(field, read.value)
    at = read.end
  }
  const sealed = bitmap.fields.at(-1) === macField
  const end = at + (sealed ? macLength : 0)
  if (end > bytes.length) return malformed('cut short', macField)
  if (end < bytes.length) return malformed('bytes left over', null)
  return {
    kind: 'body',
    mti,
    fields,
    sealed: sealed ? { covered: bytes.slice(0, at), mac: bytes.slice(at) } : null,
  }
}
