// The bank terminal on the bench: a simulated terminal on its line with its books and its bank, and the cards people pay with.
import { z } from 'zod'
import { Money } from '../../domain/schema.ts'
import { never } from '../../domain/never.ts'
import { zvtSimulator } from '../../drivers/bank-terminal/zvt/simulator/simulator.ts'
import {
  charged,
  usedTerminal,
  type TerminalTruth,
} from '../../drivers/bank-terminal/zvt/simulator/truth.ts'
import { terminalState } from '../../drivers/bank-terminal/zvt/result-codes.ts'
import type { Card, SimulatorDelays } from '../../drivers/bank-terminal/zvt/simulator/unit.ts'
import type { BankCard, TerminalFault, TerminalPanel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { kept } from './kept.ts'
import { terminalDisplay } from './terminal-display.ts'
import { townPolicy } from './town/town.ts'
import { serialWire, type WireOptions } from './wire.ts'

/** What the kiosk is enrolled with; the number of the yuan in ISO 4217. */
export const enrolledTerminal = '29001006'
export const terminalCurrency = 156

const Truth: z.ZodType<TerminalTruth> = z.object({
  terminalId: z.string(),
  powered: z.boolean(),
  password: z.string(),
  currency: z.int(),
  vending: z.boolean(),
  asksPin: z.boolean(),
  nextReceipt: z.int(),
  nextTrace: z.int(),
  payments: z.array(
    z.object({
      receiptNumber: z.int(),
      trace: z.int(),
      amount: Money,
      at: z.string(),
      cardType: z.string(),
      state: z.enum(['authorised', 'stored', 'reversed', 'reversal pending']),
      settled: z.boolean(),
    }),
  ),
  last: z
    .object({
      kind: z.enum(['payment', 'reversal']),
      receiptNumber: z.int(),
      trace: z.int(),
      originalTrace: z.int().nullable(),
      amount: Money,
      at: z.string(),
    })
    .nullable(),
  preAuthorisations: z.array(z.object({ receiptNumber: z.int(), amount: Money })),
  pinBlocks: z.int(),
  cardInside: z.boolean(),
  state: z.int(),
  /** A file of before had none. */
  wedged: z.boolean().default(false),
  hostReachable: z.boolean(),
})

/** What becomes of each; an inserted card is taken out by hand. */
const cards: Record<BankCard, Partial<Card>> = {
  good: { brand: 'MAESTRO' },
  'wrong PIN once': { brand: 'MAESTRO', wrongPins: 1 },
  'PIN blocked': { brand: 'MAESTRO', wrongPins: 3 },
  declined: { brand: 'VISA', says: 'decline' },
  'account empty': { brand: 'VISA', says: 'not enough money' },
  'cannot be read': { brand: '', says: 'unreadable' },
}

export type BenchBankTerminal = Awaited<ReturnType<typeof benchBankTerminal>>

export const benchBankTerminal = async (options: {
  file: string
  wire: Omit<WireOptions, 'attach'>
  /** How long people and bank take, in milliseconds; as in life unless told. */
  delays?: Partial<SimulatorDelays>
  onChange: () => void
}) => {
  const file = kept(options.file, Truth)
  const simulator = zvtSimulator({
    truth:
      file.read() ??
      usedTerminal(Date.now(), { terminalId: enrolledTerminal, currency: terminalCurrency }),
    timeZone: townPolicy.timeZone,
    ...(options.delays !== undefined && { delays: options.delays }),
    onChange: (truth) => {
      file.write(truth)
      options.onChange()
    },
  })
  const display = terminalDisplay()
  simulator.behave(
    display.watching(() => {
      setImmediate(options.onChange)
    }),
  )
  const wire = await serialWire({ ...options.wire, attach: simulator.attach })
  let silent = false
  const asks = (): TerminalPanel['asks'] => (simulator.waitsForPerson() ? display.asks() : null)
  const faults = (): TerminalFault[] => {
    const { hostReachable, state } = simulator.truth()
    const all: [TerminalFault, boolean][] = [
      ['bank away', !hostReachable],
      ['day not ended', state === terminalState.reconciliationNeeded],
      ['silent', silent],
      ['unplugged', !wire.plugged()],
    ]
    return all.flatMap(([fault, on]) => (on ? [fault] : []))
  }
  const setFault = async (fault: TerminalFault, on: boolean): Promise<ActDone> => {
    if (faults().includes(fault) === on) return done
    switch (fault) {
      case 'bank away':
        simulator.reachBank(!on)
        return done
      case 'day not ended':
        simulator.setState(on ? terminalState.reconciliationNeeded : terminalState.ready)
        return done
      case 'silent':
        silent = on
        if (on) simulator.goSilent()
        else simulator.speakAgain()
        options.onChange()
        return done
      case 'unplugged':
        await wire.setPlugged(!on)
        options.onChange()
        return done
      default:
        return never(fault)
    }
  }
  return {
    port: wire.port,
    setFault,
    present: (card: BankCard, how: Card['how']): ActDone => {
      if (asks() !== 'card') return refused(whyNoCard(simulator.truth()))
      simulator.presentCard({ ...cards[card], how, takenOut: 'by hand' })
      return done
    },
    takeCard: (): ActDone =>
      simulator.removeCard() ? done : refused('There is no card in the bank terminal.'),
    typePin: (pin: string): ActDone =>
      asks() === 'pin' && simulator.typePin(pin) === 'taken'
        ? done
        : refused('The bank terminal does not ask for a PIN now.'),
    stop: (): ActDone =>
      simulator.pressStop() === 'taken' ? done : refused('There is nothing to stop just now.'),
    powerCycle: (): ActDone => {
      simulator.powerCycle()
      display.restarted()
      options.onChange()
      return done
    },
    panel: (): TerminalPanel => {
      const truth = simulator.truth()
      return {
        display: truth.powered ? display.lines() : [],
        asks: asks(),
        cardInside: truth.cardInside,
        books: truth.payments.toReversed().map(({ receiptNumber, amount, cardType, state }) => ({
          receiptNumber,
          amount,
          cardType,
          state,
        })),
        charged: charged(truth),
        faults: faults(),
      }
    },
    truth: simulator.truth,
    close: async () => {
      await wire.close()
      simulator.dispose()
    },
  }
}

const whyNoCard = ({ cardInside }: TerminalTruth): string =>
  cardInside
    ? 'There is a card in the bank terminal: take it out first.'
    : 'The bank terminal asks for no card: choose to pay by bank card on the screen first.'
