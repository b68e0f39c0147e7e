// Every trouble of faults.ts: raised when it is there, cleared when it is gone, and what it does to the note in hand.
import { afterEach, describe, expect, test } from 'vitest'
import { code } from '../commands.ts'
import { answersWith, losesAnswers, type Behaviour } from '../simulator/behaviours.ts'
import { openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

describe('not answering', () => {
  test('is raised after three unanswered seconds and cleared when it speaks again', async () => {
    it = await openBench()
    it.unit.goSilent()
    const since = it.clock.monotonic()
    expect(await it.until('failed: not answering')).toEqual(['failed: not answering'])
    expect(it.clock.monotonic() - since).toBeLessThan(4_000)
    it.unit.speakAgain()
    expect(await it.until('cleared: not answering')).toEqual([
      'failed: not answering',
      'cleared: not answering',
    ])
  })

  test('for longer than the retries opens the line again and starts anew', async () => {
    it = await openBench()
    const opens = it.opens()
    it.unit.goSilent()
    await it.clock.advance(60_000)
    expect(it.opens()).toBeGreaterThan(opens)
    it.unit.speakAgain()
    expect((await it.until('opened')).slice(-3)).toEqual([
      'cleared: not answering',
      'ready',
      'opened',
    ])
  })

  test('a unit that has closed itself meanwhile is opened again', async () => {
    it = await openBench()
    it.unit.goSilent()
    await it.clock.advance(15_000)
    expect(it.unit.takesNotes()).toBe(false)
    it.unit.speakAgain()
    await it.until('cleared: not answering')
    await it.clock.advance(2_000)
    expect(it.unit.takesNotes()).toBe(true)
  })

  test('with a note in escrow: the unit lets it go by itself, and that is told', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.unit.goSilent()
    await it.clock.advance(15_000)
    expect(it.unit.truth().givenBack).toEqual({ 2000: 1 })
    it.unit.speakAgain()
    await it.clock.advance(15_000)
    expect(it.told().filter((words) => /returned|rejected/.test(words))).toHaveLength(1)
    expect(it.told().join()).not.toContain('stacked')
  })
})

describe('the cash box', () => {
  test('is told full, and no longer when it was changed for an empty one', async () => {
    it = await openBench()
    it.unit.fillUp()
    await it.until('failed: cash box full')
    expect(it.unit.insert(2000)).toBe('not taken')
    it.unit.removeCashBox()
    await it.until('failed: cash box removed')
    it.unit.replaceCashBox({ emptied: true })
    await it.until('cleared: cash box removed')
    expect(it.told()).toEqual([
      'failed: cash box full',
      'failed: cash box removed',
      'cleared: cash box full',
      'cleared: cash box removed',
    ])
    expect(it.unit.insert(2000)).toBe('taken')
  })

  test('is told out and back', async () => {
    it = await openBench()
    it.unit.removeCashBox()
    await it.until('failed: cash box removed')
    it.unit.replaceCashBox()
    expect(await it.until('cleared: cash box removed')).toHaveLength(2)
  })

  test('that is out while a note is to be stacked sends it back', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacking')
    it.unit.removeCashBox()
    await it.until('rejected: cannot stack')
    await it.clock.advance(3_000)
    expect([clerk.credited(), clerk.books.open]).toEqual([0, null])
  })
})

describe('a jam', () => {
  test.each(['safe', 'unsafe'] as const)('that is %s is told and cleared', async (where) => {
    it = await openBench()
    it.unit.jam(where)
    await it.until('failed: jam')
    expect(it.events.at(-1)).toMatchObject({ fault: { kind: 'jam', where } })
    await it.clock.advance(5_000)
    it.unit.clearJam()
    expect(await it.until('cleared: jam')).toEqual(['failed: jam', 'cleared: jam'])
  })

  test('of a note on its way in is neither credited nor told returned: a person has it', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacking')
    it.unit.jam('unsafe')
    await it.until('failed: jam')
    it.unit.clearJam()
    await it.until('cleared: jam')
    await it.clock.advance(60_000)
    expect(clerk.books).toMatchObject({ credited: [], unknown: [2000], open: null })
    expect(it.unit.truth().takenByHand).toEqual({ 2000: 1 })
    expect(it.told()).not.toContain('returned')
  })

  test('of a note that was credited is no second credit when it is put into the box', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacked 2000')
    it.unit.jam('safe')
    await it.until('failed: jam')
    it.unit.clearJam()
    await it.clock.advance(60_000)
    expect([clerk.credited(), it.inBox()]).toEqual([2000, 2000])
  })

  test('of a held note ends with the note taken out, and the acceptor works on', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    clerk.decide('nothing')
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.unit.jam('unsafe')
    await it.until('failed: jam')
    it.unit.clearJam()
    clerk.decide('stack')
    await it.clock.advance(10_000)
    it.unit.insert(500)
    await it.until('stacked 500')
    await it.clock.advance(5_000)
    expect([clerk.credited(), it.inBox()]).toEqual([500, 500])
  })
})

test('a fraud attempt is told once, acknowledged, and cleared by the next good note', async () => {
  it = await openBench()
  clerkAt(it)
  it.unit.fraud(2000)
  await it.until('failed: fraud attempt')
  await it.clock.advance(5_000)
  expect(it.told()).toEqual(['failed: fraud attempt'])
  it.unit.insert(1000)
  await it.until('stacked 1000')
  expect(it.told()).toContain('cleared: fraud attempt')
})

test('an open note path is told while it is open', async () => {
  it = await openBench()
  it.unit.openPath()
  await it.until('failed: path open')
  await it.clock.advance(5_000)
  it.unit.closePath()
  expect(await it.until('cleared: path open')).toEqual(['failed: path open', 'cleared: path open'])
})

describe('a unit that does not understand', () => {
  test('a command is broken until it does', async () => {
    it = await openBench()
    it.unit.behave(answersWith('F2', { to: code.enable, times: 2 }))
    it.openFor(2000)
    await it.until('failed: broken')
    expect(it.events[0]).toMatchObject({ fault: { code: 'enable F2' } })
    expect((await it.until('opened')).slice(-2)).toEqual(['cleared: broken', 'opened'])
  })

  test('a poll is broken until it does', async () => {
    it = await openBench()
    it.unit.behave(answersWith('F6', { to: code.pollWithAck, times: 2 }))
    await it.until('failed: broken')
    expect(await it.until('cleared: broken')).toEqual(['failed: broken', 'cleared: broken'])
  })

  test('and says something we do not know: a note that may hide behind it is given back', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    clerk.decide('nothing')
    it.unit.insert(2000)
    await it.clock.advance(700)
    // The unit has told its escrow in this answer, and we could not read it.
    it.unit.behave(unreadableEscrow(it))
    await it.until('failed: broken')
    await it.until('rejected: not accepted now')
    expect(it.inBox()).toBe(0)
    await it.until('cleared: broken')
  })
})

/** A firmware that puts an event of its own before the escrow, once. */
const unreadableEscrow = (at: Bench): Behaviour => {
  let left = 1
  return {
    onCommand: (command) => {
      const isPoll = command[0] === code.pollWithAck
      if (!isPoll || at.unit.truth().note?.where !== 'escrow' || left === 0) return undefined
      left -= 1
      return Uint8Array.of(0xf0, 0xc7, 0xef, 0x03)
    },
  }
}

test('"cannot process now" is no fault: the gate is moved a little later', async () => {
  it = await openBench()
  it.close()
  await it.until('closed')
  it.forget()
  it.unit.behave(answersWith('F5', { to: code.enable, times: 3 }))
  it.openFor(2000)
  expect(await it.until('opened')).toEqual(['opened'])
})

test('a single lost answer is no fault', async () => {
  it = await openBench()
  it.unit.behave(losesAnswers({ times: 1 }))
  await it.clock.advance(10_000)
  expect(it.told()).toEqual([])
  expect(it.reports).toContainEqual({ kind: 'unanswered', times: 1 })
})
