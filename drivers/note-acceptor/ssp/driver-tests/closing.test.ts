// Closing: no further notes, and the sum is final only when nothing is in motion (money-safety.md 4, habit 1).
import { afterEach, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

describe('closing', () => {
  test('an idle acceptor is told closed after ten idle polls, and it takes no more notes', async () => {
    it = await openBench()
    it.close()
    expect(await it.until('closed')).toEqual(['closed'])
    expect(it.unit.insert(2000)).toBe('not taken')
  })

  test('is told again when it is asked for again', async () => {
    it = await openBench()
    it.close()
    await it.until('closed')
    it.forget()
    it.close()
    expect(await it.until('closed')).toEqual(['closed'])
  })

  test('before the unit is ready is told once it is', async () => {
    it = await openBench()
    it.unit.powerCycle()
    it.close()
    await it.until('closed')
    expect(it.told()).toEqual(['ready', 'closed'])
  })

  test('with a note on its way in still credits it, before it is told closed', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacking')
    it.close()
    const told = await it.until('closed')
    expect(told.slice(-2)).toEqual(['stacked 2000', 'closed'])
    expect([clerk.credited(), it.inBox()]).toEqual([2000, 2000])
  })

  test('between the decision and the byte that carries it out still credits the note', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    clerk.decide('nothing')
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    it.close()
    expect((await it.until('closed')).slice(-2)).toEqual(['stacked 2000', 'closed'])
    expect(clerk.credited()).toBe(it.inBox())
  })

  test('with an undecided note gives it back', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.close()
    expect((await it.until('closed')).slice(-2)).toEqual(['returned', 'closed'])
    expect(it.inBox()).toBe(0)
  })

  test('with a note that is just being read gives it back without offering it', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('reading')
    it.close()
    expect(await it.until('closed')).toEqual(['reading', 'rejected: not accepted now', 'closed'])
    expect(it.unit.truth().givenBack).toEqual({ 2000: 1 })
  })

  test('can be taken back by opening', async () => {
    it = await openBench()
    it.close()
    await it.clock.advance(300)
    it.openFor(2000)
    await it.until('opened')
    await it.clock.advance(10_000)
    expect(it.told()).toEqual(['opened'])
    expect(it.unit.takesNotes()).toBe(true)
  })
})
