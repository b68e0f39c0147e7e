// A quarter of a town: who buys no more or too little is found among neighbours, and the season accuses nobody.
import { expect, it } from 'vitest'
import { homeThat, testDay, testDayOf, type TestHome } from '../../test/losses/homes.ts'
import { buyersAmong } from './buyers.ts'
import { buyingOf, monthsBefore } from './buying.ts'
import { unreadPurchase } from './unread-purchases.ts'
import { energy } from '../../domain/energy.ts'

const months = monthsBefore(testDay)
const pause = () => Promise.resolve()

/** 120 homes of four sizes with a winter in which all use twice as much; some of them are otherwise. */
const found = async (others: Record<number, TestHome> = {}) => {
  const buyings = Array.from({ length: 120 }, (_, place) => {
    const size = 300 + (place % 4) * 250 + (place % 7) * 10
    const season = (ago: number) =>
      size * (1 + Math.max(0, Math.cos(((ago + 55) / 365) * 2 * Math.PI)))
    const home = homeThat({ place, every: 18 + (place % 9), perDay: season, ...others[place] })
    return buyingOf(home, { months, day: testDay, dayOf: testDayOf })
  })
  const { found: all } = await buyersAmong(buyings, { months, day: testDay, pause })
  return all.map(({ finding, buying }) => ({ ...finding, place: buyings.indexOf(buying) }))
}

it('a town in which everybody uses twice as much in winter raises nothing', async () => {
  expect(await found()).toEqual([])
})

it('who has bought nothing for months is a zero buyer since the energy ran out', async () => {
  const all = await found({ 17: { stopsBefore: 120 } })
  expect(all.map(({ pattern, place }) => [pattern, place])).toEqual([['zero buyer', 17]])
  const [one] = all
  expect(one?.why).toMatchObject({ kind: 'zero buyer' })
  expect(one?.since && one.since < testDay).toBe(true)
  expect(one?.lostEnergy).toBeGreaterThan(0)
})

it('who suddenly buys a third is a low buyer since about then, with what the neighbours make likely', async () => {
  const third = (ago: number) => (ago < 150 ? 250 : 750)
  const all = await found({ 40: { perDay: third } })
  expect(all.map(({ pattern, place }) => [pattern, place])).toEqual([['low buyer', 40]])
  expect(all[0]?.since).toMatch(/^2026-0[5-8]/)
  const why = all[0]?.why
  if (why?.kind !== 'low buyer') throw new Error('another finding')
  expect(why.bought).toBeLessThan(why.least)
  expect(why.usual).toBeLessThanOrEqual(why.most)
})

it('who lives on a large stock does not buy too little: the meter counts on', () => {
  const home = homeThat({ every: 20 })
  const stocked = {
    ...home,
    purchases: home.purchases.slice(0, -5),
    writeBacks: home.writeBacks.map((it) => ({ ...it, remaining: energy(it.remaining + 100_000) })),
  }
  const buying = buyingOf(stocked, { months, day: testDay, dayOf: testDayOf })
  expect(buying.used?.months.at(-2)).toBeGreaterThan(0)
})

it('a purchase that no meter took is a loss, but not of a home whose meter was exchanged since', () => {
  const home = homeThat({ stopsBefore: 100 })
  const last = home.purchases.at(-1)
  if (last === undefined) throw new Error('it has bought')
  const unread = {
    ...home,
    purchases: [...home.purchases.slice(0, -1), { ...last, state: 'LOADED' as const }],
    writeBacks: home.writeBacks.filter(({ count }) => count < last.count),
  }
  const raised = (ended: boolean) =>
    unreadPurchase(
      buyingOf({ ...unread, ended }, { months, day: testDay, dayOf: testDayOf }),
      testDay,
    )
  expect(raised(false)).toMatchObject({ pattern: 'unread purchase' })
  expect(raised(true)).toBeNull()
})
