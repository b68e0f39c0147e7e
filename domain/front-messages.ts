// The words between a terminal of the bank edition and the bank's front machine: payments from linked accounts.
//
// Same rules as the messages of the centre, which the front machine answers too by passing them on: a POST of JSON with a
// `requestId`, the same id gets the same answer for ever (409 for other content), 400 names the fields, a terminal that is
// not in the front machine's list gets 403. Kiosks and the bank's counters speak it alike; which of the two a terminal is
// stands in that list and not in the message, so nobody can call himself another channel.
//
// A payment is known by its `paymentId` for ever. Asked for twice, it is done once. Whatever the front machine says of it,
// it can be asked again with `paymentState` under a new request id.
import { z } from 'zod'
import {
  CardSerial,
  InsertionId,
  KioskNumber,
  PaymentId,
  RequestId,
  SaleId,
} from './identifiers.ts'
import { PaymentEvidence } from './payment.ts'
import { Money } from './schema.ts'

const request = { requestId: RequestId, kiosk: KioskNumber }

/**
 * A PIN as the PIN pad of the terminal encrypted it. Nobody between the pad and the bank can open it, and nobody keeps it.
 * `block`: ISO 9564, 8 or 16 bytes. `keySerial`: of the DUKPT key it is under, 10 or 12 bytes.
 */
export const PinBlock = z.object({
  block: z.string().regex(/^([0-9a-f]{16}){1,2}$/, 'must be a PIN block: 8 or 16 bytes as hex'),
  keySerial: z
    .string()
    .regex(/^[0-9a-f]{20}([0-9a-f]{4})?$/, 'must be a key serial: 10 or 12 bytes'),
})
export type PinBlock = z.infer<typeof PinBlock>

/** Why an account was certainly not charged. `sale over`: the sale was closed, or this payment was asked about before. */
export const declines = [
  'declined',
  'not enough money',
  'wrong pin',
  'limit',
  'not linked',
  'bank away',
  'sale over',
] as const
const Declined = z.object({ kind: z.literal('declined'), why: z.enum(declines) })
export type WhyDeclined = (typeof declines)[number]

/** `evidence` is what the order is funded with. */
const Approved = z.object({ kind: z.literal('approved'), evidence: PaymentEvidence })

/** `/v1/payments`: charges the account that is linked to the power card, once. Takes up to the 30 s the bank has. */
export const PaymentRequest = z.object({
  ...request,
  paymentId: PaymentId,
  saleId: SaleId,
  insertionId: InsertionId,
  /** Of the power card; which account that is only the front machine knows. */
  serial: CardSerial,
  amount: Money.refine((amount) => amount > 0, 'must be above 0'),
  pin: PinBlock,
})
export type PaymentRequest = z.infer<typeof PaymentRequest>
export const PaymentReply = z.discriminatedUnion('kind', [
  Approved,
  Declined,
  /** The bank did not answer, or not so that it can be believed. A reversal is queued: ask for the state. */
  z.object({ kind: z.literal('unknown') }),
])
export type PaymentReply = z.infer<typeof PaymentReply>

/** `/v1/payment-reversals`: nothing was delivered for it, the payer gets the money back. May be asked at any time. */
export const PaymentReversalRequest = z.object({ ...request, paymentId: PaymentId })
export type PaymentReversalRequest = z.infer<typeof PaymentReversalRequest>
export const PaymentReversalReply = z.discriminatedUnion('kind', [
  /** The payer is not charged: given back, declined, or never asked for and from now on refused. */
  z.object({ kind: z.literal('reversed') }),
  /** Queued and certain to arrive: the payer counts as not charged. */
  z.object({ kind: z.literal('reversing') }),
  z.object({
    kind: z.literal('not possible'),
    /**
     * `script is out`: energy may be on the card; a proof that it is not, or a return to the payer at the centre, opens the
     * way. `kept`: the centre was told that the payer is charged, or has the money in the customer's account.
     */
    why: z.enum(['script is out', 'kept']),
  }),
])
export type PaymentReversalReply = z.infer<typeof PaymentReversalReply>

/** `/v1/payment-states`: what has become of a payment. One that is not known is fenced first: it is refused ever after. */
export const PaymentStateRequest = z.object({ ...request, paymentId: PaymentId })
export type PaymentStateRequest = z.infer<typeof PaymentStateRequest>
export const PaymentStateReply = z.discriminatedUnion('kind', [
  Approved,
  Declined,
  z.object({ kind: z.literal('reversed') }),
  z.object({ kind: z.literal('reversing') }),
  /** The bank is being asked at this moment. */
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('not known') }),
])
export type PaymentStateReply = z.infer<typeof PaymentStateReply>

/** Path, request and reply of every message that is the front machine's own. */
export const frontMessages = {
  payment: { path: '/v1/payments', request: PaymentRequest, reply: PaymentReply },
  paymentReversal: {
    path: '/v1/payment-reversals',
    request: PaymentReversalRequest,
    reply: PaymentReversalReply,
  },
  paymentState: {
    path: '/v1/payment-states',
    request: PaymentStateRequest,
    reply: PaymentStateReply,
  },
} as const
export type FrontMessages = typeof frontMessages
export type FrontMessageName = keyof FrontMessages
/** A request without what the client adds to every one: its id and the terminal's number. */
export type FrontAsked<Name extends FrontMessageName> = Omit<
  z.input<FrontMessages[Name]['request']>,
  'requestId' | 'kiosk'
>
export type FrontAnswered<Name extends FrontMessageName> = z.infer<FrontMessages[Name]['reply']>

/**
 * On every answer of the front machine, its own and those passed on, stands what the bank wants of this terminal next: one
 * digit (domain.md 13.1). In a header, because an answer is the same bytes for ever and this is of the moment.
 */
export const pendingActionHeader = 'pending-action'
export const pendingActions = [
  'nothing',
  'fetch parameters',
  'fetch program',
  'fetch menu',
  'sign on again',
  'message to the merchant',
  'change the channel',
] as const
export type PendingAction = (typeof pendingActions)[number]
