// Payments that are not cash: each with one sum, one sale and one place, as notes have, and an end that may come later.
import { sql, type Kysely } from 'kysely'
import { index, neverDone, oneOf, table } from '../../server/making-tables.ts'

export const payments = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table orders drop constraint order_funding`.execute(db)
  await sql`alter table orders add constraint order_funding
    check (${oneOf('funding', ['cash', 'account', 'payment'])})`.execute(db)
  await table(
    db,
    'payments',
    ['payment'],
    {
      payment: 'text',
      kiosk: 'text',
      sale: 'text',
      way: 'text',
      amount: 'whole',
      evidence: 'text?',
      order_number: 'text?',
      ended: 'text',
      place: 'text',
      posting: 'whole?',
      since: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('payment_at_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addForeignKeyConstraint('payment_for_order', ['order_number'], 'orders', ['order_number'])
        .addForeignKeyConstraint('payment_in_posting', ['posting'], 'postings', ['posting'])
        .addUniqueConstraint('one_payment_an_order', ['order_number'])
        .addCheckConstraint('payment_has_value', sql`amount > 0`)
        .addCheckConstraint('payment_way', oneOf('way', ['bank card', 'bank account']))
        .addCheckConstraint('payment_end', oneOf('ended', ['open', 'kept', 'reversed', 'unknown']))
        .addCheckConstraint(
          'payment_place',
          oneOf('place', ['order', 'account', 'suspense', 'payer', 'unpaid delivery', 'nowhere']),
        ),
  )
  await index(db, 'payments', ['sale'])
  // Who paid what is evidence; only how it ended, and where the money went because of it, is told later.
  for (const never of [
    { name: 'payments_no_delete', deed: 'delete', why: 'payments are kept for ever' },
    {
      name: 'payments_same_for_ever',
      deed: 'update of payment, kiosk, sale, way, amount',
      why: 'a payment is the same for ever',
    },
    {
      name: 'payments_keep_their_end',
      deed: 'update of ended',
      if: `old.ended in ('kept', 'reversed') and new.ended <> old.ended`,
      why: 'a payment that was kept or reversed stays so',
    },
  ]) {
    await neverDone(db, { table: 'payments', ...never })
  }
}
