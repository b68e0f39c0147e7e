// The test of one device, as its page asks for it: what it says is journalled and shown on the page again.
import { cast } from './servicing-cast.ts'
import { paperTestOf, signedIn } from './servicing-context.ts'

export const testing = cast.createStateConfig({
  initial: 'choosing',
  states: {
    choosing: {
      always: [
        { guard: { type: 'onPage', params: { page: 'cardReader' } }, target: 'cardReader' },
        { guard: { type: 'onPage', params: { page: 'noteAcceptor' } }, target: 'noteAcceptor' },
        { guard: { type: 'onPage', params: { page: 'bankTerminal' } }, target: 'bankTerminal' },
        { target: 'receiptPrinter' },
      ],
    },
    cardReader: {
      invoke: {
        src: 'testingCardReader',
        id: 'test',
        input: ({ context: { cardIn } }) => ({ cardIn }),
        onDone: {
          target: '#servicing.journallingAct',
          actions: { type: 'testEnded', params: ({ event }) => ({ result: event.output }) },
        },
      },
    },
    noteAcceptor: {
      invoke: {
        src: 'testingNoteAcceptor',
        id: 'test',
        input: ({ context }) => ({
          ids: context.ids,
          visitId: signedIn(context).visitId,
          values: context.states.noteAcceptor.values,
        }),
        onDone: {
          target: '#servicing.journallingAct',
          actions: { type: 'testEnded', params: ({ event }) => ({ result: event.output }) },
        },
      },
    },
    receiptPrinter: {
      invoke: {
        src: 'testingReceiptPrinter',
        id: 'test',
        input: ({ context }) => ({
          what: paperTestOf(context),
          faults: context.states.receiptPrinter.faults,
        }),
        onDone: {
          target: '#servicing.journallingAct',
          actions: { type: 'testEnded', params: ({ event }) => ({ result: event.output }) },
        },
      },
    },
    bankTerminal: {
      invoke: {
        src: 'testingBankTerminal',
        id: 'test',
        onDone: {
          target: '#servicing.journallingAct',
          actions: { type: 'testEnded', params: ({ event }) => ({ result: event.output }) },
        },
      },
    },
  },
  on: {
    'press.*': { actions: 'tellTest' },
    'card.*': { actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'] },
    'note.*': { actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'] },
    'receipt.*': {
      actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'],
    },
    'card-reader.*': {
      actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'],
    },
    'note-acceptor.*': {
      actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'],
    },
    'receipt-printer.*': {
      actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'],
    },
    'bank-terminal.*': {
      actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellTest'],
    },
  },
})
