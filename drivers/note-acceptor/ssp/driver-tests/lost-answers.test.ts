// Whatever is lost, late, doubled or garbled at any command of a sale, what is credited is what lies in the box.
import { afterEach, describe, expect, test } from 'vitest'
import { code } from '../commands.ts'
import {
  answersLate,
  answersTwice,
  answersWithTheLastToo,
  breaksOff,
  dripsAnswers,
  garblesAnswers,
  losesAnswers,
  makesNoise,
  missesCommands,
  type Behaviour,
  type When,
} from '../simulator/behaviours.ts'
import { bench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

/** Every command a driver gives from the first word to a closed sale. */
const commands = [
  'sync',
  'setup',
  'serialNumber',
  'setGenerator',
  'setModulus',
  'exchangeKey',
  'protocolVersion',
  'reject',
  'pollWithAck',
  'counters',
  'inhibits',
  'enable',
  'hold',
  'acknowledge',
  'lastReject',
  'disable',
] as const

const mishaps: Record<string, (when: When) => Behaviour> = {
  'the answer is lost': losesAnswers,
  'the command is lost': missesCommands,
  'the answer is garbled': garblesAnswers,
  'the answer breaks off': breaksOff,
  'the answer comes twice': answersTwice,
  'the answer comes with the one before': answersWithTheLastToo,
  'the answer comes with noise': makesNoise,
  'the answer comes byte by byte': (when) => dripsAnswers(20, when),
  'the answer comes too late': (when) => answersLate(1_500, when),
}

/** One sale with everything in it: a note taken, one refused, one given back, one taken. Then closed. */
const wholeSale = async (at: Bench) => {
  const clerk = clerkAt(at)
  await at.until('ready')
  at.openFor(500, 1000, 2000, 5000)
  await at.until('opened')
  at.unit.insert(2000)
  await at.untilSo(() => clerk.books.credited.length === 1 && at.unit.takesNotes())
  at.unit.insert(1000, { refusedFor: 0x02 })
  await at.untilSo(() => at.unit.truth().givenBack['1000'] === 1 && at.unit.takesNotes())
  clerk.decide('nothing')
  at.unit.insert(5000)
  // Nobody decides: it is held, again and again, and then given back.
  await at.untilSo(() => at.unit.truth().givenBack['5000'] === 1 && at.unit.takesNotes())
  clerk.decide('stack')
  at.unit.insert(500)
  await at.untilSo(() => clerk.books.credited.length === 2)
  at.close()
  await at.until('closed')
  return clerk
}

describe.each(Object.entries(mishaps))('%s', (_, mishap) => {
  test.each(commands)('once, to %s', async (name) => {
    it = bench()
    it.unit.behave(mishap({ to: code[name], times: 1 }))
    const clerk = await wholeSale(it)
    expect(clerk.books).toEqual({ credited: [2000, 500], unknown: [], open: null, nameless: 0 })
    expect(it.unit.truth().cashBox.notes).toEqual({ 2000: 1, 500: 1 })
  })

  test.each(commands)('twice, to %s', async (name) => {
    it = bench()
    it.unit.behave(mishap({ to: code[name], times: 2 }))
    const clerk = await wholeSale(it)
    expect(clerk.books.credited).toEqual([2000, 500])
  })
})

/** The polls of one note, from the one that accepts it to the one after it lies in the box. */
describe.each(Object.entries(mishaps))('%s', (_, mishap) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'at poll %i after the decision to stack',
    async (polls) => {
      it = bench()
      const clerk = clerkAt(it)
      await it.until('ready')
      it.openFor(2000)
      await it.until('opened')
      it.unit.insert(2000)
      await it.until('escrowed 2000')
      it.unit.behave(afterSome(polls - 1, code.pollWithAck, mishap({ times: 1 })))
      await it.untilSo(() => it.inBox() === 2000)
      await it.clock.advance(10_000)
      expect(clerk.credited()).toBe(2000)
    },
  )
})

/** Leaves the first commands of this name alone. */
const afterSome = (some: number, to: number, behaviour: Behaviour): Behaviour => {
  let heard = 0
  const applies = (command: Uint8Array) => command[0] === to && heard > some
  return {
    onCommand: (command) => {
      if (command[0] === to) heard += 1
      return applies(command) ? behaviour.onCommand?.(command) : undefined
    },
    onAnswer: (frame, command) =>
      applies(command) ? behaviour.onAnswer?.(frame, command) : undefined,
  }
}

test.each(commands)(
  'no answer to %s for longer than the retries: begun anew, and nothing is lost or doubled',
  async (name) => {
    it = bench()
    const back = it.unit.behave(losesAnswers({ to: code[name] }))
    it.clock.after(70_000, back)
    const clerk = clerkAt(it)
    const keepOpen = () => it.openFor(500, 1000, 2000, 5000)
    keepOpen()
    for (let tries = 0; tries < 120; tries += 1) {
      it.unit.insert(2000)
      await it.clock.advance(1_000)
      if (tries % 10 === 0) keepOpen()
    }
    it.close()
    await it.until('closed')
    expect(clerk.books.open).toBeNull()
    expect(clerk.books.unknown).toEqual([])
    expect(clerk.credited()).toBe(it.inBox())
    expect(clerk.credited()).toBeGreaterThan(0)
  },
)

test('a command that was carried out and answered in vain is not carried out again', async () => {
  it = bench()
  const seen: number[] = []
  it.unit.behave({
    onCommand: (command) => {
      seen.push(command[0] ?? 0)
      return undefined
    },
  })
  const clerk = clerkAt(it)
  await it.until('ready')
  it.openFor(2000)
  await it.until('opened')
  it.unit.insert(2000)
  await it.until('escrowed 2000')
  it.unit.behave(losesAnswers({ to: code.pollWithAck, times: 3 }))
  const before = seen.length
  await it.until('stacking')
  expect(it.reports).toEqual([1, 2, 3].map((times) => ({ kind: 'unanswered', times })))
  // Sent four times, carried out once. Then, after such a gap, the unit is asked who it is (devices.md 3, retry).
  expect(seen.slice(before)).toEqual([code.pollWithAck, code.serialNumber])
  await it.clock.advance(5_000)
  expect([clerk.credited(), it.inBox()]).toEqual([2000, 2000])
})
