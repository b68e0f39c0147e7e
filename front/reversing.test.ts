// Reversals go out until they are answered: when, in what order, and who hears of it.
import { afterEach, describe, expect, it } from 'vitest'
import { frontKit, otherKiosk, type FrontKit } from '../test/front-kit.ts'
import { endByHand } from './ending-by-hand.ts'
import {
  answersLate,
  declines,
  losesAnswers,
  losesRequests,
  sealsWrongly,
} from './simulated-bank/behaviours.ts'
import type { Policy } from './means.ts'

let kit: FrontKit
afterEach(() => kit.close())
const begin = async (policy: Partial<Policy> = {}) => {
  kit = await frontKit({ policy })
  await kit.signedOn()
}

/** After the third time, at 30 s, has been waited for in vain and before the fourth, at 70 s: nobody waits for an answer. */
const lateMs = 65_000

const advice = (mti: string) => mti === '0420' || mti === '0421'
/** The next so many times a reversal arrives at the bank: in s after the first, with its type. */
const arrivals = async (count: number) => {
  const seen: [number, string][] = []
  let from: number | null = null
  for (let tries = 0; seen.length < count && tries < 5_000; tries++) {
    const heard = kit.wire().heard.filter(({ mti }) => advice(mti))
    for (const { mti } of heard.slice(seen.length)) {
      const now = kit.clock().monotonic()
      from ??= now
      seen.push([(now - from) / 1000, mti])
    }
    await kit.clock().advance(seen.length === 0 ? 0 : 500)
  }
  return seen
}
const listed = async () =>
  (await kit.store().read.selectFrom('manual_list').selectAll().execute()).map(({ why }) => why)
const queue = () => kit.store().read.selectFrom('queue').selectAll().execute()

describe('a reversal that is never answered', () => {
  it('goes out as 0420, then as 0421 after 10, 20, 40, 80, 160 s and every 300 s; after six times a person hears of it', async () => {
    await begin()
    const sale = await kit.approved()
    kit.bank().behave(losesAnswers({ to: '0420' }))
    kit.bank().behave(losesAnswers({ to: '0421' }))
    const asked = kit.reversal(sale.paymentId)
    const times = await arrivals(6)
    const gaps = times.slice(1).map(([at], before) => Math.round(at - (times[before]?.[0] ?? 0)))
    expect(gaps).toEqual([10, 20, 40, 80, 160])
    expect(times.map(([, mti]) => mti)).toEqual(['0420', '0421', '0421', '0421', '0421', '0421'])
    expect(await asked).toEqual({ kind: 'reversing' })
    expect(await listed()).toEqual([])
    await kit.clock().advance(31_000)
    expect(await listed()).toEqual(['reversal without an answer, sent 6 times and sent on'])
    expect(kit.alarms).toEqual(['the bank does not answer'])
    await kit.clock().advance(30 * 60_000)
    const heard = kit.wire().heard.filter(({ mti }) => advice(mti))
    expect(heard.length).toBeGreaterThan(10)
    expect(new Set(heard.map(({ fields }) => fields[11])).size).toBe(1)
    expect(new Set(heard.map(({ fields }) => fields[90])).size).toBe(1)
    expect(await listed()).toHaveLength(1)
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversing' })
  })
})

describe('a reversal', () => {
  it('is on disk before it is sent, and names the payment it reverses', async () => {
    await begin()
    const sale = await kit.approved()
    await kit.bankGoesDown()
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    const [waiting] = await queue()
    expect(waiting).toMatchObject({ state: 'open', attempts: 0, kind: 'reversal' })
    const sent = kit.wire().heard.find(({ mti }) => mti === '0200')?.fields
    expect(JSON.parse(waiting?.message ?? '')).toMatchObject({
      mti: '0420',
      fields: { 15: '1123', 41: 'KIOSK-1', 90: `0200000001${sent?.[7]}${'0'.repeat(22)}` },
    })
    kit.bank().comeUp()
    await kit.settled()
    expect(
      kit
        .wire()
        .heard.filter(({ mti }) => advice(mti))
        .map(({ mti }) => mti),
    ).toEqual(['0420'])
  })

  it('of a terminal goes out before its next payment, which waits for the answer', async () => {
    await begin()
    const first = await kit.begin()
    kit.bank().behave(losesRequests({ to: '0200', times: 1 }))
    kit.bank().behave(losesRequests({ to: '0420', times: 1 }))
    expect(await kit.payFor(first)).toEqual({ kind: 'unknown' })
    const second = { ...first, paymentId: kit.centre.ids.payment() }
    expect(await kit.payFor(second)).toMatchObject({ kind: 'approved' })
    const types = kit.wire().heard.map(({ mti }) => mti)
    expect(types.lastIndexOf('0421')).toBeLessThan(types.lastIndexOf('0200'))
    expect(types).toContain('0421')
  })

  it('that the bank does not answer holds up the next payment of its terminal, and of no other', async () => {
    await begin()
    const sale = await kit.approved()
    kit.bank().behave(losesRequests({ to: '0420' }))
    kit.bank().behave(losesRequests({ to: '0421' }))
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    const second = { ...sale, paymentId: kit.centre.ids.payment() }
    expect(await kit.payFor(second)).toEqual({ kind: 'declined', why: 'bank away' })
    const elsewhere = await kit.begin()
    expect(await kit.payFor(elsewhere, { kiosk: otherKiosk })).toMatchObject({ kind: 'approved' })
  })

  it('that is answered leaves no timer behind: a program that ends, ends at once', async () => {
    await begin()
    const sale = await kit.approved()
    const before = kit.clock().waiting().length
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
    expect(kit.clock().waiting()).toHaveLength(before)
  })

  it('whose answer comes late is over with it', async () => {
    await begin()
    const sale = await kit.approved()
    kit.bank().behave(answersLate(lateMs, { to: '0420' }))
    kit.bank().behave(losesAnswers({ to: '0421' }))
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    await kit.clock().advance(lateMs)
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
    await kit.clock().advance(30 * 60_000)
    expect(kit.wire().heard.filter(({ mti }) => advice(mti))).toHaveLength(3)
  })

  it('P3: is not over with a late answer whose MAC is wrong: that is evidence of nothing', async () => {
    await begin()
    const sale = await kit.approved()
    kit.bank().behave({
      onAnswer: (frame, request) => {
        const wrong = sealsWrongly({ to: '0420' }).onAnswer?.(frame, request)
        return Array.isArray(wrong) ? wrong.map((it) => ({ ...it, afterMs: lateMs })) : undefined
      },
    })
    kit.bank().behave(losesAnswers({ to: '0421' }))
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    await kit.clock().advance(lateMs)
    const late = await kit.store().read.selectFrom('late_answers').selectAll().execute()
    expect(late).toMatchObject([{ mti: '0430', code: '00', mac: 'wrong' }])
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversing' })
  })

  it('is not counted as sent while the line is down', async () => {
    await begin()
    const sale = await kit.approved()
    await kit.bankGoesDown()
    await kit.reversal(sale.paymentId)
    await kit.clock().advance(3_600_000)
    expect((await queue()).map(({ attempts }) => attempts)).toEqual([0])
    expect(await listed()).toEqual([])
  })

  const guarantees: [boolean, string, number][] = [
    [true, 'reversed', 0],
    [false, 'reversing', 1],
  ]
  it.each(guarantees)(
    'finds no payment; the bank guarantees to refuse a late one: %s, so it is %s',
    async (refusesLateOriginals, kind, list) => {
      await begin({ refusesLateOriginals })
      kit.bank().behave(losesRequests({ to: '0200' }))
      const sale = await kit.begin()
      expect(await kit.payFor(sale)).toEqual({ kind: 'unknown' })
      await kit.settled()
      expect(await kit.paymentState(sale.paymentId)).toEqual({ kind })
      expect(await listed()).toHaveLength(list)
      await kit.clock().advance(3_600_000)
      expect(kit.wire().heard.filter(({ mti }) => advice(mti))).toHaveLength(1)
    },
  )
})

describe('a reversal that the bank answers with neither yes nor "not found"', () => {
  it('keeps the terminal from charging accounts until two persons have the word of the bank', async () => {
    await begin()
    const sale = await kit.approved()
    kit.bank().behave(declines('12', { to: '0420' }))
    kit.bank().behave(declines('12', { to: '0421' }))
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversing' })
    const another = await kit.begin()
    expect(await kit.payFor(another)).toMatchObject({ kind: 'declined', why: 'bank away' })
    const byHand = (persons: [string, string]) =>
      kit.store().transact((work) => endByHand(work, { payment: sale.paymentId, persons, now: 1 }))
    expect(await byHand(['A. Marsh', 'a. marsh '])).toContain('two persons, not one')
    expect(await byHand(['A. Marsh', 'P. Okafor'])).toBeNull()
    expect(await byHand(['A. Marsh', 'P. Okafor'])).toContain('is reversed')
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
    const third = await kit.begin()
    expect((await kit.payFor(third)).kind).toBe('approved')
  })
})
