// Double entry as pure values: accounts, postings that sum to zero, and what each step of an order books (domain.md 3).
import type { CustomerNumber, KioskNumber, OrderNumber, SaleId } from '../domain/identifiers.ts'
import type { ExchangeId } from '../domain/service/service-entries.ts'
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { PricedTender } from '../domain/quote.ts'

/** Where money can be. Every minor unit paid in is in exactly one of them (power-card.md INV3). */
export type Account =
  /** Notes in the cash box of a kiosk. An asset: debits add to it. */
  | { kind: 'kiosk cash'; owner: KioskNumber }
  /** What banks owe for payments made at a kiosk. An asset: debits add to it. */
  | { kind: 'bank payments'; owner: KioskNumber }
  /** Money of orders that are not proven on a card yet. */
  | { kind: 'pending orders' }
  /** The capital account: what the authority owes the customer. Credits add to it. */
  | { kind: 'customer account'; owner: CustomerNumber }
  /** Old debt. An asset: a payment credits it. */
  | { kind: 'arrears'; owner: CustomerNumber }
  | { kind: 'fixed charges' }
  | { kind: 'VAT' }
  | { kind: 'energy' }
  | { kind: 'other levies' }
  | { kind: 'fees' }
  /** Notes and payments of a sale for which no account is known, or whose customer has none. */
  | { kind: 'suspense'; owner: SaleId }
  /** Energy that is with a customer and that nobody pays: its payment was reversed. A loss: debits add to it. */
  | { kind: 'unpaid deliveries' }
  /** Notes in a cash box that has left its kiosk and is not counted at the office yet. An asset. */
  | { kind: 'cash in transit'; owner: ExchangeId }
  /** What the office counted in boxes below what it had to be: a loss, debits add to it; a credit is more than that. */
  | { kind: 'cash differences'; owner: KioskNumber }
  /** Cash of the office: debits are boxes counted, credits what was handed out for claims. */
  | { kind: 'office cash' }
  /** Old debt that is not asked for any more. A loss: debits add to it. */
  | { kind: 'arrears written off' }
  /** The other side of what two persons have put into or taken from an account by hand. */
  | { kind: 'adjustments' }
  /** The other side of what was taken over from earlier books. */
  | { kind: 'opening balances' }

export type AccountKind = Account['kind']

/** A line of a posting: a debit is above zero, a credit below. */
export type Entry = { account: Account; amount: Minor }

export type PostingKind =
  | 'order funded'
  | 'order loaded'
  | 'order returned'
  | 'order returned to payer'
  | 'order undone'
  | 'notes booked'
  | 'payment booked'
  | 'payment given back'
  | 'delivery unpaid'
  | 'claim redeemed'
  | 'claim paid'
  | 'box removed'
  | 'box counted'
  | 'balance taken over'
  | 'order taken over'
  | 'arrears written off'
  | 'account adjusted'

/** Written once and never changed; a mistake is booked back by another posting. */
export type Posting = {
  kind: PostingKind
  orderNumber: OrderNumber | null
  saleId: SaleId | null
  entries: readonly Entry[]
}

export const debit = (account: Account, amount: Minor): Entry => ({ account, amount })
export const credit = (account: Account, amount: Minor): Entry => ({
  account,
  amount: minus(nothing, amount),
})

/** Names an account in the tables: `arrears/000000700123`, `VAT`. */
export const accountId = (account: Account): string =>
  'owner' in account ? `${account.kind}/${account.owner}` : account.kind

/** Leaves out empty lines. Throws when the lines do not add up to zero: such a posting is a bug and is never written. */
export const posting = (of: Posting): Posting => {
  const entries = of.entries.filter(({ amount }) => amount !== 0)
  const sum = plus(...entries.map(({ amount }) => amount))
  if (sum !== nothing) throw new Error(`a posting "${of.kind}" is off by ${sum}`)
  return { ...of, entries }
}

/** What an order is in the books. */
export type OrderInBooks = {
  orderNumber: OrderNumber
  saleId: SaleId
  customer: CustomerNumber
  /** False: what would go to the account goes to suspense, under the sale. */
  hasAccount: boolean
  priced: PricedTender
}

/** Where money is kept that is a customer's: in the capital account, or in suspense where none is known or there is none. */
export const keptFor = (customer: CustomerNumber | null, saleId: SaleId): Account =>
  customer === null
    ? { kind: 'suspense', owner: saleId }
    : { kind: 'customer account', owner: customer }

const accountOf = ({ hasAccount, customer, saleId }: OrderInBooks): Account =>
  keptFor(hasAccount ? customer : null, saleId)

export type Funds =
  | { kind: 'cash'; kiosk: KioskNumber; notes: Minor }
  | { kind: 'account' }
  /** Of exactly the tender. */
  | { kind: 'payment'; kiosk: KioskNumber }

/**
 * The money of an order is secured. Cash: all notes go into the kiosk's cash box, and what they exceed the tender by
 * goes to the account in the same posting.
 */
export const orderFunded = (order: OrderInBooks, from: Funds): Posting =>
  posting({
    kind: 'order funded',
    ...names(order),
    entries: [...sourcesOf(order, from), credit({ kind: 'pending orders' }, order.priced.tender)],
  })

const sourcesOf = (order: OrderInBooks, from: Funds): Entry[] => {
  const { priced } = order
  const account = accountOf(order)
  switch (from.kind) {
    case 'cash':
      return [
        debit({ kind: 'kiosk cash', owner: from.kiosk }, from.notes),
        credit(account, minus(from.notes, priced.tender)),
      ]
    case 'account':
      return [debit(account, priced.tender)]
    case 'payment':
      return [debit({ kind: 'bank payments', owner: from.kiosk }, priced.tender)]
    default:
      return never(from)
  }
}

/** The order is proven on the card: its money becomes what the quote said, line by line. */
export const orderLoaded = (order: OrderInBooks): Posting =>
  posting({
    kind: 'order loaded',
    ...names(order),
    entries: [debit({ kind: 'pending orders' }, order.priced.tender), ...delivered(order)],
  })

/** The order is proven not on the card, or no script ever left: the whole order goes to the account, never out as cash. */
export const orderReturned = (order: OrderInBooks): Posting =>
  posting({
    kind: 'order returned',
    ...names(order),
    entries: [
      debit({ kind: 'pending orders' }, order.priced.tender),
      credit(accountOf(order), order.priced.tender),
    ],
  })

/** The same, and its payment is or will be reversed: through the account it goes back to the payer. */
export const orderReturnedToPayer = (order: OrderInBooks, kiosk: KioskNumber): Posting => {
  const { tender } = order.priced
  return posting({
    kind: 'order returned to payer',
    ...names(order),
    entries: [
      debit({ kind: 'pending orders' }, tender),
      credit(accountOf(order), tender),
      debit(accountOf(order), tender),
      credit({ kind: 'bank payments', owner: kiosk }, tender),
    ],
  })
}

/** The load was taken back: every line of it is booked back, and the whole order goes to the account, never out as cash. */
export const orderUndone = (order: OrderInBooks): Posting => {
  const { tender, residue } = order.priced
  const account = accountOf(order)
  return posting({
    kind: 'order undone',
    ...names(order),
    entries: [
      ...delivered(order)
        .filter(({ account: to }) => accountId(to) !== accountId(account))
        .map(({ account: from, amount }) => debit(from, minus(nothing, amount))),
      // The residue is there since the load.
      credit(account, minus(tender, residue)),
    ],
  })
}

/** Notes that are in no order: to the account, or in suspense where no account is known. */
export const notesBooked = (of: {
  saleId: SaleId
  kiosk: KioskNumber
  amount: Minor
  customer: CustomerNumber | null
}): Posting =>
  posting({
    kind: 'notes booked',
    orderNumber: null,
    saleId: of.saleId,
    entries: [
      debit({ kind: 'kiosk cash', owner: of.kiosk }, of.amount),
      credit(keptFor(of.customer, of.saleId), of.amount),
    ],
  })

/** A claim is redeemed to an account, or paid in cash at the office: out of suspense, once. */
export const claimSettled = (of: {
  saleId: SaleId
  amount: Minor
  to: { kind: 'account'; customer: CustomerNumber } | { kind: 'cash' }
  by: 'kiosk' | 'office'
}): Posting =>
  posting({
    kind: of.by === 'kiosk' ? 'claim redeemed' : 'claim paid',
    orderNumber: null,
    saleId: of.saleId,
    entries: [
      debit({ kind: 'suspense', owner: of.saleId }, of.amount),
      credit(
        of.to.kind === 'cash'
          ? { kind: 'office cash' }
          : { kind: 'customer account', owner: of.to.customer },
        of.amount,
      ),
    ],
  })

/** A cash box has left its kiosk with so much in it; one that was counted already turns out to have had more. */
export const boxRemoved = (of: {
  exchange: ExchangeId
  kiosk: KioskNumber
  amount: Minor
  counted: boolean
}): Posting =>
  posting({
    kind: 'box removed',
    orderNumber: null,
    saleId: null,
    entries: [
      debit(
        of.counted
          ? { kind: 'cash differences', owner: of.kiosk }
          : { kind: 'cash in transit', owner: of.exchange },
        of.amount,
      ),
      credit({ kind: 'kiosk cash', owner: of.kiosk }, of.amount),
    ],
  })

/** The office has counted a box that was to hold `moved`. */
export const boxCounted = (of: {
  exchange: ExchangeId
  kiosk: KioskNumber
  moved: Minor
  counted: Minor
}): Posting =>
  posting({
    kind: 'box counted',
    orderNumber: null,
    saleId: null,
    entries: [
      debit({ kind: 'office cash' }, of.counted),
      debit({ kind: 'cash differences', owner: of.kiosk }, minus(of.moved, of.counted)),
      credit({ kind: 'cash in transit', owner: of.exchange }, of.moved),
    ],
  })

/** Balances that a customer brings along when these books begin. */
export const balancesTakenOver = (of: {
  customer: CustomerNumber
  account: Minor
  arrears: Minor
}): Posting =>
  posting({
    kind: 'balance taken over',
    orderNumber: null,
    saleId: null,
    entries: [
      debit({ kind: 'arrears', owner: of.customer }, of.arrears),
      credit({ kind: 'customer account', owner: of.customer }, of.account),
      debit({ kind: 'opening balances' }, minus(of.account, of.arrears)),
    ],
  })

/** Part of a customer's old debt is given up. */
export const arrearsWrittenOff = (of: { customer: CustomerNumber; amount: Minor }): Posting =>
  posting({
    kind: 'arrears written off',
    orderNumber: null,
    saleId: null,
    entries: [
      debit({ kind: 'arrears written off' }, of.amount),
      credit({ kind: 'arrears', owner: of.customer }, of.amount),
    ],
  })

/** By hand, with a document behind it: above zero into the account, below zero out of it. */
export const accountAdjusted = (of: { customer: CustomerNumber; amount: Minor }): Posting =>
  posting({
    kind: 'account adjusted',
    orderNumber: null,
    saleId: null,
    entries: [
      debit({ kind: 'adjustments' }, of.amount),
      credit({ kind: 'customer account', owner: of.customer }, of.amount),
    ],
  })

/** An order of earlier books whose end is unknown: its money waits here for the card to decide. */
export const orderTakenOver = (of: {
  orderNumber: OrderNumber
  saleId: SaleId
  tender: Minor
}): Posting =>
  posting({
    kind: 'order taken over',
    orderNumber: of.orderNumber,
    saleId: of.saleId,
    entries: [
      debit({ kind: 'opening balances' }, of.tender),
      credit({ kind: 'pending orders' }, of.tender),
    ],
  })

const names = ({ orderNumber, saleId }: OrderInBooks) => ({ orderNumber, saleId })

/** The credit side of a loaded order. The VAT of the fixed charges and that of the energy stay two lines. */
const delivered = (order: OrderInBooks): Entry[] => {
  const { customer, priced } = order
  const lines = plus(nothing, ...priced.lines.map((line) => line.exclusive))
  return [
    credit({ kind: 'fees' }, priced.fee),
    credit({ kind: 'fixed charges' }, minus(priced.fixed.amount, priced.fixed.vat)),
    credit({ kind: 'VAT' }, priced.fixed.vat),
    credit({ kind: 'arrears', owner: customer }, priced.arrears.paid),
    credit({ kind: 'energy' }, minus(lines, priced.vat.included)),
    credit({ kind: 'VAT' }, plus(priced.vat.amount, priced.vat.included)),
    credit({ kind: 'other levies' }, priced.otherLevies),
    credit(accountOf(order), priced.residue),
  ]
}
