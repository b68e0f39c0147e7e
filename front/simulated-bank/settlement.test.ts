// The settlement file: rows for all that moved money, and sums that agree with the accounts whatever happened.
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { minor, type Minor } from '../../domain/money.ts'
import { account, bench, type Bench } from '../bank-line/line-tests/bench.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import { amountField, businessDateField, processingCode } from '../iso8583/values.ts'
import { decide } from './answering.ts'
import { settlementFile, settlementRows } from './settlement.ts'
import { newAccount, newBank } from './truth.ts'

let it: Bench | null = null
afterEach(() => it?.close())

test('a day with a sale, a top-up, a return, a reversal and a refusal', async () => {
  const day = (it = bench())
  await day.signedOn()
  const sale = day.sale(1)
  await day.ask(sale)
  await day.clock.advance(60_000)
  await day.ask(
    day.sale(2, { 3: processingCode.topUp, 4: amountField(minor(5_000)), 62: '2611230000000050' }),
  )
  await day.ask(
    day.sale(3, { 3: processingCode.return, 4: amountField(minor(300)), 62: '2611230000000051' }),
  )
  await day.ask(day.sale(4, { 4: amountField(minor(900_000)) }))
  await day.ask(
    day.request('0220', 5, { 3: processingCode.cardWrite, 60: '001006', 62: '2611230000000042' }),
  )
  await day.ask(day.reversalOf(sale, 6))
  await day.clock.advance(60_000)
  await day.ended(day.line.cutOver('2026-11-24'))
  expect(day.bank.settlement('2026-11-23')).toEqual({
    name: 'bank_money_2026-11-23_1.csv',
    text: [
      'bank,2026-11-23,2026-11-23T16:45:00.000Z,2026-11-23T16:47:00.000Z,4,4700',
      '2611230000000042,000000000001,KIOSK-1,000001,sale,20000,0,reversed,not loaded,2026-11-23T16:45:00.000Z',
      '2611230000000050,000000000002,KIOSK-1,000002,top-up,5000,0,booked,,2026-11-23T16:46:00.000Z',
      '2611230000000051,000000000003,KIOSK-1,000003,return,300,0,booked,,2026-11-23T16:46:00.000Z',
      '2611230000000042,000000000005,KIOSK-1,000006,reversal,20000,0,booked,not loaded,2026-11-23T16:46:00.000Z',
      '',
    ].join('\r\n'),
  })
  expect(day.bank.settlement('2026-11-24', 2)).toEqual({
    name: 'bank_money_2026-11-24_2.csv',
    text: 'bank,2026-11-24,2026-11-23T16:47:00.000Z,2026-11-23T16:47:00.000Z,0,0\r\n',
  })
})

test('a reversal after the cut-over is a row of the day it was booked on', async () => {
  const day = (it = bench())
  await day.signedOn()
  const sale = day.sale(1)
  await day.ask(sale)
  await day.ended(day.line.cutOver('2026-11-24'))
  const before = settlementRows(day.bank.truth(), '2026-11-23')
  await day.ask(day.reversalOf(sale, 2))
  const rows = (date: string) =>
    settlementRows(day.bank.truth(), date).map(({ kind, state, counts }) => [kind, state, counts])
  expect(before.map(({ kind, state, counts }) => [kind, state, counts])).toEqual([
    ['sale', 'booked', 20_000],
  ])
  expect(rows('2026-11-23')).toEqual([['sale', 'reversed', 20_000]])
  expect(rows('2026-11-24')).toEqual([['reversal', 'booked', -20_000]])
})

test('a name with a comma stays one cell', () => {
  const truth = newBank({ businessDate: '2026-11-23', nowMs: 0 })
  truth.accounts[account] = newAccount({ balance: minor(100) })
  const nowMs = Date.UTC(2026, 10, 23)
  decide(
    { truth, nowMs, readPin: () => null, forced: null },
    message('0200', 1, { 41: 'No 1, "A"' }),
  )
  const { text } = settlementFile(truth, { businessDate: '2026-11-23', number: 1, nowMs })
  expect(text.split('\r\n')[1]).toContain(',"No 1, ""A""",')
})

const message = (
  mti: IsoMessage['mti'],
  stan: number,
  fields: IsoMessage['fields'],
): IsoMessage => ({
  mti,
  pendingAction: 0,
  fields: {
    2: account,
    3: processingCode.sale,
    4: amountField(minor(10)),
    7: '1123120000',
    11: String(stan).padStart(6, '0'),
    15: '1123',
    41: 'T',
    42: 'M',
    49: 'ZAR',
    ...fields,
  },
})

type Step =
  | { kind: 'pay' | 'advise'; stan: number; amount: number; code: string }
  | { kind: 'reverse'; stan: number; daysAgo: number }
  | { kind: 'cut over' }

const stan = fc.integer({ min: 1, max: 6 })
const paying = (kind: 'pay' | 'advise') =>
  fc.record({
    kind: fc.constant(kind),
    stan,
    amount: fc.integer({ min: 0, max: 90 }),
    code: fc.constantFrom(processingCode.sale, processingCode.topUp, processingCode.return),
  })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: paying('pay') },
  { weight: 1, arbitrary: paying('advise') },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('reverse'),
      stan,
      daysAgo: fc.integer({ min: 0, max: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'cut over' }) },
)

const asMessage = (
  one: Exclude<Step, { kind: 'cut over' }>,
  dates: readonly string[],
): IsoMessage => {
  const day = (ago: number) => businessDateField(dates.at(-1 - ago) ?? dates[0] ?? '')
  if (one.kind === 'reverse') {
    const original = `0200${String(one.stan).padStart(6, '0')}1123120000${'0'.repeat(22)}`
    const { 4: _, ...fields } = message('0420', 99, { 15: day(one.daysAgo), 90: original }).fields
    return { ...message('0420', 99, {}), fields }
  }
  const fields = { 3: one.code, 4: amountField(minor(one.amount)), 15: day(0) }
  return message(one.kind === 'pay' ? '0200' : '0220', one.stan, fields)
}

test('whatever is paid, advised, reversed and repeated in any order, accounts and settlement files say the same', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const opening: Minor = minor(200)
      const nowMs = Date.UTC(2026, 10, 23, 12)
      const truth = newBank({ businessDate: '2026-11-23', nowMs })
      truth.accounts[account] = newAccount({ balance: opening })
      const counter = { truth, nowMs, readPin: () => null, forced: null }
      const dates = ['2026-11-23']
      for (const one of steps) {
        if (one.kind === 'cut over') {
          const next = new Date(nowMs + dates.length * 86_400_000).toISOString().slice(0, 10)
          dates.push(next)
          decide(counter, message('0800', 1, { 70: '201', 15: businessDateField(next) }))
          continue
        }
        const sent = asMessage(one, dates)
        // Everything is said twice: what is not done once only shows.
        const once = decide(counter, sent)
        expect(decide(counter, sent).code).toBe(once.code)
      }
      const settled = dates
        .flatMap((date) => settlementRows(truth, date))
        .reduce((sum, { counts }) => sum + counts, 0)
      expect(truth.accounts[account]?.balance).toBe(opening - settled)
    }),
    { numRuns: 300 },
  )
})
