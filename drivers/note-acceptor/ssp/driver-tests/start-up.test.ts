// Start-up: the unit is identified, keys are agreed, and only then is it told ready.
import { afterEach, describe, expect, test } from 'vitest'
import { code } from '../commands.ts'
import { answersWith } from '../simulator/behaviours.ts'
import { newUnit } from '../simulator/truth.ts'
import { bench, openBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

describe('a unit that is ours', () => {
  test('is told ready once it is initialised, with what it says of itself', async () => {
    it = bench()
    expect(await it.until('ready')).toEqual(['ready'])
    expect(it.events[0]).toEqual({
      type: 'note-acceptor.ready',
      unit: {
        serialNumber: '1873452',
        firmware: '0333',
        currency: 'EUR',
        values: [500, 1000, 2000, 5000, 10000],
      },
    })
    expect(it.clock.monotonic()).toBeGreaterThanOrEqual(2_500)
  })

  test('tells its counters right after', async () => {
    const truth = newUnit({ serialNumber: '1873452' })
    truth.counters = { stacked: 17, stored: 0, dispensed: 0, transferred: 0, rejected: 16 }
    it = bench({ unit: { truth } })
    await it.until('ready')
    await it.untilSo(() => it.events.length > 1)
    expect(it.events[1]).toEqual({
      type: 'note-acceptor.counted',
      counters: { stacked: 17, rejected: 16 },
    })
  })

  test('takes no note before it is opened', async () => {
    it = bench()
    await it.until('ready')
    expect(it.unit.insert(2000)).toBe('not taken')
  })

  test('opens for the values it is opened for and refuses the others', async () => {
    it = await openBench()
    expect(it.unit.insert(10_000)).toBe('taken')
    expect(await it.until('rejected: not accepted now')).toEqual([
      'reading',
      'rejected: not accepted now',
    ])
  })

  test('is spoken to in the clear only until keys are agreed', async () => {
    const seen: { name: number; sealed: boolean }[] = []
    it = bench()
    it.unit.behave({
      onFrame: (data) => {
        seen.push({ name: data[0] ?? 0, sealed: data[0] === 0x7e })
        return undefined
      },
    })
    await it.until('ready')
    const firstSealed = seen.findIndex(({ sealed }) => sealed)
    expect(seen.slice(0, firstSealed).map(({ name }) => name)).toEqual([
      code.sync,
      code.setup,
      code.setGenerator,
      code.setModulus,
      code.exchangeKey,
    ])
    expect(seen.slice(firstSealed).every(({ sealed }) => sealed)).toBe(true)
  })

  test('may give its identity before it has keys', async () => {
    it = bench({ unit: { keysFirst: false } })
    expect(await it.until('ready')).toEqual(['ready'])
  })

  test('may keep values above 255 in the long part of its setup', async () => {
    const dataset = { firmware: '0100', currency: 'KZT', values: [500, 1000, 20_000] }
    it = bench({ unit: { dataset: { ...dataset, multiplier: 0 }, minorPerUnit: 100 } })
    await it.until('ready')
    expect(it.events[0]).toMatchObject({ unit: { values: [50_000, 100_000, 2_000_000] } })
  })
})

describe('a unit that is not ours', () => {
  test('with another serial number is a fault, and no note is taken', async () => {
    it = bench({ unit: { truth: newUnit({ serialNumber: '666' }) } })
    await it.until('failed: wrong unit')
    expect(it.events).toEqual([
      {
        type: 'note-acceptor.failed',
        fault: { kind: 'wrong unit', moneyAtRisk: 'no', found: '666', enrolled: '1873452' },
      },
    ])
    it.openFor(2000)
    await it.clock.advance(30_000)
    expect(it.told()).toEqual(['failed: wrong unit'])
    expect(it.unit.takesNotes()).toBe(false)
  })

  test('is cleared when the enrolled unit is back', async () => {
    it = bench()
    await it.until('ready')
    const ours = it.unit.swapUnit(newUnit({ serialNumber: '666' }))
    await it.until('failed: wrong unit')
    it.unit.swapUnit(ours)
    it.forget()
    expect(await it.until('ready')).toEqual(['cleared: wrong unit', 'ready'])
  })

  test('may be any where none is enrolled', async () => {
    const truth = newUnit({ serialNumber: '666' })
    it = bench({ unit: { truth }, driver: { enrolledSerial: 'any' } })
    expect(await it.until('ready')).toEqual(['ready'])
  })

  test('with another fixed key is not trusted', async () => {
    const truth = newUnit({ serialNumber: '1873452', fixedKey: 0x1122334455667788n })
    it = bench({ unit: { truth } })
    expect((await it.until('failed: not trusted')).at(-1)).toBe('failed: not trusted')
    await it.clock.advance(60_000)
    expect(it.told()).not.toContain('ready')
  })

  test('is trusted once the key is right, although it had locked itself', async () => {
    const truth = newUnit({ serialNumber: '1873452', fixedKey: 0x1122334455667788n })
    it = bench({ unit: { truth } })
    await it.until('failed: not trusted')
    await it.clock.advance(5_000)
    it.forget()
    await it.restartDriver({ fixedKey: 0x1122334455667788n })
    expect(await it.until('ready')).toEqual(['ready'])
  })

  test('that refuses to agree on keys is not trusted', async () => {
    it = bench()
    it.unit.behave(answersWith('F4', { to: code.setModulus }))
    expect(await it.until('failed: not trusted')).toEqual(['failed: not trusted'])
  })

  test('that does not know protocol version 8 is broken', async () => {
    it = bench()
    it.unit.behave(answersWith('F8', { to: code.protocolVersion }))
    await it.until('failed: broken')
    expect(it.events[0]).toMatchObject({ fault: { code: 'protocol version' } })
  })
})
