// The kiosk: starting, idle, serving, out of service. It owns the devices.
import { assign, fromCallback, fromPromise, sendTo, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { SaleId } from '../domain/identifiers.ts'
import type { Language } from '../domain/language.ts'
import type { Minor } from '../domain/money.ts'
import type { NoteAcceptorCommand, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterCommand } from '../drivers/receipt-printer/receipt-printer.ts'
import type { OutOfServiceReason, Tender, View } from '../ui/kiosk/screen.ts'
import { refuse, tell, type Ids, type PressEvent } from './casting.ts'
import {
  afterDeviceEvent,
  noDevices,
  tenderOffers,
  type DeviceEvent,
  type DeviceStates,
} from './device-states.ts'
import type { Card, SaleInput, SaleOutput } from './sale-context.ts'
import { sale } from './sale.ts'
import { strayNotes, type LastStacked, type LostNote } from './stray-notes.ts'

export const kioskDelays = {
  /** How long the acceptor may take to say where a note is that was moving when the kiosk stopped. */
  noteVerdictPatience: 30_000,
  /** After the acceptor has told its counters, a word about the note itself may still follow within this time. */
  noteVerdictPause: 3_000,
  /** A card that cannot be served: the reason is shown until it is out, or so long. */
  refusalPatience: 60_000,
}

/** A note whose stacking was begun before the kiosk stopped and has no outcome in the journal. */
export type OpenNote = Extract<JournalEntry, { type: 'note.stacking' }>

export type KioskInput = {
  ids: Ids
  /** Null when the journal cannot be trusted or written: nothing is sold then. */
  journalTrouble: string | null
  openNotes: OpenNote[]
  /** Notes without a verdict from before. */
  lostNotes: LostNote[]
  lastStacked: LastStacked | null
  tenders: readonly Tender[]
  cashValues: readonly Minor[]
  mostCash: Minor
  language: Language
}

export type KioskContext = KioskInput & {
  devices: DeviceStates
  centre: 'reached' | 'lost' | 'not asked yet'
  card: Card | null
  /** The card in the slot has not been served yet. */
  cardFresh: boolean
  unusable: 'foreign card' | 'card not readable' | null
  theme: View['theme']
  /** The sale that is being served, so that it is closed even if its machine fails. */
  saleId: SaleId | null
  lastSale: SaleOutput | null
  /** The journal has too little room to begin a sale with (money-safety.md 7, J6). */
  diskFull: boolean
  /** The language to return to when a customer has gone. */
  homeLanguage: Language
}

export type KioskEvent =
  | DeviceEvent
  | PressEvent
  | { type: 'centre.reached' }
  | { type: 'centre.lost' }
  | { type: 'journal.failed'; why: string }
  | { type: 'disk.full' }
  | { type: 'disk.roomy' }
  | { type: 'strays.settled' }

/** Settles every sale of the journal that still has to be closed with the centre. Told so after each sale. */
export type SettlingCommand = { type: 'sales.settle' }

export const kiosk = setup({
  types: {
    context: {} as KioskContext,
    input: {} as KioskInput,
    events: {} as KioskEvent,
    tags: {} as 'money at risk',
    children: {} as { sale: 'sale' },
  },
  actors: {
    cardReader: fromCallback<{ type: 'none' }>(refuse('a card reader')),
    noteAcceptor: fromCallback<NoteAcceptorCommand>(refuse('a note acceptor')),
    receiptPrinter: fromCallback<ReceiptPrinterCommand>(refuse('a receipt printer')),
    centreWatch: fromCallback<{ type: 'none' }>(refuse('a centre')),
    settling: fromCallback<SettlingCommand>(refuse('a settling actor')),
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    strayNotes,
    sale,
  },
  actions: {
    tellAcceptor: tell('noteAcceptor'),
    hearDevice: assign({
      devices: ({ context }, { event }: { event: DeviceEvent }) =>
        afterDeviceEvent(context.devices, event),
    }),
    settleSales: sendTo('settling', { type: 'sales.settle' }),
    takeCard: assign((_, { card }: { card: Card }) => ({ card, cardFresh: true, unusable: null })),
    journalFailed: assign({ journalTrouble: 'the journal cannot be written' }),
    offerTenders: sendTo('sale', ({ context }) => ({
      type: 'tenders.changed' as const,
      tenders: tenderOffers(context.devices, context.tenders),
      cashValues: valuesTaken(context),
    })),
    beginSale: assign({ cardFresh: false, saleId: ({ context }) => context.ids.sale() }),
    noteResolved: assign({ openNotes: ({ context }) => context.openNotes.slice(1) }),
    noteLost: assign({
      lostNotes: ({ context: { openNotes, lostNotes } }) => [
        ...lostNotes,
        ...openNotes.slice(0, 1),
      ],
    }),
    tellStrays: sendTo('strayNotes', ({ event }) => event),
    straysBegin: sendTo('strayNotes', ({ context }) => ({
      type: 'notes.resolved' as const,
      lost: context.lostNotes.map(({ saleId, noteId, value }) => ({ saleId, noteId, value })),
    })),
    saleBegins: sendTo('strayNotes', ({ context: { saleId } }) => {
      if (saleId === null) throw new Error('a sale has an id')
      return { type: 'sale.begun' as const, saleId }
    }),
    saleEnds: sendTo('strayNotes', { type: 'sale.ended' as const }),
    forgetCustomer: assign({
      language: ({ context }) => context.homeLanguage,
      theme: 'day',
    }),
  },
  guards: {
    canServe: ({ context }) => whyNotServing(context) === null,
    cannotServe: ({ context }) => whyNotServing(context) !== null,
    freshCardIn: ({ context }) => context.card !== null && context.cardFresh,
    cardIn: ({ context }) => context.card !== null,
    unusableIn: ({ context }) => context.unusable !== null,
    notesResolved: ({ context }) => context.openNotes.length === 0,
    countersSayStacked: ({ context }) =>
      stackedSince(context.openNotes[0], context.devices.noteAcceptor.counters) === 'stacked',
    countersSayNot: ({ context }) =>
      stackedSince(context.openNotes[0], context.devices.noteAcceptor.counters) === 'not stacked',
  },
  delays: kioskDelays,
}).createMachine({
  id: 'kiosk',
  context: ({ input }) => ({
    ...input,
    devices: noDevices,
    centre: 'not asked yet',
    card: null,
    cardFresh: false,
    unusable: null,
    theme: 'day',
    saleId: null,
    lastSale: null,
    diskFull: false,
    homeLanguage: input.language,
  }),
  type: 'parallel',
  invoke: [
    { src: 'cardReader', id: 'cardReader', systemId: 'cardReader' },
    { src: 'noteAcceptor', id: 'noteAcceptor', systemId: 'noteAcceptor' },
    { src: 'receiptPrinter', id: 'receiptPrinter', systemId: 'receiptPrinter' },
    { src: 'centreWatch', id: 'centreWatch' },
    { src: 'settling', id: 'settling' },
    {
      src: 'strayNotes',
      id: 'strayNotes',
      systemId: 'strayNotes',
      input: ({ context: { ids, openNotes, lastStacked } }) => ({
        ids,
        resolving: openNotes.length > 0,
        lastStacked,
        lost: [],
      }),
    },
  ],
  on: {
    'centre.reached': { actions: assign({ centre: 'reached' }) },
    'centre.lost': { actions: assign({ centre: 'lost' }) },
    'journal.failed': { actions: assign({ journalTrouble: ({ event }) => event.why }) },
    'strays.settled': { actions: 'settleSales' },
    'disk.full': { actions: assign({ diskFull: true }) },
    'disk.roomy': { actions: assign({ diskFull: false }) },
  },
  states: {
    // How the screen is to be, whatever else goes on: a region of its own hears what a running sale hears too.
    wishes: {
      on: {
        'press.language': { actions: assign({ language: ({ event }) => event.language }) },
        'press.theme': { actions: assign({ theme: ({ event }) => event.theme }) },
      },
    },

    // What the devices say of themselves. First, so that the other regions see it.
    devices: {
      on: {
        'card-reader.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
        'note-acceptor.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
        'receipt-printer.*': {
          actions: { type: 'hearDevice', params: ({ event }) => ({ event }) },
        },
        'card.inserted': {
          actions: {
            type: 'takeCard',
            params: ({ event }) => ({ card: { line: event.line, fci: event.fci } }),
          },
        },
        'card.unusable': { actions: assign({ unusable: ({ event }) => event.why }) },
        'card.removed': { actions: assign({ card: null, cardFresh: false, unusable: null }) },
      },
    },

    service: {
      initial: 'resolvingNotes',
      states: {
        // A note that was moving when the power failed: ask the acceptor before anything else (money-safety.md 9).
        resolvingNotes: {
          tags: 'money at risk',
          always: { guard: 'notesResolved', target: 'begun' },
          on: {
            'note.stacked': 'journallingStacked',
            'note.found': [
              { guard: ({ event }) => event.where === 'stacked', target: 'journallingStacked' },
              { target: 'journallingReturned' },
            ],
            'note-acceptor.counted': 'askingCounters',
          },
          after: { noteVerdictPatience: 'journallingUnknown' },
        },
        askingCounters: {
          tags: 'money at risk',
          on: {
            'note.stacked': 'journallingStacked',
            'note.found': [
              { guard: ({ event }) => event.where === 'stacked', target: 'journallingStacked' },
              { target: 'journallingReturned' },
            ],
          },
          after: {
            noteVerdictPause: [
              { guard: 'countersSayStacked', target: 'journallingStacked' },
              { guard: 'countersSayNot', target: 'journallingReturned' },
              { target: 'journallingUnknown' },
            ],
          },
        },
        journallingStacked: {
          tags: 'money at risk',
          invoke: {
            src: 'journal',
            input: ({ context }) => verdictOn(context.openNotes[0], 'note.stacked'),
            onDone: {
              target: 'resolvingNotes',
              actions: [
                'noteResolved',
                { type: 'tellAcceptor', params: { type: 'note.acknowledge' } },
              ],
            },
            onError: { target: 'outOfService', actions: 'journalFailed' },
          },
        },
        journallingReturned: {
          tags: 'money at risk',
          invoke: {
            src: 'journal',
            input: ({ context }) => verdictOn(context.openNotes[0], 'note.returned'),
            onDone: { target: 'resolvingNotes', actions: 'noteResolved' },
            onError: { target: 'outOfService', actions: 'journalFailed' },
          },
        },
        journallingUnknown: {
          tags: 'money at risk',
          invoke: {
            src: 'journal',
            input: ({ context }) => verdictOn(context.openNotes[0], 'note.unknown'),
            onDone: { target: 'resolvingNotes', actions: ['noteLost', 'noteResolved'] },
            onError: { target: 'outOfService', actions: 'journalFailed' },
          },
        },
        begun: { entry: ['settleSales', 'straysBegin'], always: 'outOfService' },

        outOfService: {
          entry: 'forgetCustomer',
          always: { guard: 'canServe', target: 'idle' },
        },

        idle: {
          entry: 'forgetCustomer',
          always: [
            { guard: 'cannotServe', target: 'outOfService' },
            { guard: 'freshCardIn', target: 'serving' },
            { guard: 'cardIn', target: 'cardLeft' },
            { guard: 'unusableIn', target: 'showingUnusable' },
          ],
        },

        showingUnusable: {
          on: {
            'card.removed': 'idle',
            'press.cancel': 'cardLeft',
            'press.done': 'cardLeft',
            'card.inserted': 'idle',
          },
          after: { refusalPatience: 'cardLeft' },
        },

        serving: {
          tags: 'money at risk',
          entry: ['beginSale', 'saleBegins'],
          exit: 'saleEnds',
          invoke: {
            src: 'sale',
            id: 'sale',
            input: ({ context }) => saleInput(context),
            onDone: {
              target: 'closingSession',
              actions: assign({ lastSale: ({ event }) => event.output }),
            },
            // A fault of ours is handled nowhere: it ends this machine and the program with it, and the next start settles
            // what the journal has (house style, rule 22).
          },
          on: {
            'press.*': { actions: sendTo('sale', ({ event }) => event) },
            'card.*': { actions: sendTo('sale', ({ event }) => event) },
            'note.*': { actions: sendTo('sale', ({ event }) => event) },
            'receipt.*': { actions: sendTo('sale', ({ event }) => event) },
            'note-acceptor.*': { actions: [sendTo('sale', ({ event }) => event), 'offerTenders'] },
          },
        },

        closingSession: {
          tags: 'money at risk',
          invoke: {
            src: 'journal',
            input: ({ context: { lastSale } }) =>
              lastSale === null ? [] : [{ type: 'session.closed', ...lastSale }],
            onDone: { target: 'idle', actions: 'settleSales' },
            onError: { target: 'outOfService', actions: 'journalFailed' },
          },
        },

        // A card is in the slot that nobody is served with any more: its sale is over, or it cannot be served.
        cardLeft: {
          on: { 'card.removed': 'idle', 'card.inserted': 'idle' },
        },
      },
    },

    // Every word about notes reaches the machine that looks after those nobody waits for.
    strays: {
      on: {
        'note.*': { actions: 'tellStrays' },
        'note-acceptor.ready': { actions: 'tellStrays' },
        'note-acceptor.counted': { actions: 'tellStrays' },
      },
    },
  },
})

/** Why no customer can be served now; null when one can. */
export const whyNotServing = (context: KioskContext): OutOfServiceReason | null => {
  const { devices, journalTrouble, diskFull, centre, tenders } = context
  if (journalTrouble !== null || diskFull) return 'journal'
  if (!devices.cardReader.ready || centre === 'not asked yet') {
    return devices.cardReader.faults.length > 0 ? 'card reader' : 'starting'
  }
  if (devices.cardReader.faults.length > 0) return 'card reader'
  if (centre === 'lost') return 'centre away'
  return tenderOffers(devices, tenders).some((offer) => offer.works) ? null : 'no tender works'
}

/** The notes that are taken here and that the acceptor knows, as far as it has said so yet. */
export const valuesTaken = ({ cashValues, devices }: KioskContext): Minor[] =>
  cashValues.filter((value) => devices.noteAcceptor.values.includes(value))

const saleInput = (context: KioskContext): SaleInput => {
  const { saleId, ids, language, card, devices, tenders, mostCash } = context
  if (card === null || saleId === null) throw new Error('a sale begins with a card')
  return {
    saleId,
    ids,
    language,
    card,
    tenders: tenderOffers(devices, tenders),
    cashValues: valuesTaken(context),
    mostCash,
  }
}

const verdictOn = (
  note: OpenNote | undefined,
  type: 'note.stacked' | 'note.returned' | 'note.unknown',
): JournalEntry[] => {
  if (note === undefined) return []
  const { saleId, noteId, value } = note
  return type === 'note.unknown'
    ? [{ type, saleId, noteId, value, why: 'the acceptor did not say after a restart' }]
    : [{ type, saleId, noteId, value }]
}

/** The acceptor's own lifelong counter against the one journalled with the intent. */
const stackedSince = (
  note: OpenNote | undefined,
  now: NoteCounters | null,
): 'stacked' | 'not stacked' | 'cannot say' => {
  if (note === undefined || note.counters === null || now === null) return 'cannot say'
  switch (now.stacked - note.counters.stacked) {
    case 0:
      return 'not stacked'
    case 1:
      return 'stacked'
    default:
      return 'cannot say'
  }
}
