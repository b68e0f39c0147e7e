// What an answer of the centre means for the sale, as pure questions and values.
import type { Answered, CentreAnswer } from '../domain/centre-messages.ts'
import type { Refusal } from '../domain/diagnosis.ts'
import { noEnergy } from '../domain/energy.ts'
import { minor, nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { OrderSummary } from '../domain/order.ts'
import { referenceOf } from '../domain/reference.ts'
import type { AmountProblem, MoneyPlace, Outcome, RefusalView } from '../ui/kiosk/screen.ts'
import { restGoesTo, type SaleContext } from './sale-context.ts'
import { outcomeOfPayment, placeOfPayment } from './sale-payment.ts'
import { inserted } from './taking-cash.ts'

export type AfterInsertion =
  | 'look again'
  | 'can sell'
  | 'refused'
  | 'open order'
  /** The order of this very sale was found on the card: it is done. */
  | 'own order loaded'
  /** The order of this very sale is proven not to be on the card: write it now. */
  | 'own order open'
  | 'centre away'

/** What a diagnosis says about how the sale goes on. */
export const afterInsertion = (
  context: Pick<SaleContext, 'order' | 'looks'>,
  answer: CentreAnswer<'insertion'>,
): AfterInsertion => {
  if (answer.kind !== 'answered') return 'centre away'
  const { verdict, settled } = answer.reply
  const own = context.order?.orderNumber
  if (own !== undefined && settled?.orderNumber === own) return 'own order loaded'
  if (verdict.kind === 'look again') return context.looks < 3 ? 'look again' : 'centre away'
  if (own !== undefined && verdict.kind === 'open order' && verdict.order.orderNumber === own) {
    return 'own order open'
  }
  return verdict.kind
}

/**
 * What the last word of the centre makes of a sale. The proof of load may have reached it although its answer was lost:
 * then the purchase is on the card after all, and nothing went wrong.
 */
export const afterClosing = (
  { order }: Pick<SaleContext, 'order'>,
  closing: Answered<'closing'>,
): Partial<SaleContext> => {
  const { balance } = closing
  return isLoaded(closing.order) && closing.order.orderNumber === order?.orderNumber
    ? { closing, balance, order: closing.order, written: true, mishap: null }
    : { closing, balance }
}

/** The energy of this order is proven on its card, or in the meter. */
export const isLoaded = (order: OrderSummary | null): order is OrderSummary =>
  order !== null && (order.state === 'LOADED' || order.state === 'METER_CREDITED')

export const insertionReply = (answer: CentreAnswer<'insertion'>): Answered<'insertion'> => {
  if (answer.kind !== 'answered') throw new Error('only an answer has a reply')
  return answer.reply
}

/** A refusal as the screen words it. */
export const refusalOf = (refusal: Refusal): RefusalView => {
  switch (refusal.kind) {
    case 'unread purchase':
      return {
        kind: 'unread purchase',
        energy: refusal.energy,
        at: refusal.loadedAt === null ? null : Date.parse(refusal.loadedAt),
      }
    case 'visit the office':
    case 'refused by meter':
    case 'meter full':
      return refusal
    case 'foreign card':
    case 'card not readable':
    case 'not genuine':
    case 'service card':
    case 'preset card':
    case 'card replaced':
    case 'other area':
    case 'not yet in meter':
    case 'under inquiry':
    case 'payment being checked':
      return { kind: refusal.kind }
    default:
      return never(refusal)
  }
}

/** Where the customer's money is when something went wrong: said on the mishap screen and on the slip. */
export const placeOfMoney = (context: SaleContext): MoneyPlace => {
  const ofPayment = placeOfPayment(context)
  if (ofPayment !== null) return ofPayment
  const { order, closing, notes } = context
  const cash = inserted(notes)
  if (closing !== null) {
    if (closing.order !== null && !settledStates.has(closing.order.state)) {
      return {
        kind: 'in the order',
        amount: closing.order.tender,
        order: closing.order.orderNumber,
      }
    }
    const returned =
      closing.order?.state === 'RETURNED_TO_ACCOUNT' || closing.order?.state === 'UNDONE'
        ? closing.order.tender
        : minor(0)
    const amount = minor(closing.toAccount + returned)
    if (closing.toSuspense > 0) return { kind: 'held', amount: closing.toSuspense }
    if (amount > 0) return { kind: 'in the account', amount, balance: closing.balance }
  }
  if (order !== null)
    return { kind: 'in the order', amount: order.tender, order: order.orderNumber }
  if (cash > 0) return { kind: 'on its way to the account', amount: cash }
  if (closing === null && accountMayHavePaid(context)) {
    return { kind: 'on its way to the account', amount: context.quote?.tender ?? nothing }
  }
  return { kind: 'not taken' }
}

/** Nobody knows whether the order was made: if it was, the closing puts the money back. */
const accountMayHavePaid = ({ tender, orderRefusal }: SaleContext): boolean =>
  tender === 'account' && orderRefusal === ('unknown' satisfies CentreAnswer<'order'>['kind'])

/** Paid for, and neither on the card nor back. */
const openStates = new Set(['AWAIT_WRITE', 'UNKNOWN', 'NOT_LOADED_RETRY'])

const settledStates = new Set(['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED'])

/** The problem a refused price is, as the amount screen words it. */
export const problemOf = (
  reply: Extract<Answered<'quote'>, { kind: 'refused' }>,
): AmountProblem | null => {
  const { least, most, mostEnergy } = reply.limits
  switch (reply.why) {
    case 'too little':
      return { kind: 'too little', least }
    case 'too much':
      return { kind: 'too much', most }
    case 'no energy':
      return { kind: 'no energy' }
    case 'more than the meter may hold':
      return { kind: 'more than the meter may hold', most: mostEnergy ?? noEnergy }
    case 'insertion over':
      return null
    default:
      return never(reply.why)
  }
}

export const whyNoOrder = (answer: CentreAnswer<'order'>): string => {
  if (answer.kind === 'answered' && answer.reply.kind === 'refused') return answer.reply.why
  return answer.kind === 'refused' ? answer.problem : answer.kind
}

/** What became of an older purchase that the card has just decided. */
export const healedOutcome = ({
  settled,
  balance,
}: Pick<SaleContext, 'settled' | 'balance'>): Outcome => {
  if (settled === null) return { kind: 'nothing bought' }
  const { state, tender, energy, orderNumber } = settled
  return state === 'UNDONE'
    ? { kind: 'undone', amount: tender, balance }
    : { kind: 'settled', energy, order: orderNumber }
}

/** The end of a sale in which money moved: its outcome, its mishap, and where the money is. */
export const nameOutcome = (
  context: SaleContext,
): Pick<SaleContext, 'outcome' | 'mishap' | 'money'> => {
  const lost = inserted(context.unknownNotes)
  const lostOne = context.unknownNotes.length + context.namelessNotes > 0
  if (lostOne && (context.mishap ?? 'note unaccounted for') === 'note unaccounted for') {
    return {
      outcome: outcomeOf(context),
      mishap: 'note unaccounted for',
      // A note the acceptor could not name has a value nobody knows yet.
      money: { kind: 'held', amount: context.namelessNotes > 0 ? null : lost },
    }
  }
  const money = placeOfMoney(context)
  const ofPayment = outcomeOfPayment(context)
  return ofPayment === null
    ? { outcome: outcomeOf(context), mishap: context.mishap, money }
    : { ...ofPayment, money }
}

/** What is in beyond the price of a purchase, with what rounding left of that (domain.md 10). */
export const restOfPurchase = ({
  order,
  tender,
  notes,
  quote,
  written,
}: Pick<SaleContext, 'order' | 'tender' | 'notes' | 'quote' | 'written' | 'account'>): Minor => {
  if (order === null || !written) return nothing
  const beyond = tender === 'cash' ? minor(inserted(notes) - order.tender) : nothing
  return plus(beyond, quote?.residue ?? nothing)
}

const outcomeOf = (context: SaleContext): Outcome => {
  const { order, balance, closing, notes } = context
  if (order !== null && context.written) {
    const { energy, tender, orderNumber } = order
    return {
      kind: 'bought',
      energy,
      paid: tender,
      rest: restOfPurchase(context),
      restGoesTo: restGoesTo(context),
      order: orderNumber,
    }
  }
  if (order?.state === 'RETURNED_TO_ACCOUNT') {
    return { kind: 'returned to account', amount: order.tender, balance }
  }
  // Neither on the card nor back, as far as anyone has said: that is where the money is.
  const open = closing?.order ?? order
  if (open !== null && openStates.has(open.state)) {
    return { kind: 'held in order', amount: open.tender, order: open.orderNumber }
  }
  if (closing !== null && closing.toSuspense > nothing) {
    return { kind: 'kept', amount: closing.toSuspense, reference: referenceOf(context.saleId) }
  }
  if (notes.length > 0) {
    const pending = closing === null ? referenceOf(context.saleId) : null
    return { kind: 'deposited', amount: inserted(notes), balance, pending }
  }
  return { kind: 'nothing bought' }
}
