// What each word of the terminal makes of a payment (devices.md 10.4). Pure; the payment's states are payment.ts.
import { never } from '../../../domain/never.ts'
import type { Apdu } from './apdu.ts'
import { sameReceipt } from './matching.ts'
import type { Message, StatusInformation } from './messages.ts'
import { answered, ended, paymentDelays, reversed, step, unknown } from './payment.ts'
import type { Payment, PaymentStep } from './payment.ts'
import { abort, done, refusal, refused } from './requests.ts'
import { declineReason, hintOf } from './result-codes.ts'

/** Something the terminal said. Everything it leads with is answered. */
export const heard = (payment: Payment, message: Message, nowMs: number): PaymentStep => {
  if (payment.phase === 'ended') return step(payment)
  if (payment.phase === 'asked') return heardBefore(payment, message, nowMs)
  switch (message.kind) {
    case 'done':
    case 'refused':
      // The answer to our abort, or an answer repeated.
      return step(payment)
    case 'doing':
      return heardStep(payment, message, nowMs)
    case 'print':
      return step(
        {
          ...payment,
          slip: payment.phase === 'committed' ? [...payment.slip, ...message.lines] : payment.slip,
          limitMs: Math.max(payment.limitMs, nowMs + paymentDelays.completionMs),
        },
        { send: [done] },
      )
    case 'status information':
      return heardInformation(payment, message.information, nowMs)
    case 'completed':
      return completed(payment, nowMs)
    case 'aborted':
      return payment.phase === 'asking'
        ? declined(payment, payment.failure ?? message.code, nowMs, [done])
        : reversed(payment, [done])
    case 'unknown':
      return step(payment, { send: [refused(refusal.notUnderstood)] })
    default:
      return never(message)
  }
}

/** Until 80 00 whatever comes but an answer belongs to something older, and no older approval is ours to confirm. */
const heardBefore = (payment: Payment, message: Message, nowMs: number): PaymentStep => {
  if (message.kind === 'refused') return declined(payment, message.code, nowMs)
  if (message.kind === 'done') {
    return step(
      { ...payment, phase: 'asking', limitMs: nowMs + paymentDelays.messageMs },
      { send: payment.decision === 'abort' ? [abort] : [] },
    )
  }
  return step(payment, { send: [answerToStranger(message)] })
}

/** What is answered to a word that belongs to nothing we know: never "done" to an approval. */
export const answerToStranger = (message: Message): Apdu =>
  message.kind === 'status information' && (message.information.result ?? 0) === 0
    ? refused(refusal.goodsNotOut)
    : done

const heardStep = (
  payment: Payment,
  { status, limitMinutes }: Extract<Message, { kind: 'doing' }>,
  nowMs: number,
): PaymentStep => {
  const hint = hintOf(status)
  const silenceMs = limitMinutes === null ? paymentDelays.messageMs : limitMinutes * 60_000
  return step(
    {
      ...payment,
      stepMs: nowMs,
      // Devices.md 10.2, T4: begun anew by each 04 FF, which may set another one. The wait for our own word goes on.
      limitMs: payment.phase === 'authorised' ? payment.limitMs : nowMs + silenceMs,
    },
    {
      send: [done],
      tell: hint === null ? [] : [{ type: 'payment.hint', paymentId: payment.id, hint }],
    },
  )
}

const heardInformation = (
  payment: Payment,
  { result, receipt, cardType }: StatusInformation,
  nowMs: number,
): PaymentStep => {
  const limitMs = nowMs + paymentDelays.completionMs
  if (result !== null && result !== 0) {
    const phase = payment.phase === 'asking' ? 'asking' : 'refused'
    return step({ ...payment, phase, failure: result, limitMs }, { send: [done] })
  }
  const again =
    payment.receipt !== null && receipt !== null && sameReceipt(payment.receipt, receipt)
  if (payment.phase === 'asking') return approved(payment, { result, receipt, cardType }, nowMs)
  if (!again || payment.phase === 'refused') {
    return step(
      { ...payment, phase: 'refused', limitMs },
      { send: [refused(again ? refusal.goodsNotOut : refusal.notUnderstood)] },
    )
  }
  // Our 80 00 was lost on the way.
  if (payment.phase === 'committed') return step({ ...payment, limitMs }, { send: [done] })
  return payment.phase === 'waiting' ? answered(payment, nowMs) : step(payment)
}

/**
 * The bank has agreed. What cannot be read in full, or is about another amount, is no approval to rely on: any answer but 00 and
 * 9C makes the terminal reverse (devices.md 10.2).
 */
const approved = (
  payment: Payment,
  { result, receipt, cardType }: Pick<StatusInformation, 'result' | 'receipt' | 'cardType'>,
  nowMs: number,
): PaymentStep => {
  const limitMs = nowMs + paymentDelays.completionMs
  if (result === null || receipt === null || receipt.amount !== payment.amount) {
    return step(
      { ...payment, phase: 'refused', receipt, limitMs },
      { send: [refused(refusal.notUnderstood)] },
    )
  }
  if (payment.decision === 'abort') return answered({ ...payment, receipt }, nowMs)
  return step(
    { ...payment, phase: 'authorised', receipt, limitMs: nowMs + paymentDelays.pleaseWaitMs },
    { tell: [{ type: 'payment.authorised', paymentId: payment.id, receipt, cardType }] },
  )
}

const completed = (payment: Payment, nowMs: number): PaymentStep => {
  const { phase, failure, receipt, slip } = payment
  if (failure !== null) {
    return phase === 'asking'
      ? declined(payment, failure, nowMs, [done])
      : reversed(payment, [done])
  }
  if (phase === 'committed' && receipt !== null) {
    const stored = { type: 'payment.stored', paymentId: payment.id, receipt, slip } as const
    return ended(payment, stored, [done])
  }
  return unknown(payment, `the terminal completed what was not confirmed (${phase})`, [done])
}

const declined = (payment: Payment, code: number, nowMs: number, send: Apdu[] = []): PaymentStep =>
  ended(
    { ...payment, failure: code },
    {
      type: 'payment.declined',
      paymentId: payment.id,
      why: declineReason(code, {
        stopped: payment.decision === 'abort',
        waitedLong: nowMs - payment.stepMs >= paymentDelays.patienceMs,
      }),
    },
    send,
  )
