// One payment with vend confirmation (devices.md 10.4): what the kiosk and the clock make of it (the terminal: payment-words.ts). Pure.
//
//   asked -> asking -> authorised <-> waiting        the terminal asks again after each "please wait"
//                          |-> committed -> ended    80 00: the goods are out
//                          |-> refused   -> ended    84 66, or the terminal gave up by itself
import type { PaymentId } from '../../../domain/identifiers.ts'
import type { Minor } from '../../../domain/money.ts'
import { never } from '../../../domain/never.ts'
import type { BankTerminalEvent, PaymentReceipt } from '../bank-terminal.ts'
import type { Apdu } from './apdu.ts'
import { abort, done, refusal, refused } from './requests.ts'

/** Named so that tests can advance the clock by them. */
export const paymentDelays = {
  /** T3: until 80 00 or 84 xx. */
  answerMs: 5_000,
  /** T4: from 80 00 to the next word, and from word to word. */
  messageMs: 180_000,
  /** "Please wait" goes out so long after the question, well within the terminal's own 60 s. */
  pleaseWaitMs: 45_000,
  /** After "please wait" the terminal asks again in 2 s. */
  askAgainMs: 20_000,
  /** From 80 00 or 84 66 to the end; each line of paper begins it anew. */
  completionMs: 60_000,
  /** From 06 B0 to the end of a payment that has lost our patience. */
  stopMs: 15_000,
  /** 6C after so long without a step was the terminal's patience, earlier the customer's stop key. */
  patienceMs: 25_000,
}

export type Payment = {
  id: PaymentId
  amount: Minor
  phase: 'asked' | 'asking' | 'authorised' | 'waiting' | 'committed' | 'refused' | 'ended'
  decision: 'none' | 'confirm' | 'refuse' | 'abort'
  /** What was approved. */
  receipt: PaymentReceipt | null
  /** The result of a payment that came to nothing. */
  failure: number | null
  slip: readonly string[]
  /** When the terminal last told a step, and when it has been silent for too long. */
  stepMs: number
  limitMs: number
}

export type PaymentStep = {
  payment: Payment
  send: readonly Apdu[]
  tell: readonly BankTerminalEvent[]
}

export const begun = (id: PaymentId, amount: Minor, nowMs: number): Payment => ({
  id,
  amount,
  phase: 'asked',
  decision: 'none',
  receipt: null,
  failure: null,
  slip: [],
  stepMs: nowMs,
  limitMs: nowMs + paymentDelays.answerMs,
})

export const step = (
  payment: Payment,
  { send = [], tell = [] }: { send?: Apdu[]; tell?: BankTerminalEvent[] } = {},
): PaymentStep => ({ payment, send, tell })

export const ended = (
  payment: Payment,
  verdict: BankTerminalEvent,
  send: Apdu[] = [],
): PaymentStep => step({ ...payment, phase: 'ended' }, { send, tell: [verdict] })

export const unknown = (payment: Payment, why: string, send: Apdu[] = []): PaymentStep =>
  ended(payment, { type: 'payment.unknown', paymentId: payment.id, why }, send)

export const reversed = (payment: Payment, send: Apdu[]): PaymentStep =>
  ended(payment, { type: 'payment.reversed', paymentId: payment.id }, send)

/** The line is gone. Whatever was said last may not have arrived, so only the terminal's books can say. */
export const lineLost = (payment: Payment): PaymentStep =>
  unknown(payment, `the line was lost (${payment.phase})`)

/** What the kiosk has decided. A decision that comes too late changes nothing: the end is told all the same. */
export const decided = (
  payment: Payment,
  decision: 'confirm' | 'refuse' | 'abort',
  nowMs: number,
): PaymentStep => {
  const { phase } = payment
  if (decision === 'abort') {
    if (payment.decision !== 'none' || (phase !== 'asked' && phase !== 'asking')) {
      return step(payment)
    }
    // Before 80 00 the terminal has not got the command yet: it is stopped as soon as it has.
    return step({ ...payment, decision }, { send: phase === 'asking' ? [abort] : [] })
  }
  if (payment.decision !== 'none') return step(payment)
  if (phase === 'authorised') return answered({ ...payment, decision }, nowMs)
  return phase === 'waiting' ? step({ ...payment, decision }) : step(payment)
}

/** The answer about the goods: this pair of bytes is the commitment. */
export const answered = (payment: Payment, nowMs: number): PaymentStep => {
  const limitMs = nowMs + paymentDelays.completionMs
  switch (payment.decision) {
    case 'confirm':
      return step({ ...payment, phase: 'committed', limitMs }, { send: [done] })
    case 'refuse':
    case 'abort':
      return step(
        { ...payment, phase: 'refused', limitMs },
        { send: [refused(refusal.goodsNotOut)] },
      )
    case 'none':
      return step({
        ...payment,
        phase: 'authorised',
        limitMs: nowMs + paymentDelays.pleaseWaitMs,
      })
    default:
      return never(payment.decision)
  }
}

/** The limit has passed without a word. */
export const timeIsUp = (payment: Payment, nowMs: number): PaymentStep => {
  switch (payment.phase) {
    case 'authorised':
      return step(
        { ...payment, phase: 'waiting', limitMs: nowMs + paymentDelays.askAgainMs },
        { send: [refused(refusal.pleaseWait)] },
      )
    case 'asking':
      // Devices.md 10.9: a kiosk that loses patience says so.
      return payment.decision === 'abort'
        ? unknown(payment, 'the terminal does not stop asking')
        : step(
            { ...payment, decision: 'abort', limitMs: nowMs + paymentDelays.stopMs },
            { send: [abort] },
          )
    case 'asked':
    case 'waiting':
    case 'committed':
    case 'refused':
      return unknown(payment, `the terminal fell silent (${payment.phase})`)
    case 'ended':
      return step(payment)
    default:
      return never(payment.phase)
  }
}
