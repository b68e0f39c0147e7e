// A sale: notes are held until they are decided on, taken or given back one at a time, and told once each.
import { afterEach, describe, expect, test } from 'vitest'
import { code } from '../commands.ts'
import { sspDelays } from '../talk.ts'
import { openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

describe('a sale', () => {
  test('of one note is read, held, stacked and credited', async () => {
    it = await openBench()
    clerkAt(it)
    it.unit.insert(2000)
    expect(await it.until('stacked 2000')).toEqual([
      'reading',
      'escrowed 2000',
      'stacking',
      'stacked 2000',
    ])
    await it.clock.advance(3_000)
    expect(it.told()).toHaveLength(4)
    expect(it.inBox()).toBe(2000)
  })

  test('of several notes credits what lies in the box', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    for (const note of [500, 5000, 500, 2000, 1000, 1000]) {
      await it.untilSo(it.unit.takesNotes)
      it.unit.insert(note)
      await it.clock.advance(1_500)
    }
    it.close()
    await it.until('closed')
    expect(clerk.books.credited).toEqual([500, 5000, 500, 2000, 1000, 1000])
    expect(it.inBox()).toBe(10_000)
  })

  test('has the counters before each note is offered, and again when it is in the box', async () => {
    it = await openBench()
    clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacked 2000')
    await it.clock.advance(3_000)
    const notes = it.events.flatMap((event): (number | string)[] => {
      if (event.type === 'note-acceptor.counted') return [event.counters.stacked]
      return event.type === 'note.escrowed' ? ['escrowed'] : []
    })
    expect(notes.slice(0, 2)).toEqual([0, 'escrowed'])
    expect(notes.at(-1)).toBe(1)
  })

  test('takes no second note until the first is acknowledged', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    await it.until('stacked 2000')
    await it.clock.advance(30_000)
    expect(it.unit.insert(500)).toBe('not taken')
    expect(it.told().filter((words) => words === 'stacked 2000')).toHaveLength(1)
    it.command({ type: 'note.acknowledge' })
    await it.clock.advance(500)
    expect(it.unit.insert(500)).toBe('taken')
  })

  test('may acknowledge twice without harm', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacked 2000')
    await it.clock.advance(1_000)
    it.command({ type: 'note.acknowledge' })
    await it.untilSo(it.unit.takesNotes)
    it.unit.insert(2000)
    await it.untilSo(() => clerk.books.credited.length === 2)
    await it.clock.advance(5_000)
    expect([clerk.credited(), it.inBox()]).toEqual([4000, 4000])
  })
})

describe('a note in escrow', () => {
  test('is held, and never polled, while nobody has decided', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    const names: number[] = []
    it.unit.behave({
      onCommand: (command) => {
        names.push(command[0] ?? 0)
        return undefined
      },
    })
    await it.clock.advance(sspDelays.holdLimitMs - 1_000)
    expect(new Set(names)).toEqual(new Set([code.hold]))
    expect(it.unit.truth().note).toMatchObject({ where: 'escrow' })
  })

  test('goes back when it is decided so', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.return' })
    expect(await it.until('returned')).toEqual(['reading', 'escrowed 2000', 'returned'])
    expect(it.unit.truth().givenBack).toEqual({ 2000: 1 })
    expect(it.inBox()).toBe(0)
  })

  test('goes back by itself when nobody decides in time', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    const since = it.clock.monotonic()
    await it.until('returned')
    expect(it.clock.monotonic() - since).toBeGreaterThanOrEqual(sspDelays.holdLimitMs - 1_000)
    expect(it.inBox()).toBe(0)
  })

  test('is not taken by a decision that comes too late', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('returned')
    it.command({ type: 'note.stack' })
    await it.clock.advance(10_000)
    expect(it.told()).toEqual(['reading', 'escrowed 2000', 'returned'])
    expect(it.inBox()).toBe(0)
  })

  test('is not given back by a return that comes after the stack', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    it.command({ type: 'note.return' })
    await it.until('stacked 2000')
    expect(it.told()).not.toContain('returned')
  })

  test('makes room for the next one when it has gone back', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    clerk.decide('return')
    it.unit.insert(5000)
    await it.until('returned')
    clerk.decide('stack')
    await it.untilSo(it.unit.takesNotes)
    it.unit.insert(1000)
    await it.until('stacked 1000')
    await it.clock.advance(2_000)
    expect([clerk.credited(), it.inBox()]).toEqual([1000, 1000])
  })
})

describe('a note the acceptor refuses', () => {
  test.each([
    [0x02, 'not recognised'],
    [0x06, 'not accepted now'],
    [0x07, 'two notes'],
    [0x0e, 'pulled back'],
    [0x1d, 'cannot stack'],
  ])('for reason %i is told as: %s', async (refusedFor, why) => {
    it = await openBench()
    it.unit.insert(2000, { refusedFor })
    expect(await it.until(`rejected: ${why}`)).toEqual(['reading', `rejected: ${why}`])
  })

  test('because the customer pulled it back is told so', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.clock.advance(400)
    expect(it.unit.pullBack()).toBe(true)
    expect(await it.until('rejected: pulled back')).toEqual(['reading', 'rejected: pulled back'])
  })

  test('when it was to be stacked and there is no room is told with the reason', async () => {
    it = await openBench()
    const clerk = clerkAt(it)
    it.unit.fillUp({ noticed: false })
    it.unit.insert(2000)
    await it.until('rejected: cannot stack')
    expect(it.told()).toContain('failed: cash box full')
    await it.clock.advance(5_000)
    expect([clerk.credited(), it.inBox(), clerk.books.open]).toEqual([0, 0, null])
  })
})
