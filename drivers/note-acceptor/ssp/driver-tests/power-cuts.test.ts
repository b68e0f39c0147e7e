// The unit loses power with a note in each place: the note is told once, as what it became.
import { afterEach, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './bench.ts'
import { clerkAt, type Clerk } from './clerk.ts'
import { bringNote, endsInBox, positions, type Position } from './positions.ts'

let it: Bench
afterEach(() => it.stop())

const noteAt = async (position: Position): Promise<Clerk> => {
  it = await openBench()
  const clerk = clerkAt(it)
  if (/back/.test(position)) clerk.decide('nothing')
  await bringNote(it, position)
  return clerk
}

/** What was told of the note as its outcome. */
const outcomes = (at: Bench): string[] =>
  at.told().filter((words) => /^(stacked|returned|rejected|found)/.test(words))

/** The books agree with the box, nothing is left open, and the next note works as ever. */
const expectBalance = async (clerk: Clerk, position: Position) => {
  await it.clock.advance(30_000)
  expect(it.inBox()).toBe(endsInBox(position) ? 2000 : 0)
  expect(clerk.books).toEqual({
    credited: endsInBox(position) ? [2000] : [],
    unknown: [],
    open: null,
    nameless: 0,
  })
  clerk.decide('stack')
  expect(it.unit.insert(500)).toBe('taken')
  await it.until('stacked 500')
  await it.clock.advance(5_000)
  expect(clerk.credited()).toBe(it.inBox())
}

describe.each(positions)('a note %s', (position) => {
  test('when the power fails and comes back at once', async () => {
    const clerk = await noteAt(position)
    it.unit.powerCycle()
    await expectBalance(clerk, position)
  })

  test('when the unit is without power for a minute', async () => {
    const clerk = await noteAt(position)
    it.unit.powerOff()
    await it.clock.advance(60_000)
    expect(it.told()).toContain('failed: not answering')
    it.unit.powerOn()
    await it.until('cleared: not answering')
    // A verdict may come after the kiosk's patience: then a person decides, and nothing is credited twice.
    await it.clock.advance(30_000)
    expect(clerk.credited() + clerk.books.unknown.length * 2000).toBeGreaterThanOrEqual(it.inBox())
    expect(outcomes(it).length).toBeLessThanOrEqual(1)
  })

  test('when the power fails a second time while the unit is initialising', async () => {
    const clerk = await noteAt(position)
    it.unit.powerCycle()
    await it.clock.advance(1_000)
    it.unit.powerCycle()
    await expectBalance(clerk, position)
  })

  test('when the power fails a second time before the kiosk has acknowledged', async () => {
    const clerk = await noteAt(position)
    it.unit.powerCycle()
    await it.clock.advance(2_750)
    it.unit.powerCycle()
    await expectBalance(clerk, position)
  })

  test('when the unit does not name the notes it finds', async () => {
    const clerk = await noteAt(position)
    it.unit.nameFoundNotes(false)
    it.unit.powerCycle()
    await expectBalance(clerk, position)
  })

  test('when the unit names again what was acknowledged', async () => {
    const clerk = await noteAt(position)
    it.unit.tellKnownNotesAgain(true)
    it.unit.powerCycle()
    await expectBalance(clerk, position)
  })

  test('when the unit is reset by hand and its cash box is out', async () => {
    const clerk = await noteAt(position)
    it.unit.removeCashBox()
    it.unit.powerCycle()
    await it.clock.advance(20_000)
    expect(it.told()).toContain('failed: cash box removed')
    it.unit.replaceCashBox()
    await it.clock.advance(60_000)
    expect(clerk.books.open).toBeNull()
    expect(it.told()).toContain('cleared: cash box removed')
  })
})

describe('what is told of a note the unit moved by itself', () => {
  test('on its way in: stacked, as if nothing had happened', async () => {
    await noteAt('stacking, told')
    it.unit.powerCycle()
    await it.clock.advance(10_000)
    expect(outcomes(it)).toEqual(['stacked 2000'])
  })

  test('held and undecided: returned', async () => {
    it = await openBench()
    clerkAt(it).decide('nothing')
    await bringNote(it, 'in escrow, told')
    it.unit.powerCycle()
    await it.clock.advance(10_000)
    expect(outcomes(it)).toEqual(['returned'])
  })

  test('never offered: found returned', async () => {
    await noteAt('in escrow, untold')
    it.unit.powerCycle()
    await it.clock.advance(10_000)
    expect(outcomes(it)).toEqual(['found returned: 2000'])
  })

  test('in the box and never told, by the counters: stacked', async () => {
    await noteAt('in the box, credit untold')
    it.unit.powerCycle()
    await it.clock.advance(20_000)
    expect(outcomes(it)).toEqual(['stacked 2000'])
  })
})
