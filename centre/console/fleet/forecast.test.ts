// Forecasts say a day and how sure they are of it; wear is told from chance.
import { array, assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothing } from '../../../domain/money.ts'
import { noCounts } from '../../fleet/days.ts'
import { daysBetween } from './calendar.ts'
import { forecastOf, usedInAll, usedOn } from './forecast.ts'
import { rollChanges } from './paper.ts'
import { wearOf, type Counts } from './wear.ts'

const today = '2026-11-27'

describe('when a box is full', () => {
  it('is certain where every day is like the other', () => {
    const used = Array.from({ length: 28 }, () => 20)
    expect(forecastOf({ today, room: 100, used: usedInAll(used) })).toEqual({
      kind: 'known',
      day: '2026-12-02',
      early: '2026-12-02',
      late: '2026-12-02',
      pace: 20,
      overDays: 28,
    })
  })

  it('lies between an early and a late day', () => {
    assert(
      property(
        array(integer({ min: 0, max: 60 }), { minLength: 7, maxLength: 28 }),
        integer({ min: 0, max: 600 }),
        (used, room) => {
          const told = forecastOf({ today, room, used: usedInAll(used) })
          const ordered =
            told.kind === 'known' &&
            told.early <= told.day &&
            (told.late === null || told.day <= told.late)
          return ordered === used.some((each) => each > 0)
        },
      ),
    )
  })

  it('holds for four kiosks out of five that go on as they did', () => {
    // Days of 0 to 40 notes by a generator that repeats.
    let state = 7
    const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    const notes = () => Math.floor(chance() * 41)
    let inside = 0
    const tries = 400
    for (let each = 0; each < tries; each++) {
      const used = Array.from({ length: 28 }, notes)
      const told = forecastOf({ today, room: 400, used: usedInAll(used) })
      if (told.kind === 'unknown' || told.late === null) throw new Error('no day')
      let left = 400
      let days = 0
      for (; left > 0; days++) left -= notes()
      if (days >= daysBetween(today, told.early) && days <= daysBetween(today, told.late) + 1)
        inside++
    }
    expect(inside / tries).toBeGreaterThan(0.7)
    expect(inside / tries).toBeLessThan(0.98)
  })

  it('is not told where too little is known or nothing is used', () => {
    expect(forecastOf({ today, room: 100, used: usedInAll([1, 2, 3]) })).toEqual({
      kind: 'unknown',
      why: 'too few days',
    })
    const idle = Array.from({ length: 20 }, () => 0)
    expect(forecastOf({ today, room: 100, used: usedInAll(idle) })).toEqual({
      kind: 'unknown',
      why: 'nothing is used',
    })
  })

  it('counts a day on which nothing was told as a day without notes, and none before the kiosk began', () => {
    const days = [
      { day: '2026-11-24', count: 5 },
      { day: '2026-11-26', count: 7 },
    ]
    expect(usedOn(days, { from: '2026-10-30', today, since: '2026-11-24' })).toEqual(
      usedInAll([5, 0, 7]),
    )
  })
})

it('paper that is low, then out, then there again is one new roll', () => {
  const day = 86_400_000
  expect(rollChanges([day, day + 60_000, 30 * day, 61 * day, 61 * day + 5])).toEqual([
    day,
    30 * day,
    61 * day,
  ])
})

describe('wear', () => {
  const days = (count: number, of: Partial<Counts>): Counts[] =>
    Array.from({ length: count }, () => ({ ...noCounts, taken: nothing, ...of }))
  const kinds = (of: {
    recent: Partial<Counts>
    before: Partial<Counts>
    fleet: Partial<Counts>
  }) =>
    wearOf({
      recent: days(7, of.recent),
      before: days(28, of.before),
      knownBefore: 28,
      fleet: { ...noCounts, ...of.fleet },
      fleetDays: 700,
    })
  const judgedAs = (kind: string, wear: ReturnType<typeof kinds>) =>
    wear.find((each) => each.kind === kind)?.judged
  const usual = { notes: 70_000, rejects: 2_100, line_errors: 350, retries: 350 }

  it('shows in notes that are refused, held against the weeks before', () => {
    const wear = kinds({
      recent: { notes: 90, rejects: 10 },
      before: { notes: 97, rejects: 3 },
      fleet: usual,
    })
    expect(judgedAs('rejects', wear)).toBe('bad')
    expect(judgedAs('broken', wear)).toBe('well')
  })

  it('that came so slowly that the weeks before had it too shows against all other kiosks', () => {
    const wear = kinds({ recent: { line_errors: 40 }, before: { line_errors: 36 }, fleet: usual })
    expect(judgedAs('broken', wear)).toBe('bad')
  })

  it('is not what chance makes of few notes', () => {
    const wear = kinds({
      recent: { notes: 1, rejects: 0 },
      before: { notes: 4, rejects: 0 },
      fleet: usual,
    })
    expect(judgedAs('rejects', wear)).toBe('unknown')
    const [unlucky, ...others] = days(7, { notes: 8 })
    const few = wearOf({
      recent: [{ ...(unlucky ?? noCounts), rejects: 4 }, ...others],
      before: days(28, { notes: 97, rejects: 3 }),
      knownBefore: 28,
      fleet: { ...noCounts, ...usual },
      fleetDays: 700,
    })
    expect(judgedAs('rejects', few)).toBe('well')
  })
})
