// What one meter says of itself: a flawless one raises nothing, and each flaw is found where it is, however large.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homeThat, testDayOf, withMeter } from '../../test/losses/homes.ts'
import { energy } from '../../domain/energy.ts'
import type { Home } from './home.ts'
import { meterFindings } from './meter-findings.ts'

const patternsIn = (home: Home) => meterFindings(home, testDayOf).map(({ pattern }) => pattern)

const anyHome = fc
  .record({
    place: fc.integer({ min: 0, max: 500 }),
    every: fc.integer({ min: 5, max: 60 }),
    use: fc.integer({ min: 0, max: 5_000 }),
    days: fc.integer({ min: 40, max: 380 }),
  })
  .map(({ use, ...of }) => homeThat({ ...of, perDay: () => use }))
const from = fc.integer({ min: 1, max: 4 })
const much = fc.integer({ min: 1, max: 100_000 })

describe('a meter', () => {
  it('that counts as it must raises nothing, however it is used', () => {
    fc.assert(
      fc.property(anyHome, (home) => {
        expect(patternsIn(home)).toEqual([])
      }),
    )
  })

  it('with write-backs that come in another order raises nothing either', () => {
    fc.assert(
      fc.property(anyHome, fc.integer({ min: 0, max: 20 }), (home, late) => {
        const place = late % Math.max(1, home.writeBacks.length)
        const moved = home.writeBacks[place]
        if (moved === undefined) return
        const rest = home.writeBacks.filter((it) => it !== moved)
        const newest = Math.max(...home.writeBacks.map((it) => it.write_back)) + 1
        const writeBacks = [...rest, { ...moved, write_back: newest }]
        expect(patternsIn({ ...home, writeBacks })).toEqual([])
      }),
    )
  })

  it('credited with energy nobody sold is found, with all of it', () => {
    fc.assert(
      fc.property(anyHome, from, much, (home, place, more) => {
        const forged = withMeter(home, place, (it) => ({
          total_credited: it.total_credited + more,
          remaining: energy(it.remaining + more),
        }))
        if (home.writeBacks.length <= place) return
        const [found] = meterFindings(forged, testDayOf)
        expect(found).toMatchObject({ pattern: 'credited not sold', lostEnergy: more })
      }),
    )
  })

  it('that says it has more left than it can have is found, by one of its two registers', () => {
    fc.assert(
      fc.property(anyHome, from, much, (home, place, more) => {
        if (home.writeBacks.length <= place) return
        const forged = withMeter(home, place, (it) => ({ remaining: energy(it.remaining + more) }))
        const [found] = meterFindings(forged, testDayOf)
        expect(found?.pattern).toMatch(/^(remaining|use) more than bought$/)
        expect(found?.lostEnergy).toBe(more)
      }),
    )
  })

  it('whose use jumps is told from one whose remaining jumps', () => {
    const home = homeThat({ perDay: () => 600 })
    const used = withMeter(home, 5, (it) => ({ total_used: it.total_used + 60_000 }))
    const left = withMeter(home, 5, (it) => ({ remaining: energy(it.remaining + 60_000) }))
    expect(patternsIn(used)).toEqual(['use more than bought'])
    expect(patternsIn(left)).toEqual(['remaining more than bought'])
  })

  it('with a count above all that were given out is a key incident, whatever the cards say', () => {
    fc.assert(
      fc.property(anyHome, fc.integer({ min: 2, max: 9 }), (home, more) => {
        const last = home.writeBacks.length - 1
        if (last < 1) return
        const forged = withMeter(home, last, (it) => ({ count: it.count + more }))
        const found = meterFindings(forged, testDayOf)
        expect(found[0]).toMatchObject({ pattern: 'count too high', score: 99 })
      }),
    )
  })

  it('that went through a count nobody sold has a gap', () => {
    const home = homeThat()
    const missing = home.purchases[3]?.count ?? 0
    const purchases = home.purchases.filter(({ count }) => count !== missing)
    const [found] = meterFindings({ ...home, purchases }, testDayOf)
    expect(found).toMatchObject({ pattern: 'count gap', why: { missing: [missing] } })
    expect(found?.evidence.writeBacks).toHaveLength(2)
  })

  it('whose clock or count goes back is found; one late write-back is not', () => {
    const home = homeThat()
    const back = 700 * 86_400_000
    const clock = withMeter(home, 6, (it) => ({ meter_time: it.meter_time - back }))
    expect(patternsIn(clock)).toContain('meter went back')
  })

  it('touched again and again is found; one wrong card is not', () => {
    const home = homeThat()
    const once = withMeter(home, 4, () => ({ illegal_insertions: 1 }))
    expect(patternsIn(once)).toEqual([])
    let events = 0
    const often = withMeter(home, 4, () => ({ tamper_events: (events += 2) }))
    expect(meterFindings(often, testDayOf)[0]).toMatchObject({
      pattern: 'meter touched',
      why: { tamperBefore: 0, times: home.writeBacks.length - 4 },
    })
  })
})
