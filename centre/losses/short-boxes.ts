// Cash boxes that are short again and again with one person, or at one kiosk: statistics, never one difference. Pure.
import type { LossPattern, LossWhy } from '../../domain/console/losses.ts'
import { scoreOf, type EvidenceKeys } from './found.ts'
import { atLeast, oneIn } from './statistics.ts'

/** One box that the office has counted. Minor units. */
export type CountedBox = {
  exchange: string
  kiosk: string
  /** Whoever took it out. */
  person: string
  /** `YYYY-MM-DD` of the count. */
  day: string
  expected: number
  counted: number
}

/** A finding of a person or a kiosk. `loss` in minor units. */
export type CashFinding = {
  pattern: LossPattern
  kiosk: string | null
  person: string | null
  since: string
  score: number
  loss: number
  why: LossWhy
  evidence: EvidenceKeys
  through: string
}

/** Twice is chance. */
const fewestShort = 3
/** Of all persons and kiosks together, chance may raise one finding in a hundred looks. */
const mostByChance = 0.01
/** Where no box of anybody else was ever short, it still may happen once in so many. */
const leastUsual = 1 / 200

export const shortBoxes = (boxes: readonly CountedBox[]): CashFinding[] => {
  const persons = lookAt(boxes, ({ person }) => person)
  const kiosks = lookAt(boxes, ({ kiosk }) => kiosk)
  const heard = new Set(persons.map(({ key }) => key))
  // A kiosk whose short boxes were all taken out by a person who is short everywhere says nothing of the kiosk.
  const ownKiosks = kiosks.filter(({ short }) => short.some(({ person }) => !heard.has(person)))
  return [
    ...persons.map((it) => findingOf(it, { kiosk: null, person: it.key })),
    ...ownKiosks.map((it) => findingOf(it, { kiosk: it.key, person: null })),
  ]
}

type Looked = {
  key: string
  all: CountedBox[]
  short: CountedBox[]
  usual: number
  likelihood: number
}

const lookAt = (boxes: readonly CountedBox[], keyOf: (box: CountedBox) => string): Looked[] => {
  const groups = Map.groupBy(boxes, keyOf)
  const shortOfAll = boxes.filter(isShort).length
  return [...groups].flatMap(([key, all]) => {
    const short = all.filter(isShort)
    const others = boxes.length - all.length
    const usual = Math.max(leastUsual, (shortOfAll - short.length + 0.5) / (others + 1))
    const likelihood = atLeast({ hits: short.length, trials: all.length, chance: usual })
    const isMore = short.length >= fewestShort && likelihood * groups.size < mostByChance
    return isMore ? [{ key, all, short, usual, likelihood }] : []
  })
}

const isShort = ({ expected, counted }: CountedBox): boolean => counted < expected

const findingOf = (
  { all, short, usual, likelihood }: Looked,
  of: { kiosk: string | null; person: string | null },
): CashFinding => {
  const inTurn = short.toSorted((one, other) => (one.day < other.day ? -1 : 1))
  const lost = short.reduce((sum, { expected, counted }) => sum + expected - counted, 0)
  return {
    pattern: 'boxes short',
    ...of,
    since: inTurn[0]?.day ?? '',
    score: scoreOf(50 + 6 * Math.log10(1 / Math.max(likelihood, 1e-8))),
    loss: lost,
    why: {
      kind: 'boxes short',
      boxes: all.length,
      short: short.length,
      lost,
      usualPerMille: Math.round(usual * 1000),
      oneIn: oneIn(likelihood),
    },
    evidence: { exchanges: inTurn.map(({ exchange }) => exchange) },
    through: inTurn.at(-1)?.exchange ?? '',
  }
}
