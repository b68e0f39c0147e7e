// A new working key while sales are going on.
import { afterEach, expect, test } from 'vitest'
import { minor } from '../../../domain/money.ts'
import { amountField } from '../../iso8583/values.ts'
import { answersLate, losesAnswers, losesRequests } from '../../simulated-bank/behaviours.ts'
import { pack } from '../../iso8583/message.ts'
import { bench, inAWord, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.close())

const small = (stan: number) => it.sale(stan, { 4: amountField(minor(100)) })

test('a key changes in the middle of traffic and nobody notices', async () => {
  it = bench()
  await it.signedOn()
  // Slow answers, so that questions under both keys are on their way at the same time.
  it.bank.behave(answersLate(700, { to: '0200' }))
  it.bank.behave(answersLate(400, { network: '161' }))
  const answers: Promise<string>[] = []
  for (let stan = 1; stan <= 40; stan += 1) {
    answers.push(it.line.ask(small(stan), 30_000).then(inAWord))
    if (stan % 10 === 5) answers.push(it.line.changeKey().then(inAWord))
    await it.clock.advance(100)
  }
  expect(new Set(await it.ended(Promise.all(answers)))).toEqual(new Set(['00']))
  expect(it.balance()).toBe(100_000 - 40 * 100)
  expect(it.heardTypes().filter((type) => type === '0800 161').length).toBe(4)
  expect(it.heardTypes().filter((type) => type === '0800 001').length).toBe(1)
})

test('a change whose answer is lost leaves the old key good, and the next one works', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(losesAnswers({ network: '161', times: 1 }))
  expect(inAWord(await it.ended(it.line.changeKey()))).toBe('no answer in time')
  expect(inAWord(await it.ask(small(1)))).toBe('00')
  expect(inAWord(await it.ended(it.line.changeKey()))).toBe('00')
  expect(inAWord(await it.ask(small(2)))).toBe('00')
})

test('a change that never arrives changes nothing', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(losesRequests({ network: '161', times: 1 }))
  expect(inAWord(await it.ended(it.line.changeKey()))).toBe('no answer in time')
  expect(inAWord(await it.ask(small(1)))).toBe('00')
})

test('an answer under the key before the change is late, and its MAC is right', async () => {
  it = bench()
  await it.signedOn()
  it.bank.behave(answersLate(40_000, { to: '0200', times: 1 }))
  expect(inAWord(await it.ask(small(1)))).toBe('no answer in time')
  await it.ended(it.line.changeKey())
  expect(inAWord(await it.ask(small(2)))).toBe('00')
  await it.clock.advance(10_000)
  expect(it.late).toMatchObject([{ mac: 'right', message: { fields: { 11: '000001' } } }])
})

test('after the first sale under the new key nothing under the old one is taken any more', async () => {
  const made = [1, 2].map((byte) => new Uint8Array(16).fill(byte))
  const [old = new Uint8Array()] = made
  const toMake = [...made]
  it = bench({ bank: { newKey: () => toMake.shift() ?? new Uint8Array(16) } })
  await it.signedOn()
  await it.ended(it.line.changeKey())
  it.sendRaw(pack(small(1), old))
  await it.clock.advance(0)
  expect(inAWord(await it.ask(small(2)))).toBe('00')
  it.sendRaw(pack(small(3), old))
  await it.clock.advance(0)
  expect(it.late.map(({ message }) => message.fields[39])).toEqual(['00', 'A0'])
})
