// What an answer of the bank does to the books: it ends a message of the queue, or it is evidence (domain.md 13.3).
import { z } from 'zod'
import type { LateAnswer } from './bank-line/bank-line.ts'
import type { IsoMessage } from './iso8583/message.ts'
import { listForPeople, movePayment, nextNumber, paymentOf } from './payment-book.ts'
import { openInQueue, type QueueRow, type Turn } from './queue.ts'

/** Only what the front machine wrote itself is ever read with it. */
const Message = z.custom<IsoMessage>((value) => typeof value === 'object' && value !== null)
export const messageOf = (row: QueueRow): IsoMessage => Message.parse(JSON.parse(row.message))

/** Whether this answer ends the message. 25 ends the sending; whether it ends the matter, the bank's guarantee says. */
export const endByAnswer = async (
  turn: Turn,
  row: QueueRow,
  code: string | undefined,
): Promise<boolean> => {
  const { work, now, policy } = turn
  if (code !== '00' && code !== '25') return false
  const undone = code === '00' || policy.refusesLateOriginals
  const found = row.kind === 'advice' ? code === '00' : undone
  await work
    .updateTable('queue')
    .set({ state: found ? 'done' : 'not found', ended_at: now })
    .where('number', '=', row.number)
    .execute()
  if (!found) {
    const why = `the bank knows no original of this ${row.kind}; the settlement file decides`
    await listForPeople(work, { subject: row.payment, why, at: now })
    return true
  }
  const payment = await paymentOf(work, row.payment)
  if (row.kind === 'reversal' && payment?.state === 'reversing') {
    const why = `the bank answered the reversal with ${code}`
    await movePayment(work, payment, { state: 'reversed', at: now, why })
  }
  return true
}

/**
 * An answer nobody waited for. It is written down; one that an open message of the queue was still to get ends that, a late
 * approval stays what it is: evidence. Gives the number of the message it ended.
 */
export const keepLateAnswer = async (
  turn: Turn,
  { message, mac }: LateAnswer,
): Promise<number | null> => {
  const { work, now } = turn
  const {
    7: time,
    11: stan = '',
    37: reference = '',
    39: code = '',
    41: terminal = '',
  } = message.fields
  await work
    .insertInto('late_answers')
    .values({
      number: await nextNumber(work, 'late_answers'),
      mti: message.mti,
      stan,
      terminal,
      code,
      reference,
      mac,
      at: now,
    })
    .execute()
  if (mac === 'wrong') return null
  if (message.mti === '0210' && code === '00') {
    await work
      .updateTable('payments')
      .set({ reference })
      .where('terminal', '=', terminal)
      .where('stan', '=', Number(stan))
      .where('sent_time', '=', time ?? '')
      .where('reference', 'is', null)
      .execute()
    return null
  }
  const kind = message.mti === '0430' ? 'reversal' : message.mti === '0230' ? 'advice' : null
  if (kind === null) return null
  const open = await openInQueue(work, { terminal, kind })
  const meant = open.find((row) => row.stan === Number(stan) && messageOf(row).fields[7] === time)
  return meant !== undefined && (await endByAnswer(turn, meant, code)) ? meant.number : null
}

/** What the bank wants of a terminal next stands in every answer to it (domain.md 13.1). */
export const keepPendingAction = async (
  { work }: Pick<Turn, 'work'>,
  terminal: string,
  { pendingAction: action }: IsoMessage,
): Promise<void> => {
  await work
    .insertInto('pending')
    .values({ terminal, action })
    .onConflict((it) => it.column('terminal').doUpdateSet({ action }))
    .execute()
}
