// The ladder of a terminal in trouble, rung by rung: the same frame, what the specification says helps, reset, the line.
import { afterEach, describe, expect, test } from 'vitest'
import { ladderDelays } from '../ladder.ts'
import { control, refused } from '../requests.ts'
import { answersWith, missesFrames } from '../simulator/behaviours.ts'
import { readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

/** How often the host has led with this. */
const said = (name: number): number =>
  it.line.filter(
    ({ from, bytes }) => from === 'host' && bytes[2] === name >> 8 && bytes[3] === (name & 0xff),
  ).length

const outOfOrder = 0xdf
const minute = 60_000

test('the same frame: one that was lost is said again, and nothing is wrong', async () => {
  it = await readyBench()
  it.terminal.behave(missesFrames({ to: control.statusEnquiry, times: 1 }))
  await it.clock.advance(2 * minute)
  expect(it.reports).toContainEqual({ kind: 'sent again', why: 'no answer' })
  expect(it.told().filter((words) => words.startsWith('failed'))).toEqual([])
})

test('what the specification says helps: a terminal that has lost its clock gets it', async () => {
  it = await readyBench()
  it.terminal.setState(0xc1)
  await it.until('cleared: not ready')
  expect([said(control.setClock), said(control.reset)]).toEqual([1, 0])
})

describe('reset', () => {
  test('of one that nothing else helps, after five minutes; then it is registered again', async () => {
    it = await readyBench()
    const registered = said(control.register)
    it.terminal.setState(outOfOrder, { untilReset: true })
    await it.until('failed: not ready')
    await it.clock.advance(ladderDelays.notReadyMs - minute)
    expect(said(control.reset)).toBe(0)
    await it.until('ready')
    expect(said(control.reset)).toBe(1)
    expect(said(control.register)).toBeGreaterThan(registered)
    await it.authorised()
  })

  test('of one whose remedy is refused', async () => {
    it = await readyBench()
    it.terminal.behave(answersWith(refused(0x83), { to: control.initialise }))
    it.terminal.setState(0x51, { untilReset: true })
    await it.until('failed: not ready')
    await it.until('ready')
    expect(said(control.initialise)).toBeGreaterThan(1)
    expect(said(control.reset)).toBe(1)
  })

  test('not again within the hour when it does not help', async () => {
    it = await readyBench()
    it.terminal.setState(outOfOrder)
    await it.clock.advance(ladderDelays.resetAgainMs)
    expect(said(control.reset)).toBe(1)
    await it.clock.advance(ladderDelays.resetAgainMs)
    expect(said(control.reset)).toBe(2)
  })

  test.each([
    ['is busy', 0x9c],
    ['has a card in it', 0xdc],
  ])('never of one that %s', async (_, state) => {
    it = await readyBench()
    it.terminal.setState(state)
    await it.clock.advance(3 * ladderDelays.notReadyMs)
    expect(said(control.reset)).toBe(0)
  })

  test('never while nobody knows what became of the last payment', async () => {
    it = await readyBench()
    await it.authorised()
    it.confirm()
    await it.unplug()
    await it.until(/^unknown/)
    it.terminal.setState(outOfOrder)
    it.plugIn()
    await it.until('failed: not ready')
    await it.clock.advance(3 * ladderDelays.notReadyMs)
    expect(said(control.reset)).toBe(0)
  })
})

test('the line again: a terminal that was silent is registered over a new one', async () => {
  it = await readyBench()
  const registered = said(control.register)
  it.terminal.goSilent()
  await it.until('failed: not answering')
  it.terminal.speakAgain()
  await it.until('ready')
  expect(said(control.register)).toBeGreaterThan(registered)
})
