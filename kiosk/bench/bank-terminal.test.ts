// The bank terminal of the bench, with the production driver on its line: it takes cards when it asks for them, shows what it does,
// and forgets no payment.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { minor } from '../../domain/money.ts'
import type { BankTerminalEvent } from '../../drivers/bank-terminal/bank-terminal.ts'
import { zvtLineSettings } from '../../drivers/bank-terminal/zvt/driver.ts'
import { hostOf } from '../../drivers/bank-terminal/zvt/driver-tests/host.ts'
import { openSerialLine } from '../../drivers/serial-port.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { terminalFaults } from './act.ts'
import {
  benchBankTerminal,
  enrolledTerminal,
  terminalCurrency,
  type BenchBankTerminal,
} from './bank-terminal.ts'

/** A driver on a slow machine needs its time; nothing is measured by it. */
const patience = { timeout: 15_000, interval: 10 }

describe('the bank terminal of the bench', () => {
  const { ids } = manualClock()
  let folder = ''
  let closing: (() => unknown)[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bank-terminal-'))
    closing = []
  })
  afterEach(async () => {
    for (const close of closing.toReversed()) await close()
    await rm(folder, { recursive: true })
  })

  const terminalHere = async (): Promise<BenchBankTerminal> => {
    const one = await benchBankTerminal({
      file: join(folder, 'terminal.json'),
      wire: { path: join(folder, 'bank'), pseudoTerminals: false },
      delays: { booting: 50, pin: 20, host: 20, removal: 20 },
      onChange: () => {},
    })
    closing.push(one.close)
    return one
  }
  const driverOf = (terminal: BenchBankTerminal) => {
    const events: BankTerminalEvent[] = []
    const driver = hostOf(
      {
        open: () => openSerialLine(terminal.port, zvtLineSettings),
        framing: 'serial',
        password: '000000',
        currency: terminalCurrency,
        terminalId: enrolledTerminal,
        timeZone: 'Asia/Shanghai',
        vending: 'required',
        slip: 'text of the bank',
        sequence: false,
      },
      (event) => void events.push(event),
    )
    closing.push(() => driver.stop())
    const told = (type: BankTerminalEvent['type']) =>
      vi.waitUntil(() => events.find((event) => event.type === type), patience)
    let paymentId = ids.payment()
    return {
      told,
      authorise: async () => {
        await told('bank-terminal.ready')
        paymentId = ids.payment()
        driver.send({
          type: 'command',
          command: {
            type: 'bank-terminal.authorise',
            paymentId,
            amount: minor(5_000),
            language: 'en',
          },
        })
        await vi.waitUntil(() => terminal.panel().asks === 'card', patience)
      },
      confirm: () =>
        driver.send({ type: 'command', command: { type: 'bank-terminal.confirm', paymentId } }),
    }
  }

  it('takes no card before the kiosk has asked for one, and says why', async () => {
    const terminal = await terminalHere()
    expect(terminal.present('good', 'tap')).toEqual({
      kind: 'refused',
      why: 'The bank terminal asks for no card: choose to pay by bank card on the screen first.',
    })
    expect(terminal.typePin('1234')).toMatchObject({ kind: 'refused' })
    expect(terminal.takeCard()).toMatchObject({ kind: 'refused' })
    expect(terminal.panel()).toMatchObject({ asks: null, books: [], charged: 0, faults: [] })
  })

  it('books a payment with a card that is held to it, and has it still after a restart', async () => {
    const terminal = await terminalHere()
    const driver = driverOf(terminal)
    await driver.authorise()
    expect(terminal.panel().display).toEqual(['HOLD OR INSERT CARD', '50.00'])
    expect(terminal.present('good', 'tap')).toEqual({ kind: 'done' })
    await driver.told('payment.authorised')
    expect(terminal.panel()).toMatchObject({ books: [{ state: 'authorised' }], charged: 0 })
    driver.confirm()
    await driver.told('payment.stored')
    const booked = { books: [{ receiptNumber: 1, amount: 5_000, state: 'stored' }], charged: 5_000 }
    expect(terminal.panel()).toMatchObject(booked)
    expect((await terminalHere()).panel()).toMatchObject(booked)
  })

  it('keeps an inserted card until it is taken out by hand', async () => {
    const terminal = await terminalHere()
    const driver = driverOf(terminal)
    await driver.authorise()
    terminal.present('wrong PIN once', 'insert')
    await vi.waitUntil(() => terminal.panel().asks === 'take card', patience)
    expect(terminal.panel().cardInside).toBe(true)
    expect(terminal.present('good', 'tap')).toMatchObject({ kind: 'refused' })
    expect(terminal.takeCard()).toEqual({ kind: 'done' })
    await driver.told('payment.authorised')
    expect(terminal.panel().cardInside).toBe(false)
  })

  it.each(['declined', 'account empty', 'PIN blocked', 'cannot be read'] as const)(
    'charges nothing with a card that is %s',
    async (card) => {
      const terminal = await terminalHere()
      const driver = driverOf(terminal)
      await driver.authorise()
      terminal.present(card, 'insert')
      await vi.waitUntil(() => terminal.panel().asks === 'take card', patience)
      terminal.takeCard()
      await driver.told('payment.declined')
      expect(terminal.panel()).toMatchObject({ books: [], charged: 0 })
    },
  )

  it('gives up what it was asked for when its stop key is pressed', async () => {
    const terminal = await terminalHere()
    const driver = driverOf(terminal)
    await driver.authorise()
    expect(terminal.stop()).toEqual({ kind: 'done' })
    expect(await driver.told('payment.declined')).toMatchObject({ why: 'customer cancelled' })
    await driver.authorise()
    expect(terminal.present('good', 'tap')).toEqual({ kind: 'done' })
    await driver.told('payment.authorised')
  })

  it('has every fault, and none any more', async () => {
    const terminal = await terminalHere()
    for (const fault of terminalFaults) {
      await terminal.setFault(fault, true)
      expect(terminal.panel().faults).toEqual([fault])
      await terminal.setFault(fault, false)
      expect(terminal.panel().faults).toEqual([])
    }
  })
})
