// The kiosk: starting, idle, serving, out of service. It owns the devices.
import { assign, sendTo } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { noDevices } from './device-states.ts'
import { cast } from './kiosk-cast.ts'
import { offerFactsOfSale, valuesTaken, type KioskContext, type OpenNote } from './kiosk-context.ts'
import { tenderOffers } from './open-services.ts'
import {
  awaitingParties,
  doingMachineAct,
  restarting,
  serviceOver,
  servicing,
} from './kiosk-maintenance.ts'
import type { SaleInput, SaleOutput } from './sale-context.ts'
import { tellingInterrupted } from './telling-interrupted.ts'

export const kiosk = cast.createMachine({
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
    language: input.homeLanguage,
    paymentsOpen: true,
    interrupted: [],
    slip: 'printing',
    serviceWanted: null,
    holding: [],
    saleFinishesOnly: false,
    machineAct: null,
    doors: { cabinet: 'not told', cash: 'not told' },
    switchHeard: true,
  }),
  type: 'parallel',
  invoke: [
    { src: 'cardReader', id: 'cardReader', systemId: 'cardReader' },
    { src: 'noteAcceptor', id: 'noteAcceptor', systemId: 'noteAcceptor' },
    { src: 'receiptPrinter', id: 'receiptPrinter', systemId: 'receiptPrinter' },
    { src: 'bankTerminal', id: 'bankTerminal', systemId: 'bankTerminal' },
    { src: 'accountPayments', id: 'accountPayments', systemId: 'accountPayments' },
    { src: 'dayWatch', id: 'dayWatch' },
    { src: 'centreWatch', id: 'centreWatch' },
    { src: 'settling', id: 'settling' },
    { src: 'comparingCash', id: 'comparingCash' },
    { src: 'printingSlips', id: 'slips' },
    { src: 'findingPayments', id: 'findingPayments' },
    { src: 'endingDay', id: 'endingDay' },
    { src: 'serviceSwitch', id: 'serviceSwitch' },
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
    'journal.failed': {
      actions: assign({
        journalTrouble: ({ context, event }) => context.journalTrouble ?? event.why,
      }),
    },
    'slip.waits': { actions: assign({ slip: 'comes later' }) },
    'slip.prints': { actions: assign({ slip: 'printing' }) },
    'strays.settled': { actions: 'settleSales' },
    'disk.full': { actions: assign({ diskFull: true }) },
    'disk.roomy': { actions: assign({ diskFull: false }) },
    'kiosk.closed': { actions: { type: 'isClosed', params: ({ event }) => event } },
    'kiosk.opened': { actions: 'isOpened' },
    'box.opened': { actions: assign({ boxOpen: true }) },
    'box.closed': { actions: assign({ boxOpen: false }) },
    'setting.changed': { actions: { type: 'takeSetting', params: ({ event }) => event } },
    'party.holds': { actions: { type: 'partyHolds', params: ({ event }) => event } },
    'party.rests': { actions: { type: 'partyRests', params: ({ event }) => event } },
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
        'bank-terminal.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
        'payments.open': { actions: assign({ paymentsOpen: ({ event }) => event.open }) },
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
        begun: {
          entry: ['settleSales', 'findPayments', 'straysBegin'],
          always: 'tellingInterrupted',
        },

        tellingInterrupted,

        outOfService: {
          entry: 'forgetCustomer',
          always: [
            { guard: 'serviceWanted', target: 'awaitingParties' },
            { guard: 'canServe', target: 'idle' },
          ],
        },

        idle: {
          entry: 'forgetCustomer',
          always: [
            { guard: 'serviceWanted', target: 'awaitingParties' },
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
          entry: [
            'beginSale',
            'saleBegins',
            { type: 'bankHearsOfSale', params: { type: 'sale.begun' } },
          ],
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
            'payment.*': { actions: sendTo('sale', ({ event }) => event) },
            'bank-terminal.*': { actions: 'offerTenders' },
            'payments.open': { actions: 'offerTenders' },
            // The offers first: what the acceptor says may be the last that the sale hears.
            'note-acceptor.*': { actions: ['offerTenders', sendTo('sale', ({ event }) => event)] },
          },
        },

        closingSession: {
          tags: 'money at risk',
          invoke: {
            src: 'journal',
            input: ({ context: { lastSale } }) =>
              lastSale === null ? [] : [sessionClosed(lastSale)],
            onDone: [
              {
                guard: 'serviceComesNext',
                target: 'cardLeft',
                actions: [
                  {
                    type: 'serviceCardShown',
                    params: ({ context: { lastSale } }) => ({ number: lastSale?.service ?? null }),
                  },
                  'settleSales',
                ],
              },
              {
                target: 'idle',
                actions: [
                  'settleSales',
                  'findPayments',
                  { type: 'bankHearsOfSale', params: { type: 'sale.ended' } },
                ],
              },
            ],
            onError: { target: 'outOfService', actions: 'journalFailed' },
          },
        },

        // A card is in the slot that nobody is served with any more: its sale is over, or it cannot be served.
        cardLeft: {
          always: { guard: 'serviceWanted', target: 'awaitingParties' },
          on: { 'card.removed': 'idle', 'card.inserted': 'idle' },
        },

        awaitingParties,
        servicing,
        doingMachineAct,
        restarting,
        serviceOver,
      },
    },

    // Heard in every state: who turns the key during a sale waits for its end.
    maintenance: {
      on: {
        'service-key.turned': { actions: { type: 'keyTurned', params: ({ event }) => event } },
        'door.changed': { actions: { type: 'doorMoved', params: ({ event }) => event } },
        // What is turned or opened meanwhile is not told afterwards.
        'service-switch.failed': {
          actions: assign({ switchHeard: false, doors: { cabinet: 'not told', cash: 'not told' } }),
        },
        'service-switch.cleared': { actions: assign({ switchHeard: true }) },
      },
    },

    // The slips of sales that a stop broke off are printed whoever is being served.
    paper: {
      on: {
        'receipt.*': { actions: 'tellSlips' },
        'receipt-printer.*': { actions: 'tellSlipsOfPrinter' },
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

    // What is told of payments nobody at the kiosk waits for any more, and of the terminal's day.
    payments: {
      on: {
        'payment.*': { actions: 'tellFinding' },
        'bank-terminal.*': { actions: ['tellFinding', 'tellEndingDay'] },
        'day.*': { actions: 'tellEndingDay' },
        'payments.open': { actions: 'tellEndingDay' },
        'payment.resolved': { actions: 'settleSales' },
        // A PIN is asked for at the terminal's pad and goes to the front machine, as a block nobody on the way can open.
        'pin.wanted': {
          actions: {
            type: 'tellTerminal',
            params: ({ event }) => ({ ...event, type: 'bank-terminal.ask-pin' }),
          },
        },
        'pin.stop': {
          actions: {
            type: 'tellTerminal',
            params: ({ event: { paymentId } }) => ({ type: 'bank-terminal.abort', paymentId }),
          },
        },
        'pin.entered': {
          actions: { type: 'tellAccountPayments', params: ({ event }) => ({ event }) },
        },
        'pin.not-entered': {
          actions: { type: 'tellAccountPayments', params: ({ event }) => ({ event }) },
        },
      },
    },

    // The acceptor's own count of the notes at rest: the second record of the cash.
    cash: {
      on: {
        'note-acceptor.tallied': { actions: sendTo('comparingCash', ({ event }) => event) },
      },
    },
  },
})

const saleInput = (context: KioskContext): SaleInput => {
  const { saleId, ids, language, card, mostCash } = context
  if (card === null || saleId === null) throw new Error('a sale begins with a card')
  return {
    saleId,
    ids,
    language,
    card,
    tenders: tenderOffers(offerFactsOfSale(context)),
    cashValues: valuesTaken(context),
    mostCash,
  }
}

const sessionClosed = ({ saleId, end, cash }: SaleOutput): JournalEntry => ({
  type: 'session.closed',
  saleId,
  end,
  cash,
})

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
