// A kiosk with nothing but its lines: production drivers on simulators, cash taken by the machine that ships, all of it recorded.
import { createActor, fromPromise, sendTo, setup } from 'xstate'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { minor } from '../../domain/money.ts'
import { memoryCable, type MemoryCable } from '../../drivers/cables.ts'
import type {
  NoteAcceptorCommand,
  NoteAcceptorEvent,
} from '../../drivers/note-acceptor/note-acceptor.ts'
import { sspNoteAcceptor } from '../../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey, type Chance } from '../../drivers/note-acceptor/ssp/encryption.ts'
import {
  sspSimulator,
  usualSerialNumber,
} from '../../drivers/note-acceptor/ssp/simulator/simulator.ts'
import { escposReceiptPrinter } from '../../drivers/receipt-printer/escpos/driver.ts'
import { escposSimulator } from '../../drivers/receipt-printer/escpos/simulator/simulator.ts'
import type {
  ReceiptDocument,
  ReceiptPrinterEvent,
} from '../../drivers/receipt-printer/receipt-printer.ts'
import { flightRecorder, usualLimits } from '../../kiosk/flight-recorder/recorder.ts'
import { takingCash } from '../../state-machines/taking-cash.ts'
import { manualClock } from '../manual-clock.ts'

/** A name, a meter and an account, as a receipt has them: none of it may be in a recording. */
export const slip: ReceiptDocument = {
  language: 'en',
  lines: [
    { kind: 'text', text: 'Energy of Town', size: 'large', align: 'centre' },
    { kind: 'rule' },
    { kind: 'pair', label: 'Amina Haddad', value: 'meter 04123456789' },
    { kind: 'pair', label: 'Paid in cash', value: '200.00', weight: 'bold' },
    { kind: 'text', text: 'Account 900112233445 since 2019-04-01' },
    { kind: 'space' },
    { kind: 'qr', data: 'claim:88001122334455:signature' },
  ],
}

type Line = 'notes' | 'printer'
type Order =
  | { type: 'order.pay' }
  | { type: 'order.cancel' }
  | { type: 'order.print'; jobId: string; paper: ReceiptDocument }
  | { type: 'order.tell'; command: NoteAcceptorCommand }

const fixedChance = (exponent: bigint): Chance => ({
  keyNumbers: () => ({ generator: 982451653n, modulus: 1287821n, exponent }),
  packing: (length) => new Uint8Array(length),
})

export type Rig = Awaited<ReturnType<typeof rig>>

export const rig = async ({ limits = usualLimits }: { limits?: typeof usualLimits } = {}) => {
  const clock = manualClock()
  const notes = sspSimulator({ clock, chance: fixedChance(11n) })
  const printer = escposSimulator({ model: 'generic-80', clock })
  const devices = { notes, printer }
  const cables: Record<Line, MemoryCable | null> = { notes: null, printer: null }
  const plugged: Record<Line, boolean> = { notes: true, printer: true }
  const files: { name: string; text: string }[] = []
  const recorder = flightRecorder({
    clock,
    kiosk: '000000000101',
    version: 'rig',
    limits,
    lines: {
      notes: {
        protocol: 'ssp',
        device: 'noteAcceptor',
        enrolledSerial: usualSerialNumber,
        minorPerUnit: 100,
      },
      printer: { protocol: 'escpos', device: 'receiptPrinter', model: 'generic-80' },
    },
    folder: {
      keep: ({ cause, text }) => {
        files.push({ name: cause, text })
        return Promise.resolve(cause)
      },
    },
  })
  const open = (line: Line) =>
    recorder.tapLine(line, () => {
      if (!plugged[line]) return Promise.reject(new Error('no such line'))
      const cable = memoryCable()
      cables[line] = cable
      devices[line].attach(cable.device)
      return Promise.resolve(cable.host)
    })
  const told: (NoteAcceptorEvent | ReceiptPrinterEvent)[] = []
  const machine = setup({
    types: { events: {} as Order | NoteAcceptorEvent | ReceiptPrinterEvent },
    actors: {
      noteAcceptor: sspNoteAcceptor({
        open: open('notes'),
        enrolledSerial: usualSerialNumber,
        fixedKey: factoryFixedKey,
        minorPerUnit: 100,
        encryption: 'required',
        clock,
        chance: fixedChance(7n),
        overhear: recorder.overhear('notes'),
      }),
      receiptPrinter: escposReceiptPrinter({ open: open('printer'), model: 'generic-80', clock }),
      takingCash: takingCash.provide({
        actors: {
          journal: fromPromise<void, JournalEntry[]>(
            () => new Promise((resolve) => void clock.after(30, resolve)),
          ),
        },
      }),
    },
  }).createMachine({
    invoke: [
      { src: 'noteAcceptor', id: 'noteAcceptor', systemId: 'noteAcceptor' },
      { src: 'receiptPrinter', id: 'receiptPrinter', systemId: 'receiptPrinter' },
    ],
    initial: 'idle',
    on: {
      'order.print': {
        actions: sendTo('receiptPrinter', ({ event }) => ({ ...event, type: 'receipt.print' })),
      },
      'order.tell': { actions: sendTo('noteAcceptor', ({ event }) => event.command) },
    },
    states: {
      idle: { on: { 'order.pay': 'paying' } },
      paying: {
        invoke: {
          src: 'takingCash',
          id: 'takingCash',
          input: {
            saleId: clock.ids.sale(),
            ids: clock.ids,
            target: null,
            most: minor(100_000),
            values: [500, 1000, 2000, 5000].map((value) => minor(value)),
            notes: [],
          },
          onDone: 'idle',
        },
        on: {
          'order.cancel': { actions: sendTo('takingCash', { type: 'paying.cancel' }) },
          'note.*': { actions: sendTo('takingCash', ({ event }) => event) },
          'note-acceptor.*': { actions: sendTo('takingCash', ({ event }) => event) },
        },
      },
    },
  })
  const actor = createActor(machine, {
    clock: clock.forActors,
    inspect: (inspected) => {
      recorder.inspect(inspected)
      if (inspected.type !== '@xstate.event' || inspected.actorRef !== actor) return
      told.push(inspected.event as NoteAcceptorEvent | ReceiptPrinterEvent)
    },
  })
  actor.start()

  const pass = async (ms: number) => {
    const step = Math.min(ms, 100)
    for (let passed = 0; passed < ms; passed += step) {
      // A job loads what it prints with when it first needs it, which takes real time.
      for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await clock.advance(step)
    }
  }
  const until = async (isSo: () => boolean) => {
    for (let passed = 0; !isSo(); passed += 20) {
      if (passed > 120_000)
        throw new Error(`never came to be so: ${JSON.stringify(told.slice(-8))}`)
      await pass(20)
    }
  }
  await import('../../drivers/receipt-printer/escpos/job.ts')
  return {
    clock,
    notes,
    printer,
    recorder,
    told,
    files,
    pass,
    until,
    /** Waits until one of the devices has told this. */
    hears: (type: (NoteAcceptorEvent | ReceiptPrinterEvent)['type'], times = 1) =>
      until(() => told.filter((event) => event.type === type).length >= times),
    /** Puts a note in as soon as the acceptor takes one. */
    insert: async (value: number) => {
      await until(() => notes.takesNotes())
      notes.insert(value)
    },
    pay: () => actor.send({ type: 'order.pay' }),
    cancel: () => actor.send({ type: 'order.cancel' }),
    print: (jobId: string, paper = slip) => actor.send({ type: 'order.print', jobId, paper }),
    unplug: (line: Line) => {
      plugged[line] = false
      cables[line]?.unplug()
    },
    plugIn: (line: Line) => {
      plugged[line] = true
    },
    stop: async () => {
      await recorder.stop()
      actor.stop()
      notes.dispose()
      printer.dispose()
    },
  }
}
