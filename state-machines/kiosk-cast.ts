// The cast of the kiosk machine: its actors, actions, guards and delays. The story is in `kiosk.ts`.
import { assign, enqueueActions, fromCallback, fromPromise, sendTo, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Closing } from '../domain/service/service-entries.ts'
import type { NoteAcceptorCommand } from '../drivers/note-acceptor/note-acceptor.ts'
import type {
  BankTerminalCommand,
  BankTerminalEvent,
} from '../drivers/bank-terminal/bank-terminal.ts'
import type { ReceiptPrinterCommand } from '../drivers/receipt-printer/receipt-printer.ts'
import type { Door } from '../drivers/service-switch/service-switch.ts'
import { refuse, tell, type Party } from './casting.ts'
import { endingDay } from './ending-day.ts'
import { findingPayments } from './finding-payments.ts'
import { afterDeviceEvent, type DeviceEvent } from './device-states.ts'
import type { InterruptedSale } from './interrupted-sale.ts'
import {
  offerFactsOfSale,
  ownCardIn,
  saleToTell,
  stackedSince,
  valuesTaken,
  type KioskContext,
  type KioskEvent,
  type KioskInput,
  type CashTallied,
  type SettlingCommand,
} from './kiosk-context.ts'
import { printsPaper, tenderOffers, whyNotServing } from './open-services.ts'
import type { AccountPaymentCommand } from './payment-words.ts'
import { printingSlips } from './printing-slips.ts'
import type { Card } from './sale-context.ts'
import { sale } from './sale.ts'
import { volumeAfter, type MachineAct, type Setting } from './servicing-context.ts'
import { servicing } from './servicing.ts'
import { strayNotes } from './stray-notes.ts'

export const kioskDelays = {
  /** How long the acceptor may take to say where a note is that was moving when the kiosk stopped. */
  noteVerdictPatience: 30_000,
  /** After the acceptor has told its counters, a word about the note itself may still follow within this time. */
  noteVerdictPause: 3_000,
  /** A card that cannot be served: the reason is shown until it is out, or so long. */
  refusalPatience: 60_000,
  /** How long the centre may take to settle a sale that a stop broke off, before its customer is told what is known. */
  settlingPatience: 4_000,
  /** A machine that was told to restart has stopped its programs by then. */
  restartPatience: 90_000,
  /** The maintenance mode waits so long for what still goes on; then it begins all the same. */
  handshakePatience: 90_000,
  /** So long it is told, if nobody presses and no card comes (accessibility.md 2). */
  tellingPatience: 60_000,
}

/** From the PIN pad, for whoever has asked it. */
type PinEvent = Extract<BankTerminalEvent, { type: `pin.${string}` }>

export const cast = setup({
  types: {
    context: {} as KioskContext,
    input: {} as KioskInput,
    events: {} as KioskEvent,
    tags: {} as 'money at risk',
    children: {} as { sale: 'sale'; servicing: 'servicing' },
  },
  actors: {
    cardReader: fromCallback<{ type: 'none' }>(refuse('a card reader')),
    noteAcceptor: fromCallback<NoteAcceptorCommand>(refuse('a note acceptor')),
    receiptPrinter: fromCallback<ReceiptPrinterCommand>(refuse('a receipt printer')),
    bankTerminal: fromCallback<BankTerminalCommand>(refuse('a bank terminal')),
    accountPayments: fromCallback<AccountPaymentCommand | PinEvent>(refuse('a front machine')),
    /** Tells when the hour has come at which the terminal ends its day. */
    dayWatch: fromCallback<{ type: 'none' }>(refuse('a clock')),
    centreWatch: fromCallback<{ type: 'none' }>(refuse('a centre')),
    settling: fromCallback<SettlingCommand>(refuse('a settling actor')),
    comparingCash: fromCallback<CashTallied>(refuse('a comparison of cash')),
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    /** The sales that a stop broke off, as the journal has them at this moment. */
    findInterrupted: fromPromise<InterruptedSale[]>(refuse('the records')),
    printingSlips,
    strayNotes,
    findingPayments,
    endingDay,
    sale,
    servicing,
    /** The maintenance key and the doors. */
    serviceSwitch: fromCallback<{ type: 'none' }>(refuse('a service switch')),
    /** Does to the machine what was chosen on site. */
    machineAct: fromPromise<void, MachineAct>(refuse('a machine')),
  },
  actions: {
    tellAcceptor: tell('noteAcceptor'),
    hearDevice: assign({
      devices: ({ context }, { event }: { event: DeviceEvent }) =>
        afterDeviceEvent(context.devices, event),
    }),
    settleSales: sendTo('settling', { type: 'sales.settle' }),
    findPayments: sendTo('findingPayments', { type: 'payments.find' as const }),
    tellTerminal: tell('bankTerminal'),
    tellAccountPayments: sendTo('accountPayments', (_, { event }: { event: PinEvent }) => event),
    tellFinding: sendTo('findingPayments', ({ event }) => event),
    tellEndingDay: sendTo('endingDay', ({ event }) => event),
    bankHearsOfSale: enqueueActions(({ enqueue }, word: { type: 'sale.begun' | 'sale.ended' }) => {
      enqueue.sendTo('findingPayments', word)
      enqueue.sendTo('endingDay', word)
    }),
    takeCard: assign((_, { card }: { card: Card }) => ({ card, cardFresh: true, unusable: null })),
    /** The first reason is the one that is on the screen and in the log. */
    journalFailed: assign({
      journalTrouble: ({ context }) => context.journalTrouble ?? 'the journal cannot be written',
    }),
    takeInterrupted: assign((_, { sales }: { sales: InterruptedSale[] }) => ({
      interrupted: sales,
    })),
    slipsBegin: sendTo('slips', { type: 'slips.begin' as const }),
    tellSlips: sendTo('slips', ({ event }) => event),
    tellSlipsOfPrinter: sendTo('slips', ({ context }) => ({
      type: 'printer.changed' as const,
      works: printsPaper(context.devices),
    })),
    offerTenders: sendTo('sale', ({ context }) => ({
      type: 'tenders.changed' as const,
      tenders: tenderOffers(offerFactsOfSale(context)),
      cashValues: valuesTaken(context),
    })),
    beginSale: assign({
      cardFresh: false,
      saleId: ({ context }) => context.ids.sale(),
      saleFinishesOnly: ({ context }) => context.closed === 'finish only',
    }),
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
    /** By the key, as soon as nobody is being served; turned back before that, nobody wants it any more. */
    keyTurned: assign({
      serviceWanted: (_, { on }: { on: boolean }) =>
        on ? { by: 'key' as const, number: null } : null,
    }),
    doorMoved: assign({
      doors: ({ context: { doors } }, { which, open }: { which: Door; open: boolean }) => ({
        ...doors,
        [which]: open ? ('open' as const) : ('shut' as const),
      }),
    }),
    serviceCardShown: assign({
      serviceWanted: ({ context }, { number }: { number: string | null }) =>
        number === null ? context.serviceWanted : { by: 'card' as const, number },
    }),
    serviceIsOver: assign({ serviceWanted: null }),
    tellServicing: sendTo('servicing', ({ event }) => event),
    isClosed: assign((_, { how }: { how: Closing }) => ({ closed: how })),
    isOpened: assign({ closed: null }),
    partyHolds: assign({
      holding: ({ context: { holding } }, { party }: { party: Party }) => [
        ...holding.filter((each) => each !== party),
        party,
      ],
    }),
    partyRests: assign({
      holding: ({ context: { holding } }, { party }: { party: Party }) =>
        holding.filter((each) => each !== party),
    }),
    takeSetting: assign(({ context }, { setting }: { setting: Setting }) =>
      setting.kind === 'language'
        ? { homeLanguage: setting.language }
        : { volume: volumeAfter(context.volume, setting.step) },
    ),
    forgetCustomer: assign({
      language: ({ context }) => context.homeLanguage,
      theme: 'day',
    }),
  },
  guards: {
    serviceWanted: ({ context }) => context.serviceWanted !== null,
    nobodyWantsService: ({ context }) => context.serviceWanted === null,
    onlyPageRestarts: ({ context }) => context.machineAct === 'restart screen',
    serviceComesNext: ({ context: { serviceWanted, lastSale } }) =>
      serviceWanted !== null || lastSale?.service != null,
    nobodyHolds: ({ context }) => context.holding.length === 0,
    canServe: ({ context }) => whyNotServing(context) === null,
    cannotServe: ({ context }) => whyNotServing(context) !== null,
    freshCardIn: ({ context }) => context.card !== null && context.cardFresh,
    cardIn: ({ context }) => context.card !== null,
    unusableIn: ({ context }) => context.unusable !== null,
    someoneToTell: ({ context }) =>
      saleToTell(context) !== null &&
      context.unusable === null &&
      // Somebody else is here already.
      (context.card === null || ownCardIn(context)),
    notesResolved: ({ context }) => context.openNotes.length === 0,
    countersSayStacked: ({ context }) =>
      stackedSince(context.openNotes[0], context.devices.noteAcceptor.counters) === 'stacked',
    countersSayNot: ({ context }) =>
      stackedSince(context.openNotes[0], context.devices.noteAcceptor.counters) === 'not stacked',
  },
  delays: kioskDelays,
})
