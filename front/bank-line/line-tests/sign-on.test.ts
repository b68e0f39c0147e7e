// Coming onto the line, staying on it, and leaving it.
import { afterEach, expect, test } from 'vitest'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { pendingAction } from '../../iso8583/message.ts'
import { losesAnswers, losesRequests, sealsWrongly } from '../../simulated-bank/behaviours.ts'
import { echoDelays } from '../echoes.ts'
import { lineDelays } from '../session.ts'
import { bench, inAWord, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.close())

test('it signs on by itself, and a sale is approved', async () => {
  it = bench()
  await it.signedOn()
  expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
  expect(it.heardTypes()).toEqual(['0800 001', '0200'])
  expect(it.balance()).toBe(80_000)
})

test('before it has signed on nothing is sent, and it says so', async () => {
  it = bench()
  expect(await it.line.ask(it.sale(1), 30_000)).toEqual({ kind: 'away', why: 'not signed on' })
  await it.signedOn()
  expect(it.heardTypes()).toEqual(['0800 001'])
})

test('a bank that is down is called after 1, 2, 4… and then every 60 seconds', async () => {
  it = bench()
  it.bank.goDown()
  await it.clock.advance(250_000)
  const gaps = it.opens.slice(1).map((at, before) => at - (it.opens[before] ?? 0))
  expect(gaps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  expect(await it.line.ask(it.sale(1), 30_000)).toEqual({ kind: 'away', why: 'not signed on' })
  it.bank.comeUp()
  await it.signedOn()
  expect(inAWord(await it.ask(it.sale(2)))).toBe('00')
})

test('after a sign-on the next loss is tried again at once, not after a minute', async () => {
  it = bench()
  it.bank.goDown()
  await it.clock.advance(120_000)
  it.bank.comeUp()
  await it.signedOn()
  const lostAt = it.clock.monotonic()
  it.pullPlug()
  await it.untilSo(() => it.line.state() !== 'signed on')
  await it.signedOn()
  expect((it.opens.at(-1) ?? 0) - lostAt).toBe(lineDelays.reopenMs)
  expect(it.states.slice(-4)).toEqual(['signed on', 'down', 'connecting', 'signed on'])
})

test('a bank that wraps with another exchange key is never signed on to', async () => {
  it = bench({ lineKey: fromHex('00'.repeat(16)) })
  await it.clock.advance(10_000)
  expect(it.states).not.toContain('signed on')
  expect(it.reports).toContainEqual({ kind: 'wrong MAC' })
  expect(await it.line.ask(it.sale(1), 30_000)).toEqual({ kind: 'away', why: 'not signed on' })
})

test('a sign-on answer that does not fit its own key is refused, and the next is taken', async () => {
  it = bench()
  it.bank.behave(sealsWrongly({ times: 1 }))
  await it.signedOn()
  expect(it.reports).toEqual([{ kind: 'wrong MAC' }, { kind: 'sign-on refused', code: null }])
  expect(it.heardTypes()).toEqual(['0800 001', '0800 001'])
})

test('a sign-on that is not answered is given up, and begun again', async () => {
  it = bench()
  it.bank.behave(losesAnswers({ network: '001', times: 1 }))
  await it.signedOn()
  expect(it.clock.monotonic()).toBe(lineDelays.signOnMs + lineDelays.reopenMs)
  expect(it.bank.connections()).toBe(1)
})

test('it echoes once a minute', async () => {
  it = bench()
  await it.clock.advance(5 * echoDelays.everyMs + 1)
  expect(it.heardTypes()).toEqual(['0800 001', ...Array.from({ length: 5 }, () => '0800 301')])
})

test('an echo that is not answered ends the line, and another one begins', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(losesRequests({ network: '301', times: 1 }))
  await it.untilSo(() => it.opens.length === 2)
  await it.signedOn()
  expect(it.states).toEqual(['signed on', 'down', 'connecting', 'signed on'])
})

test('a line that is lost during an echo echoes no more: one a minute, not one for each line there ever was', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(losesAnswers({ network: '301', times: 1 }))
  await it.clock.advance(echoDelays.everyMs)
  it.pullPlug()
  await it.untilSo(() => it.opens.length === 2)
  await it.signedOn()
  await it.clock.advance(2 * echoDelays.everyMs + 1)
  expect(it.heardTypes()).toEqual(['0800 001', '0800 301', '0800 001', '0800 301', '0800 301'])
})

test('a bank that asks for it is signed on to again', async () => {
  it = bench()
  await it.signedOn()
  it.bank.askFor(pendingAction.signOnAgain)
  expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
  it.bank.askFor(pendingAction.none)
  await it.signedOn()
  expect(it.heardTypes()).toEqual(['0800 001', '0200', '0800 001'])
  expect(inAWord(await it.ask(it.sale(2)))).toBe('00')
})

test('a business date is cut over, and the new day has a new key', async () => {
  it = bench()
  await it.signedOn()
  expect(inAWord(await it.ended(it.line.cutOver('2026-11-24')))).toBe('00')
  expect(it.bank.truth().businessDate).toBe('2026-11-24')
  expect(it.heardTypes()).toEqual(['0800 001', '0800 201', '0800 161'])
  expect(inAWord(await it.ask(it.sale(1, { 15: '1124' })))).toBe('00')
})

test('a day that gets no new key goes on under the old one', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(losesAnswers({ network: '161' }))
  expect(inAWord(await it.ended(it.line.cutOver('2026-11-24')))).toBe('00')
  expect(inAWord(await it.ask(it.sale(1, { 15: '1124' })))).toBe('00')
})

test('it signs off when it is closed, and is not heard of again', async () => {
  it = bench()
  await it.signedOn()
  await it.close()
  expect(it.line.state()).toBe('down')
  expect(it.heardTypes()).toEqual(['0800 001', '0800 002'])
  expect(it.bank.connections()).toBe(0)
  await it.clock.advance(300_000)
  expect(it.opens.length).toBe(1)
  expect(it.clock.waiting()).toEqual([])
})

test('it can be closed while the bank is down', async () => {
  it = bench()
  it.bank.goDown()
  await it.clock.advance(10_000)
  await it.close()
  expect(it.clock.waiting()).toEqual([])
})
