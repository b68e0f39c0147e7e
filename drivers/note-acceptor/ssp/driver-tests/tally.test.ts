// The counters at rest: the unit's own record of the notes in its box, told when every note it told of is in it.
import { afterEach, describe, expect, test } from 'vitest'
import { usualSerialNumber } from '../simulator/simulator.ts'
import { sspDelays } from '../talk.ts'
import { openBench, type Bench } from './bench.ts'
import { clerkAt } from './clerk.ts'

let it: Bench
afterEach(() => it.stop())

const atRest = sspDelays.quietMs + 2_000

describe('the counters at rest', () => {
  test('are told after the start with the serial number of the unit, and not while notes are taken', async () => {
    it = await openBench()
    await it.clock.advance(atRest)
    expect(it.tallied()).toEqual([])
    it.close()
    await it.clock.advance(atRest)
    expect(it.events.at(-1)).toEqual({
      type: 'note-acceptor.tallied',
      serialNumber: usualSerialNumber,
      counters: { stacked: 0, rejected: 0 },
    })
  })

  test('are told once after each closing, with the notes of the sale', async () => {
    it = await openBench()
    clerkAt(it)
    for (const value of [2000, 1000]) {
      it.unit.insert(value)
      await it.clock.advance(8_000)
    }
    it.close()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([2])
    it.close()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([2, 2])
  })

  test('wait for a note that is not on disk yet', async () => {
    it = await openBench()
    it.unit.insert(2000)
    await it.until('escrowed 2000')
    it.command({ type: 'note.stack' })
    await it.until('stacked 2000')
    it.close()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([])
    it.command({ type: 'note.acknowledge' })
    await it.clock.advance(atRest)
    expect(it.tallied()).toEqual([1])
  })

  test('wait for a credited note that cannot fall into the box, because that is out', async () => {
    it = await openBench()
    clerkAt(it)
    it.unit.insert(2000)
    await it.until('stacked 2000')
    it.unit.removeCashBox()
    it.close()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([])
    it.unit.replaceCashBox()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([1])
  })

  test('are told after a note that finished its way in while the power was off', async () => {
    it = await openBench()
    clerkAt(it)
    it.close()
    await it.clock.advance(atRest)
    it.forget()
    it.openFor(2000)
    await it.until('opened')
    it.unit.insert(2000)
    await it.until('stacking')
    it.close()
    it.unit.powerCycle()
    await it.clock.advance(60_000)
    expect(it.tallied()).toEqual([1])
  })
})
