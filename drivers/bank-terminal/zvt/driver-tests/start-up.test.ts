// Who the terminal is, what it can do and how it is: no payment is asked of one that is not fit for it.
import { afterEach, describe, expect, test } from 'vitest'
import { driverDelays } from '../driver.ts'
import { ladderDelays } from '../ladder.ts'
import { control, refused } from '../requests.ts'
import { servingDelays } from '../serving.ts'
import { answersWith } from '../simulator/behaviours.ts'
import { newTerminal } from '../simulator/truth.ts'
import { bench, readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

/** How often the host has led with this. */
const said = (name: number): number =>
  it.line.filter(
    ({ from, bytes }) => from === 'host' && bytes[2] === name >> 8 && bytes[3] === (name & 0xff),
  ).length

test('it says who it is and what it can do', async () => {
  it = bench()
  await it.until('ready')
  expect(it.events).toEqual([
    {
      type: 'bank-terminal.ready',
      unit: { terminalId: '29001006', version: '2.14.15', vending: true, canAskPin: true },
    },
  ])
})

describe('not fit', () => {
  test.each([
    ['that does not wait for the goods', { vending: false }, 'vending mode'],
    ['with another currency', { currency: 156 }, 'currency'],
    ['with another password', { password: '123456' }, 'registration'],
  ])('a terminal %s', async (_, truth, lacks) => {
    it = bench({ terminal: { truth: newTerminal(truth) } })
    await it.until('failed: not suitable')
    expect(it.events).toMatchObject([{ fault: { kind: 'not suitable', lacks } }])
    it.authorise()
    await it.clock.advance(60_000)
    expect(it.told()).not.toContain('ready')
    expect(it.told()).toContain('not charged: no connection')
    expect(said(control.authorise)).toBe(0)
  })

  test('a terminal without vending mode is good enough for a test that says so', async () => {
    it = await readyBench({
      terminal: { truth: newTerminal({ vending: false }) },
      driver: { vending: 'not required' },
    })
    await it.authorised()
  })

  test('another terminal than the enrolled one, and then the right one again', async () => {
    it = bench({ driver: { terminalId: '29001007' } })
    await it.until('failed: wrong terminal')
    expect(it.events).toMatchObject([{ fault: { found: '29001006', enrolled: '29001007' } }])
    await it.clock.advance(5 * driverDelays.strangerMs)
    expect(it.events).toHaveLength(1)
  })

  test('on a bench any terminal will do', async () => {
    it = await readyBench({ driver: { terminalId: 'any' } })
  })
})

describe('how it is', () => {
  test('it is asked at least once a minute', async () => {
    it = await readyBench()
    const before = said(control.statusEnquiry)
    await it.clock.advance(10 * 60_000)
    expect(said(control.statusEnquiry) - before).toBeGreaterThanOrEqual(10)
  })

  test.each([
    [0x51, 'not ready', control.initialise],
    [0x62, 'not ready', control.setClock],
    [0xc1, 'not ready', control.setClock],
    [0xc2, 'not ready', control.diagnosis],
    [0xf0, 'day not ended', control.endDay],
    [0xb1, 'day not ended', control.endDay],
  ])('state %i is told and mended', async (state, fault, remedy) => {
    it = await readyBench()
    it.terminal.setState(state)
    await it.until(`failed: ${fault}`)
    it.authorise()
    expect(it.told()).toContain('not charged: terminal busy')
    await it.until(`cleared: ${fault}`)
    expect(said(remedy)).toBe(1)
    await it.authorised()
  })

  test('a remedy that does not help is not tried all the time', async () => {
    it = await readyBench()
    it.terminal.setState(0x51)
    it.terminal.behave(answersWith(refused(0x83), { to: control.initialise }))
    await it.clock.advance(10 * ladderDelays.remedyAgainMs)
    expect(said(control.initialise)).toBeLessThanOrEqual(11)
    expect(said(control.initialise)).toBeGreaterThan(1)
  })

  test('a card that was left inside stops selling until it is out', async () => {
    it = await readyBench()
    it.authorise()
    await it.present({ how: 'insert', takenOut: 'by hand' })
    await it.until('authorised 1')
    it.confirm()
    await it.until('failed: card left inside')
    expect(it.charged()).toBe(2000)
    it.authorise()
    expect(it.told().at(-1)).toBe('not charged: terminal busy')
    expect(it.terminal.removeCard()).toBe(true)
    await it.until('cleared: card left inside')
    await it.authorised()
  })

  test('out of order: told with its code, and nobody is asked for a card', async () => {
    it = bench({ terminal: { truth: newTerminal({ state: 0xdf }) } })
    await it.until('failed: not ready')
    expect(it.events).toMatchObject([{ fault: { code: 'DF' } }])
    await it.clock.advance(60_000)
    expect(it.told()).not.toContain('ready')
    it.terminal.setState(0)
    await it.until('ready')
  })
})

describe('the line', () => {
  test('is opened again for ever, ever more seldom', async () => {
    it = bench({ unplugged: true })
    await it.clock.advance(3_600_000)
    expect(it.told()).toEqual(['failed: not answering'])
    it.plugIn()
    await it.until('ready')
    expect(it.told()).toEqual(['failed: not answering', 'cleared: not answering', 'ready'])
  })

  test('a terminal that lost its power unseen is registered again before it is of use', async () => {
    it = await readyBench()
    await it.clock.advance(5_000)
    it.terminal.powerCycle()
    await it.clock.advance(5_000)
    it.authorise()
    await it.until('not charged: terminal busy')
    await it.until('ready')
    await it.authorised()
  })

  test('a silent terminal is a fault, and a speaking one clears it', async () => {
    it = await readyBench()
    it.terminal.goSilent()
    await it.until('failed: not answering')
    it.terminal.speakAgain()
    await it.until('ready')
    expect(it.told()).toEqual(['failed: not answering', 'cleared: not answering', 'ready'])
  })

  test('a terminal that is in the middle of something older is waited for', async () => {
    it = bench()
    const back = it.terminal.behave(answersWith(refused(0x9c), { to: control.register }))
    await it.clock.advance(5 * servingDelays.busyMs)
    expect(it.told()).toEqual([])
    back()
    await it.until('ready')
  })
})
