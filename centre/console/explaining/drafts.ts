// Lines of a timeline before they are put together: each from one record, under the name of the fact it tells of.
import type { Fact, FactSource, HowSure } from '../../../domain/console/explained-facts.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'

export type Draft = {
  at: number
  kiosk: KioskNumber | null
  fact: Fact
  sure: HowSure | null
  sources: FactSource[]
  /** Drafts of one name within `withinMs` of one another are one fact; null stands alone. */
  name: string | null
  withinMs: number
  /** Of drafts that are one fact the highest is told. */
  rank: number
}

export const onceOnly = Infinity
/** A kiosk and the centre tell of one step within this, unless the line between them is down. */
export const aboutAtOnce = 15 * 60_000

/**
 * One line for each fact, with everybody who tells of it; in the order of time, and within a moment in the order of a sale. What
 * one record tells twice happened twice.
 */
export const merged = (drafts: readonly Draft[]): Draft[] => {
  const lines: Draft[] = []
  for (const draft of drafts) {
    const at = nearestOf(lines, draft)
    const known = lines[at]
    if (known === undefined) lines.push(draft)
    else lines[at] = both(known, draft)
  }
  return lines.toSorted((one, other) => one.at - other.at || stepOf(one) - stepOf(other))
}

/** Where the line is that tells of the same, -1 for none: of several the one nearest in time. */
const nearestOf = (lines: readonly Draft[], draft: Draft): number => {
  let nearest = -1
  let apart = Infinity
  for (const [at, line] of lines.entries()) {
    const distance = Math.abs(line.at - draft.at)
    if (!isSame(line, draft) || (nearest >= 0 && distance >= apart)) continue
    nearest = at
    apart = distance
  }
  return nearest
}

const isSame = (one: Draft, other: Draft): boolean =>
  one.name !== null &&
  one.name === other.name &&
  (one.withinMs === onceOnly || Math.abs(one.at - other.at) <= one.withinMs) &&
  !(isOfKiosk(one) && isOfKiosk(other))

const isOfKiosk = ({ sources }: Draft): boolean =>
  sources.some(({ from }) => from === 'kiosk journal')

/** What comes before what when two clocks say the same. */
const steps: readonly (readonly string[])[] = [
  ['kiosk.started', 'card.inserted'],
  ['card.judged'],
  ['note.', 'payment.asked', 'payment.authorised', 'order.asked'],
  ['order.made', 'order.refused', 'order.unknown'],
  ['script.'],
  ['card.writing', 'card.written', 'card.not-written', 'card.unknown'],
  ['undo.'],
  ['order.'],
  ['payment.', 'sale.'],
  ['claim.', 'slip.', 'receipt.'],
  ['session.ended'],
  ['card.seen', 'meter.'],
]

const stepOf = ({ fact }: Draft): number => {
  const step = steps.findIndex((kinds) => kinds.some((kind) => fact.kind.startsWith(kind)))
  return step < 0 ? steps.length : step
}

const both = (one: Draft, other: Draft): Draft => {
  const [told, also] = other.rank > one.rank ? [other, one] : [one, other]
  return {
    ...told,
    kiosk: told.kiosk ?? also.kiosk,
    sure: surer(told.sure, also.sure),
    sources: together([...one.sources, ...other.sources]),
  }
}

/** The lines of one journal that tell of it stand as one source: `101 / 12, 13, 14`. */
export const together = (sources: readonly FactSource[]): FactSource[] => {
  const byRecord = new Map<FactSource['from'], string[]>()
  for (const { from, which } of sources) {
    const known = byRecord.get(from) ?? []
    if (!known.includes(which)) byRecord.set(from, [...known, which])
  }
  return [...byRecord].map(([from, which]) => ({ from, which: which.join(', ') }))
}

const strength: Record<HowSure, number> = { 'not known': 0, told: 1, booked: 2, proven: 3 }
const surer = (one: HowSure | null, other: HowSure | null): HowSure | null => {
  if (one === null || other === null) return one ?? other
  return strength[other] > strength[one] ? other : one
}
