// What the bank's answer makes of a payment, and what becomes of one whose answer never came or was never written down.
import type { PaymentRequest } from '../domain/front-messages.ts'
import type { PaymentId } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import type { BankAnswer } from './bank-line/bank-line.ts'
import { verdictOn } from './bank-messages.ts'
import type { Means } from './means.ts'
import { movePayment, paymentOf, type PaymentRow } from './payment-book.ts'
import { keepPendingAction } from './queue-answers.ts'
import { queueReversal, type Turn } from './queue.ts'

/** What the answer makes of the payment. `reversal`: the number of the message that is to be sent now. */
export const endPayment = async (
  turn: Turn,
  { asked, answer }: { asked: PaymentRequest; answer: BankAnswer },
): Promise<{ row: PaymentRow; reversal: number | null }> => {
  const { work, now } = turn
  const row = await paymentOf(work, asked.paymentId)
  if (row === undefined) throw new Error(`payment ${asked.paymentId} has lost its intent`)
  const stays = async (moved: Promise<PaymentRow>) => ({ row: await moved, reversal: null })
  const reversed = async (of: PaymentRow, why: string) => ({
    reversal: await queueReversal(turn, of, why),
    row: { ...of, state: 'reversing' as const },
  })
  switch (answer.kind) {
    case 'away': {
      const why = `certainly not sent: ${answer.why}`
      const also = { why: 'bank away' as const }
      return stays(movePayment(work, row, { state: 'declined', at: now, why, also }))
    }
    case 'unknown':
      return reversed(row, answer.why)
    case 'answered':
      break
    default:
      return never(answer)
  }
  await keepPendingAction(turn, row.terminal, answer.message)
  const verdict = verdictOn(answer.message, { ...row, businessDate: row.business_date, now })
  switch (verdict.kind) {
    case 'declined': {
      const also = { why: verdict.why }
      const why = `the bank: ${verdict.why}`
      return stays(movePayment(work, row, { state: 'declined', at: now, why, also }))
    }
    case 'unknown':
      return reversed(row, verdict.why)
    case 'approved': {
      const also = { reference: verdict.reference, bank_date: verdict.bankDate }
      const why = `the bank approved it, reference ${verdict.reference}`
      const approved = await movePayment(work, row, { state: 'approved', at: now, why, also })
      return row.reversal_wanted === 1
        ? reversed(approved, 'wanted back before it was approved')
        : { row: approved, reversal: null }
    }
    default:
      return never(verdict)
  }
}

/**
 * Payments that nobody waits for any more and that have no end: the program was stopped, or could not write down what the
 * bank said. Each is to be reversed; gives what is to be sent for it. At a start nothing is asked of the bank before this.
 */
export const reverseUnanswered = (
  { store, clock, policy }: Means,
  underWay: ReadonlySet<PaymentId>,
): Promise<{ number: number; terminal: string }[]> =>
  store.transact(async (work) => {
    const turn = { work, now: clock.now(), policy }
    const queued: { number: number; terminal: string }[] = []
    const open = await work
      .selectFrom('payments')
      .selectAll()
      .where('state', '=', 'asking')
      .execute()
    for (const row of open.filter(({ payment }) => !underWay.has(payment))) {
      const number = await queueReversal(turn, row, 'the answer of the bank was never written down')
      queued.push({ number, terminal: row.terminal })
    }
    return queued
  })
