// The words between a kiosk and the power sales centre: one schema for each message, used on both sides.
//
// Every message is a POST of JSON to `/v1/<path>` and carries a `requestId` made by the kiosk. The same id again gets
// the same answer, for ever; the same id with another content is refused (409). A malformed message gets 400 and the
// names of the fields. The kiosk names itself in every message; a kiosk the centre does not know gets 403.
import { z } from 'zod'
import { KioskPublicKey, ReferenceNumber } from './claim.ts'
import { Notice, Refusal } from './diagnosis.ts'
import {
  CardSerial,
  InsertionId,
  KioskNumber,
  Nonce,
  NoteId,
  OrderNumber,
  QuoteId,
  RequestId,
  SaleId,
} from './identifiers.ts'
import { ChainHead } from './journal-chain.ts'
import { OrderState, OrderSummary } from './order.ts'
import { PaymentEnded, PaymentTendered } from './payment.ts'
import { Quote } from './quote.ts'
import { EnergyAmount, Hex, Moment, Money } from './schema.ts'

const request = { requestId: RequestId, kiosk: KioskNumber }

/** `/v1/look-nonces`: nonces fetched ahead, so that a card is read without waiting (power-card.md 8.1). */
export const LookNoncesRequest = z.object({
  ...request,
  count: z.int().min(1).max(10),
  /** By which the claims of this kiosk are known. The first one is kept; another one later is not (alarm). */
  publicKey: KioskPublicKey.optional(),
})
export const LookNoncesReply = z.object({
  nonces: z.array(z.object({ nonce: Nonce, expiresAt: Moment })),
})

/** What a kiosk read from a card with one look nonce (power-card.md 8.1 steps 1 and 2). All bytes as they came. */
export const CardLook = z.object({
  nonce: Nonce,
  /** The answer to SELECT, without status word. */
  fci: Hex,
  /** Null when the card answers 6B00: it is not issued. */
  files: z
    .object({
      ef01: Hex,
      /** Answer of MAC'd READ: 40 bytes and the MAC. */
      ef02: Hex,
      /** Answer of MAC'd READ: 128 bytes and the MAC. */
      ef05: Hex,
      /** Answer of INTERNAL AUTHENTICATE, 16 bytes. */
      genuine: Hex,
      /** Records of EF06, the newest first. */
      journal: z.array(Hex).max(8),
    })
    .nullable(),
})
export type CardLook = z.infer<typeof CardLook>

/** What the screen may show of an account: nothing here identifies a person to a stranger. */
export const AccountView = z.object({
  /** As in "Good morning, L. Chen". */
  shortName: z.string(),
  /** Name and address as the customer confirms them, partly masked. */
  address: z.string(),
  meter: z.string(),
  card: z.string(),
  customer: z.string(),
  tariff: z.object({ code: z.string(), name: z.string() }),
  /** Capital account; null where the edition has none. */
  balance: Money.nullable(),
  /** What the account may pay: less than the balance when it is frozen, more where an overdraft was agreed. */
  spendable: Money.nullable(),
  arrears: Money,
  /** From the last authentic write-back. */
  meterReading: z
    .object({
      remaining: EnergyAmount,
      at: Moment,
      usedThisMonth: EnergyAmount,
      usedLastMonth: EnergyAmount,
    })
    .nullable(),
  /** The day the energy runs out at the present use, if that can be said. */
  runsOutAt: Moment.nullable(),
  lastPurchases: z
    .array(z.object({ at: Moment, tender: Money, energy: EnergyAmount, state: OrderState }))
    .max(6),
})
export type AccountView = z.infer<typeof AccountView>

/** `/v1/insertions`: diagnosis before money, and recovery of an older order (power-card.md 9.1, 13.1). */
export const InsertionRequest = z.object({
  ...request,
  insertionId: InsertionId,
  /** Of the visit: an order that it has paid for by a payment can be finished in it before that has its end. */
  saleId: SaleId.optional(),
  serial: CardSerial,
  look: CardLook,
})
export type InsertionRequest = z.infer<typeof InsertionRequest>

export const SaleLimits = z.object({
  least: Money,
  most: Money,
  /** The most energy that fits; null = no hoarding limit. */
  mostEnergy: EnergyAmount.nullable(),
})
export type SaleLimits = z.infer<typeof SaleLimits>

export const Verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('can sell'), limits: SaleLimits }),
  /** `depositOffered`: money may go to the account although nothing can be sold. */
  z.object({ kind: z.literal('refused'), refusal: Refusal, depositOffered: z.boolean() }),
  /** Read EF02 and EF05 again after a SELECT, with this nonce, and ask again with a new request id. */
  z.object({ kind: z.literal('look again'), nonce: Nonce }),
  /** An older order is proven not to be on the card: it can be finished now or returned to the account. */
  z.object({ kind: z.literal('open order'), order: OrderSummary, mayReturn: z.boolean() }),
])
export type Verdict = z.infer<typeof Verdict>

export const InsertionReply = z.object({
  verdict: Verdict,
  /** Null when the card is not known or not genuine. */
  account: AccountView.nullable(),
  notices: z.array(Notice),
  /** An older order whose outcome this look decided; the slip that was missing can be printed now. */
  settled: OrderSummary.nullable(),
  /** Of `settled`, if it is on the card: the order proof for the QR on its slip. */
  receiptProof: z.string().nullable(),
})
export type InsertionReply = z.infer<typeof InsertionReply>

/** `/v1/quotes`: a binding price (domain.md 10), good for 120 s. */
export const QuoteRequest = z.object({
  ...request,
  saleId: SaleId,
  insertionId: InsertionId,
  wish: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('money'), tender: Money }),
    z.object({ kind: z.literal('energy'), energy: EnergyAmount }),
  ]),
})
export type QuoteRequest = z.infer<typeof QuoteRequest>
export const QuoteReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('quoted'), quote: Quote }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum([
      'too little',
      'too much',
      'no energy',
      'more than the meter may hold',
      'insertion over',
    ]),
    limits: SaleLimits,
  }),
])
export type QuoteReply = z.infer<typeof QuoteReply>

/** One note in the cash box. */
export const NoteTendered = z.object({ noteId: NoteId, value: Money })
export type NoteTendered = z.infer<typeof NoteTendered>

/**
 * Where the money of an order comes from. Cash: all notes of the sale; what they exceed the quote by goes to the
 * capital account with the same booking. Payment: authorised for exactly the quote's tender, and used for one order.
 */
export const Funding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cash'), notes: z.array(NoteTendered).min(1) }),
  z.object({ kind: z.literal('account') }),
  z.object({ kind: z.literal('payment'), payment: PaymentTendered }),
])
export type Funding = z.infer<typeof Funding>

/** `/v1/orders`: books the money and reserves the next purchase count; the order is then AWAIT_WRITE. */
export const OrderRequest = z.object({
  ...request,
  saleId: SaleId,
  insertionId: InsertionId,
  quoteId: QuoteId,
  funding: Funding,
})
export type OrderRequest = z.infer<typeof OrderRequest>
export const OrderReply = z.discriminatedUnion('kind', [
  /** `toAccount`: the remainder that was booked to the account; `balance` is the account after it. */
  z.object({
    kind: z.literal('reserved'),
    order: OrderSummary,
    toAccount: Money,
    balance: Money.nullable(),
  }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum([
      'quote expired',
      'insertion over',
      'not enough in the account',
      'open order',
      'sale closed',
      /** The payment is not authorised for this sum, or it has paid for something else. */
      'payment not good',
    ]),
  }),
])
export type OrderReply = z.infer<typeof OrderReply>

/** `/v1/scripts`: relays the card's challenge and gets the script (power-card.md 8.2). */
export const ScriptRequest = z.object({
  ...request,
  saleId: SaleId,
  insertionId: InsertionId,
  orderNumber: OrderNumber,
  challenge: Nonce,
})
export type ScriptRequest = z.infer<typeof ScriptRequest>
export const ScriptReply = z.discriminatedUnion('kind', [
  /** `commands`: APDUs, each to be answered 9000. `settleNonce`: for the proof afterwards. */
  z.object({ kind: z.literal('released'), commands: z.array(Hex).min(1), settleNonce: Nonce }),
  z.object({ kind: z.literal('refused'), why: z.enum(['fenced', 'not open', 'insertion over']) }),
])
export type ScriptReply = z.infer<typeof ScriptReply>

/** `/v1/settle-nonces`: a fresh nonce after a fault; fences the script that is out (power-card.md 8.4, 8.6). */
export const SettleNonceRequest = z.object({ ...request, orderNumber: OrderNumber })
export const SettleNonceReply = z.object({ nonce: Nonce })

/** `/v1/proofs`: what MAC'd READ EF02 gave; null = the card did not answer, the outcome is unknown. */
export const ProofRequest = z.object({
  ...request,
  saleId: SaleId,
  orderNumber: OrderNumber,
  nonce: Nonce,
  /** Answer of MAC'd READ EF02: 40 bytes and the MAC. */
  proof: Hex.nullable(),
})
export type ProofRequest = z.infer<typeof ProofRequest>
export const ProofReply = z.object({
  order: OrderSummary,
  /** LOADED only: the order proof signed by the centre, as text for the QR on the slip. */
  receiptProof: z.string().nullable(),
  /** An undo of this order is out, and no proof says yet how it ended: the next touch of the card does. */
  undoOpen: z.boolean(),
  balance: Money.nullable(),
})
export type ProofReply = z.infer<typeof ProofReply>

/** `/v1/undos`: takes a proven load back, within the session of its script (power-card.md 8.3). */
export const UndoRequest = z.object({
  ...request,
  saleId: SaleId,
  insertionId: InsertionId,
  orderNumber: OrderNumber,
})
export type UndoRequest = z.infer<typeof UndoRequest>
export const UndoReply = z.discriminatedUnion('kind', [
  /** `commands`: APDUs, each to be answered 9000. `settleNonce`: for the proof afterwards, read after a SELECT. */
  z.object({ kind: z.literal('released'), commands: z.array(Hex).min(1), settleNonce: Nonce }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum(['not loaded', 'session over', 'too late', 'asked before']),
  }),
])
export type UndoReply = z.infer<typeof UndoReply>

/**
 * `/v1/returns`: books a proven-not-loaded order back to the account. `toPayer`: its payment is going to be reversed, so the
 * account gets it and gives it back in the same booking. Refused where the money did not come by a payment.
 */
export const ReturnRequest = z.object({
  ...request,
  saleId: SaleId,
  orderNumber: OrderNumber,
  toPayer: z.boolean().optional(),
})
export type ReturnRequest = z.infer<typeof ReturnRequest>
export const ReturnReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('returned'), order: OrderSummary, balance: Money.nullable() }),
  z.object({ kind: z.literal('refused'), state: OrderState }),
])
export type ReturnReply = z.infer<typeof ReturnReply>

/** `/v1/order-states`: what has become of an order meanwhile, here or elsewhere. Changes nothing. */
export const OrderStateRequest = z.object({ ...request, orderNumber: OrderNumber })
export type OrderStateRequest = z.infer<typeof OrderStateRequest>
export const OrderStateReply = z.object({
  order: OrderSummary,
  /** LOADED, and nobody knows yet whether it was taken back. */
  undoOpen: z.boolean(),
})
export type OrderStateReply = z.infer<typeof OrderStateReply>

/**
 * `/v1/closings`: the kiosk is done with a sale in which notes were stacked or a payment was asked for. Fences everything
 * of the sale that did not arrive, returns an order of which no script was released, and books every note and every kept
 * payment that is in no order to the account. Sent until answered, once every payment has its end.
 * Sum of the notes and kept payments = money in the order + `toAccount` + `toSuspense`, always.
 */
export const ClosingRequest = z.object({
  ...request,
  saleId: SaleId,
  insertionId: InsertionId.nullable(),
  notes: z.array(NoteTendered),
  payments: z.array(PaymentEnded).optional(),
})
export type ClosingRequest = z.infer<typeof ClosingRequest>
export const ClosingReply = z.object({
  order: OrderSummary.nullable(),
  /** Booked to the capital account by this closing (money of the order's own remainder not included). */
  toAccount: Money,
  /** No account is known for this sale: kept in suspense under the sale id. */
  toSuspense: Money,
  balance: Money.nullable(),
})
export type ClosingReply = z.infer<typeof ClosingReply>

/** Of one upload. The longest line is a closing with a full cash box of notes. */
export const uploadLimits = { lines: 200, lineLength: 128 * 1024 }

/**
 * `/v1/journals`: the journal goes to the centre line by line, each exactly as it stands on the kiosk's disk, in order and
 * once; with `lines` empty only the head goes. `answering` is the `answer` of the centre's last reply, null when the kiosk
 * has none: so the centre knows a message that was held up on its way from one whose kiosk has forgotten something.
 */
export const JournalRequest = z.object({
  ...request,
  answering: z.int().nonnegative().nullable(),
  /** The last line that the kiosk believes the centre has; `lines` follow it. */
  after: z.int().nonnegative(),
  lines: z.array(z.string().max(uploadLimits.lineLength)).max(uploadLimits.lines),
  /** The last line on the kiosk's disk. */
  head: ChainHead,
})
export type JournalRequest = z.infer<typeof JournalRequest>
const answer = { answer: z.int().nonnegative() }
export const JournalReply = z.discriminatedUnion('kind', [
  /** The centre has every line through this one. */
  z.object({ ...answer, kind: z.literal('kept'), through: z.int(), hash: ChainHead.shape.hash }),
  /**
   * Nothing of the message counts: it was made before the last answer was known. This is where the centre stands: the last
   * line it has, and the last it has ever heard of. A kiosk whose own lines are these goes on from there.
   */
  z.object({ ...answer, kind: z.literal('go on'), has: ChainHead, knows: ChainHead }),
  /** Lines are missing behind this one: nothing was kept, and an alarm raised. */
  z.object({ ...answer, kind: z.literal('gap'), through: z.int() }),
  /** The kiosk's line of this number is another than the centre's. Nothing was kept, and an alarm raised. */
  z.object({ ...answer, kind: z.literal('fork'), at: z.int(), hash: ChainHead.shape.hash }),
  /** This line is not what its own hash says. Nothing was kept, and an alarm raised. */
  z.object({ ...answer, kind: z.literal('altered'), at: z.int() }),
  /** The centre knows of more than the kiosk has: its disk was put back, emptied or cut. An alarm was raised. */
  z.object({ ...answer, kind: z.literal('behind'), through: z.int(), hash: ChainHead.shape.hash }),
])
export type JournalReply = z.infer<typeof JournalReply>

/**
 * `/v1/claims`: somebody has typed the number of a slip, and a genuine card is in. What is in suspense for that sale goes
 * to the account of this card, once. After five references nobody knows, with one card in a day or at one kiosk in an
 * hour, everything is `refused`.
 */
export const ClaimRequest = z.object({
  ...request,
  insertionId: InsertionId,
  reference: ReferenceNumber,
})
export type ClaimRequest = z.infer<typeof ClaimRequest>
export const ClaimReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redeemed'), amount: Money, balance: Money.nullable() }),
  /** The money has found its destination meanwhile. `card`: the end of its number, where there is one. */
  z.object({ kind: z.literal('already in account'), amount: Money, card: z.string().nullable() }),
  z.object({ kind: z.literal('in a purchase'), card: z.string().nullable() }),
  z.object({ kind: z.literal('already redeemed'), at: Moment }),
  /** The kiosk that printed the slip has not closed that sale yet. */
  z.object({ kind: z.literal('not yet') }),
  z.object({ kind: z.literal('not known') }),
  /** A person has to look: the sale is closed and no note of it was told of, or two slips have this number. */
  z.object({ kind: z.literal('ask the office') }),
  z.object({ kind: z.literal('refused') }),
])
export type ClaimReply = z.infer<typeof ClaimReply>

/** Path, request and reply of every message: what server and client are both made from. */
export const centreMessages = {
  lookNonces: { path: '/v1/look-nonces', request: LookNoncesRequest, reply: LookNoncesReply },
  insertion: { path: '/v1/insertions', request: InsertionRequest, reply: InsertionReply },
  quote: { path: '/v1/quotes', request: QuoteRequest, reply: QuoteReply },
  order: { path: '/v1/orders', request: OrderRequest, reply: OrderReply },
  script: { path: '/v1/scripts', request: ScriptRequest, reply: ScriptReply },
  settleNonce: { path: '/v1/settle-nonces', request: SettleNonceRequest, reply: SettleNonceReply },
  proof: { path: '/v1/proofs', request: ProofRequest, reply: ProofReply },
  undo: { path: '/v1/undos', request: UndoRequest, reply: UndoReply },
  return: { path: '/v1/returns', request: ReturnRequest, reply: ReturnReply },
  orderState: { path: '/v1/order-states', request: OrderStateRequest, reply: OrderStateReply },
  claim: { path: '/v1/claims', request: ClaimRequest, reply: ClaimReply },
  closing: { path: '/v1/closings', request: ClosingRequest, reply: ClosingReply },
  journal: { path: '/v1/journals', request: JournalRequest, reply: JournalReply },
} as const
export type CentreMessages = typeof centreMessages
export type MessageName = keyof CentreMessages
/** A request without what the client adds to every one: its id and the kiosk's number. */
export type Asked<Name extends MessageName> = Omit<
  z.input<CentreMessages[Name]['request']>,
  'requestId' | 'kiosk'
>
export type Answered<Name extends MessageName> = z.infer<CentreMessages[Name]['reply']>

/** How asking the centre ends. Every request may be repeated under the same id, so `unknown` is settled by asking again. */
export type CentreAnswer<Name extends MessageName> =
  | { kind: 'answered'; reply: Answered<Name> }
  /** The centre said no to the message itself (4xx): asking again changes nothing. */
  | { kind: 'refused'; status: number; problem: string }
  /** Certainly not received: the line is down. */
  | { kind: 'away'; why: string }
  /** Perhaps received, no answer in time. */
  | { kind: 'unknown'; why: string }
