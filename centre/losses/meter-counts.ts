// Purchase counts of a meter that the books cannot explain: never given out, or skipped (power-card.md 13.2, domain.md 8). Pure.
import type { Home, WriteBack } from './home.ts'
import { placeOf, type HomeFinding } from './found.ts'

/**
 * The highest count that was given out with a purchase. What cards and books say of the meter is no evidence here: they
 * follow the meter, also where it is wrong.
 */
export const highestGiven = ({ binding, cards, purchases, earlier }: Home): number => {
  const known = [...purchases, ...earlier].map(({ count }) => count)
  return known.length > 0
    ? Math.max(...known)
    : Math.max(binding.credited, ...cards.map(({ count }) => count))
}

/** A meter that has a count above all that were given out has credit that nobody sold: a key incident. */
export const countTooHigh = (home: Home, dayOf: (at: number) => string): HomeFinding | null => {
  const given = highestGiven(home)
  const above = home.writeBacks.filter(({ count }) => count > given)
  const [first, last] = [above[0], above.at(-1)]
  if (first === undefined || last === undefined) return null
  const before = home.writeBacks.findLast(({ write_back }) => write_back < first.write_back)
  const sold = soldBetween(home, before?.count ?? given, last.count)
  return {
    pattern: 'count too high',
    since: dayOf(first.at),
    score: 99,
    lostEnergy:
      before === undefined ? 0 : Math.max(0, last.total_credited - before.total_credited - sold),
    why: { kind: 'count too high', count: last.count, given },
    evidence: {
      writeBacks: [...(before === undefined ? [] : [before]), ...above].map((it) => it.write_back),
      orders: home.purchases.slice(-1).map((it) => it.order_number),
    },
    through: placeOf(last.write_back),
  }
}

/** Counts that the meter went through, and that no purchase has: each was credited from somewhere else. */
export const countGap = (home: Home, dayOf: (at: number) => string): HomeFinding | null => {
  const known = new Set([...home.purchases, ...home.earlier].map(({ count }) => count))
  // What was sold before all that these books know is nobody's gap.
  const first = Math.min(...known)
  const given = highestGiven(home)
  const gaps = pairsOf(home.writeBacks).flatMap(({ before, now }) => {
    if (now.count > given || now.count <= before.count) return []
    const missing = []
    for (let count = Math.max(before.count + 1, first); count <= now.count; count++) {
      if (!known.has(count)) missing.push(count)
    }
    return missing.length === 0 ? [] : [{ before, now, missing }]
  })
  const [one, last] = [gaps[0], gaps.at(-1)]
  if (one === undefined || last === undefined) return null
  const lostEnergy = gaps.reduce((sum, { before, now }) => {
    const credited = now.total_credited - before.total_credited
    return sum + Math.max(0, credited - soldBetween(home, before.count, now.count))
  }, 0)
  const missing = gaps.flatMap((gap) => gap.missing)
  return {
    pattern: 'count gap',
    since: dayOf(one.now.at),
    score: lostEnergy > 0 ? 95 : 70,
    lostEnergy,
    why: {
      kind: 'count gap',
      before: one.before.count,
      now: last.now.count,
      missing: missing.slice(0, 20),
    },
    evidence: {
      writeBacks: unique(gaps.flatMap(({ before, now }) => [before.write_back, now.write_back])),
      orders: home.purchases
        .filter(({ count }) => missing.includes(count - 1) || missing.includes(count + 1))
        .map((it) => it.order_number),
    },
    through: placeOf(last.now.write_back),
  }
}

/** Energy of the purchases after one count up to another, 0.01 kWh. */
export const soldBetween = (home: Home, after: number, through: number): number =>
  [...home.purchases, ...home.earlier].reduce(
    (sum, { count, energy }) => (count > after && count <= through ? sum + energy : sum),
    0,
  )

/**
 * Each write-back and the one before it, by the meter's own registers: an old card may bring an old one late, and that
 * one stands where it belongs.
 */
export const pairsOf = (
  writeBacks: readonly WriteBack[],
): { before: WriteBack; now: WriteBack }[] => {
  const inOrder = writeBacks.toSorted(
    (one, other) =>
      one.count - other.count ||
      one.meter_time - other.meter_time ||
      one.write_back - other.write_back,
  )
  return inOrder.slice(1).flatMap((now, place) => {
    const before = inOrder[place]
    return before === undefined ? [] : [{ before, now }]
  })
}

export const unique = <Key>(keys: readonly Key[]): Key[] => [...new Set(keys)]
