// "Explain this sale": whatever somebody on the telephone can name leads to a sale, its timeline, and where its money is now.
import { z } from 'zod'
import { CustomerNumber, SaleId } from '../identifiers.ts'
import type { OrderState } from '../order.ts'
import type { Approval } from './approvals.ts'
import type { Fact, FactSource, HowSure } from './explained-facts.ts'

export const FindAsked = z.object({ text: z.string().trim().min(1).max(400) })
export const SaleAsked = z.object({ sale: SaleId })

const reason = z.string().trim().min(3, 'must say why').max(400)
export const ReturnAsked = z.object({ deedId: z.uuid(), sale: SaleId, reason })
export const PayAsked = z.object({ deedId: z.uuid(), sale: SaleId, reason })
export const RedeemAsked = z.object({
  deedId: z.uuid(),
  sale: SaleId,
  /** Whose account it goes to. */
  customer: CustomerNumber,
  reason,
})

/** What a text was read as, when something of that name is known. */
export type ReadAs =
  | 'order number'
  | 'card'
  | 'customer'
  | 'meter'
  | 'note'
  | 'payment'
  | 'claim'
  | 'receipt'
  | 'sale'
  | 'slip number'
  | 'slip text'
  | 'four words'

export type KioskPlace = { number: string; place: string }

/** In one word what became of a sale. */
export type SaleOutcome =
  | 'nothing paid'
  | 'bought'
  | 'in the meter'
  | 'on its way'
  | 'card decides'
  | 'not on the card'
  | 'returned'
  | 'taken back'
  | 'contradiction'
  | 'money kept'
  | 'money claimed'
  | 'not reported'

/** One of several sales, as a caller tells them apart. */
export type SaleChoice = {
  sale: string
  at: number
  kiosk: KioskPlace | null
  /** What was put in, as far as it is booked. */
  amount: number
  outcome: SaleOutcome
  order: string | null
  reference: { number: string; words: string[] }
}

export type Found = {
  /** What the text was read as, and found to be: none when nothing of it is known. */
  readAs: ReadAs[]
  sales: SaleChoice[]
  /** There are older ones. */
  more: boolean
  /** Words that are known and near to what was typed. */
  suggestions: { words: string[]; sale: string }[]
}

export type TimelineLine = {
  at: number
  kiosk: KioskPlace | null
  fact: Fact
  sure: HowSure | null
  sources: FactSource[]
}

/** A heap of the money of a sale. All amounts are minor units and not below zero. */
export type MoneyHeap =
  /** The purchase is proven delivered; `parts` add up to the amount. */
  | {
      place: 'order'
      kind: 'delivered'
      order: string
      amount: number
      parts: {
        of: 'energy' | 'VAT' | 'fixed charges' | 'arrears' | 'fees' | 'levies'
        amount: number
      }[]
    }
  | { place: 'order'; kind: 'pending'; order: string; amount: number }
  /** `customer` masked unless the clerk may see customers. */
  | { place: 'account'; kind: 'account'; customer: string | null; amount: number }
  | { place: 'claim'; kind: 'open' | 'paid in cash'; amount: number }
  | { place: 'returned'; kind: 'notes handed back' | 'payment undone'; amount: number }
  | {
      place: 'unknown'
      kind:
        | 'note nobody can place'
        | 'note in the box, not booked'
        | 'payment nobody can say'
        | 'payment kept, not booked'
      amount: number
    }

export const moneyPlaces = ['order', 'account', 'claim', 'returned', 'unknown'] as const
export type MoneyPlace = (typeof moneyPlaces)[number]

/** `tendered + carried = order + account + claim + returned + unknown`, to the minor unit. */
export type MoneyOfSale = {
  tendered: { cash: number; bank: number; account: number; total: number }
  /** What the authority has put in: energy nobody pays, claims paid ahead, orders of earlier books. */
  carried: { unpaidDelivery: number; paidAhead: number; earlierBooks: number; total: number }
  sums: Record<MoneyPlace, number>
  heaps: MoneyHeap[]
  /** Notes whose value nobody knows. */
  valuelessNotes: number
  /** The same sums as the ledger alone has them; `unknown` and notes handed back are in no ledger. */
  ledger: { cash: number; bank: number; order: number; account: number; claim: number }
  /** None when rows and ledger say the same and everything adds up. */
  differences: {
    of: 'cash' | 'bank' | 'order' | 'account' | 'claim' | 'sum'
    rows: number
    ledger: number
  }[]
}

/** What a clerk should know beside the outcome. */
export type Remark =
  | { kind: 'kiosk stopped' }
  | { kind: 'card pulled' }
  | { kind: 'receipt printed'; number: number | null }
  | { kind: 'receipt not printed'; why: string }
  | { kind: 'note unknown'; value: number }
  | { kind: 'note returned'; value: number }
  | { kind: 'payment undone'; amount: number }
  | { kind: 'payment unknown'; amount: number }
  | { kind: 'meter refused'; code: number; otherMeter: string | null }
  | { kind: 'not in the meter yet' }
  | { kind: 'another sale near'; sale: string; at: number; amount: number }
  | { kind: 'journal not here' }
  | { kind: 'delivered unpaid'; amount: number }

/** What may be done now. Advice is for the caller; `propose` needs a second person. */
export type Option =
  | { kind: 'nothing to do' }
  /** Any kiosk offers, at the next visit: finish it, or money to the account. */
  | { kind: 'finish at next visit'; mayReturn: boolean }
  /** Nobody may decide before the card has been seen at a kiosk. */
  | { kind: 'bring the card' }
  | { kind: 'put the card into the meter' }
  | { kind: 'meter advice'; code: number; otherMeter: string | null }
  | { kind: 'wait for the kiosk' }
  | { kind: 'wait for the bank' }
  | { kind: 'count the cash box' }
  | { kind: 'redeem at a kiosk'; reference: string }
  | { kind: 'receipt again' }
  | { kind: 'two persons decide' }
  | { kind: 'call accounts' }
  | { kind: 'propose return'; amount: number; to: 'account' | 'claim' }
  | { kind: 'propose paying claim'; amount: number }
  | { kind: 'propose redeeming claim'; amount: number; customer: string | null }
  | { kind: 'no return'; why: NoReturn }

/** Why the order of a sale may not go back now. */
export type NoReturn = 'card decides' | 'delivered' | 'payment open' | 'other card' | 'sale running'

export type Explained = {
  sale: string
  reference: { number: string; words: string[] }
  at: number
  kiosk: KioskPlace | null
  card: string | null
  customer: { number: string; name: string; whole: boolean } | null
  meter: string | null
  order: {
    number: string
    state: OrderState
    tender: number
    energy: number
    count: number
    funding: 'cash' | 'account' | 'payment'
  } | null
  outcome: SaleOutcome
  remarks: Remark[]
  timeline: TimelineLine[]
  money: MoneyOfSale
  options: Option[]
  /** The same card within a day. */
  others: SaleChoice[]
  /** What the journal of the kiosk lacks here: its line numbers end before the visit ends. */
  journal: 'whole' | 'not here' | 'open'
}

type Proposed = { told: { approval: Approval } }
export type ExplainingQuestions = {
  'explain/find': { asked: z.input<typeof FindAsked>; told: Found }
  'explain/sale': { asked: z.input<typeof SaleAsked>; told: Explained }
}
export type ExplainingDeeds = {
  'explain/return-order': { asked: z.input<typeof ReturnAsked> } & Proposed
  'explain/pay-claim': { asked: z.input<typeof PayAsked> } & Proposed
  'explain/redeem-claim': { asked: z.input<typeof RedeemAsked> } & Proposed
}
