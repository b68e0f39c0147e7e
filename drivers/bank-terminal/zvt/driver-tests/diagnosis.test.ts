// What a technician sees of a bank terminal that is asked to look at itself; nothing of it charges anybody.
import { afterEach, describe, expect, test } from 'vitest'
import { minor } from '../../../../domain/money.ts'
import { control } from '../requests.ts'
import { terminalState } from '../result-codes.ts'
import { bench, readyBench, type Bench } from './bench.ts'

let it: Bench
afterEach(() => it.stop())

const diagnose = () => it.command({ type: 'bank-terminal.diagnose' })
/** What the host has led with, each once, in order. */
const led = (): number[] => [
  ...new Set(
    it.line.flatMap(({ from, bytes }) =>
      from === 'host' && bytes[0] === 0x10 && bytes[2] !== 0x80 && bytes[2] !== 0x84
        ? [((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)]
        : [],
    ),
  ),
]

describe('a diagnosis', () => {
  test('registers the terminal, lets it look at itself, and says that nothing is open', async () => {
    it = await readyBench()
    it.line.splice(0)
    diagnose()
    await it.until('diagnosed: 29001006, well, nothing open')
    expect(led()).toEqual([
      control.register,
      control.diagnosis,
      control.statusEnquiry,
      control.partialReversal,
    ])
    expect(it.events.find(({ type }) => type === 'bank-terminal.diagnosed')).toMatchObject({
      diagnosis: { unit: { version: '2.14.15', vending: true } },
    })
  })

  test('charges nobody and asks for no card', async () => {
    it = await readyBench()
    diagnose()
    await it.until(/^diagnosed/)
    await it.clock.advance(120_000)
    expect(it.terminal.waitsForPerson()).toBe(false)
    expect(it.charged()).toBe(0)
    expect(it.states()).toEqual([])
  })

  test('says that a pre-authorisation is open', async () => {
    it = await readyBench()
    it.terminal.leaveOpen(7, minor(500))
    diagnose()
    await it.until('diagnosed: 29001006, well, open payments')
  })

  test('says that the bank is not reached', async () => {
    it = await readyBench()
    it.terminal.reachBank(false)
    diagnose()
    await it.until('diagnosed: 29001006, A3, nothing open')
  })

  test('says what a terminal that is not ready waits for', async () => {
    it = await readyBench()
    it.terminal.setState(terminalState.reconciliationNeeded)
    it.terminal.reachBank(false)
    await it.until('failed: day not ended')
    it.terminal.reachBank(true)
    it.terminal.setState(0xe0)
    diagnose()
    await it.until(/^diagnosed: 29001006, E0/)
  })

  test('waits for the payment that is under way, and changes nothing in it', async () => {
    it = await readyBench()
    await it.authorised()
    diagnose()
    await it.clock.advance(20_000)
    it.confirm()
    await it.until(/^diagnosed/)
    expect(it.told().indexOf('stored 1')).toBeLessThan(
      it.told().findIndex((one) => one.startsWith('diagnosed')),
    )
    expect(it.charged()).toBe(2000)
  })

  test('of a terminal that is not there has its answer at once', async () => {
    it = bench({ unplugged: true })
    await it.clock.advance(0)
    diagnose()
    await it.clock.advance(0)
    expect(it.told()).toContain('diagnosed: no answer')
  })

  test('of one that falls silent in the middle has its answer too', async () => {
    it = await readyBench()
    it.terminal.goSilent()
    diagnose()
    await it.until('diagnosed: no answer')
  })

  test('and afterwards it sells as before', async () => {
    it = await readyBench()
    diagnose()
    await it.until(/^diagnosed/)
    await it.authorised()
    it.confirm()
    await it.until('stored 1')
  })
})
