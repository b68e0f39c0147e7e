// A reversal that the bank answers with neither yes nor "not found", ended by two persons who have the bank's word for it.
import { PaymentId } from '../domain/identifiers.ts'
import { movePayment, paymentOf } from './payment-book.ts'
import type { Work } from './store.ts'

export type EndedByHand = {
  payment: string
  /** Two persons, not one twice. */
  persons: readonly [string, string]
  now: number
}

/**
 * The payer has the money, as the bank says by letter or telephone: the message is sent no more, and the terminal may charge
 * accounts again. Gives a sentence about what is wrong, or null. Nothing else can be decided by hand: a payment that counts as not
 * charged, and was charged, is given back by the bank.
 */
export const endByHand = async (
  work: Work,
  { payment, persons, now }: EndedByHand,
): Promise<string | null> => {
  const [by, and] = persons.map((name) => name.trim())
  if (by === undefined || and === undefined || by === '' || and === '') {
    return '--by and --and: must name two persons'
  }
  if (by.toLowerCase() === and.toLowerCase())
    return '--by and --and: must name two persons, not one'
  const id = PaymentId.safeParse(payment)
  const row = id.success ? await paymentOf(work, id.data) : undefined
  if (row === undefined) return `--payer-has: found ${payment}; no such payment is in these books`
  if (row.state !== 'reversing') {
    return `--payer-has: payment ${payment} is ${row.state}; only one that is being reversed can be ended by hand`
  }
  const why = `${by} and ${and} have the word of the bank that the payer has the money`
  await movePayment(work, row, { state: 'reversed', at: now, why })
  await work
    .updateTable('queue')
    .set({ state: 'done', ended_at: now })
    .where('payment', '=', row.payment)
    .where('kind', '=', 'reversal')
    .where('state', '=', 'open')
    .execute()
  return null
}
