// A payment that is not cash: what identifies it for ever, and how it can have ended (devices.md 10.8, domain.md 14.2).
import { z } from 'zod'
import { PaymentId } from './identifiers.ts'
import { Money } from './schema.ts'

/** `bank card`: at the kiosk's bank terminal. `bank account`: the account linked to the power card, through the front machine. */
export const paymentWays = ['bank card', 'bank account'] as const
export const PaymentWay = z.enum(paymentWays)
export type PaymentWay = z.infer<typeof PaymentWay>

/**
 * By what both sides know one payment: all of it is compared, never "the last one". No card number, not even a part of one.
 * A bank terminal gives its own number, receipt and trace; a front machine the terminal it speaks for, the STAN and the
 * reference of the bank.
 */
export const PaymentEvidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('terminal'),
    terminalId: z.string().regex(/^\d{8}$/),
    receiptNumber: z.int().min(1).max(9999),
    trace: z.int().min(0).max(999_999),
    /** MMDDhhmmss by the terminal's own clock. */
    at: z.string().regex(/^\d{10}$/),
  }),
  z.object({
    kind: z.literal('bank'),
    terminalId: z.string().min(1).max(20),
    stan: z.int().min(1).max(999_999),
    reference: z.string().min(1).max(14),
    /** YYYY-MM-DD: the business date of the bank. */
    businessDate: z.iso.date(),
  }),
])
export type PaymentEvidence = z.infer<typeof PaymentEvidence>

/** An authorised payment that pays for an order. */
export const PaymentTendered = z.object({
  paymentId: PaymentId,
  way: PaymentWay,
  amount: Money,
  evidence: PaymentEvidence,
})
export type PaymentTendered = z.infer<typeof PaymentTendered>

/**
 * How a payment ended. `kept`: the payer is charged. `reversed`: certainly not. `unknown`: nobody on site can say any more;
 * the bank's file decides.
 */
export const PaymentEnded = z.object({
  paymentId: PaymentId,
  way: PaymentWay,
  amount: Money,
  /** Null when no approval was ever heard of. */
  evidence: PaymentEvidence.nullable(),
  end: z.enum(['kept', 'reversed', 'unknown']),
})
export type PaymentEnded = z.infer<typeof PaymentEnded>
