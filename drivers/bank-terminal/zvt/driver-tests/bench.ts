// A bank terminal on a bench: production driver and simulated terminal on a cable in memory, under a clock moved by hand.
import type { Duplex } from 'node:stream'
import { PaymentId } from '../../../../domain/identifiers.ts'
import { minor } from '../../../../domain/money.ts'
import { manualClock, seededChance } from '../../../../test/manual-clock.ts'
import { memoryCable, type MemoryCable } from '../../../cables.ts'
import type { BankTerminalCommand, BankTerminalEvent, PaymentReceipt } from '../../bank-terminal.ts'
import type { ZvtBankTerminalOptions } from '../driver.ts'
import type { LineReport } from '../link.ts'
import { zvtSimulator, type SimulatorOptions } from '../simulator/simulator.ts'
import { charged, usedTerminal } from '../simulator/truth.ts'
import type { Card } from '../simulator/unit.ts'
import { hostOf } from './host.ts'
import { inWords } from './in-words.ts'

export type BenchOptions = {
  terminal?: SimulatorOptions
  driver?: Partial<ZvtBankTerminalOptions>
  /** Begin with the cable pulled. */
  unplugged?: boolean
}

export type Bench = ReturnType<typeof bench>

/** How long a test waits for something, in the time of the clock that is moved by hand. */
const patienceMs = 900_000

export const bench = (options: BenchOptions = {}) => {
  const clock = manualClock()
  const fill = seededChance(5)
  const chance = (length: number) => {
    const bytes = new Uint8Array(length)
    fill(bytes)
    return bytes
  }
  const framing = options.driver?.framing ?? 'serial'
  const truth = usedTerminal(clock.now())
  const terminal = zvtSimulator({
    clock,
    now: clock.now,
    chance,
    framing,
    truth,
    ...options.terminal,
  })
  const events: BankTerminalEvent[] = []
  const listeners: ((event: BankTerminalEvent) => void)[] = []
  const reports: LineReport[] = []
  /** Everything that went over the line, from either side. */
  const line: { from: 'host' | 'terminal'; bytes: Uint8Array }[] = []
  let cable: MemoryCable | null = null
  let plugged = options.unplugged !== true

  const open = async (): Promise<Duplex> => {
    if (!plugged) throw new Error('no such device')
    cable = memoryCable()
    cable.device.on('data', (bytes: Uint8Array) => line.push({ from: 'host', bytes }))
    cable.host.on('data', (bytes: Uint8Array) => line.push({ from: 'terminal', bytes }))
    terminal.attach(cable.device)
    return cable.host
  }
  const startDriver = () =>
    hostOf(
      {
        open,
        framing,
        password: '000000',
        currency: 978,
        terminalId: '29001006',
        timeZone: 'UTC',
        vending: 'required',
        slip: 'text of the bank',
        sequence: false,
        clock,
        now: clock.now,
        report: (report) => reports.push(report),
        ...options.driver,
      },
      (event) => {
        events.push(event)
        for (const listener of listeners) listener(event)
      },
    )
  let driver = startDriver()
  let paymentId = clock.ids.payment()
  let since = clock.now()
  let confirmed = false

  const self = {
    clock,
    terminal,
    events,
    listen: (listener: (event: BankTerminalEvent) => void) => void listeners.push(listener),
    reports,
    line,
    command: (command: BankTerminalCommand) => driver.send({ type: 'command', command }),
    paymentId: () => paymentId,
    /** Asks for a payment with an id of its own. */
    authorise: (amount = 2000) => {
      paymentId = clock.ids.payment()
      since = clock.now()
      confirmed = false
      self.askAgain(amount)
    },
    /** Asks with the same id. */
    askAgain: (amount = 2000) =>
      self.command({
        type: 'bank-terminal.authorise',
        paymentId,
        amount: minor(amount),
        language: 'en',
      }),
    confirm: () => {
      confirmed = true
      self.command({ type: 'bank-terminal.confirm', paymentId })
    },
    refuse: () => self.command({ type: 'bank-terminal.refuse', paymentId }),
    abort: () => self.command({ type: 'bank-terminal.abort', paymentId }),
    find: (receipt: PaymentReceipt | null = self.receipt(), amount = 2000) =>
      self.command({
        type: 'bank-terminal.find',
        paymentId,
        amount: minor(amount),
        since,
        receipt,
        confirmed,
      }),
    /** The receipt that was told with the last approval; null when there was none. */
    receipt: (): PaymentReceipt | null => {
      const told = events.findLast(({ type }) => type === 'payment.authorised')
      return told?.type === 'payment.authorised' && told.paymentId === paymentId
        ? told.receipt
        : null
    },
    /** What was told since the start, or since the last `forget`, in words. */
    told: () => events.map(inWords),
    forget: () => void events.splice(0),
    /** Moves the clock until this was told. */
    until: async (words: string | RegExp): Promise<string[]> => {
      const isSo = (one: string) => (typeof words === 'string' ? one === words : words.test(one))
      await self.untilSo(() => self.told().some(isSo), `"${words}"`)
      return self.told()
    },
    untilSo: async (so: () => boolean, what = 'what was awaited') => {
      const limit = clock.monotonic() + patienceMs
      await clock.advance(0)
      while (!so()) {
        if (clock.monotonic() > limit) {
          throw new Error(`waited in vain for ${what}; told: ${self.told().join(', ')}`)
        }
        await clock.advanceToNext()
      }
    },
    /** A customer comes as soon as a card is asked for. */
    present: async (card: Partial<Card> = {}) => {
      await self.untilSo(terminal.waitsForPerson, 'a terminal that waits for a card')
      terminal.presentCard(card)
    },
    /** Asks for a payment and brings it to the approval. */
    authorised: async (card: Partial<Card> = {}, amount = 2000) => {
      self.authorise(amount)
      await self.present(card)
      await self.untilSo(() => self.receipt() !== null, 'an approval')
    },
    unplug: async () => {
      plugged = false
      cable?.unplug()
      await clock.advance(0)
    },
    plugIn: () => {
      plugged = true
    },
    /** The kiosk's process ends at this moment, without a word. */
    stopDriver: () => driver.stop(),
    startDriver: () => {
      driver = startDriver()
    },
    /** How often the host has put these bytes on the line. */
    said: (bytes: Uint8Array): number => {
      const host = line.filter(({ from }) => from === 'host').map((one) => one.bytes)
      return host.filter((one) => Buffer.from(one).equals(bytes)).length
    },
    charged: () => charged(terminal.truth()),
    states: () => terminal.truth().payments.map(({ state }) => state),
    stop: () => {
      driver.stop()
      terminal.dispose()
    },
  }
  return self
}

/** A terminal that is registered and ready. */
export const readyBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const self = bench(options)
  await self.until('ready')
  self.forget()
  return self
}

export const anotherPayment = PaymentId.parse('01KAWZXYZ0ABCDEFGHJKMNPQRS')
