// The energy goes onto the card: challenge, script, intent, write, proof, outcome (power-card.md 8.1 steps 7 to 11).
import { assign, fromCallback, fromPromise, setup } from 'xstate'
import type { Answered, CentreAnswer } from '../domain/centre-messages.ts'
import type { InsertionId, Nonce, RequestId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { CardLine } from '../drivers/card-reader/card-reader.ts'
import { refuse, type Ids } from './casting.ts'
import { nonceOf, proofInput, proofOf, proofReply, type ProofRead } from './proving.ts'

/** Scripts asked for in one insertion before the customer is told. */
export const writingAttempts = 3

export type WritingCardInput = {
  saleId: SaleId
  insertionId: InsertionId
  order: OrderSummary
  line: CardLine
  ids: Ids
}

export type WritingCardOutput =
  /** Proven on the card and confirmed by the centre. */
  | {
      kind: 'written'
      order: OrderSummary
      receiptProof: string | null
      balance: Minor | null
      /** The card is still in the session it was written in: the load may be taken back (power-card.md 8.3). */
      inSession: boolean
    }
  /** Proven not on the card: may be tried again or returned to the account. */
  | { kind: 'not written'; order: OrderSummary }
  /** Nobody can say yet. `cardGone`: the card left; putting it back may settle it at once. */
  | { kind: 'unknown'; order: OrderSummary; cardGone: boolean }
  /** No script went to the card: the centre did not answer or said no. */
  | { kind: 'not begun'; order: OrderSummary; cardGone: boolean }

export type ScriptEvent =
  | { type: 'script.stepped'; step: number; steps: number }
  /** The script stopped: at its end, at an answer other than 9000, or without an answer. */
  | { type: 'script.ended'; completed: boolean }

/** What it was paid with came undone: nothing is sent to the card any more, if nothing is on its way yet. */
export type WritingCommand = { type: 'writing.stop' }

type Context = WritingCardInput & {
  stopped: boolean
  attempt: number
  challenge: Nonce | null
  script: { commands: string[]; settleNonce: Nonce } | null
  nonce: Nonce | null
  requestId: RequestId | null
  proof: string | null
  cardGone: boolean
  step: number
  steps: number
  result: WritingCardOutput['kind'] | null
  receiptProof: string | null
  balance: Minor | null
  inSession: boolean
  phase: 'preparing' | 'writing' | 'proving'
}

export type Challenged =
  | { kind: 'challenge'; challenge: Nonce }
  | { kind: 'card gone' }
  | { kind: 'no answer' }
type ScriptAnswer = CentreAnswer<'script'>
type ProofAnswer = CentreAnswer<'proof'>

const stop = {
  'writing.stop': {
    target: 'done',
    actions: { type: 'endAs', params: { result: 'not begun' } },
  },
} as const

export const writingCard = setup({
  types: {
    context: {} as Context,
    input: {} as WritingCardInput,
    output: {} as WritingCardOutput,
    events: {} as ScriptEvent | WritingCommand,
    tags: {} as 'money at risk',
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    challengeCard: fromPromise<Challenged, { line: CardLine }>(refuse('a card')),
    askForScript: fromPromise<ScriptAnswer, Context>(refuse('a centre')),
    runScript: fromCallback<{ type: 'none' }, { line: CardLine; commands: string[] }>(
      refuse('a card'),
    ),
    askForNonce: fromPromise<CentreAnswer<'settleNonce'>, Context>(refuse('a centre')),
    /** `afresh`: SELECT first, so that the proof carries the label RB (power-card.md 6.5). */
    readProof: fromPromise<ProofRead, { line: CardLine; nonce: Nonce; afresh: boolean }>(
      refuse('a card'),
    ),
    reportProof: fromPromise<ProofAnswer, Context>(refuse('a centre')),
  },
  actions: {
    newRequest: assign({ requestId: ({ context }) => context.ids.request() }),
    cardIsGone: assign({ cardGone: true }),
    endAs: assign({ result: (_, { result }: { result: WritingCardOutput['kind'] }) => result }),
    takeOrder: assign({
      order: (_, { reply }: { reply: Answered<'proof'> }) => reply.order,
      receiptProof: (_, { reply }: { reply: Answered<'proof'> }) => reply.receiptProof,
      balance: (_, { reply }: { reply: Answered<'proof'> }) => reply.balance,
    }),
  },
  guards: {
    mayTryAgain: ({ context }) =>
      context.attempt < writingAttempts && !context.cardGone && !context.stopped,
  },
}).createMachine({
  id: 'writingCard',
  context: ({ input }) => ({
    ...input,
    stopped: false,
    attempt: 0,
    challenge: null,
    script: null,
    nonce: null,
    requestId: null,
    proof: null,
    cardGone: false,
    step: 0,
    steps: 0,
    result: null,
    receiptProof: null,
    balance: null,
    inSession: false,
    phase: 'preparing',
  }),
  output: ({ context: { result, order, cardGone, receiptProof, balance, inSession } }) => {
    switch (result) {
      case 'written':
        return { kind: 'written', order, receiptProof, balance, inSession }
      case 'not written':
        return { kind: 'not written', order }
      case 'not begun':
        return { kind: 'not begun', order, cardGone }
      case 'unknown':
      case null:
        return { kind: 'unknown', order, cardGone }
      default:
        return never(result)
    }
  },
  initial: 'challenging',
  on: { 'writing.stop': { actions: assign({ stopped: true }) } },
  states: {
    challenging: {
      tags: 'money at risk',
      entry: assign({ attempt: ({ context }) => context.attempt + 1, phase: 'preparing', step: 0 }),
      invoke: {
        src: 'challengeCard',
        input: ({ context }) => ({ line: context.line }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'challenge',
            target: 'askingForScript',
            actions: [
              assign({
                challenge: ({ event }) =>
                  event.output.kind === 'challenge' ? event.output.challenge : null,
              }),
              'newRequest',
            ],
          },
          {
            target: 'done',
            actions: [
              assign({ cardGone: ({ event }) => event.output.kind === 'card gone' }),
              { type: 'endAs', params: { result: 'not begun' } },
            ],
          },
        ],
        onError: { target: 'done', actions: { type: 'endAs', params: { result: 'not begun' } } },
      },
      on: stop,
    },

    // From here on the card is left alone until the script is there (power-card.md 7.2).
    askingForScript: {
      tags: 'money at risk',
      invoke: {
        src: 'askForScript',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) =>
              event.output.kind === 'answered' && event.output.reply.kind === 'released',
            target: 'journallingIntent',
            actions: assign({
              script: ({ event }) =>
                event.output.kind === 'answered' && event.output.reply.kind === 'released'
                  ? event.output.reply
                  : null,
            }),
          },
          { target: 'done', actions: { type: 'endAs', params: { result: 'not begun' } } },
        ],
        onError: { target: 'done', actions: { type: 'endAs', params: { result: 'not begun' } } },
      },
      on: stop,
    },

    // What comes too late from here on is told by the payment (vended unpaid).
    journallingIntent: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) => [
          { type: 'card.writing', saleId, orderNumber: order.orderNumber },
        ],
        onDone: 'writing',
        onError: { target: 'done', actions: { type: 'endAs', params: { result: 'not begun' } } },
      },
    },

    writing: {
      tags: 'money at risk',
      entry: assign({
        phase: 'writing',
        steps: ({ context }) => context.script?.commands.length ?? 0,
      }),
      invoke: {
        src: 'runScript',
        input: ({ context }) => ({ line: context.line, commands: context.script?.commands ?? [] }),
        onError: 'askingForFreshNonce',
      },
      on: {
        'script.stepped': {
          actions: assign({ step: ({ event }) => event.step, steps: ({ event }) => event.steps }),
        },
        // The proof is read always, whatever the script gave (power-card.md 8.1 step 10).
        'script.ended': [
          {
            guard: ({ event }) => event.completed,
            target: 'readingProof',
            actions: assign({ nonce: ({ context }) => context.script?.settleNonce ?? null }),
          },
          { target: 'askingForFreshNonce' },
        ],
      },
    },

    // After a fault only a nonce younger than the fence proves "not loaded" (power-card.md 8.4, 13.3).
    askingForFreshNonce: {
      tags: 'money at risk',
      entry: [assign({ phase: 'proving', inSession: false }), 'newRequest'],
      invoke: {
        src: 'askForNonce',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: 'readingProofAfresh',
            actions: assign({ nonce: ({ event }) => nonceOf(event.output) }),
          },
          { target: 'journallingUnknown' },
        ],
        onError: 'journallingUnknown',
      },
    },

    readingProof: {
      tags: 'money at risk',
      entry: assign({ phase: 'proving', inSession: true }),
      invoke: {
        src: 'readProof',
        input: ({ context }) => proofInput(context, false),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'read',
            target: 'reportingProof',
            actions: [assign({ proof: ({ event }) => proofOf(event.output) }), 'newRequest'],
          },
          {
            guard: ({ event }) => event.output.kind === 'card gone',
            target: 'journallingUnknown',
            actions: 'cardIsGone',
          },
          { target: 'askingForFreshNonce' },
        ],
        onError: 'askingForFreshNonce',
      },
    },

    readingProofAfresh: {
      tags: 'money at risk',
      invoke: {
        src: 'readProof',
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
            actions: 'cardIsGone',
          },
          { target: 'journallingUnknown' },
        ],
        onError: 'journallingUnknown',
      },
    },

    reportingProof: {
      tags: 'money at risk',
      invoke: {
        src: 'reportProof',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => provenState(event.output) === 'written',
            target: 'journallingWritten',
            actions: {
              type: 'takeOrder',
              params: ({ event }) => ({ reply: answeredBy(event.output) }),
            },
          },
          {
            guard: ({ event }) => provenState(event.output) === 'not written',
            target: 'journallingNotWritten',
            actions: {
              type: 'takeOrder',
              params: ({ event }) => ({ reply: answeredBy(event.output) }),
            },
          },
          { target: 'journallingUnknown' },
        ],
        onError: 'journallingUnknown',
      },
    },

    journallingWritten: {
      tags: 'money at risk',
      entry: { type: 'endAs', params: { result: 'written' } },
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) => [
          { type: 'card.written', saleId, orderNumber: order.orderNumber },
        ],
        onDone: 'done',
        onError: 'done',
      },
    },
    journallingNotWritten: {
      tags: 'money at risk',
      entry: { type: 'endAs', params: { result: 'not written' } },
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) => [
          { type: 'card.not-written', saleId, orderNumber: order.orderNumber, state: order.state },
        ],
        onDone: [{ guard: 'mayTryAgain', target: 'challenging' }, { target: 'done' }],
        onError: 'done',
      },
    },
    journallingUnknown: {
      tags: 'money at risk',
      entry: { type: 'endAs', params: { result: 'unknown' } },
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, cardGone } }) => [
          {
            type: 'card.unknown',
            saleId,
            orderNumber: order.orderNumber,
            why: cardGone ? 'card removed' : 'no proof',
          },
        ],
        onDone: 'done',
        onError: 'done',
      },
    },

    done: { type: 'final', tags: 'money at risk' },
  },
})

const provenState = (answer: ProofAnswer): 'written' | 'not written' | 'undecided' => {
  if (answer.kind !== 'answered') return 'undecided'
  switch (answer.reply.order.state) {
    case 'LOADED':
    case 'METER_CREDITED':
      return 'written'
    case 'NOT_LOADED_RETRY':
      return 'not written'
    default:
      return 'undecided'
  }
}

const answeredBy = (answer: ProofAnswer): Answered<'proof'> => {
  const reply = proofReply(answer)
  if (reply === null) throw new Error('only an answer has a reply')
  return reply
}
