// What may be stored, the same in every database.

/** Everything a program stores is text, a whole number or nothing; anything else is a bug and is not stored. */
export const storable = (value: unknown): string | number | bigint | null => {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new TypeError(`cannot store ${JSON.stringify(value)}: only text, whole numbers and null`)
}
