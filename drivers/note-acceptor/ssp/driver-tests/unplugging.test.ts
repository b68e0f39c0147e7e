// The cable is pulled and put back with a note in each place; and a line that is not there yet is waited for.
import { afterEach, describe, expect, test } from 'vitest'
import { driverDelays } from '../conversation.ts'
import { newUnit } from '../simulator/truth.ts'
import { bench, openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'
import { bringNote, positions } from './positions.ts'

let it: Bench
afterEach(() => it.stop())

describe('a line that is not there', () => {
  test('is a fault at once, and no more than that', async () => {
    it = bench({ unplugged: true })
    await it.clock.advance(60_000)
    expect(it.told()).toEqual(['failed: not answering'])
  })

  test('is tried again less and less often, and never less often than the longest wait', async () => {
    it = bench({ unplugged: true })
    await it.clock.advance(60_000)
    const first = it.opens()
    expect(first).toBeLessThanOrEqual(11)
    await it.clock.advance(60_000)
    expect(it.opens() - first).toBe(60_000 / driverDelays.reopenMostMs)
  })

  test('is talked over as soon as it is there', async () => {
    it = bench({ unplugged: true })
    await it.clock.advance(60_000)
    it.plugIn()
    expect(await it.until('ready')).toEqual([
      'failed: not answering',
      'cleared: not answering',
      'ready',
    ])
  })

  test('is found again quickly after a good talk', async () => {
    it = await openBench()
    await it.unplug()
    it.plugIn()
    const since = it.clock.monotonic()
    await it.until('cleared: not answering')
    expect(it.clock.monotonic() - since).toBeLessThan(2 * driverDelays.reopenMs)
  })
})

describe.each(positions)('unplugged with a note %s', (position) => {
  test.each([1_000, 5_000, 20_000])('for %i ms', async (unpluggedMs) => {
    it = await openBench()
    const clerk = clerkAt(it)
    if (/back/.test(position)) clerk.decide('nothing')
    await bringNote(it, position)
    await it.unplug()
    expect(it.told()).toContain('failed: not answering')
    await it.clock.advance(unpluggedMs)
    it.plugIn()
    await it.until('cleared: not answering')
    await it.clock.advance(30_000)
    expect(clerk.books).toMatchObject({ unknown: [], open: null, nameless: 0 })
    expect(clerk.credited()).toBe(it.inBox())
    clerk.decide('stack')
    await it.untilSo(it.unit.takesNotes)
    it.unit.insert(500)
    await it.until('stacked 500')
    await it.clock.advance(5_000)
    expect(clerk.credited()).toBe(it.inBox())
  })
})

test('opened again after the cable was pulled, since it was told to be open', async () => {
  it = await openBench()
  await it.unplug()
  it.plugIn()
  await it.until('opened')
  expect(it.unit.takesNotes()).toBe(true)
})

test('closed while the cable was pulled: it is told closed when that is so', async () => {
  it = await openBench()
  await it.unplug()
  it.close()
  await it.clock.advance(10_000)
  expect(it.told()).not.toContain('closed')
  it.plugIn()
  await it.until('closed')
  expect(it.unit.takesNotes()).toBe(false)
})

test('another unit behind the same plug is not spoken to about money', async () => {
  it = await openBench()
  const clerk = clerkAt(it)
  await bringNote(it, 'stacking, told')
  await it.unplug()
  const ours = it.unit.swapUnit(newUnit({ serialNumber: '666' }))
  it.plugIn()
  await it.until('failed: wrong unit')
  expect(clerk.credited()).toBe(0)
  it.unit.swapUnit(ours)
  await it.until('cleared: wrong unit')
  await it.clock.advance(10_000)
  expect(clerk.credited()).toBe(2000)
  expect(it.inBox()).toBe(2000)
})

test('a driver that is stopped opens no line any more and lets the one it has go', async () => {
  it = await openBench()
  it.stopDriver()
  const opens = it.opens()
  await it.clock.advance(60_000)
  expect(it.opens()).toBe(opens)
  expect(it.clock.waiting()).toEqual([])
})
