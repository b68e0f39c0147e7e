// Payments from the bank account that a power card is linked to: the PIN at the terminal's pad, the money through the front
// machine. Told and telling as a bank terminal is, so that one machine charges both ways.
//
// The PIN passes as a block that only the bank can open: from one event to one request, kept and written nowhere.
import type { WhyDeclined } from '../domain/front-messages.ts'
import type { PaymentId } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import type { BankTerminalEvent } from '../drivers/bank-terminal/bank-terminal.ts'
import type {
  AccountPaymentCommand,
  AccountPaymentEvent,
  PaymentAsked,
  PinRequest,
} from '../state-machines/payment-words.ts'
import type { PaymentProblem } from '../ui/kiosk/screen.ts'
import type { FrontClient } from './centre-client.ts'
import type { Clock } from './clock.ts'

/** The bank has 30 s, and the way there and back its own time. */
export const patienceWithFrontMs = {
  payment: 45_000,
  paymentReversal: 30_000,
  paymentState: 15_000,
}

export type PinEvent = Extract<BankTerminalEvent, { type: `pin.${string}` }>

export type AccountPaymentParts = {
  front: FrontClient
  clock: Pick<Clock, 'ids'>
  tell: (event: AccountPaymentEvent | PinRequest) => void
  /** What the front machine finds wrong with a message, for the diagnostic log. */
  report: (problem: { paymentId: PaymentId; why: string }) => void
  signal: AbortSignal
}

/** What is told to it, until the signal aborts: commands of the sale, and what the PIN pad says. */
export const accountPayments = (
  parts: AccountPaymentParts,
): ((told: AccountPaymentCommand | PinEvent) => void) => {
  const { tell } = parts
  /** The one that waits for its PIN. */
  let wanted: PaymentAsked | null = null

  /** Whoever asks for the end of a payment does not want it any more: a PIN that comes now is of no use. */
  const forget = (paymentId: PaymentId): void => {
    if (wanted?.paymentId === paymentId) wanted = null
  }
  const end = (paymentId: PaymentId, why: PaymentProblem['why']) =>
    tell({ type: 'payment.declined', paymentId, why })

  return (told) => {
    switch (told.type) {
      case 'account-payment.authorise': {
        const { paymentId, amount, language } = told
        wanted = told
        return tell({ type: 'pin.wanted', paymentId, amount, language })
      }
      case 'account-payment.abort':
        // Once the bank is being asked its answer is waited for.
        return wanted?.paymentId === told.paymentId
          ? tell({ type: 'pin.stop', paymentId: told.paymentId })
          : undefined
      case 'pin.not-entered':
        if (wanted?.paymentId !== told.paymentId) return undefined
        wanted = null
        return end(told.paymentId, told.why)
      case 'pin.entered': {
        if (wanted?.paymentId !== told.paymentId) return undefined
        const asked = wanted
        wanted = null
        const block = told.block.toLowerCase()
        const keySerial = told.keySerial.toLowerCase()
        return void charge(parts, asked, { block, keySerial })
      }
      case 'account-payment.confirm':
        return tell({ type: 'payment.stored', paymentId: told.paymentId, evidence: null })
      case 'account-payment.refuse':
      case 'account-payment.reverse':
        forget(told.paymentId)
        return void reverse(parts, told.paymentId)
      case 'account-payment.find':
        forget(told.paymentId)
        return void find(parts, told.paymentId)
      default:
        return never(told)
    }
  }
}

const charge = async (
  { front, clock, tell, report, signal }: AccountPaymentParts,
  { paymentId, saleId, insertionId, serial, amount }: PaymentAsked,
  pin: { block: string; keySerial: string },
): Promise<void> => {
  tell({ type: 'payment.hint', paymentId, hint: 'asking the bank' })
  const answer = await front.ask(
    'payment',
    clock.ids.request(),
    { paymentId, saleId, insertionId, serial, amount, pin },
    { deadlineMs: patienceWithFrontMs.payment, signal },
  )
  if (signal.aborted) return
  switch (answer.kind) {
    case 'answered': {
      const { reply } = answer
      if (reply.kind === 'approved') {
        return tell({ type: 'payment.authorised', paymentId, evidence: reply.evidence })
      }
      return reply.kind === 'declined'
        ? tell({ type: 'payment.declined', paymentId, why: problems[reply.why] })
        : tell({ type: 'payment.unknown', paymentId, why: 'the bank did not answer' })
    }
    // It never reached the front machine, or was not taken there.
    case 'away':
      return tell({ type: 'payment.declined', paymentId, why: 'no connection' })
    case 'refused':
      report({ paymentId, why: answer.problem })
      return tell({ type: 'payment.declined', paymentId, why: 'not possible' })
    case 'unknown':
      return tell({ type: 'payment.unknown', paymentId, why: answer.why })
    default:
      return never(answer)
  }
}

const reverse = async (
  { front, clock, tell, signal }: AccountPaymentParts,
  paymentId: PaymentId,
): Promise<void> => {
  const limits = { deadlineMs: patienceWithFrontMs.paymentReversal, signal }
  const answer = await front.ask('paymentReversal', clock.ids.request(), { paymentId }, limits)
  if (signal.aborted) return
  if (answer.kind !== 'answered') {
    const why = answer.kind === 'refused' ? answer.problem : answer.why
    return tell({ type: 'payment.unknown', paymentId, why })
  }
  const { reply } = answer
  switch (reply.kind) {
    case 'reversed':
    case 'reversing':
      return tell({ type: 'payment.reversed', paymentId })
    case 'not possible':
      return reply.why === 'kept'
        ? tell({ type: 'payment.stored', paymentId, evidence: null })
        : tell({ type: 'payment.unknown', paymentId, why: reply.why })
    default:
      return never(reply)
  }
}

/** Says nothing as long as nobody knows: it is asked again after a while. */
const find = async (
  { front, clock, tell, signal }: AccountPaymentParts,
  paymentId: PaymentId,
): Promise<void> => {
  const limits = { deadlineMs: patienceWithFrontMs.paymentState, signal }
  const answer = await front.ask('paymentState', clock.ids.request(), { paymentId }, limits)
  if (signal.aborted || answer.kind !== 'answered') return
  const { reply } = answer
  switch (reply.kind) {
    case 'approved': {
      const { evidence } = reply
      return tell({ type: 'payment.found', paymentId, where: { kind: 'stored', evidence } })
    }
    case 'declined':
    case 'reversed':
    case 'reversing':
    case 'not known':
      return tell({ type: 'payment.found', paymentId, where: { kind: 'not charged' } })
    case 'unknown':
      return
    default:
      return never(reply)
  }
}

const problems: Record<WhyDeclined, PaymentProblem['why']> = {
  declined: 'declined',
  'not enough money': 'not enough money',
  'wrong pin': 'wrong pin',
  limit: 'limit',
  'not linked': 'no bank account',
  'bank away': 'no connection',
  'sale over': 'not possible',
}
