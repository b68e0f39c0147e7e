// Figures of closed business days: made once, never changed; and how the business dates matched.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, table } from '../../server/making-tables.ts'

const key = {
  kind: 'text',
  kiosk: 'text',
  channel: 'text',
  tariff: 'text',
  area: 'whole',
  tender: 'text',
} as const

const measured = {
  postings: 'whole',
  orders: 'whole',
  energy: 'whole',
  free_energy: 'whole',
  tendered: 'whole',
  charged: 'whole',
  cash: 'whole',
  bank: 'whole',
  unpaid: 'whole',
  transit: 'whole',
  differences: 'whole',
  office: 'whole',
  other: 'whole',
  pending: 'whole',
  account: 'whole',
  suspense: 'whole',
  fees: 'whole',
  fixed: 'whole',
  vat: 'whole',
  supply: 'whole',
  levies: 'whole',
  arrears: 'whole',
} as const

/** What counts of an order that was delivered. */
const { orders, energy, free_energy, tendered, charged } = measured
const { fees, fixed, vat, supply, levies, arrears, account } = measured
const sold = {
  orders,
  energy,
  free_energy,
  tendered,
  charged,
  fees,
  fixed,
  vat,
  supply,
  levies,
  arrears,
  account,
} as const

export const figures = async (db: Kysely<unknown>): Promise<void> => {
  // Whoever closes a day asks for the postings of it.
  await index(db, 'postings', ['at', 'posting'])
  await table(db, 'figure_lines', ['posting'], {
    posting: 'whole',
    business_day: 'text',
    of_day: 'text',
    hour: 'whole',
    at: 'whole',
    order_number: 'text?',
    sale: 'text?',
    ...key,
    ...measured,
  })
  await index(db, 'figure_lines', ['business_day', 'posting'])
  for (const column of ['kiosk', 'kind', 'area']) {
    await index(db, 'figure_lines', [column, 'business_day', 'posting'])
  }
  await table(
    db,
    'day_figures',
    ['business_day', 'kind', 'kiosk', 'channel', 'tariff', 'area', 'tender', 'of_day'],
    { business_day: 'text', of_day: 'text', ...key, ...measured },
  )
  await index(db, 'day_figures', ['kiosk', 'business_day'])
  // What is asked of two or three things at once: all of it stands in the index, no row is looked up.
  await db.schema
    .createIndex('day_figures_sold')
    .on('day_figures')
    .columns(['kind', 'business_day', 'channel', 'tariff', 'area', 'tender', ...Object.keys(sold)])
    .execute()
  for (const name of ['figure_lines', 'day_figures']) {
    await sql`create index ${sql.ref(`${name}_late`)} on ${sql.table(name)} (business_day)
      where of_day < business_day`.execute(db)
  }
  await table(
    db,
    'month_figures',
    ['month', 'kind', 'kiosk', 'channel', 'tariff', 'area', 'tender'],
    { month: 'text', ...key, ...measured },
  )
  await index(db, 'month_figures', ['kiosk', 'month'])
  await index(db, 'month_figures', ['tender', 'kind', 'month'])
  await table(db, 'cut_figures', ['span', 'cut', 'period', 'value', 'kind'], {
    span: 'text',
    cut: 'text',
    period: 'text',
    value: 'text',
    kind: 'text',
    ...measured,
  })
  await table(db, 'hour_figures', ['cut', 'value', 'business_day', 'hour'], {
    business_day: 'text',
    cut: 'text',
    value: 'text',
    hour: 'whole',
    ...sold,
  })
  await table(db, 'closed_days', ['business_day'], {
    business_day: 'text',
    seen: 'whole',
    closed_at: 'whole',
    postings: 'whole',
    late: 'whole',
  })
  await table(db, 'ledger_sums', ['business_day', 'account_kind'], {
    business_day: 'text',
    account_kind: 'text',
    amount: 'whole',
  })
  for (const name of [
    'figure_lines',
    'day_figures',
    'hour_figures',
    'closed_days',
    'ledger_sums',
  ]) {
    await neverChanges(db, name)
  }
  await matches(db)
}

/** How a date matches may change with every file that comes: these rows are only what was found last. */
const matches = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'day_matches', ['business_date'], {
    business_date: 'text',
    made_at: 'whole',
    files: 'whole',
    matched: 'whole',
    matched_sum: 'whole',
    long: 'whole',
    long_sum: 'whole',
    short: 'whole',
    short_sum: 'whole',
    open: 'whole',
    open_sum: 'whole',
  })
  await table(db, 'match_items', ['business_date', 'item'], {
    business_date: 'text',
    item: 'whole',
    leg: 'text',
    result: 'text',
    why: 'text',
    kiosk: 'text',
    order_number: 'text',
    reference: 'text',
    amount: 'whole',
  })
}
