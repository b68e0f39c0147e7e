// The words of "Explain a sale": a sentence that a clerk can read out for every fact, outcome, heap of money and option.
import type {
  Explained,
  MoneyHeap,
  MoneyOfSale,
  NoReturn,
  Option,
  ReadAs,
  Remark,
  SaleOutcome,
} from '../../../domain/console/explaining.ts'
import type { Fact, FactSource, HowSure } from '../../../domain/console/explained-facts.ts'
import type { OrderState } from '../../../domain/order.ts'

/** How values are written inside a sentence: each kept apart from the direction of the words around it. */
export type Say = {
  money: (minorUnits: number) => string
  energy: (hundredths: number) => string
  /** What a machine has noted: worded where that is one of a closed set, else quoted. */
  noted: (text: string) => string
  /** A number or word that is a name. */
  id: (name: string) => string
  when: (at: number) => string
  count: (count: number) => string
}

/** A sentence for each member of a union with a `kind`. */
type Sentences<Union extends { kind: string }> = {
  [Kind in Union['kind']]: (of: Extract<Union, { kind: Kind }>, say: Say) => string
}

/** Groups of the result codes of a meter (power-card.md 10.6) that a caller is told the same of. */
export type MeterAdvice =
  | 'credited'
  | 'voltage'
  | 'service'
  | 'card turned'
  | 'office'
  | 'not for this meter'
  | 'other meter'
  | 'newest card'
  | 'opening card'
  | 'kiosk first'
  | 'again'
  | 'again for 15 s'
  | 'full'

export type ExplainingWords = {
  title: string
  about: string
  search: string
  searchHint: string
  find: string
  examples: string
  found: (count: number) => string
  readAs: Record<ReadAs, string>
  several: string
  more: string
  nothing: (text: string) => string
  nothingHint: string
  noSale: string
  suggestions: string
  columns: {
    when: string
    where: string
    amount: string
    outcome: string
    order: string
    reference: string
  }
  outcomes: Record<SaleOutcome, string>
  another: string

  sale: string
  facts: {
    reference: string
    words: string
    kiosk: string
    card: string
    customer: string
    meter: string
    order: string
    energy: string
    state: string
    sale: string
  }
  states: Record<OrderState, string>
  others: string
  othersAbout: string

  answer: string
  happened: string
  happenedIn: Record<SaleOutcome, string>
  remarks: Sentences<Remark>
  whereNow: string
  tendered: string
  tenders: Record<'cash' | 'bank' | 'account', string>
  carried: Record<keyof Omit<MoneyOfSale['carried'], 'total'>, string>
  heaps: Record<MoneyHeap['kind'], string>
  parts: Record<Extract<MoneyHeap, { kind: 'delivered' }>['parts'][number]['of'], string>
  toCustomer: (customer: string) => string
  noMoney: string
  addsUp: string
  ledgerAgrees: string
  ledgerDiffers: string
  differs: Record<MoneyOfSale['differences'][number]['of'], string>
  rows: string
  ledger: string
  valueless: (count: number) => string

  mayDo: string
  options: Sentences<Option>
  noReturn: Record<NoReturn, string>
  meter: Record<MeterAdvice, string>
  propose: { return: string; pay: string; redeem: string }
  proposing: {
    secondPerson: string
    effect: string
    from: string
    to: string
    inOrder: string
    inClaim: string
    account: string
    claim: string
    cash: string
    reason: string
    reasonHint: string
    customer: string
    customerHint: string
    submit: string
    done: string
    toApprovals: string
  }

  readOut: string
  readOutAbout: string
  readings: {
    /** By how it was paid: notes put in (or several ways), through a bank, from the account. */
    visit: Record<
      'cash' | 'bank' | 'account',
      (of: { when: string; where: string; amount: string }) => string
    >
    visitNothing: (of: { when: string; where: string }) => string
    heaps: Record<MoneyHeap['kind'], (amount: string) => string>
    reference: (of: { number: string; words: string }) => string
    noCardNumber: string
    differs: string
  }

  timeline: string
  timelineAbout: string
  journals: Record<Explained['journal'], string>
  now: string
  sure: Record<HowSure, string>
  sources: Record<FactSource['from'], string>
  noted: (text: string) => string
  told: Sentences<Fact>
}
