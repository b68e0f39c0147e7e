// Who and what the centre knows: kiosks, customers, tariffs, bindings, cards.
import { sql, type Kysely } from 'kysely'
import { oneOf, table } from '../../server/making-tables.ts'

export const customers = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'starts', ['number'], { number: 'whole' })
  await table(db, 'counters', ['name'], { name: 'text', value: 'whole' })
  await table(db, 'kiosks', ['kiosk'], { kiosk: 'text', place: 'text' })
  await table(
    db,
    'customers',
    ['customer'],
    {
      customer: 'text',
      short_name: 'text',
      address: 'text',
      overdraft: 'whole',
      frozen: 'whole',
      blocked: 'whole',
    },
    (it) => it.addCheckConstraint('overdraft_is_no_debt', sql`overdraft >= 0`),
  )
  await table(db, 'tariffs', ['code', 'valid_from'], {
    code: 'text',
    valid_from: 'text',
    rules: 'text',
  })
  await table(
    db,
    'bindings',
    ['binding'],
    {
      binding: 'text',
      customer: 'text',
      meter: 'text',
      tariff: 'text',
      area: 'whole',
      meter_key_version: 'whole',
      unit_flags: 'whole',
      currency: 'whole',
      ct_ratio: 'whole',
      pt_ratio: 'whole',
      alarm_1: 'whole',
      alarm_2: 'whole',
      hoarding_limit: 'whole',
      overdraft_limit: 'whole',
      credited: 'whole',
      inquiry: 'text?',
      opening_energy: 'whole',
      opening_period: 'text',
      charged_through: 'text',
      charges_unpaid: 'whole',
      free_units_given: 'text?',
      prices_sent: 'text?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('binding_of_customer', ['customer'], 'customers', ['customer'])
        .addCheckConstraint('binding_counts_up', sql`credited >= 0 and charges_unpaid >= 0`),
  )
  await table(
    db,
    'cards',
    ['serial'],
    {
      serial: 'text',
      binding: 'text',
      issue_number: 'whole',
      key_version: 'whole',
      status: 'text',
      count: 'whole',
      order_number: 'text',
      in_meter: 'whole',
      sequence: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('card_of_binding', ['binding'], 'bindings', ['binding'])
        .addCheckConstraint('card_status', oneOf('status', ['in use', 'replaced'])),
  )
  await table(
    db,
    'earlier_purchases',
    ['order_number'],
    {
      order_number: 'text',
      binding: 'text',
      count: 'whole',
      at: 'whole',
      tender: 'whole',
      energy: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('purchase_of_binding', ['binding'], 'bindings', ['binding'])
        .addUniqueConstraint('one_purchase_a_count', ['binding', 'count']),
  )
  await table(db, 'imported', ['kind', 'name'], { kind: 'text', name: 'text', content: 'text' })
}
