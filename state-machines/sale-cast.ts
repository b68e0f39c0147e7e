// The cast of a sale: its actors, actions, guards and delays. The story is in `sale.ts`.
import { assign, fromPromise, setup } from 'xstate'
import type { CentreAnswer, MessageName, NoteTendered } from '../domain/centre-messages.ts'
import type { Nonce } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { nothing } from '../domain/money.ts'
import type { ClaimTold, Mishap, NoteState, Outcome, Tender } from '../ui/kiosk/screen.ts'
import { refuse, tell } from './casting.ts'
import { chargingBankCard } from './charging-bank-card.ts'
import { sells } from './open-services.ts'
import { newPayment, paymentOf, type Payment } from './payment.ts'
import {
  accountCovers,
  copiesMost,
  mayTakeBack,
  claimDigits,
  claimNumber,
  requotesMost,
  tenderWorks,
  typedDigitsMost,
  wishOf,
  type Card,
  type Looked,
  type PreparedReceipt,
  type SaleContext,
  type SaleEvent,
  type SaleInput,
  type SaleOutput,
} from './sale-context.ts'
import { claimOutcome, claimToldOf } from './claim-verdicts.ts'
import {
  dueTo,
  isEnded,
  isPaymentWay,
  ownPaidOrder,
  paymentIn,
  troubleInVisit,
  type Due,
} from './sale-payment.ts'
import {
  afterClosing,
  afterInsertion,
  insertionReply,
  healedOutcome,
  nameOutcome,
  problemOf,
  refusalOf,
  whyNoOrder,
  type AfterInsertion,
} from './sale-verdicts.ts'
import { personOfCard } from './service-card.ts'
import { takingBack, type TakingBackOutput } from './taking-back.ts'
import { inserted, takingCash, type TakingCashOutput } from './taking-cash.ts'
import { writingCard, type WritingCardOutput } from './writing-card.ts'

export const saleDelays = {
  /** accessibility.md 2: 60 s a step, the warning at 40 s. */
  customerPatience: 40_000,
  warningPatience: 20_000,
  /** So long a purchase may be taken back: the centre refuses it after 60 s, and the question takes its time (8.3). */
  undoPatience: 45_000,
  /** A card pulled while it was written may come back within this time. */
  cardBackPatience: 60_000,
  /** After this the cue at the card slot becomes urgent. */
  cardUrgent: 5_000,
  /** A card still in the slot after this is left to the kiosk machine. */
  cardForgotten: 90_000,
  thanksPatience: 8_000,
  /** The same when the receipt is on the screen: it has to be read, or a picture taken of it. */
  readingPatience: 45_000,
  printingPatience: 20_000,
}

export const cast = setup({
  types: {
    context: {} as SaleContext,
    input: {} as SaleInput,
    output: {} as SaleOutput,
    events: {} as SaleEvent,
    tags: {} as 'money at risk' | 'customer',
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    lookAtCard: fromPromise<Looked, { card: Card; nonce: Nonce | null }>(refuse('a card')),
    diagnose: fromPromise<CentreAnswer<'insertion'>, SaleContext>(refuse('a centre')),
    askQuote: fromPromise<
      CentreAnswer<'quote'>,
      { context: SaleContext; wish: NonNullable<SaleContext['wish']> }
    >(refuse('a centre')),
    requestOrder: fromPromise<CentreAnswer<'order'>, SaleContext>(refuse('a centre')),
    requestReturn: fromPromise<CentreAnswer<'return'>, SaleContext>(refuse('a centre')),
    requestClaim: fromPromise<CentreAnswer<'claim'>, SaleContext>(refuse('a centre')),
    requestClosing: fromPromise<CentreAnswer<'closing'>, SaleContext>(refuse('a centre')),
    prepareReceipt: fromPromise<PreparedReceipt, SaleContext>(refuse('a receipt')),
    takingCash,
    chargingBankCard,
    writingCard,
    takingBack,
  },
  actions: {
    newRequest: assign({ requestId: ({ context }) => context.ids.request() }),
    cardOut: assign({ cardIn: false }),
    cardBack: assign(({ context }, { card }: { card: Card }) => ({
      card,
      cardIn: true,
      freshCard: true,
      insertionId: context.ids.insertion(),
      looks: 0,
      lookNonce: null,
    })),

    takeLook: assign(({ context }, { looked }: { looked: Looked }) =>
      looked.kind === 'looked'
        ? { serial: looked.serial, look: looked.look, looks: context.looks + 1 }
        : {},
    ),
    lookAgain: assign(({ context }, { answer }: Params<'insertion'>) => {
      const { verdict } = insertionReply(answer)
      return { lookNonce: verdict.kind === 'look again' ? verdict.nonce : context.lookNonce }
    }),
    heal: assign(({ context }) => ({ healing: true, outcome: healedOutcome(context) })),
    forgetSlip: assign({ receipt: null, printed: 'no', failedPrints: 0, copies: 0 }),
    printFailed: assign({ failedPrints: ({ context }) => context.failedPrints + 1 }),
    oneMoreCopy: assign({ copies: ({ context }) => context.copies + 1 }),
    cardIsAnother: assign({
      otherCard: ({ context: { serial, orderSerial } }) =>
        serial !== null && orderSerial !== null && serial !== orderSerial,
    }),
    takeInsertion: assign((_, { answer }: Params<'insertion'>) => {
      const { account, notices, settled, receiptProof, verdict } = insertionReply(answer)
      return {
        receiptProof,
        account,
        notices,
        settled,
        balance: account?.balance ?? null,
        limits: verdict.kind === 'can sell' ? verdict.limits : null,
      }
    }),
    takeRefusal: assign((_, { answer }: Params<'insertion'>) => {
      const { verdict } = insertionReply(answer)
      return verdict.kind === 'refused'
        ? { refusal: refusalOf(verdict.refusal), depositOffered: verdict.depositOffered }
        : {}
    }),
    takeOpenOrder: assign(({ context }, { answer }: Params<'insertion'>) => {
      const { verdict } = insertionReply(answer)
      return verdict.kind === 'open order'
        ? { order: verdict.order, mayReturn: verdict.mayReturn, orderSerial: context.serial }
        : {}
    }),
    centreIsAway: assign({ refusal: { kind: 'centre away' }, depositOffered: false }),
    cardIsMute: assign({ refusal: { kind: 'card not readable' }, depositOffered: false }),

    hush: assign({ problem: null }),
    wishFor: assign({
      wish: ({ context }, { units }: { units: number }) => wishOf(context.by, units),
      problem: null,
    }),
    takeQuote: assign((_, { answer }: Params<'quote'>) =>
      answer.kind === 'answered' && answer.reply.kind === 'quoted'
        ? { quote: answer.reply.quote, problem: null }
        : {},
    ),
    takeProblem: assign((_, { answer }: Params<'quote'>) =>
      answer.kind === 'answered' && answer.reply.kind === 'refused'
        ? { problem: problemOf(answer.reply), limits: answer.reply.limits }
        : {},
    ),

    askPriceOfCash: assign({ pricingFor: ({ context }) => inserted(context.notes) }),
    takePrice: assign(({ context }, { answer }: Params<'quote'>) => ({
      pricedFor: context.pricingFor,
      priced:
        answer.kind === 'answered' && answer.reply.kind === 'quoted' ? answer.reply.quote : null,
    })),
    priceUnknown: assign({ pricedFor: ({ context }) => context.pricingFor, priced: null }),
    followCash: assign(
      (_, cash: { notes: NoteTendered[]; note: NoteState; unknown: NoteTendered[] }) => ({
        notes: cash.notes,
        note: cash.note,
        unknownNotes: cash.unknown,
      }),
    ),
    takeCash: assign((_, cash: TakingCashOutput) => ({
      notes: cash.notes,
      unknownNotes: cash.unknown,
      namelessNotes: cash.nameless,
      cancelled: cash.end === 'cancelled',
      finishOnly: cash.end === 'acceptor failed' || cash.end === 'journal broken',
    })),
    payWith: assign({
      paying: ({ context }, { what }: { what: 'all' | 'chosen' }) =>
        what === 'all' || context.quote === null ? inserted(context.notes) : context.quote.tender,
    }),
    beginPayment: assign(({ context: { payments, tender, quote, ids } }) => ({
      payments: isPaymentWay(tender)
        ? [...payments, newPayment(ids.payment(), tender, quote?.tender ?? nothing)]
        : payments,
    })),
    followPayment: assign({
      payments: ({ context: { payments } }, now: Payment) => [
        ...payments.slice(0, -1),
        paymentOf(now),
      ],
    }),
    tellStrays: tell('strayNotes'),
    giveUp: assign({ gaveUp: true }),
    goOn: assign({ cancelled: false }),

    takeOrder: assign(({ context }, { answer }: Params<'order'>) =>
      answer.kind === 'answered' && answer.reply.kind === 'reserved'
        ? {
            orderSerial: context.serial,
            order: answer.reply.order,
            toAccount: answer.reply.toAccount,
            balance: answer.reply.balance,
          }
        : {},
    ),
    noteOrderRefusal: assign((_, { answer }: Params<'order'>) => ({
      orderRefusal: whyNoOrder(answer),
    })),
    followWriting: assign({
      writing: (_, now: SaleContext['writing']) => ({
        phase: now.phase,
        step: now.step,
        steps: now.steps,
      }),
    }),
    takeCardState: assign({
      cardState: ({ context }, { kind, order }: WritingCardOutput) => {
        if (kind === 'unknown') return 'undecided' as const
        return kind === 'not written' || order.state === 'NOT_LOADED_RETRY'
          ? ('clean' as const)
          : context.cardState
      },
    }),
    takeWritten: assign(({ context: { balance } }, output: WritingCardOutput) => ({
      order: output.order,
      written: output.kind === 'written',
      receiptProof: output.kind === 'written' ? output.receiptProof : null,
      // With the proof of load the residue of the price is booked to the account (domain.md 10).
      balance: output.kind === 'written' && balance !== null ? output.balance : balance,
    })),
    takeUndone: assign((_, output: TakingBackOutput) =>
      output.kind === 'undone'
        ? {
            order: output.order,
            balance: output.balance,
            written: false,
            receiptProof: null,
            outcome: {
              kind: 'undone' as const,
              amount: output.order.tender,
              balance: output.balance,
            },
          }
        : {},
    ),
    undoIsUnknown: assign(({ context: { order } }) =>
      order === null
        ? {}
        : {
            mishap: 'undo unknown' as const,
            receiptProof: null,
            money: {
              kind: 'card decides' as const,
              amount: order.tender,
              order: order.orderNumber,
            },
            outcome: {
              kind: 'held in order' as const,
              amount: order.tender,
              order: order.orderNumber,
            },
          },
    ),
    cardHasIt: assign({ written: true, order: ({ context }) => context.settled ?? context.order }),
    takeReturn: assign((_, { answer }: Params<'return'>) =>
      answer.kind === 'answered' && answer.reply.kind === 'returned'
        ? { order: answer.reply.order, balance: answer.reply.balance }
        : {},
    ),
    takeClosing: assign(({ context }, { answer }: Params<'closing'>) =>
      answer.kind === 'answered' ? afterClosing(context, answer.reply) : {},
    ),

    takeClaim: assign({
      claimTold: (_, { answer }: Params<'claim'>) => claimToldOf(answer),
      balance: ({ context }, { answer }: Params<'claim'>) =>
        answer.kind === 'answered' && answer.reply.kind === 'redeemed'
          ? answer.reply.balance
          : context.balance,
    }),
    claimIs: assign({
      claimTold: (_, { kind }: { kind: 'no answer' | 'centre away' }) => ({ kind }),
    }),
    nameClaimOutcome: assign(({ context }) => ({ outcome: claimOutcome(context.claimTold) })),

    mishapIs: assign({
      mishap: ({ context }, { mishap }: { mishap: Mishap }) => context.mishap ?? mishap,
    }),
    endAs: assign({ outcome: (_, { outcome }: { outcome: Outcome }) => outcome }),
    nameOutcome: assign(({ context }) => nameOutcome(context)),
    printReceipt: ({ context, system }) => {
      if (context.receipt === null) return
      const { jobId, paper } = context.receipt
      tell('receiptPrinter')({ system }, { type: 'receipt.print', jobId, paper })
    },
  },
  guards: {
    cardIsOut: ({ context }) => !context.cardIn,
    freshCardIn: ({ context }) => context.cardIn && context.freshCard,
    /** It is out, or another is in its place, or itself again: nothing of what was said before is meant for it. */
    cardChanged: ({ context }) => !context.cardIn || context.freshCard,
    /** The card was seen to carry an older purchase, or not to carry it any more. */
    healed: (_, { answer }: Params<'insertion'>) =>
      answer.kind === 'answered' &&
      answer.reply.settled !== null &&
      answer.reply.verdict.kind !== 'look again',
    toldOnScreen: ({ context: { healing, cardIn, freshCard } }) => healing && cardIn && !freshCard,
    refusalKnown: ({ context }) => context.refusal !== null,
    mayTakeBack: ({ context }) => mayTakeBack(context),
    ownOrder: ({ context }) => context.order !== null,
    insertionSays: (
      { context },
      { answer, what }: Params<'insertion'> & { what: AfterInsertion },
    ) => afterInsertion(context, answer) === what,
    depositOffered: ({ context }) => context.depositOffered && tenderWorks(context.tenders, 'cash'),
    mayReturn: ({ context }) => context.mayReturn,
    serviceCardIn: ({ context: { refusal, look } }) =>
      refusal?.kind === 'service card' && personOfCard(look) !== null,

    wishTyped: ({ context }) => Number(context.typed) > 0,
    roomToType: ({ context }) => context.typed.length < typedDigitsMost,
    canBuy: ({ context }) => sells(context.tenders),
    cashWorks: ({ context }) => tenderWorks(context.tenders, 'cash'),
    accountPays: ({ context }) => tenderWorks(context.tenders, 'account') && accountCovers(context),
    quoted: (_, { answer }: Params<'quote'>) =>
      answer.kind === 'answered' && answer.reply.kind === 'quoted',

    roomInClaim: ({ context }) => context.typed.length < claimDigits,
    claimTyped: ({ context }) => claimNumber(context.typed) !== null,
    claimUnanswered: ({ context }) => context.claimTold?.kind === 'no answer',
    claimNotSent: ({ context }) => context.claimTold?.kind === 'centre away',
    /** The centre has said what there is to say of this number, and it was no money. */
    claimDecided: ({ context: { claimTold } }) =>
      claimTold !== null && !undecided.has(claimTold.kind),
    claimOnSlip: ({ context: { claimTold } }) =>
      claimTold?.kind === 'redeemed' || claimTold?.kind === 'no answer',

    cashIsIn: ({ context }) => context.notes.length > 0,
    moneyIsIn: ({ context }) => context.notes.length > 0 || paymentIn(context)?.phase === 'held',
    waysOfPaying: ({ context }, { tender }: { tender: Tender }) =>
      isPaymentWay(tender) &&
      tenderWorks(context.tenders, tender) &&
      troubleInVisit(context, tender) === null,
    paymentHeld: ({ context }) => paymentIn(context)?.phase === 'held',
    paymentUndone: ({ context }) => paymentIn(context)?.phase === 'not charged',
    paymentUnknown: ({ context }) => context.payments.at(-1)?.phase === 'unknown',
    paymentEnded: ({ context }) => {
      const payment = paymentIn(context)
      return payment === null || isEnded(payment)
    },
    /** With an order of its own: its payment came undone, or nobody knows whether it was charged. */
    orderUnpaid: ({ context }) =>
      ownPaidOrder(context) !== null &&
      ['not charged', 'unknown'].includes(paymentIn(context)?.phase ?? ''),
    due: ({ context }, { what }: { what: Due }) => dueTo(context) === what,
    notWantedAnyMore: ({ context }) =>
      context.cancelled || context.gaveUp || !context.cardIn || context.freshCard,
    priceIsBehind: ({ context }) =>
      context.wish !== null && inserted(context.notes) !== context.pricedFor,
    noteLost: ({ context }) =>
      context.notes.length === 0 && context.unknownNotes.length + context.namelessNotes > 0,
    acceptorLetDown: ({ context }) => context.notes.length === 0 && context.finishOnly,
    nothingIn: ({ context }) => context.notes.length === 0,
    gaveUp: ({ context }) => context.gaveUp,
    cancelled: ({ context }) => context.cancelled,
    deposit: ({ context }) => context.wish === null,
    tooLittleToGoOn: ({ context }) =>
      context.finishOnly &&
      (context.limits === null || inserted(context.notes) < context.limits.least),
    moreThanChosen: ({ context }) =>
      context.quote !== null && inserted(context.notes) > context.quote.tender,
    allPriced: ({ context }) =>
      context.priced !== null && context.pricedFor === inserted(context.notes),
    mayInsertMore: ({ context }) =>
      !context.finishOnly &&
      tenderWorks(context.tenders, 'cash') &&
      (context.quote === null || inserted(context.notes) < context.quote.tender),
    paidByAccount: ({ context }) => context.tender === 'account',
    paidThroughBank: ({ context }) => isPaymentWay(context.tender),

    mayAskPriceAgain: ({ context }) =>
      context.orderRefusal === 'quote expired' && context.requotes < requotesMost,
    written: ({ context }) => context.written,
    mishap: ({ context }) => context.mishap !== null,
    nothingHappened: ({ context }) =>
      context.outcome.kind === 'nothing bought' || context.outcome.kind === 'refused',
    /** A job is printed once, whatever is asked (receipt-printer.ts): this is for paper that came back. */
    notPrinted: ({ context: { receipt, printed } }) =>
      receipt !== null && typeof printed === 'object',
    mayRepeat: ({ context: { printed, copies } }) => printed === 'yes' && copies < copiesMost,
    ownReceipt: ({ context }, { jobId }: { jobId: string }) => context.receipt?.jobId === jobId,
  },
  delays: {
    ...saleDelays,
    thanksPatience: ({ context: { printed } }) =>
      typeof printed === 'object' ? saleDelays.readingPatience : saleDelays.thanksPatience,
  },
})

const undecided = new Set<ClaimTold['kind']>(['redeemed', 'no answer', 'centre away'])

type Params<Name extends MessageName> = { answer: CentreAnswer<Name> }
