// A meter that somebody has been at: tamper flags and illegal insertions that grew, a count or a clock that went back. Pure.
//
// From authenticated write-backs only: what is kept in the books had a valid meter MAC (power-card.md 13.1 check 8).
import { placeOf, scoreOf, type HomeFinding } from './found.ts'
import type { Home, WriteBack } from './home.ts'
import { unique } from './meter-counts.ts'

/** One wrong card is a mistake at the meter's door; so many are not. */
const innocentInsertions = 3
/** A clock that loses a little is a clock; minutes are taken as nothing. */
const clockSlackMs = 10 * 60_000

/** As they came here: a late write-back of an old card is left out, for its count and its clock are both older. */
const inTurn = (writeBacks: readonly WriteBack[]): WriteBack[] => {
  const kept: WriteBack[] = []
  for (const each of writeBacks) {
    const last = kept.at(-1)
    const isLate =
      last !== undefined &&
      each.total_used <= last.total_used &&
      each.total_credited <= last.total_credited &&
      each.meter_time <= last.meter_time &&
      each.count <= last.count
    if (!isLate) kept.push(each)
  }
  return kept
}

export const meterTouched = (home: Home, dayOf: (at: number) => string): HomeFinding | null => {
  const steps = stepsOf(home).filter(
    ({ before, now }) =>
      now.tamper_events > before.tamper_events ||
      now.illegal_insertions > before.illegal_insertions,
  )
  const [first] = steps
  const last = steps.at(-1)
  if (first === undefined || last === undefined) return null
  const tampered = last.now.tamper_events - first.before.tamper_events
  const illegal = last.now.illegal_insertions - first.before.illegal_insertions
  if (tampered <= 0 && illegal < innocentInsertions) return null
  return {
    pattern: 'meter touched',
    since: dayOf(first.now.at),
    score: scoreOf(
      25 + 18 * Math.min(3, Math.max(0, tampered)) + 4 * Math.min(6, illegal) + 4 * steps.length,
    ),
    lostEnergy: 0,
    why: {
      kind: 'meter touched',
      illegalBefore: first.before.illegal_insertions,
      illegalNow: last.now.illegal_insertions,
      tamperBefore: first.before.tamper_events,
      tamperNow: last.now.tamper_events,
      times: steps.length,
    },
    evidence: { writeBacks: keysOf(steps) },
    through: placeOf(last.now.write_back),
  }
}

/** A count that goes back can be loaded again: the same purchase would be credited twice. */
export const meterWentBack = (home: Home, dayOf: (at: number) => string): HomeFinding | null => {
  const steps = stepsOf(home).flatMap(({ before, now }): WentBack[] => {
    if (now.count < before.count) return [{ before, now, what: 'count' }]
    const isBack = now.meter_time < before.meter_time - clockSlackMs
    return isBack ? [{ before, now, what: 'clock' }] : []
  })
  const first = steps.find(({ what }) => what === 'count') ?? steps[0]
  const last = steps.at(-1)
  if (first === undefined || last === undefined) return null
  const { what, before, now } = first
  return {
    pattern: 'meter went back',
    since: dayOf(first.now.at),
    score: what === 'count' ? 92 : 50,
    lostEnergy: 0,
    why: {
      kind: 'meter went back',
      what,
      before: what === 'count' ? before.count : before.meter_time,
      now: what === 'count' ? now.count : now.meter_time,
    },
    evidence: { writeBacks: keysOf(steps) },
    through: placeOf(last.now.write_back),
  }
}

type Step = { before: WriteBack; now: WriteBack }
type WentBack = Step & { what: 'count' | 'clock' }

const stepsOf = (home: Home): Step[] => {
  const kept = inTurn(home.writeBacks)
  return kept.slice(1).flatMap((now, place) => {
    const before = kept[place]
    return before === undefined ? [] : [{ before, now }]
  })
}

const keysOf = (steps: readonly Step[]): number[] =>
  unique(steps.flatMap(({ before, now }) => [before.write_back, now.write_back]))
