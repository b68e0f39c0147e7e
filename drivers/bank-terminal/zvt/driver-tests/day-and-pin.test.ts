// The end of a business day, and the PIN of a power-purchase card.
import { afterEach, describe, expect, test } from 'vitest'
import { minor } from '../../../../domain/money.ts'
import { decryptPin, testPinBaseKey, transactionKey } from '../pin-block.ts'
import { newTerminal } from '../simulator/truth.ts'
import { readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

describe('the day', () => {
  const endDay = () => it.command({ type: 'bank-terminal.end-day' })

  test('is ended with its count and sum, and counts anew', async () => {
    it = await readyBench()
    for (const number of [1, 2]) {
      await it.authorised()
      it.confirm()
      await it.until(`stored ${number}`)
      await it.clock.advance(1_000)
    }
    endDay()
    await it.until('day ended: 2, 4000')
    endDay()
    await it.until('day ended: 0, 0')
  })

  test('with open pre-authorisations is ended only when they are closed', async () => {
    it = await readyBench()
    it.terminal.leaveOpen(7, minor(500))
    it.terminal.leaveOpen(8, minor(500))
    endDay()
    await it.until('day ended: 0, 0')
    expect(it.terminal.truth().preAuthorisations).toEqual([])
  })

  test('is not ended while the bank is away', async () => {
    it = await readyBench()
    it.terminal.reachBank(false)
    endDay()
    await it.until('day not ended: A3')
    it.terminal.leaveOpen(7, minor(500))
    endDay()
    await it.until('day not ended: pre-authorisation stays open: 83')
  })

  test('waits for the payment that is under way', async () => {
    it = await readyBench()
    await it.authorised()
    endDay()
    await it.clock.advance(20_000)
    it.confirm()
    await it.until('day ended: 1, 2000')
    expect(it.told().indexOf('stored 1')).toBeLessThan(it.told().indexOf('day ended: 1, 2000'))
  })

  test('a reversal that was still owed to the bank goes before it', async () => {
    it = await readyBench()
    await it.authorised()
    it.terminal.reachBank(false)
    it.refuse()
    await it.until('reversed')
    expect(it.states()).toEqual(['reversal pending'])
    it.terminal.reachBank(true)
    endDay()
    await it.until('day ended: 0, 0')
    expect(it.states()).toEqual(['reversed'])
  })
})

describe('a PIN', () => {
  const ask = () =>
    it.command({
      type: 'bank-terminal.ask-pin',
      paymentId: it.paymentId(),
      amount: minor(2000),
      language: 'zh',
    })
  const typing = () => it.untilSo(it.terminal.waitsForPerson, 'a PIN pad that waits')

  test('comes as a block that only the bank can open, and is never on the line', async () => {
    it = await readyBench()
    ask()
    await typing()
    it.terminal.typePin('402913')
    await it.until('pin entered')
    expect(it.told()).toEqual(['enter pin', 'pin entered'])
    const entered = it.events.at(-1)
    if (entered?.type !== 'pin.entered') throw new Error('no PIN')
    const key = transactionKey(testPinBaseKey, Buffer.from(entered.keySerial, 'hex'))
    const reference = it.paymentId()
    expect(decryptPin(Buffer.from(entered.block, 'hex'), { reference, key })).toBe('402913')
    const onLine = Buffer.concat(it.line.map(({ bytes }) => bytes))
    expect(onLine.toString('hex')).not.toContain('402913')
    expect(onLine.toString('latin1')).not.toContain('402913')
    expect(it.terminal.truth().payments).toEqual([])
  })

  test('has another key every time', async () => {
    it = await readyBench()
    for (const count of [1, 2]) {
      ask()
      await typing()
      it.terminal.typePin('1234')
      await it.untilSo(() => it.told().filter((one) => one === 'pin entered').length === count)
    }
    const serials = it.events.flatMap((one) => (one.type === 'pin.entered' ? [one.keySerial] : []))
    expect(new Set(serials).size).toBe(2)
  })

  test.each([
    ['the stop key', () => it.terminal.pressStop(), 'customer cancelled'],
    ['a press on the screen', () => it.abort(), 'customer cancelled'],
    ['nobody', () => {}, 'timed out'],
  ] as const)('is not entered: %s', async (_, act, why) => {
    it = await readyBench()
    ask()
    await typing()
    act()
    await it.until(`no pin: ${why}`)
    await it.authorised()
  })

  test('is asked of no terminal that did not say it can', async () => {
    it = await readyBench({ terminal: { truth: newTerminal({ asksPin: false }) } })
    ask()
    expect(it.told()).toEqual(['no pin: card not accepted'])
    expect(it.line.some(({ bytes }) => bytes[2] === 0x0f)).toBe(false)
  })

  test('is lost with the line, and nobody is charged', async () => {
    it = await readyBench()
    ask()
    await typing()
    await it.unplug()
    expect(it.told()).toContain('no pin: no connection')
  })

  test('is not asked for while somebody pays', async () => {
    it = await readyBench()
    await it.authorised()
    ask()
    expect(it.told().at(-1)).toBe('no pin: terminal busy')
  })
})
