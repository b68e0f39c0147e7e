// Quotes, orders, scripts, closings and answers, with those invariants of orders that SQL can hold.
import { sql, type Kysely } from 'kysely'
import { index, oneOf, table } from '../../server/making-tables.ts'

/** An order is open in these states (power-card.md INV6). */
const openStates = ['AWAIT_WRITE', 'UNKNOWN', 'NOT_LOADED_RETRY', 'LOADED']
/**
 * In these states an order has given its count back (INV1, INV2). SUSPECT is among them because two orders may claim one
 * count then; nothing is sold to the binding until that is decided.
 */
const countFreeStates = ['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED', 'SUSPECT']

export const sales = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'quotes',
    ['quote'],
    {
      quote: 'text',
      sale: 'text',
      insertion: 'text',
      binding: 'text',
      tender: 'whole',
      expires_at: 'whole',
      fixed_due: 'whole',
      priced: 'text',
    },
    (it) =>
      it
        .addForeignKeyConstraint('quote_in_insertion', ['insertion'], 'insertions', ['insertion'])
        .addForeignKeyConstraint('quote_for_binding', ['binding'], 'bindings', ['binding']),
  )
  await table(
    db,
    'orders',
    ['order_number'],
    {
      order_number: 'text',
      sale: 'text',
      binding: 'text',
      kiosk: 'text',
      serial: 'text',
      quote: 'text',
      count: 'whole',
      state: 'text',
      funding: 'text',
      tender: 'whole',
      charged: 'whole',
      energy: 'whole',
      free_energy: 'whole',
      arrears: 'whole',
      business_day: 'text',
      image: 'text',
      created_at: 'whole',
      scripts: 'whole',
      script_sequence: 'whole?',
      script_at: 'whole?',
      fence_sequence: 'whole?',
      fence_at: 'whole?',
      loaded_sequence: 'whole?',
      loaded_at: 'whole?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('order_for_binding', ['binding'], 'bindings', ['binding'])
        .addForeignKeyConstraint('order_of_quote', ['quote'], 'quotes', ['quote'])
        .addForeignKeyConstraint('order_from_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addUniqueConstraint('one_order_a_sale', ['sale'])
        .addUniqueConstraint('one_order_a_quote', ['quote'])
        .addCheckConstraint('order_has_value', sql`tender > 0 and energy > 0 and count > 0`)
        .addCheckConstraint('order_funding', oneOf('funding', ['cash', 'account'])),
  )
  // INV6: at most one open order for a binding.
  await sql`create unique index one_open_order on orders (binding)
    where ${oneOf('state', openStates)}`.execute(db)
  // INV1, INV2: a count belongs to one order, until that order is proven not to have used it.
  await sql`create unique index one_order_a_count on orders (binding, count)
    where not (${oneOf('state', countFreeStates)})`.execute(db)
  await index(db, 'orders', ['binding', 'business_day'])
  await index(db, 'orders', ['state', 'script_at'])
  await table(
    db,
    'order_states',
    ['order_number', 'step'],
    { order_number: 'text', step: 'whole', state: 'text', at: 'whole', why: 'text' },
    (it) =>
      it.addForeignKeyConstraint('state_of_order', ['order_number'], 'orders', ['order_number']),
  )
  await table(
    db,
    'scripts',
    ['order_number', 'attempt'],
    {
      order_number: 'text',
      attempt: 'whole',
      kiosk: 'text',
      sale: 'text',
      insertion: 'text',
      challenge: 'text',
      prices: 'text?',
      at: 'whole',
      sequence: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('script_of_order', ['order_number'], 'orders', ['order_number'])
        .addForeignKeyConstraint('script_in_insertion', ['insertion'], 'insertions', ['insertion']),
  )
  await table(db, 'closed_sales', ['sale'], { sale: 'text', kiosk: 'text', closed_at: 'whole' })
  await table(db, 'requests', ['request'], {
    request: 'text',
    kiosk: 'text',
    name: 'text',
    hash: 'text',
    reply: 'text',
    at: 'whole',
  })
  await table(db, 'alarms', ['alarm'], {
    alarm: 'whole',
    at: 'whole',
    kind: 'text',
    kiosk: 'text?',
    serial: 'text?',
    binding: 'text?',
    order_number: 'text?',
    evidence: 'text',
  })
}
