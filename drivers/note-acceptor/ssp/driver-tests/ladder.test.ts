// The ladder of a unit in trouble, rung by rung: the same bytes, keys, reset, the line. Never a reset with a note on its way.
import { afterEach, describe, expect, test } from 'vitest'
import { code } from '../commands.ts'
import { ladderDelays } from '../ladder.ts'
import { linkDelays, mostTries } from '../link.ts'
import { answersWith, losesAnswers } from '../simulator/behaviours.ts'
import { openBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

/** How often each command has reached the unit from now on; it hears them and does nothing, if so told, but RESET. */
const commandsHeard = ({ dead = false, evenToReset = false } = {}) => {
  const heard: (number | undefined)[] = []
  let isDead = dead
  it.unit.behave({
    onCommand: (command) => {
      heard.push(command[0])
      if (command[0] === code.reset && !evenToReset) isDead = false
      return isDead ? 'silence' : undefined
    },
  })
  return (name: keyof typeof code) => heard.filter((one) => one === code[name]).length
}

test('the same bytes: a unit that answers at the fifth time goes on where it was', async () => {
  it = await openBench()
  const times = commandsHeard()
  it.unit.behave(losesAnswers({ to: code.pollWithAck, times: 4 }))
  await it.until('cleared: not answering')
  await it.clock.advance(5_000)
  expect(it.told()).toEqual(['failed: not answering', 'cleared: not answering'])
  expect([times('sync'), times('reset')]).toEqual([0, 0])
  expect(it.unit.takesNotes()).toBe(true)
})

test('keys again: a unit that was silent for longer is asked anew over the same line', async () => {
  it = await openBench()
  const opens = it.opens()
  it.unit.goSilent()
  await it.clock.advance((mostTries + 1) * linkDelays.replyMs)
  it.unit.speakAgain()
  const times = commandsHeard()
  await it.until('opened')
  expect(it.told()).toEqual(['failed: not answering', 'cleared: not answering', 'ready', 'opened'])
  expect([times('exchangeKey'), times('reset'), it.opens()]).toEqual([1, 0, opens])
})

describe('reset', () => {
  test('of a unit that obeys nothing else, over the same line', async () => {
    it = await openBench()
    const opens = it.opens()
    const times = commandsHeard({ dead: true })
    await it.until('opened')
    expect(times('reset')).toBeGreaterThan(0)
    expect(it.opens()).toBe(opens)
    expect(it.unit.takesNotes()).toBe(true)
  })

  test('of a unit that goes on refusing what any unit obeys, which is broken meanwhile', async () => {
    it = await openBench()
    const refuses = it.unit.behave(answersWith('F6', { to: code.pollWithAck }))
    await it.until('failed: broken')
    it.unit.behave({
      onCommand: ([name]) => {
        if (name === code.reset) refuses()
        return undefined
      },
    })
    await it.until('opened')
    expect(it.told()).toEqual(['failed: broken', 'cleared: broken', 'ready', 'opened'])
  })

  test.each([
    ['on its way into the box', 'stacking'],
    ['credited, and not on disk yet', 'stacked 2000'],
  ])('never with a note %s: the line is opened again instead', async (_, words) => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    await it.until(words)
    const opens = it.opens()
    const times = commandsHeard({ dead: true })
    await it.untilSo(() => it.opens() > opens + 1)
    expect(times('sync')).toBeGreaterThan(0)
    expect(times('reset')).toBe(0)
  })

  test('not again for ten minutes where it did not help', async () => {
    it = await openBench()
    const times = commandsHeard({ dead: true, evenToReset: true })
    await it.clock.advance(ladderDelays.resetAgainMs)
    const once = times('reset')
    expect(once).toBeGreaterThan(0)
    await it.clock.advance(ladderDelays.resetAgainMs)
    expect(times('reset')).toBe(2 * once)
  })
})

test('the line again: what only a new port helps is helped by it', async () => {
  it = await openBench()
  const opens = it.opens()
  it.unit.goSilent()
  await it.untilSo(() => it.opens() > opens)
  it.unit.speakAgain()
  await it.until('opened')
  expect(it.opens()).toBe(opens + 1)
  expect(it.told().filter((words) => words.startsWith('failed'))).toEqual(['failed: not answering'])
})
