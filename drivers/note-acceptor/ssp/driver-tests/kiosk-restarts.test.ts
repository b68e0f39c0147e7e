// The kiosk's process dies with a note in each place: the new one is told once what became of it, or told again what it knows.
import { afterEach, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './bench.ts'
import { clerkAt, type Clerk } from './clerk.ts'
import { bringNote, positions, type Position } from './positions.ts'

let it: Bench
afterEach(() => it.stop())

const noteAt = async (position: Position): Promise<Clerk> => {
  it = await openBench()
  const clerk = clerkAt(it)
  if (/back/.test(position)) clerk.decide('nothing')
  await bringNote(it, position)
  clerk.decide('stack')
  return clerk
}

/** What the new process was told of notes. */
const toldOfNotes = (): string[] =>
  it.told().filter((words) => /^(escrowed|stacked|returned|rejected|found)/.test(words))

/** The books agree with the box to the last note, and the next sale works as ever. */
const expectBalance = async (clerk: Clerk) => {
  await it.until('ready')
  await it.clock.advance(60_000)
  expect(clerk.books).toMatchObject({ unknown: [], open: null, nameless: 0 })
  expect(clerk.credited()).toBe(it.inBox())
  it.openFor(500)
  await it.until('opened')
  expect(it.unit.insert(500)).toBe('taken')
  await it.until('stacked 500')
  await it.clock.advance(5_000)
  expect(clerk.credited()).toBe(it.inBox())
}

describe.each(positions)('a note %s', (position) => {
  test('when the kiosk dies and is back at once', async () => {
    const clerk = await noteAt(position)
    await clerk.crash()
    await expectBalance(clerk)
  })

  test('when the kiosk dies and is back before the unit loses patience', async () => {
    const clerk = await noteAt(position)
    await clerk.crash({ downMs: 5_000 })
    await expectBalance(clerk)
  })

  test('when the kiosk dies and is back when the unit has closed itself', async () => {
    const clerk = await noteAt(position)
    await clerk.crash({ downMs: 30_000 })
    await expectBalance(clerk)
  })

  test('when the power of the whole kiosk fails', async () => {
    const clerk = await noteAt(position)
    it.unit.powerOff()
    it.clock.after(10_000, it.unit.powerOn)
    await clerk.crash({ downMs: 12_000 })
    await expectBalance(clerk)
  })

  test('when the kiosk dies twice', async () => {
    const clerk = await noteAt(position)
    await clerk.crash()
    await it.clock.advance(350)
    await clerk.crash()
    await expectBalance(clerk)
  })
})

describe('a new process', () => {
  const told: [Position, string[]][] = [
    ['nowhere', []],
    ['being read', ['found returned: 2000']],
    ['in escrow, told', ['found returned: no value']],
    ['stacking, told', ['stacked 2000']],
    // Not acknowledged, so told again: the journal knows whether it has it (devices.md 2.3 rule 2).
    ['credited, told', ['stacked 2000']],
    ['in the box, acknowledged', []],
    ['on its way back', ['found returned: no value']],
    ['given back, untold', ['found returned: no value']],
  ]
  test.each(told)('with a note %s is told: %j', async (position, words) => {
    await noteAt(position)
    it.forget()
    await it.restartDriver()
    await it.until('ready')
    await it.clock.advance(10_000)
    expect(toldOfNotes()).toEqual(words)
  })

  test('is told before it is told ready: the past comes first', async () => {
    await noteAt('stacking, told')
    it.forget()
    await it.restartDriver()
    expect(await it.until('ready')).toEqual(['stacked 2000', 'ready'])
  })

  test('that never acknowledges is told once, and the unit keeps the note for the next one', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    await it.until('stacked 2000')
    for (const _ of [1, 2, 3]) {
      it.forget()
      await it.restartDriver()
      await it.until('ready')
      await it.clock.advance(20_000)
      expect(toldOfNotes()).toEqual(['stacked 2000'])
    }
  })
})
