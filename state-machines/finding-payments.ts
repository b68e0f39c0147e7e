// Payments whose end nobody knows are asked for: after a stop, after a sale that lost sight of one, and as often as the
// terminal is there again. Until each has its end no other is asked for (devices.md 10.8).
//
// Lives as long as the kiosk. What is open is in the journal; what was delivered for it decides whether it is kept.
import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import type { BankTerminalEvent } from '../drivers/bank-terminal/bank-terminal.ts'
import { refuse, tellBank, type PartyWord } from './casting.ts'
import { evidenceIn, findOf, reverseOf, type Findable, type PaymentEvent } from './payment-words.ts'

export const findingDelays = {
  /** An answer needs a status enquiry and the last receipt; a terminal that is starting takes its time. */
  findLimit: 120_000,
  reverseLimit: 240_000,
  /** Until it is asked again. */
  askAgainPause: 60_000,
}

/** After so many times `cannot say`, an hour of them, nobody on site will say any more: the bank's file decides. */
export const answersMost = 60
/** So often a reversal is tried before the payment counts as kept. */
export const reversalsMost = 5

/** A payment without an end, and what is to become of it if it turns out to be charged. */
export type OpenPayment = Findable & {
  saleId: SaleId
  /** The energy is on the card or may be, or the order stands. */
  delivered: boolean
}

/** What the kiosk machine is told. */
export type FindingWord =
  /** Whether a payment is open; false as soon as the last of them has its end. */
  | { type: 'payments.open'; open: boolean }
  /** One of them has its end: what waited for it can be settled. */
  | { type: 'payment.resolved' }

export type FindingEvent =
  | PaymentEvent
  | Extract<BankTerminalEvent, { type: `bank-terminal.${string}` }>
  /** There may be open payments, and nobody is being served. */
  | { type: 'payments.find' }
  | { type: 'sale.begun' }
  | { type: 'sale.ended' }

/** How often it could not be said where a payment is, and how often it could not be reversed. */
type Tries = { unanswered: number; unreversed: number }

const untried: Tries = { unanswered: 0, unreversed: 0 }

export const triesOf = ({ current, tries }: Pick<Context, 'current' | 'tries'>): Tries =>
  (current !== null && tries[current.paymentId]) || untried

/** The front machine is asked without the terminal. */
const mayAsk = (ready: boolean, payment: OpenPayment | null): boolean =>
  ready || payment?.way === 'bank account'

/** The next one after the last that can be asked about: one that nobody answers for does not hold up the others. */
export const nextOf = (
  open: readonly OpenPayment[],
  { current, ready }: Pick<Context, 'current' | 'ready'>,
): OpenPayment | null => {
  const last = open.findIndex(({ paymentId }) => paymentId === current?.paymentId)
  const inTurn = [...open.slice(last + 1), ...open.slice(0, last + 1)]
  return inTurn.find((payment) => mayAsk(ready, payment)) ?? inTurn[0] ?? null
}

type Context = {
  current: OpenPayment | null
  evidence: PaymentEvidence | null
  /** Of each open payment. */
  tries: Readonly<Record<string, Tries>>
  why: string
  /** The terminal answers. */
  ready: boolean
  /** Somebody is being served, or is at the maintenance mode. */
  serving: boolean
}

const counted = (
  context: Pick<Context, 'current' | 'tries'>,
  what: keyof Tries,
): Context['tries'] => {
  const { current, tries } = context
  if (current === null) return tries
  const now = triesOf(context)
  return { ...tries, [current.paymentId]: { ...now, [what]: now[what] + 1 } }
}

const idsOf = ({ saleId, paymentId }: OpenPayment) => ({ saleId, paymentId })

const about = (
  { current }: Pick<Context, 'current'>,
  type: 'payment.refusing' | 'payment.reversed',
): JournalEntry[] => (current === null ? [] : [{ type, ...idsOf(current) }])

export const findingPayments = setup({
  types: {
    context: {} as Context,
    events: {} as FindingEvent,
    tags: {} as 'money at risk',
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    /** As the journal has them at this moment, the oldest first. */
    openPayments: fromPromise<OpenPayment[]>(refuse('the records')),
  },
  actions: {
    holds: sendParent({ type: 'party.holds', party: 'payments' } satisfies PartyWord),
    rests: sendParent({ type: 'party.rests', party: 'payments' } satisfies PartyWord),
    take: assign(({ context }, { open }: { open: OpenPayment[] }) => {
      const current = nextOf(open, context)
      return { current, evidence: current?.evidence ?? null }
    }),
    tellOpen: sendParent((_, { open }: { open: OpenPayment[] }): FindingWord => ({
      type: 'payments.open',
      open: open.length > 0,
    })),
    find: ({ context: { current }, system }) => {
      if (current !== null) tellBank(system, findOf(current))
    },
    reverse: ({ context: { current, evidence }, system }) => {
      const command = current === null ? null : reverseOf({ ...current, evidence })
      if (command !== null) tellBank(system, command)
    },
    takeEvidence: assign(({ context }, { told }: { told: Parameters<typeof evidenceIn>[0] }) => ({
      evidence: evidenceIn(told) ?? context.evidence,
    })),
    countUnanswered: assign(({ context }, { why }: { why: string }) => ({
      why,
      tries: counted(context, 'unanswered'),
    })),
    countUnreversed: assign({ tries: ({ context }) => counted(context, 'unreversed') }),
    /** What has its end is not counted any more. */
    beginAnew: assign({
      tries: ({ context: { current, tries } }) =>
        Object.fromEntries(Object.entries(tries).filter(([id]) => id !== current?.paymentId)),
    }),
    resolved: sendParent({ type: 'payment.resolved' } satisfies FindingWord),
    journalFailed: sendParent({ type: 'journal.failed', why: 'the journal cannot be written' }),
  },
  guards: {
    own: ({ context, event }) =>
      'paymentId' in event && event.paymentId === context.current?.paymentId,
    somethingOpen: (_, { open }: { open: OpenPayment[] }) => open.length > 0,
    delivered: ({ context }) => context.current?.delivered === true,
    reversible: ({ context: { current, evidence } }) =>
      current !== null && reverseOf({ ...current, evidence }) !== null,
    heardEnough: ({ context }) => triesOf(context).unanswered >= answersMost - 1,
    triedEnough: ({ context }) => triesOf(context).unreversed >= reversalsMost,
    mayAsk: ({ context: { ready, current, serving } }) => !serving && mayAsk(ready, current),
  },
  delays: findingDelays,
}).createMachine({
  id: 'findingPayments',
  context: {
    current: null,
    evidence: null,
    tries: {},
    why: '',
    ready: false,
    serving: false,
  },
  initial: 'resting',
  on: {
    'sale.begun': { actions: assign({ serving: true }) },
    'sale.ended': { actions: assign({ serving: false }) },
    'bank-terminal.ready': { actions: assign({ ready: true }) },
    'bank-terminal.failed': {
      guard: ({ event }) => event.fault.kind === 'not answering',
      actions: assign({ ready: false }),
    },
  },
  states: {
    resting: {
      on: {
        'payments.find': 'looking',
        'bank-terminal.ready': { target: 'looking', actions: assign({ ready: true }) },
      },
    },

    looking: {
      invoke: {
        src: 'openPayments',
        onDone: [
          {
            guard: { type: 'somethingOpen', params: ({ event }) => ({ open: event.output }) },
            target: 'choosing',
            actions: [
              { type: 'take', params: ({ event }) => ({ open: event.output }) },
              { type: 'tellOpen', params: ({ event }) => ({ open: event.output }) },
            ],
          },
          {
            target: 'resting',
            actions: { type: 'tellOpen', params: ({ event }) => ({ open: event.output }) },
          },
        ],
        onError: 'resting',
      },
    },

    choosing: {
      tags: 'money at risk',
      always: [{ guard: 'mayAsk', target: 'asking' }, { target: 'waiting' }],
    },

    asking: {
      tags: 'money at risk',
      entry: ['find', 'holds'],
      exit: 'rests',
      on: {
        'payment.found': [
          {
            guard: ({ context, event }) =>
              event.paymentId === context.current?.paymentId && event.where.kind === 'not charged',
            target: 'journallingReversed',
          },
          {
            guard: ({ context, event }) =>
              event.paymentId === context.current?.paymentId && event.where.kind === 'stored',
            target: 'stored',
            actions: {
              type: 'takeEvidence',
              params: ({ event }) => ({
                told: event.where.kind === 'stored' ? event.where : { evidence: null },
              }),
            },
          },
          {
            guard: ({ context, event }) => event.paymentId !== context.current?.paymentId,
          },
          { guard: 'heardEnough', target: 'journallingGivenUp' },
          {
            target: 'waiting',
            actions: {
              type: 'countUnanswered',
              params: ({ event }) => ({
                why: event.where.kind === 'cannot say' ? event.where.why : '',
              }),
            },
          },
        ],
        // The terminal has come to its end with it by itself meanwhile.
        'payment.reversed': {
          guard: 'own',
          target: 'journallingReversed',
        },
        // It has started anew, and forgotten that it was asked.
        'bank-terminal.ready': {
          target: 'asking',
          reenter: true,
          actions: assign({ ready: true }),
        },
      },
      after: { findLimit: 'waiting' },
    },

    // Charged. Whoever has the energy, or the order, has paid for it; all others get their money back.
    stored: {
      tags: 'money at risk',
      always: [
        { guard: 'delivered', target: 'journallingKept' },
        // The day was ended, or the bank does not do it: paid, and nothing sold for it. The centre books it.
        { guard: 'triedEnough', target: 'journallingKept' },
        { guard: 'reversible', target: 'journallingReversing' },
        { target: 'journallingKept' },
      ],
    },
    journallingReversing: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context }) => about(context, 'payment.refusing'),
        onDone: 'reversing',
        onError: { target: 'resting', actions: 'journalFailed' },
      },
    },
    reversing: {
      tags: 'money at risk',
      entry: ['reverse', 'holds'],
      exit: 'rests',
      on: {
        'payment.reversed': {
          guard: 'own',
          target: 'journallingReversed',
        },
        // Whoever has charged it says that it stays so.
        'payment.stored': {
          guard: 'own',
          target: 'journallingKept',
        },
        'payment.unknown': [
          {
            guard: ({ context, event }) => event.paymentId !== context.current?.paymentId,
          },
          // Perhaps it was done and only the answer is lost: where it is then is asked first.
          { target: 'waiting', actions: 'countUnreversed' },
        ],
      },
      after: { reverseLimit: 'waiting' },
    },

    journallingReversed: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context }) => about(context, 'payment.reversed'),
        onDone: { target: 'looking', actions: ['beginAnew', 'resolved'] },
        onError: { target: 'resting', actions: 'journalFailed' },
      },
    },
    journallingKept: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { current, evidence } }) =>
          current === null || evidence === null
            ? []
            : [{ type: 'payment.kept', ...idsOf(current), evidence }],
        onDone: { target: 'looking', actions: ['beginAnew', 'resolved'] },
        onError: { target: 'resting', actions: 'journalFailed' },
      },
    },
    journallingGivenUp: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { current, why } }) =>
          current === null ? [] : [{ type: 'payment.given-up', ...idsOf(current), why }],
        onDone: { target: 'looking', actions: ['beginAnew', 'resolved'] },
        onError: { target: 'resting', actions: 'journalFailed' },
      },
    },

    // Not during a sale: whoever is being served does not wait for the payment of another.
    waiting: {
      initial: 'pausing',
      on: {
        'sale.begun': { target: '.serving', actions: assign({ serving: true }) },
        'payments.find': 'looking',
        'bank-terminal.ready': { target: 'looking', actions: assign({ ready: true }) },
      },
      states: {
        pausing: { after: { askAgainPause: '#findingPayments.looking' } },
        serving: {},
      },
    },
  },
})
