// What was agreed with single customers beside their tariff, what the office changed and who, and tariffs in the making.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, oneOf, table } from '../../server/making-tables.ts'

export const termsAndChanges = async (db: Kysely<unknown>): Promise<void> => {
  await terms(db)
  await cardsAndMeters(db)
  await history(db)
  await table(
    db,
    'tariff_drafts',
    ['draft'],
    {
      draft: 'text',
      code: 'text',
      valid_from: 'text',
      rules: 'text',
      made_by: 'text',
      made_at: 'whole',
      state: 'text',
      approved_by: 'text?',
      taken_at: 'whole?',
      why: 'text?',
    },
    (it) => it.addCheckConstraint('draft_state', oneOf('state', ['draft', 'taken'])),
  )
  await index(db, 'tariff_drafts', ['code', 'valid_from'])
  // A customer is looked for by any part of name and address: what is read for it is this index and not the table.
  await index(db, 'customers', ['short_name', 'customer', 'address'])
  await sql
    .raw('create index blocked_customers on customers (short_name, customer) where blocked = 1')
    .execute(db)
  await sql
    .raw('create index frozen_customers on customers (short_name, customer) where frozen = 1')
    .execute(db)
  await sql
    .raw('create index bindings_in_inquiry on bindings (customer) where inquiry is not null')
    .execute(db)
  await index(db, 'bindings', ['meter'])
  await index(db, 'bindings', ['tariff', 'binding'])
}

const terms = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'arrears_plans',
    ['customer'],
    {
      customer: 'text',
      share: 'whole',
      cap: 'whole?',
      least_energy_share: 'whole',
      since: 'whole',
    },
    (it) => it.addForeignKeyConstraint('plan_of_customer', ['customer'], 'customers', ['customer']),
  )
  await table(
    db,
    'tariff_assignments',
    ['binding', 'from_day'],
    { binding: 'text', from_day: 'text', tariff: 'text' },
    (it) => it.addForeignKeyConstraint('assigned_to_binding', ['binding'], 'bindings', ['binding']),
  )
  await table(
    db,
    'make_up_energy',
    ['make_up'],
    { make_up: 'text', binding: 'text', energy: 'whole', at: 'whole' },
    (it) =>
      it
        .addForeignKeyConstraint('make_up_for_binding', ['binding'], 'bindings', ['binding'])
        .addCheckConstraint('make_up_is_some', sql`energy > 0`),
  )
  await index(db, 'make_up_energy', ['binding'])
  await neverChanges(db, 'make_up_energy')
  await table(
    db,
    'make_up_given',
    ['order_number'],
    { order_number: 'text', binding: 'text', energy: 'whole' },
    (it) =>
      it.addForeignKeyConstraint('given_with_order', ['order_number'], 'orders', ['order_number']),
  )
  await index(db, 'make_up_given', ['binding'])
  await neverChanges(db, 'make_up_given')
}

const cardsAndMeters = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'blocked_cards',
    ['serial'],
    { serial: 'text', why: 'text', at: 'whole', who: 'text' },
    (it) => it.addForeignKeyConstraint('blocked_card', ['serial'], 'cards', ['serial']),
  )
  await table(db, 'card_orders', ['serial', 'binding'], {
    serial: 'text',
    binding: 'text',
    replaces: 'text?',
    kind: 'text',
    issue_number: 'whole',
    count: 'whole',
    order_number: 'text',
    ef01: 'text',
    at: 'whole',
    proposed_by: 'text',
    approved_by: 'text',
  })
  await index(db, 'card_orders', ['binding'])
  await neverChanges(db, 'card_orders')
  await table(db, 'meter_changes', ['ended'], {
    ended: 'text',
    begun: 'text',
    at: 'whole',
    remaining: 'whole',
    unread: 'whole',
  })
  await index(db, 'meter_changes', ['begun'])
  await neverChanges(db, 'meter_changes')
}

const history = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'customer_changes', ['change'], {
    change: 'whole',
    customer: 'text',
    at: 'whole',
    who: 'text',
    second: 'text?',
    what: 'text',
    about: 'text',
    before: 'text?',
    after: 'text?',
    why: 'text',
  })
  await index(db, 'customer_changes', ['customer', 'change'])
  await neverChanges(db, 'customer_changes')
}
