// What becomes of a question, whatever becomes of its answer.
import { afterEach, describe, expect, test } from 'vitest'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { minor } from '../../../domain/money.ts'
import { pack } from '../../iso8583/message.ts'
import { amountField } from '../../iso8583/values.ts'
import {
  answersLate,
  answersTwice,
  cutsLineAt,
  declines,
  dripsAnswers,
  isTamperedWith,
  losesAnswers,
  losesRequests,
  sealsWrongly,
} from '../../simulated-bank/behaviours.ts'
import { lineDelays } from '../session.ts'
import { account, bench, inAWord, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.close())

const signedOnBench = async () => {
  it = bench()
  await it.signedOn()
}

test('a request that is lost: unknown, and the bank has booked nothing', async () => {
  await signedOnBench()
  it.bank.behave(losesRequests({ to: '0200' }))
  expect(await it.ask(it.sale(1))).toEqual({ kind: 'unknown', why: 'no answer in time' })
  expect(it.balance()).toBe(100_000)
})

test('an answer that is lost: unknown, and the bank has booked; the reversal brings it back', async () => {
  await signedOnBench()
  it.bank.behave(losesAnswers({ to: '0200' }))
  const sale = it.sale(1)
  expect(await it.ask(sale)).toEqual({ kind: 'unknown', why: 'no answer in time' })
  expect(it.balance()).toBe(80_000)
  expect(inAWord(await it.ask(it.reversalOf(sale, 2)))).toBe('00')
  expect(it.balance()).toBe(100_000)
})

test('it waits as long as it was told, and no longer', async () => {
  await signedOnBench()
  const begun = it.clock.monotonic()
  it.bank.behave(losesAnswers())
  await it.ask(it.sale(1), 12_345)
  expect(it.clock.monotonic() - begun).toBe(12_345)
})

test('a late answer is evidence and no approval', async () => {
  await signedOnBench()
  it.bank.behave(answersLate(31_000, { to: '0200' }))
  expect(inAWord(await it.ask(it.sale(1)))).toBe('no answer in time')
  expect(it.late).toEqual([])
  await it.clock.advance(1_000)
  expect(it.late).toMatchObject([{ mac: 'right', message: { mti: '0210', fields: { 39: '00' } } }])
})

test('an answer in the last moment is an answer', async () => {
  await signedOnBench()
  it.bank.behave(answersLate(29_999, { to: '0200' }))
  expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
})

test('an answer that comes twice counts once; the second is evidence', async () => {
  await signedOnBench()
  it.bank.behave(answersTwice({ to: '0200' }))
  expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
  expect(it.late).toMatchObject([{ mac: 'right', message: { fields: { 11: '000001' } } }])
  expect(it.balance()).toBe(80_000)
})

test('an answer byte by byte is an answer', async () => {
  await signedOnBench()
  it.bank.behave(dripsAnswers(5, { to: '0200' }))
  expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
})

describe('a wrong MAC', () => {
  test('is no answer, though the bank has booked', async () => {
    await signedOnBench()
    it.bank.behave(sealsWrongly({ to: '0200', times: 1 }))
    expect(await it.ask(it.sale(1))).toEqual({ kind: 'unknown', why: 'wrong MAC' })
    expect(it.balance()).toBe(80_000)
  })

  test('is no answer either when a refusal was made an approval on the way', async () => {
    await signedOnBench()
    it.bank.account(account, { balance: minor(0) })
    it.bank.behave(isTamperedWith({ to: '0200', times: 1 }))
    expect(await it.ask(it.sale(1))).toEqual({ kind: 'unknown', why: 'wrong MAC' })
  })

  test('makes the line sign on again, and the next sale goes through', async () => {
    await signedOnBench()
    it.bank.behave(sealsWrongly({ to: '0200', times: 1 }))
    await it.ask(it.sale(1))
    await it.signedOn()
    expect(inAWord(await it.ask(it.sale(2)))).toBe('00')
    expect(it.heardTypes()).toEqual(['0800 001', '0200', '0800 001', '0200'])
  })

  test('on an answer nobody waits for is told with it', async () => {
    await signedOnBench()
    it.disturb(pack({ ...it.sale(9), mti: '0210' }, fromHex('00'.repeat(16))))
    await it.clock.advance(0)
    expect(it.late).toMatchObject([{ mac: 'wrong', message: { mti: '0210' } }])
  })

  test('of ours is answered A0, and nothing is booked', async () => {
    await signedOnBench()
    it.sendRaw(pack(it.sale(1), fromHex('00'.repeat(16))))
    await it.clock.advance(0)
    expect(it.late).toMatchObject([{ message: { fields: { 39: 'A0' } } }])
    expect(it.bank.truth().transactions).toEqual({})
    expect(it.balance()).toBe(100_000)
  })

  test('no MAC at all is no better', async () => {
    await signedOnBench()
    it.sendRaw(pack(it.sale(1), null))
    await it.clock.advance(0)
    expect(it.late).toMatchObject([{ message: { fields: { 39: 'A0' } } }])
    expect(it.balance()).toBe(100_000)
  })
})

describe('the line is cut', () => {
  test('before the request is read: unknown, nothing booked', async () => {
    await signedOnBench()
    it.bank.behave(cutsLineAt(1, 'before'))
    expect(await it.ask(it.sale(1))).toEqual({ kind: 'unknown', why: 'line lost' })
    expect(it.balance()).toBe(100_000)
  })

  test('before the answer is sent: unknown, booked', async () => {
    await signedOnBench()
    it.bank.behave(cutsLineAt(1, 'after'))
    expect(await it.ask(it.sale(1))).toEqual({ kind: 'unknown', why: 'line lost' })
    expect(it.balance()).toBe(80_000)
  })

  test('at the third of five: two are answered, three are unknown, and it comes back', async () => {
    await signedOnBench()
    it.bank.behave(cutsLineAt(3, 'after'))
    const asked = [1, 2, 3, 4, 5].map((stan) =>
      it.line.ask(it.sale(stan, { 4: amountField(minor(100)) }), 30_000),
    )
    const answers = await it.ended(Promise.all(asked))
    expect(answers.map(inAWord)).toEqual(['00', '00', 'line lost', 'line lost', 'line lost'])
    expect(it.balance()).toBe(100_000 - 300)
    await it.signedOn()
    expect(inAWord(await it.ask(it.sale(6)))).toBe('00')
  })

  test('by noise that is no frame: the line is begun anew', async () => {
    await signedOnBench()
    const brokenAt = it.clock.monotonic()
    it.disturb(fromHex('ffff'))
    await it.untilSo(() => it.opens.length === 2)
    expect((it.opens.at(-1) ?? 0) - brokenAt).toBe(lineDelays.reopenMs)
    await it.signedOn()
    expect(it.reports).toContainEqual({ kind: 'broken frame' })
    expect(inAWord(await it.ask(it.sale(1)))).toBe('00')
  })
})

test('a frame that holds no message is reported, and the answer after it is taken', async () => {
  await signedOnBench()
  it.bank.behave(answersLate(10, { to: '0200' }))
  const asked = it.line.ask(it.sale(1), 30_000)
  it.disturb(fromHex('0015600000000060010000000002000400000000000000'))
  expect(inAWord(await it.ended(asked))).toBe('00')
  expect(it.reports).toMatchObject([{ kind: 'malformed' }])
})

test('answers in another order find their questions', async () => {
  await signedOnBench()
  it.bank.account(account, { perTransaction: minor(200) })
  it.bank.behave(answersLate(1_000, { to: '0200', times: 2 }))
  const asked = [100, 300, 150, 999].map((amount, at) =>
    it.line.ask(it.sale(at + 1, { 4: amountField(minor(amount)) }), 30_000),
  )
  const answers = await it.ended(Promise.all(asked))
  expect(answers.map(inAWord)).toEqual(['00', '61', '00', '61'])
})

test('the same number at two terminals is two questions', async () => {
  await signedOnBench()
  it.bank.account('TOKEN-2', { balance: minor(0) })
  it.bank.behave(answersLate(1_000, { to: '0200' }))
  const answers = await it.ended(
    Promise.all([
      it.line.ask(it.sale(1), 30_000),
      it.line.ask(it.sale(1, { 2: 'TOKEN-2', 41: 'KIOSK-2' }), 30_000),
    ]),
  )
  expect(answers.map(inAWord)).toEqual(['00', '51'])
})

test('a question that is being asked is not sent again', async () => {
  await signedOnBench()
  it.bank.behave(answersLate(1_000, { to: '0200' }))
  const sale = it.sale(1)
  const first = it.line.ask(sale, 30_000)
  expect(await it.line.ask(sale, 30_000)).toEqual({ kind: 'away', why: 'asked already' })
  expect(inAWord(await it.ended(first))).toBe('00')
  expect(it.heardTypes()).toEqual(['0800 001', '0200'])
})

test('a refusal has its reason in plain words', async () => {
  await signedOnBench()
  it.bank.behave(declines('05', { to: '0200' }))
  const answer = await it.ask(it.sale(1))
  expect(answer).toMatchObject({
    kind: 'answered',
    message: { fields: { 39: '05', 44: 'refused' } },
  })
})

test('a bank that restarts has its books and no keys: the sale in the air is unknown, its reversal finds it', async () => {
  await signedOnBench()
  it.bank.behave(answersLate(5_000, { to: '0200' }))
  const sale = it.sale(1)
  const asked = it.line.ask(sale, 30_000)
  await it.clock.advance(0)
  it.bank.restart()
  expect(inAWord(await it.ended(asked))).toBe('line lost')
  await it.signedOn()
  expect(it.late).toEqual([])
  expect(inAWord(await it.ask(it.reversalOf(sale, 2)))).toBe('00')
  expect(it.balance()).toBe(100_000)
})
