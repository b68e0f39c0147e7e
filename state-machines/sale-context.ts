// What a sale knows: the cast of `sale.ts`, its events, and the small pure questions its guards ask.
import type { DoneActorEvent } from 'xstate'
import type {
  AccountView,
  Answered,
  CardLook,
  NoteTendered,
  SaleLimits,
} from '../domain/centre-messages.ts'
import { ReferenceNumber } from '../domain/claim.ts'
import type { Notice } from '../domain/diagnosis.ts'
import { energy, type Energy } from '../domain/energy.ts'
import type { CardSerial, InsertionId, Nonce, RequestId, SaleId } from '../domain/identifiers.ts'
import type { Language } from '../domain/language.ts'
import { minor, nothing, type Minor } from '../domain/money.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { Quote } from '../domain/quote.ts'
import type { CardLine, CardReaderEvent } from '../drivers/card-reader/card-reader.ts'
import type { NoteAcceptorEvent } from '../drivers/note-acceptor/note-acceptor.ts'
import type {
  ReceiptDocument,
  ReceiptPrinterEvent,
} from '../drivers/receipt-printer/receipt-printer.ts'
import type {
  AmountProblem,
  ClaimTold,
  Mishap,
  MoneyPlace,
  NoteState,
  Outcome,
  ReceiptText,
  RefusalView,
  RestGoesTo,
  Tender,
  TenderOffer,
} from '../ui/kiosk/screen.ts'
import type { Ids, PressEvent } from './casting.ts'
import type { ChargingCommand, Payment } from './payment.ts'
import type { PaymentEvent } from './payment-words.ts'
import { paymentIn } from './sale-payment.ts'

export type Card = { line: CardLine; fci: Uint8Array }

export type SaleInput = {
  saleId: SaleId
  ids: Ids
  language: Language
  card: Card
  tenders: TenderOffer[]
  /** Values the acceptor may take. */
  cashValues: readonly Minor[]
  /** The most cash one sale may hold. */
  mostCash: Minor
}

export type SaleOutput = {
  saleId: SaleId
  end: Outcome['kind'] | Mishap
  cash: Minor
  /** It was no purchase: the number of whoever goes on to the maintenance mode with a service card. */
  service: string | null
}

export type PreparedReceipt = {
  jobId: string
  paper: ReceiptDocument
  texts: ReceiptText[]
  qr: string | null
}

export type Looked =
  | { kind: 'looked'; serial: CardSerial; look: CardLook }
  | { kind: 'not readable' }
  | { kind: 'centre away' }

export type SaleContext = SaleInput & {
  /** The insertion the card is in now; a card put back gets a new one. */
  insertionId: InsertionId
  /** The insertion the sale began with: it says whose account the money goes to. */
  firstInsertionId: InsertionId
  cardIn: boolean
  /** A card went in that has not been looked at yet. */
  freshCard: boolean
  serial: CardSerial | null
  look: CardLook | null
  /** Nonce for a second look, asked for by the centre. */
  lookNonce: Nonce | null
  looks: number

  account: AccountView | null
  notices: Notice[]
  settled: OrderSummary | null
  limits: SaleLimits | null
  refusal: RefusalView | null
  depositOffered: boolean
  mayReturn: boolean
  /** Whose service card is in, once they want into the maintenance mode. */
  service: string | null

  by: 'money' | 'energy'
  typed: string
  problem: AmountProblem | null
  wish: { kind: 'money'; tender: Minor } | { kind: 'energy'; energy: Energy } | null
  /** The price of the wish; later the price of what is really paid. */
  quote: Quote | null
  /** The price of what is in so far: the energy that grows with the notes. */
  priced: Quote | null
  /** The sum the energy on screen belongs to, and the sum being asked about. */
  pricedFor: Minor
  pricingFor: Minor
  /** What is really paid for energy; what is in beyond it goes to the account. */
  paying: Minor | null
  requotes: number

  tender: Tender | null
  notes: NoteTendered[]
  note: NoteState
  unknownNotes: NoteTendered[]
  /** Notes in the box that the acceptor could not name. */
  namelessNotes: number
  /** The customer left or ran out of time while money was in. */
  gaveUp: boolean
  cancelled: boolean
  /** The acceptor or the journal let the sale down: no new money, what is in may still be used. */
  finishOnly: boolean

  /** Payments through a bank that were tried in this sale; the last one is the one that counts. */
  payments: Payment[]

  /** What became of the claim slip whose number is `typed`; null until it is known. */
  claimTold: ClaimTold | null

  order: OrderSummary | null
  orderRefusal: string | null
  /** The energy is on the card, proven. */
  written: boolean
  /** `clean`: a script was sent to the card, which has proven not to carry the order. `undecided`: nobody can say. */
  cardState: 'untouched' | 'clean' | 'undecided'
  /** The centre was asked to take the order back. */
  returnAsked: boolean
  /** The card of the order, which alone may be put back for it. */
  orderSerial: CardSerial | null
  /** Another card than that was put in instead. */
  otherCard: boolean
  /** The load may still be taken back: same session, no more than `undoPatience` since its proof (power-card.md 8.3). */
  undoable: boolean
  /** The customer wanted the purchase undone, and it stands all the same. */
  undoFailed: boolean
  /** The card showed how an older purchase ended: its slip comes before everything else. */
  healing: boolean
  toAccount: Minor
  balance: Minor | null
  receiptProof: string | null
  writing: { phase: 'preparing' | 'writing' | 'proving'; step: number; steps: number }

  requestId: RequestId | null
  closing: Answered<'closing'> | null
  mishap: Mishap | null
  money: MoneyPlace
  outcome: Outcome
  receipt: PreparedReceipt | null
  printed: 'no' | 'printing' | 'yes' | { why: string }
  /** Times the paper of this slip did not come. */
  failedPrints: number
  /** Duplicates of this slip that were asked for. */
  copies: number
}

export type SaleEvent =
  | PressEvent
  | CardReaderEvent
  | NoteAcceptorEvent
  | ReceiptPrinterEvent
  | PaymentEvent
  | ChargingCommand
  | { type: 'charging.wanted' }
  /** It has its end, or nobody knows it. */
  | { type: 'payment.over' }
  | { type: 'tenders.changed'; tenders: TenderOffer[]; cashValues: readonly Minor[] }
  | { type: 'patience.start' }
  | { type: 'patience.stop' }
  | { type: 'patience.ended' }
  | { type: 'undo.offered' }
  | { type: 'undo.asked' }
  | { type: 'story.ended' }
  | DoneActorEvent

export const firstContext = (input: SaleInput): SaleContext => {
  const insertionId = input.ids.insertion()
  return { ...input, ...blank, insertionId, firstInsertionId: insertionId }
}

const blank: Omit<SaleContext, keyof SaleInput | 'insertionId' | 'firstInsertionId'> = {
  cardIn: true,
  freshCard: true,
  serial: null,
  look: null,
  lookNonce: null,
  looks: 0,
  account: null,
  notices: [],
  settled: null,
  limits: null,
  refusal: null,
  depositOffered: false,
  service: null,
  mayReturn: false,
  by: 'money',
  typed: '',
  problem: null,
  wish: null,
  quote: null,
  priced: null,
  pricedFor: nothing,
  pricingFor: nothing,
  paying: null,
  requotes: 0,
  tender: null,
  notes: [],
  note: { kind: 'ready' },
  unknownNotes: [],
  namelessNotes: 0,
  gaveUp: false,
  cancelled: false,
  finishOnly: false,
  payments: [],
  claimTold: null,
  order: null,
  orderRefusal: null,
  written: false,
  cardState: 'untouched',
  returnAsked: false,
  orderSerial: null,
  otherCard: false,
  undoable: false,
  undoFailed: false,
  healing: false,
  toAccount: nothing,
  balance: null,
  receiptProof: null,
  writing: { phase: 'preparing', step: 0, steps: 0 },
  requestId: null,
  closing: null,
  mishap: null,
  money: { kind: 'not taken' },
  outcome: { kind: 'nothing bought' },
  receipt: null,
  printed: 'no',
  failedPrints: 0,
  copies: 0,
}

/** Duplicates of one slip that a customer gets. */
export const copiesMost = 2

/** Times a price may run out on a customer who is still deciding before the money goes to the account instead. */
export const requotesMost = 3

/** The screen's keypad types whole currency units or whole kWh. */
export const typedDigitsMost = 5

/** Digits of a reference. */
export const claimDigits = 12

/** The number of a slip, once all of it is typed and its check digit fits. */
export const claimNumber = (typed: string): ReferenceNumber | null =>
  ReferenceNumber.safeParse(typed).data ?? null

export const wishOf = (by: 'money' | 'energy', units: number): NonNullable<SaleContext['wish']> =>
  by === 'money'
    ? { kind: 'money', tender: minor(units * 100) }
    : { kind: 'energy', energy: energy(units * 100) }

export const tenderWorks = (tenders: readonly TenderOffer[], tender: Tender): boolean =>
  tenders.some((offer) => offer.tender === tender && offer.works)

/** The account can pay the whole price. */
export const accountCovers = (context: SaleContext): boolean =>
  context.account !== null &&
  context.account.spendable !== null &&
  context.quote !== null &&
  context.account.spendable >= context.quote.tender

/**
 * Within the time and the session; and where there is no account, there is nowhere the money could go. Nor is there money
 * before a bank has charged its payer.
 */
export const mayTakeBack = (context: SaleContext): boolean =>
  context.undoable &&
  context.account !== null &&
  context.account.balance !== null &&
  (paymentIn(context)?.phase ?? 'kept') === 'kept'

/** Where money goes that buys nothing here. */
export const restGoesTo = ({ account }: Pick<SaleContext, 'account'>): RestGoesTo =>
  account === null || account.balance === null ? 'claim' : 'account'

/** All energy of an order or quote that goes on the card. */
export const energyOf = (quote: Quote | null): Energy =>
  energy((quote?.energy ?? 0) + (quote?.freeEnergy ?? 0))
