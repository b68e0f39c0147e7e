// Every short path through the kiosk machine: a start with two notes that were moving and a sale that was broken off, and
// the days after it with customers and all that fails.
import type { EventFromLogic, SnapshotFrom } from 'xstate'
import { CardSerial, SaleId } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import type { InterruptedSale } from '../../state-machines/interrupted-sale.ts'
import type { KioskInput, OpenNote } from '../../state-machines/kiosk-context.ts'
import { kiosk } from '../../state-machines/kiosk.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const saleId = ids.sale()
const openNote = (): OpenNote => ({
  type: 'note.stacking',
  saleId,
  noteId: ids.note(),
  value: minor(2000),
  counters: { stacked: 5, rejected: 0 },
})

const input: KioskInput = {
  ids,
  journalTrouble: null,
  openNotes: [openNote(), openNote()],
  lostNotes: [],
  lastStacked: null,
  tenders: ['cash', 'bank card', 'account'],
  cashValues: [minor(2000)],
  mostCash: minor(100_000),
  homeLanguage: 'en',
  closed: null,
  boxOpen: false,
  volume: 7,
  devicesFitted: ['cardReader', 'noteAcceptor', 'receiptPrinter'],
  machineActs: ['restart screen', 'restart program'],
  languages: ['en'],
}

const interrupted: InterruptedSale = {
  saleId: SaleId.parse(saleId),
  serial: CardSerial.parse('0011223344556677'),
  money: [{ kind: 'held', amount: minor(2000) }],
  energy: 'not on the card',
  onScreen: true,
  slipOwed: true,
}

type Event = EventFromLogic<typeof kiosk>
type Snapshot = SnapshotFrom<typeof kiosk>

const line = { exchange: () => Promise.reject(new Error('no card in a path test')) }
const cardIn: Event = { type: 'card.inserted', atr: new Uint8Array(), fci: new Uint8Array(), line }
const notes: Event[] = [
  { type: 'note.stacked', value: minor(2000) },
  { type: 'note.found', where: 'stacked', value: minor(2000) },
  { type: 'note.found', where: 'returned', value: null },
  { type: 'note-acceptor.counted', counters: { stacked: 5, rejected: 0 } },
  { type: 'note-acceptor.counted', counters: { stacked: 6, rejected: 0 } },
  { type: 'note-acceptor.counted', counters: { stacked: 7, rejected: 0 } },
]

export const serviceOf = ({ value }: Snapshot) =>
  typeof value.service === 'string' ? value.service : 'tellingInterrupted'

const journal = [undefined, new Error('disk full')]
const sale = [{ saleId, end: 'bought', cash: minor(2000) }]

/** A start, until the first customer is served. */
export const startPaths = pathsOf(kiosk, {
  input,
  endings: {
    journal,
    sale,
    findInterrupted: [
      [],
      [interrupted],
      [{ ...interrupted, onScreen: false }],
      new Error('broken'),
    ],
  },
  events: (snapshot): Event[] => {
    switch (serviceOf(snapshot)) {
      case 'resolvingNotes':
      case 'askingCounters':
        return [...notes, cardIn, { type: 'journal.failed', why: 'full' }]
      case 'tellingInterrupted':
        return [
          cardIn,
          { type: 'press.done' },
          { type: 'sales.tried' },
          { type: 'slip.printed' },
          { type: 'card-reader.ready', name: 'reader' },
          { type: 'centre.reached' },
        ]
      default:
        return [{ type: 'card-reader.ready', name: 'reader' }, { type: 'centre.reached' }]
    }
  },
  key: ({ context }) => [
    context.openNotes.length,
    context.devices.noteAcceptor.counters?.stacked ?? null,
    context.card !== null,
    context.journalTrouble !== null,
    context.centre,
    context.devices.cardReader.ready,
    context.interrupted.map(({ onScreen }) => onScreen),
  ],
  stopWhen: ({ value }) => value.service === 'serving',
})

/** The key is turned where nobody stands at the kiosk, and what still goes on by itself ends in its time. */
const maintenance: Record<string, Event[]> = {
  cardLeft: [{ type: 'card.removed' }, { type: 'service-key.turned', on: true }],
  idle: [
    cardIn,
    { type: 'card.unusable', why: 'foreign card' },
    { type: 'card-reader.failed', fault: { kind: 'no reader', moneyAtRisk: 'no' } },
    { type: 'centre.lost' },
    { type: 'journal.failed', why: 'full' },
    { type: 'disk.full' },
    { type: 'party.holds', party: 'slips' },
    { type: 'service-key.turned', on: true },
  ],
  awaitingParties: [
    { type: 'party.rests', party: 'slips' },
    { type: 'service-key.turned', on: false },
  ],
  servicing: [{ type: 'service-key.turned', on: false }],
}

/** In service and out of it, with nothing left from before. */
export const servicePaths = pathsOf(kiosk, {
  input: { ...input, openNotes: [] },
  endings: {
    journal,
    sale,
    findInterrupted: [[]],
    servicing: [{ next: null }, { next: 'reboot' }, { next: 'restart screen' }],
    machineAct: [undefined, new Error('not configured')],
  },
  events: (snapshot): Event[] =>
    serviceOf(snapshot) === 'serving'
      ? [{ type: 'card.removed' }, { type: 'centre.lost' }, { type: 'disk.full' }]
      : (maintenance[serviceOf(snapshot)] ?? [
          cardIn,
          { type: 'card.unusable', why: 'foreign card' },
          { type: 'card.removed' },
          { type: 'card-reader.ready', name: 'reader' },
          { type: 'card-reader.failed', fault: { kind: 'no reader', moneyAtRisk: 'no' } },
          { type: 'press.done' },
          { type: 'press.cancel' },
          { type: 'centre.reached' },
          { type: 'centre.lost' },
          { type: 'journal.failed', why: 'full' },
          { type: 'disk.full' },
          { type: 'disk.roomy' },
        ]),
  key: ({ context }) => [
    context.card !== null,
    context.cardFresh,
    context.unusable,
    context.journalTrouble !== null,
    context.diskFull,
    context.centre,
    context.devices.cardReader.ready,
    context.devices.cardReader.faults.length,
    context.serviceWanted !== null,
    context.holding.length,
    context.machineAct,
  ],
})
