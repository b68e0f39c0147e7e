// Payments in the books: each with the states it went through, and none of them ever undone.
import type { Selectable } from 'kysely'
import type { PaymentId, SaleId } from '../domain/identifiers.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import type { Work } from './store.ts'
import type { PaymentState, Tables } from './tables.ts'

export type PaymentRow = Selectable<Tables['payments']>

export const paymentOf = (work: Work, payment: PaymentId): Promise<PaymentRow | undefined> =>
  work.selectFrom('payments').selectAll().where('payment', '=', payment).executeTakeFirst()

/** Every state that may follow one: what is not here is a bug, and stops at once. */
const next: Record<PaymentState, readonly PaymentState[]> = {
  asking: ['approved', 'declined', 'reversing'],
  approved: ['reversing'],
  reversing: ['reversed'],
  declined: [],
  reversed: [],
}

/** A payment as it begins, with the first line of its history. */
export const beginPayment = async (work: Work, row: PaymentRow, why: string): Promise<void> => {
  await work.insertInto('payments').values(row).execute()
  await work
    .insertInto('payment_history')
    .values({ payment: row.payment, step: 1, state: row.state, at: row.at, why })
    .execute()
}

/** The payment in its next state. `also`: what else became known with it. */
export const movePayment = async (
  work: Work,
  row: PaymentRow,
  to: {
    state: PaymentState
    at: number
    why: string
    also?: Partial<Pick<PaymentRow, 'why' | 'reference' | 'bank_date'>>
  },
): Promise<PaymentRow> => {
  if (!next[row.state].includes(to.state)) {
    throw new Error(`payment ${row.payment} is ${row.state} and cannot become ${to.state}`)
  }
  const changes = { state: to.state, ...to.also }
  await work
    .updateTable('payments')
    .set(changes)
    .where('payment', '=', row.payment)
    .executeTakeFirstOrThrow()
  const { step } = await work
    .selectFrom('payment_history')
    .select(({ fn }) => fn.max('step').as('step'))
    .where('payment', '=', row.payment)
    .executeTakeFirstOrThrow()
  await work
    .insertInto('payment_history')
    .values({
      payment: row.payment,
      step: step + 1,
      state: to.state,
      at: to.at,
      why: to.why,
    })
    .execute()
  return { ...row, ...changes }
}

/** By what the bank, the front machine and the centre know an approved payment. */
export const evidenceOf = (row: PaymentRow): PaymentEvidence => {
  const { terminal, stan, reference, bank_date } = row
  if (stan === null || reference === null || bank_date === null) {
    throw new Error(`payment ${row.payment} was never approved`)
  }
  return { kind: 'bank', terminalId: terminal, stan, reference, businessDate: bank_date }
}

/** The tombstone of a payment: a late original is refused. True when it is there already. */
export const isFenced = async (work: Work, payment: PaymentId): Promise<boolean> =>
  (await work
    .selectFrom('tombstones')
    .select('payment')
    .where('payment', '=', payment)
    .executeTakeFirst()) !== undefined

export const fencePayment = async (work: Work, payment: PaymentId, at: number): Promise<void> => {
  await work
    .insertInto('tombstones')
    .values({ payment, at })
    .onConflict((it) => it.column('payment').doNothing())
    .execute()
}

export const saleIsClosed = async (work: Work, sale: SaleId): Promise<boolean> =>
  (await work
    .selectFrom('closed_sales')
    .select('sale')
    .where('sale', '=', sale)
    .executeTakeFirst()) !== undefined

/** What a person has to look at; the same thing once. */
export const listForPeople = async (
  work: Work,
  { subject, why, at }: { subject: string; why: string; at: number },
): Promise<void> => {
  const listed = await work
    .selectFrom('manual_list')
    .select('number')
    .where('subject', '=', subject)
    .where('why', '=', why)
    .executeTakeFirst()
  if (listed !== undefined) return
  const number = await nextNumber(work, 'manual_list')
  await work.insertInto('manual_list').values({ number, subject, why, at }).execute()
}

export const nextNumber = async (
  work: Work,
  table: 'manual_list' | 'late_answers' | 'queue' | 'scripts',
): Promise<number> => {
  const { last } = await work
    .selectFrom(table)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
