// What differs between two versions of a tariff, one plain value at a time. Pure.
import type { Difference, Plainly } from '../../../domain/console/tariffs.ts'

/** Paths as in `ladder.blocks.1.price`, in the order of the later one; the day and the code are no difference. */
export const differencesOf = (before: object | null, after: object): Difference[] => {
  if (before === null) return []
  const was = valuesIn(before, '')
  const is = valuesIn(after, '')
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((where) => where !== 'validFrom' && where !== 'code')
    .map((where) => ({ where, before: was.get(where) ?? null, after: is.get(where) ?? null }))
    .filter((it) => it.before !== it.after)
}

const valuesIn = (value: object, path: string): Map<string, Plainly> => {
  const found = new Map<string, Plainly>()
  for (const [name, inner] of Object.entries<unknown>({ ...value })) {
    const where = path === '' ? name : `${path}.${name}`
    if (typeof inner === 'object' && inner !== null) {
      for (const [deeper, plain] of valuesIn(inner, where)) found.set(deeper, plain)
    } else if (
      typeof inner === 'string' ||
      typeof inner === 'number' ||
      typeof inner === 'boolean'
    ) {
      found.set(where, inner)
    }
  }
  return found
}
