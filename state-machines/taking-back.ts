// A load is taken back while its card has not moved: intent, the two commands of the centre, proof, outcome (power-card.md 8.3).
import { assign, fromCallback, fromPromise, setup } from 'xstate'
import type { CentreAnswer } from '../domain/centre-messages.ts'
import type { InsertionId, Nonce, RequestId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { CardLine } from '../drivers/card-reader/card-reader.ts'
import { refuse, type Ids } from './casting.ts'
import { nonceOf, proofInput, proofOf, proofReply, type ProofRead } from './proving.ts'
import type { ScriptEvent } from './writing-card.ts'

export type TakingBackInput = {
  saleId: SaleId
  insertionId: InsertionId
  order: OrderSummary
  line: CardLine
  ids: Ids
}

export type TakingBackOutput =
  /** Proven: the card carries what it did before, and the whole order is in the account. */
  | { kind: 'undone'; order: OrderSummary; balance: Minor | null }
  /** The purchase stands: it is on the card. */
  | { kind: 'not undone' }
  /** Nobody can say yet: the card decides when it is seen again, at any kiosk. */
  | { kind: 'unknown' }

type Context = TakingBackInput & {
  requestId: RequestId
  commands: string[]
  nonce: Nonce | null
  /** A nonce was asked for after a fault: once is enough. */
  askedAgain: boolean
  proof: string | null
  result: TakingBackOutput['kind']
  why: string
  balance: Minor | null
}

type UndoAnswer = CentreAnswer<'undo'>
type ProofAnswer = CentreAnswer<'proof'>

export const takingBack = setup({
  types: {
    context: {} as Context,
    input: {} as TakingBackInput,
    output: {} as TakingBackOutput,
    events: {} as ScriptEvent,
    tags: {} as 'money at risk',
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    askForUndo: fromPromise<UndoAnswer, Context>(refuse('a centre')),
    runScript: fromCallback<{ type: 'none' }, { line: CardLine; commands: string[] }>(
      refuse('a card'),
    ),
    askForNonce: fromPromise<CentreAnswer<'settleNonce'>, Context>(refuse('a centre')),
    readProof: fromPromise<ProofRead, { line: CardLine; nonce: Nonce; afresh: boolean }>(
      refuse('a card'),
    ),
    reportProof: fromPromise<ProofAnswer, Context>(refuse('a centre')),
  },
  actions: {
    newRequest: assign({ requestId: ({ context }) => context.ids.request() }),
    endAs: assign((_, { result, why }: { result: TakingBackOutput['kind']; why: string }) => ({
      result,
      why,
    })),
  },
  guards: {
    mayAskAgain: ({ context }) => !context.askedAgain,
  },
}).createMachine({
  id: 'takingBack',
  context: ({ input }) => ({
    ...input,
    requestId: input.ids.request(),
    commands: [],
    nonce: null,
    askedAgain: false,
    proof: null,
    result: 'unknown',
    why: '',
    balance: null,
  }),
  output: ({ context: { result, order, balance } }) => {
    switch (result) {
      case 'undone':
        return { kind: 'undone', order, balance }
      case 'not undone':
      case 'unknown':
        return { kind: result }
      default:
        return never(result)
    }
  },
  initial: 'journallingIntent',
  states: {
    journallingIntent: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, requestId } }) => [
          { type: 'card.undoing', saleId, orderNumber: order.orderNumber, requestId },
        ],
        onDone: 'askingForUndo',
        // Without a word on disk nothing is begun, and the purchase stands.
        onError: {
          target: 'done',
          actions: { type: 'endAs', params: { result: 'not undone', why: 'journal' } },
        },
      },
    },

    askingForUndo: {
      tags: 'money at risk',
      invoke: {
        src: 'askForUndo',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => releasedBy(event.output) !== null,
            target: 'undoing',
            actions: assign({
              commands: ({ event }) => releasedBy(event.output)?.commands ?? [],
              nonce: ({ event }) => releasedBy(event.output)?.settleNonce ?? null,
            }),
          },
          // It may have released the commands: none of them goes to the card, which says so.
          { guard: ({ event }) => event.output.kind === 'unknown', target: 'askingForNonce' },
          {
            target: 'journallingNotUndone',
            actions: {
              type: 'endAs',
              params: ({ event }) => ({ result: 'not undone', why: whyRefused(event.output) }),
            },
          },
        ],
        onError: 'askingForNonce',
      },
    },

    undoing: {
      tags: 'money at risk',
      invoke: {
        src: 'runScript',
        input: ({ context: { line, commands } }) => ({ line, commands }),
        onError: 'readingProof',
      },
      // Whatever became of the commands, the card says it; nothing is sent twice.
      on: { 'script.ended': 'readingProof' },
    },

    readingProof: {
      tags: 'money at risk',
      invoke: {
        src: 'readProof',
        // SELECT first: it closes the session, and only without one does the card prove that it was undone.
        input: ({ context }) => proofInput(context, true),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'read',
            target: 'reportingProof',
            actions: [assign({ proof: ({ event }) => proofOf(event.output) }), 'newRequest'],
          },
          {
            guard: ({ event }) => event.output.kind === 'card gone',
            target: 'journallingUnknown',
            actions: { type: 'endAs', params: { result: 'unknown', why: 'card removed' } },
          },
          { guard: 'mayAskAgain', target: 'askingForNonce' },
          {
            target: 'journallingUnknown',
            actions: { type: 'endAs', params: { result: 'unknown', why: 'no proof' } },
          },
        ],
        onError: {
          target: 'journallingUnknown',
          actions: { type: 'endAs', params: { result: 'unknown', why: 'no proof' } },
        },
      },
    },

    askingForNonce: {
      tags: 'money at risk',
      entry: ['newRequest', assign({ askedAgain: true })],
      invoke: {
        src: 'askForNonce',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: 'readingProof',
            actions: assign({ nonce: ({ event }) => nonceOf(event.output) }),
          },
          {
            target: 'journallingUnknown',
            actions: { type: 'endAs', params: { result: 'unknown', why: 'the centre is away' } },
          },
        ],
        onError: {
          target: 'journallingUnknown',
          actions: { type: 'endAs', params: { result: 'unknown', why: 'the centre is away' } },
        },
      },
    },

    reportingProof: {
      tags: 'money at risk',
      invoke: {
        src: 'reportProof',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => provenBy(event.output) === 'undone',
            target: 'journallingUndone',
            actions: [
              assign({
                order: ({ context, event }) => proofReply(event.output)?.order ?? context.order,
                balance: ({ event }) => proofReply(event.output)?.balance ?? null,
              }),
              { type: 'endAs', params: { result: 'undone', why: '' } },
            ],
          },
          {
            guard: ({ event }) => provenBy(event.output) === 'not undone',
            target: 'journallingNotUndone',
            actions: {
              type: 'endAs',
              params: { result: 'not undone', why: 'still on the card' },
            },
          },
          {
            target: 'journallingUnknown',
            actions: { type: 'endAs', params: { result: 'unknown', why: 'no answer' } },
          },
        ],
        onError: {
          target: 'journallingUnknown',
          actions: { type: 'endAs', params: { result: 'unknown', why: 'no answer' } },
        },
      },
    },

    journallingUndone: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) => [
          { type: 'card.undone', saleId, orderNumber: order.orderNumber },
        ],
        onDone: 'done',
        onError: 'done',
      },
    },
    journallingNotUndone: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, why } }) => [
          { type: 'card.not-undone', saleId, orderNumber: order.orderNumber, why },
        ],
        onDone: 'done',
        onError: 'done',
      },
    },
    journallingUnknown: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, why } }) => [
          { type: 'card.undo-unknown', saleId, orderNumber: order.orderNumber, why },
        ],
        onDone: 'done',
        onError: 'done',
      },
    },

    done: { type: 'final', tags: 'money at risk' },
  },
})

const releasedBy = (answer: UndoAnswer) =>
  answer.kind === 'answered' && answer.reply.kind === 'released' ? answer.reply : null

const whyRefused = (answer: UndoAnswer): string => {
  if (answer.kind === 'answered') return answer.reply.kind === 'refused' ? answer.reply.why : ''
  return answer.kind === 'refused' ? answer.problem : answer.why
}

const provenBy = (answer: ProofAnswer): TakingBackOutput['kind'] => {
  const reply = proofReply(answer)
  if (reply === null) return 'unknown'
  if (reply.order.state === 'UNDONE') return 'undone'
  const stands = reply.order.state === 'LOADED' || reply.order.state === 'METER_CREDITED'
  return stands && !reply.undoOpen ? 'not undone' : 'unknown'
}
