// The queue in the books: what must reach the bank is written here, whole, before it is sent, and stays until it is answered.
import type { Selectable } from 'kysely'
import { openDate, nextStan } from './business-day.ts'
import { deliveryAdvice, reversalAdvice, type Named } from './bank-messages.ts'
import type { IsoMessage } from './iso8583/message.ts'
import { senderOf, type Policy } from './means.ts'
import { movePayment, nextNumber, type PaymentRow } from './payment-book.ts'
import type { Work } from './store.ts'
import type { Tables } from './tables.ts'

export type QueueRow = Selectable<Tables['queue']>

/** A transaction, the moment it is of, and the rules of this bank. */
export type Turn = { work: Work; now: number; policy: Policy }

/** The payment is REVERSING from here on, and its 0420 is in the queue: one act. Gives the number of the message. */
export const queueReversal = async (turn: Turn, row: PaymentRow, why: string): Promise<number> => {
  await movePayment(turn.work, row, { state: 'reversing', at: turn.now, why })
  const { named, original } = await namedFor(turn, row)
  const { amount, payment: paymentId } = row
  const sender = senderOf(turn.policy, row.terminal)
  return put(turn, row, {
    kind: 'reversal',
    stan: named.stan,
    message: reversalAdvice(sender, named, { amount, paymentId, original }),
  })
}

/** What the card said of the order that this payment paid for. */
export const queueDelivery = async (
  turn: Turn,
  row: PaymentRow,
  delivery: 'loaded' | 'notLoaded',
): Promise<number> => {
  const { named, original } = await namedFor(turn, row)
  const { amount, payment: paymentId, order_number: orderNumber } = row
  if (orderNumber === null) throw new Error(`payment ${row.payment} is of no order`)
  const sender = senderOf(turn.policy, row.terminal)
  return put(turn, row, {
    kind: 'advice',
    stan: named.stan,
    message: deliveryAdvice(sender, named, { amount, paymentId, original, orderNumber, delivery }),
  })
}

/** A number of its own on the date of the original: field 15 of a reversal is that of what it reverses. */
const namedFor = async (
  { work, now }: Turn,
  { payment, terminal, business_date, stan, sent_time }: PaymentRow,
): Promise<{ named: Named; original: { stan: number; time: string } }> => {
  if (stan === null || sent_time === null) throw new Error(`payment ${payment} was never sent`)
  const own = await nextStan(work, terminal, business_date)
  return {
    named: { businessDate: business_date, stan: own, at: now },
    original: { stan, time: sent_time },
  }
}

const put = async (
  { work, now, policy }: Turn,
  { payment, terminal }: PaymentRow,
  of: Pick<QueueRow, 'kind' | 'stan'> & { message: IsoMessage },
): Promise<number> => {
  const number = await nextNumber(work, 'queue')
  await work
    .insertInto('queue')
    .values({
      number,
      terminal,
      kind: of.kind,
      payment,
      // The day it is counted on, which may be a later one than that of the payment.
      business_date: await openDate(work, now, policy),
      stan: of.stan,
      message: JSON.stringify(of.message),
      attempts: 0,
      state: 'open',
      at: now,
      ended_at: null,
    })
    .execute()
  return number
}

/** What is still to be answered, the oldest first: of one terminal and kind, or of all. */
export const openInQueue = (
  read: Pick<Work, 'selectFrom'>,
  of: { terminal?: string; kind?: QueueRow['kind'] } = {},
): Promise<QueueRow[]> => {
  let query = read.selectFrom('queue').selectAll().where('state', '=', 'open')
  if (of.terminal !== undefined) query = query.where('terminal', '=', of.terminal)
  if (of.kind !== undefined) query = query.where('kind', '=', of.kind)
  return query.orderBy('number').execute()
}

export const queued = (work: Work, number: number): Promise<QueueRow | undefined> =>
  work.selectFrom('queue').selectAll().where('number', '=', number).executeTakeFirst()
