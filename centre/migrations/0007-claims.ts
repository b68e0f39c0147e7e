// Money without a destination: claims, the keys that sign them, and the references by which they are asked for.
import { sql, type Kysely } from 'kysely'
import { SaleId } from '../../domain/identifiers.ts'
import { referenceDigits } from '../../domain/reference.ts'
import { index, neverChanges, oneOf, table } from '../../server/making-tables.ts'

export const claimStates = ['awaiting the kiosk', 'open', 'redeemed', 'paid', 'paid ahead'] as const

export const claims = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'kiosk_keys',
    ['kiosk'],
    { kiosk: 'text', public_key: 'text', learnt: 'text', since: 'whole' },
    (it) => it.addForeignKeyConstraint('key_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await table(
    db,
    'sale_references',
    ['sale'],
    { sale: 'text', reference: 'text', kiosk: 'text' },
    (it) => it.addForeignKeyConstraint('reference_at_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await index(db, 'sale_references', ['reference'])
  await table(
    db,
    'claims',
    ['claim'],
    {
      claim: 'whole',
      sale: 'text',
      kiosk: 'text',
      amount: 'whole?',
      covered: 'whole',
      state: 'text',
      made_at: 'whole',
      booked_by: 'whole?',
      settled_at: 'whole?',
      settled_by: 'whole?',
      customer: 'text?',
      persons: 'text?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('claim_booked', ['booked_by'], 'postings', ['posting'])
        .addForeignKeyConstraint('claim_settled', ['settled_by'], 'postings', ['posting'])
        .addForeignKeyConstraint('claim_at_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('claim_state', oneOf('state', claimStates))
        .addCheckConstraint('claim_has_amount', sql`amount > 0 and covered between 0 and amount`),
  )
  await index(db, 'claims', ['sale'])
  // What a posting has put into suspense is claimed once, and a posting that pays one pays it alone.
  await sql`create unique index one_claim_a_booking on claims (booked_by)
    where booked_by is not null`.execute(db)
  await table(db, 'claim_tries', ['claim_try'], {
    claim_try: 'whole',
    kiosk: 'text',
    serial: 'text',
    at: 'whole',
  })
  await index(db, 'claim_tries', ['serial', 'at'])
  await index(db, 'claim_tries', ['kiosk', 'at'])
  await neverChanges(db, 'claim_tries')
  await takeOver(db)
}

/** Sales from before this step can be asked about too, and what is in suspense since then is claimed. */
const takeOver = async (db: Kysely<unknown>): Promise<void> => {
  const { rows } = await sql<{ sale: string; kiosk: string }>`
    select sale, kiosk from closed_sales
    union select sale, kiosk from orders`.execute(db)
  for (const { sale, kiosk } of rows) {
    const reference = referenceDigits(SaleId.parse(sale))
    await sql`insert into sale_references (sale, reference, kiosk)
      values (${sale}, ${reference}, ${kiosk}) on conflict (sale) do nothing`.execute(db)
  }
  await sql`insert into claims (claim, sale, kiosk, amount, covered, state, made_at, booked_by)
    select row_number() over (order by n.posting), n.sale, n.kiosk, sum(n.value), 0, 'open', p.at, n.posting
    from notes n join postings p on p.posting = n.posting
    where n.place = 'suspense' group by n.posting, n.sale, n.kiosk, p.at`.execute(db)
  await sql`insert into counters (name, value)
    select 'claim', max(claim) from claims having max(claim) is not null`.execute(db)
}
