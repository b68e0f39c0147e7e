// Somebody who exchanges a cash box by keypad and page alone: the machine on records of its own, with acceptor and printer.
import { setTimeout as realPause } from 'node:timers/promises'
import { assign, createActor, fromPromise, sendTo, setup } from 'xstate'
import { memoryCable, type MemoryCable } from '../drivers/cables.ts'
import { sspNoteAcceptor } from '../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey } from '../drivers/note-acceptor/ssp/encryption.ts'
import {
  sspSimulator,
  usualSerialNumber,
} from '../drivers/note-acceptor/ssp/simulator/simulator.ts'
import { escposReceiptPrinter } from '../drivers/receipt-printer/escpos/driver.ts'
import { escposSimulator } from '../drivers/receipt-printer/escpos/simulator/simulator.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Language } from '../domain/language.ts'
import { minor, type Minor } from '../domain/money.ts'
import { PersonNumber, type Person } from '../domain/service/person.ts'
import { VisitId } from '../domain/service/service-entries.ts'
import { parseConfig } from '../kiosk/config.ts'
import type { Records } from '../kiosk/records.ts'
import { exchangePage } from '../kiosk/service/exchange-page.ts'
import { exchangingOn } from '../kiosk/service/exchange-parts.ts'
import exampleConfig from '../provisioning/config.example.json' with { type: 'json' }
import type { ExchangingEvent, ExchangingOutput } from '../state-machines/exchanging-context.ts'
import { pressEvent } from '../state-machines/casting.ts'
import type { PersonChecked } from '../state-machines/servicing-context.ts'
import type { Press } from '../ui/kiosk/screen.ts'
import type { ServicePage } from '../ui/kiosk/service/service-page.ts'
import type { ManualClock } from './manual-clock.ts'

const parsed = parseConfig(JSON.stringify(exampleConfig))
if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'))

export const collector: Person = {
  number: PersonNumber.parse('4711'),
  name: 'A. Bell',
  role: 'cash collector',
}
export const supervisor: Person = {
  number: PersonNumber.parse('2002'),
  name: 'C. Diaz',
  role: 'supervisor',
}
export const technician: Person = {
  number: PersonNumber.parse('1003'),
  name: 'E. Fox',
  role: 'technician',
}
export const pins: Record<string, Person> = {
  '135790': collector,
  '246802': supervisor,
  '357913': technician,
}

export const exchangeConfig = {
  ...parsed.config,
  service: { persons: [], twoForCashBox: true },
  cash: { ...parsed.config.cash, values: [500, 1_000, 2_000, 5_000, 10_000].map(minor) },
}

const visitId = VisitId.parse('0'.repeat(26))

/** Notes of one sale that are in the box, as the journal has them. */
export const notesTaken = (ids: ManualClock['ids'], values: readonly number[]): JournalEntry[] => {
  const saleId = ids.sale()
  return values.flatMap((value): JournalEntry[] => {
    const note = { saleId, noteId: ids.note(), value: minor(value) }
    return [
      { type: 'note.escrowed', ...note },
      { type: 'note.stacking', ...note, counters: null },
      { type: 'note.stacked', ...note },
    ]
  })
}

/** What a person has in hand: the same on every visit. */
export type Hands = {
  /** How many of a value the person finds. */
  finds: (value: Minor) => number
  sealed: boolean
  oldBox: string
  newBox: string
}

/** Devices that outlive every start of the program. */
export const exchangeWorld = (clock: ManualClock) => ({
  notes: sspSimulator({ clock }),
  printer: escposSimulator({ model: 'generic-80', clock, rowsPerSecond: Infinity }),
})
export type ExchangeWorld = ReturnType<typeof exchangeWorld>

type Visit = {
  clock: ManualClock
  world: ExchangeWorld
  records: Records
  hands: Hands
  language?: Language
  /** How much time passes before the same page is looked at again, ms. */
  stepMs?: number
  /** Neither acceptor nor printer answers: the person's word and the screen have to do. */
  unplugged?: boolean
  /** Every page that was seen. */
  seen?: (page: ServicePage) => void
  /** Presses instead of what the person would do; null: as usual. */
  instead?: (page: ServicePage) => Press[] | null
}

const isPrinting = ({ title, choices }: ServicePage): boolean =>
  title === 'exchange: done' && choices.length === 0

/** Nothing has come of what was done: it is tried again. */
const looksUntilAgain = 8

/** One visit, until the machine is done. */
export const visit = async (of: Visit): Promise<ExchangingOutput> => {
  const { clock, world } = of
  const stepMs = of.stepMs ?? (of.unplugged === true ? 1_000 : 250)
  const work = workOn(of.records)
  const actor = createActor(rootOn({ ...of, records: work.records }), { clock: clock.forActors })
  actor.start()
  const child = () => actor.getSnapshot().children.exchange
  let last = ''
  let looks = 1
  let printing = false
  for (let step = 0; step < 4_000 && child() !== undefined; step++) {
    await work.done()
    // What draws a slip works in time of its own.
    if (printing) await realPause(1)
    await clock.advance(looks === 1 || printing ? quickMs : stepMs)
    const running = child()
    if (running === undefined) break
    const snapshot = running.getSnapshot()
    const page = exchangePage(snapshot)
    const now = JSON.stringify([snapshot.value, page])
    printing = of.unplugged !== true && isPrinting(page)
    looks = now === last ? looks + 1 : 1
    if (looks > 1 && looks % looksUntilAgain !== 0) continue
    last = now
    of.seen?.(page)
    for (const press of of.instead?.(page) ?? pressesOn(page, of)) {
      running.send(pressEvent(press))
    }
    handle(page, world)
  }
  const { output } = actor.getSnapshot().context
  actor.stop()
  if (output === null) throw new Error(`the exchange stands still at ${last}`)
  return output
}

/** The clock stands still while the disk works. */
const workOn = (records: Records) => {
  const underWay = new Set<Promise<unknown>>()
  const watched = <Result>(work: Promise<Result>): Promise<Result> => {
    const over: Promise<void> = work.then(
      () => void underWay.delete(over),
      () => void underWay.delete(over),
    )
    underWay.add(over)
    return work
  }
  return {
    records: {
      ...records,
      append: (entries: JournalEntry[]) => watched(records.append(entries)),
      nextReceipt: () => watched(records.nextReceipt()),
    },
    done: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Whoever reads the page presses what it says. */
const pressesOn = (page: ServicePage, { hands, world }: Visit): Press[] => {
  const { title, sentence, typing, choices } = page
  const choose = (choice: (typeof choices)[number]): Press[] =>
    choices.includes(choice) ? [{ type: 'choose', choice }] : []
  if (typing !== null) {
    if (typing.typed !== '') return []
    if (typing.of !== null) return keyed(String(hands.finds(typing.of)))
    if (title === 'witness') return keyed(supervisor.number)
    if (title === 'witness pin') return keyed('246802')
    if (sentence === 'type the seal') return keyed('77190433')
    return keyed(title === 'exchange: new box' ? hands.newBox : hands.oldBox)
  }
  if (choices.includes('count here')) {
    return choose(hands.sealed ? 'count at the office' : 'count here')
  }
  // The person's own word, where no sensor has seen it.
  const moved = choose(world.notes.truth().cashBox.in ? 'box is in' : 'box is out')
  if (moved.length > 0) return moved
  if (page.confirm) return [{ type: 'confirm' }]
  return []
}

export const keyed = (digits: string): Press[] => [
  ...Array.from(digits, (digit): Press => ({ type: 'digit', digit: Number(digit) })),
  { type: 'confirm' },
]

/** The box itself: out, and another in. The sensor of the acceptor says so. */
const handle = (page: ServicePage, { notes }: ExchangeWorld): void => {
  const isIn = notes.truth().cashBox.in
  if (page.choices.includes('box is out') && isIn) notes.removeCashBox()
  if (page.choices.includes('box is in') && !isIn) notes.replaceCashBox({ emptied: true })
}

/** Until a page answers a press. */
const quickMs = 10

const plugged = (device: { attach: (line: MemoryCable['device']) => void }) => async () => {
  const cable = memoryCable()
  device.attach(cable.device)
  return cable.host
}

const noLine = () => Promise.reject(new Error('ENOENT: no such line'))

const rootOn = ({ clock, world, records, language = 'en', unplugged = false }: Visit) => {
  const exchange = exchangingOn({
    config: { ...exchangeConfig, language },
    clock,
    records,
    // A program that has just been started has not heard of it yet.
    boxIsOut: () => false,
    journal: fromPromise<void, JournalEntry[]>(({ input }) => records.append(input)),
    checkPerson: fromPromise<PersonChecked, { number: string; pin: string }>(async ({ input }) => {
      const person = pins[input.pin]
      return person?.number === input.number
        ? { kind: 'person', person }
        : { kind: 'wrong', person: null, failures: 1, lockedMs: 0 }
    }),
  })
  return setup({
    types: {
      context: {} as { output: ExchangingOutput | null },
      children: {} as { exchange: 'exchange' },
    },
    actors: {
      exchange,
      noteAcceptor: sspNoteAcceptor({
        open: unplugged ? noLine : plugged(world.notes),
        enrolledSerial: usualSerialNumber,
        fixedKey: factoryFixedKey,
        minorPerUnit: 100,
        encryption: 'required',
        clock,
      }),
      receiptPrinter: escposReceiptPrinter({
        open: unplugged ? noLine : plugged(world.printer),
        model: 'generic-80',
        clock,
      }),
    },
  }).createMachine({
    context: { output: null },
    invoke: [
      { src: 'noteAcceptor', systemId: 'noteAcceptor' },
      { src: 'receiptPrinter', systemId: 'receiptPrinter' },
    ],
    initial: 'exchanging',
    states: {
      exchanging: {
        invoke: {
          src: 'exchange',
          id: 'exchange',
          input: { visitId: visitId, person: collector.number },
          onDone: { target: 'over', actions: assign({ output: ({ event }) => event.output }) },
          onError: 'over',
        },
        on: { '*': { actions: sendTo('exchange', ({ event }) => event as ExchangingEvent) } },
      },
      over: {},
    },
  })
}
