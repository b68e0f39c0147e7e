// Purchases that lie on a card and that no meter is known to have taken, by age (domain.md 16). Pure.
import type { UnreadAges } from '../../domain/console/losses.ts'
import { daysBetween, type Buying } from './buying.ts'
import { scoreOf, type HomeFinding } from './found.ts'

/** A card that was seen again with its purchase still on it has been carried past its meter for at least so long. */
const seenAfterDays = 7
/** Nobody buys energy to keep it on the card; unless this home always takes its time. */
const unseenAfterDays = 60
const longerThanEver = 1.5

export const unreadPurchase = (buying: Buying, day: string): HomeFinding | null => {
  const { unread, longestGapDays } = buying
  if (unread === null) return null
  const ageDays = daysBetween(unread.loaded, day)
  const seenSince = unread.seen.length
  const isOld =
    seenSince > 0
      ? ageDays >= seenAfterDays
      : ageDays >= Math.max(unseenAfterDays, longestGapDays * longerThanEver)
  if (!isOld) return null
  return {
    pattern: 'unread purchase',
    since: unread.loaded,
    score: scoreOf(Math.min(85, 20 + 12 * seenSince + ageDays / 4)),
    lostEnergy: 0,
    why: {
      kind: 'unread purchase',
      order: unread.order,
      loaded: unread.loaded,
      ageDays,
      energy: unread.energy,
      seenSince,
      longestGapDays,
    },
    evidence: { orders: [unread.order], insertions: unread.seen.slice(-10) },
    through: unread.order,
  }
}

const bounds = [0, 8, 31, 61, 91, 181] as const

/** All unread purchases in classes of age, the youngest first. */
export const unreadAges = (buyings: readonly Buying[], day: string): UnreadAges => {
  const classes = bounds.map((fromDays, place) => {
    const next = bounds[place + 1]
    return { fromDays, toDays: next === undefined ? null : next - 1, count: 0, energy: 0 }
  })
  for (const { unread } of buyings) {
    if (unread === null) continue
    const age = daysBetween(unread.loaded, day)
    const found = classes.findLast(({ fromDays }) => age >= fromDays)
    if (found === undefined) continue
    found.count++
    found.energy += unread.energy
  }
  return classes
}
