// What comes back from PostgreSQL as the programs know it from SQLite: text, whole numbers, and 1 and 0 for true and false.

/** PostgreSQL's types by number (`pg_type.oid`). Everything else comes as text. */
const types = { boolean: 16, int8: 20, int2: 21, int4: 23, float8: 701, numeric: 1700 }

/** A whole number beyond what a number holds is an error and never rounded. */
const wholeOf = (text: string): number => {
  const whole = Number(text)
  if (!Number.isSafeInteger(whole)) throw new RangeError(`${text} from the database is too large`)
  return whole
}

const readers = new Map<number, (text: string) => number>([
  [types.boolean, (text) => (text === 't' ? 1 : 0)],
  [types.int8, wholeOf],
  [types.int2, wholeOf],
  [types.int4, wholeOf],
  [types.float8, Number],
  // Sums of whole numbers are of this type, and averages.
  [types.numeric, (text) => (/^-?\d+$/.test(text) ? wholeOf(text) : Number(text))],
])

/** What reads a value of this type. */
export const readerOfType = (type: number): ((text: string) => string | number) =>
  readers.get(type) ?? String
