// One payment with vend confirmation (devices.md 10.4): what each word of the terminal, the kiosk and the clock makes of it. Pure.
//
//   asked -> asking -> authorised <-> waiting        the terminal asks again after each "please wait"
//                          |-> committed -> ended    80 00: the goods are out
//                          |-> refused   -> ended    84 66, or the terminal gave up by itself
import type { PaymentId } from '../../../domain/identifiers.ts'
import type { Minor } from '../../../domain/money.ts'
import { never } from '../../../domain/never.ts'
import type { BankTerminalEvent, PaymentReceipt } from '../bank-terminal.ts'
import type { Apdu } from './apdu.ts'
import { sameReceipt } from './matching.ts'
import type { Message, StatusInformation } from './messages.ts'
import { abort, done, refusal, refused } from './requests.ts'
import { declineReason, hintOf } from './result-codes.ts'

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

const step = (
  payment: Payment,
  { send = [], tell = [] }: { send?: Apdu[]; tell?: BankTerminalEvent[] } = {},
): PaymentStep => ({ payment, send, tell })

const ended = (payment: Payment, verdict: BankTerminalEvent, send: Apdu[] = []): PaymentStep =>
  step({ ...payment, phase: 'ended' }, { send, tell: [verdict] })

const unknown = (payment: Payment, why: string, send: Apdu[] = []): PaymentStep =>
  ended(payment, { type: 'payment.unknown', paymentId: payment.id, why }, send)

const reversed = (payment: Payment, send: Apdu[]): PaymentStep =>
  ended(payment, { type: 'payment.reversed', paymentId: payment.id }, send)

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
const answered = (payment: Payment, nowMs: number): PaymentStep => {
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
