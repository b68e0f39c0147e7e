// Every step the tables of the front machine have gone through. A step that was released is never changed again.
import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { index, neverChanges, oneOf, table } from '../server/making-tables.ts'
import { paymentStates } from './tables.ts'

const payments = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'payments',
    ['payment'],
    {
      payment: 'text',
      kiosk: 'text',
      channel: 'text',
      terminal: 'text',
      sale: 'text',
      insertion: 'text',
      serial: 'text',
      amount: 'whole',
      business_date: 'text',
      stan: 'whole?',
      sent_time: 'text?',
      state: 'text',
      why: 'text?',
      reference: 'text?',
      bank_date: 'text?',
      reversal_wanted: 'whole',
      order_request: 'text?',
      order_number: 'text?',
      order_state: 'text?',
      returned: 'text?',
      closing: 'text?',
      at: 'whole',
    },
    (it) =>
      it
        .addCheckConstraint('payment_state', oneOf('state', paymentStates))
        .addCheckConstraint('payment_is_money', sql`amount > 0`)
        .addUniqueConstraint('payment_on_the_line', ['business_date', 'terminal', 'stan'])
        .addUniqueConstraint('payment_of_order', ['order_number']),
  )
  await index(db, 'payments', ['sale'])
  await index(db, 'payments', ['state'])
  await table(db, 'payment_history', ['payment', 'step'], {
    payment: 'text',
    step: 'whole',
    state: 'text',
    at: 'whole',
    why: 'text',
  })
  await neverChanges(db, 'payment_history')
  await table(db, 'tombstones', ['payment'], { payment: 'text', at: 'whole' })
  await table(db, 'closed_sales', ['sale'], { sale: 'text', at: 'whole' })
}

const passing = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'scripts',
    ['number'],
    { number: 'whole', request: 'text', order_number: 'text', state: 'text', tries: 'whole' },
    (it) => it.addUniqueConstraint('script_request', ['request']),
  )
  await index(db, 'scripts', ['order_number'])
  await table(db, 'proofs', ['request'], {
    request: 'text',
    order_number: 'text',
    script: 'whole',
  })
}

const line = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'stans', ['terminal', 'business_date'], {
    terminal: 'text',
    business_date: 'text',
    last: 'whole',
  })
  await table(db, 'pending', ['terminal'], { terminal: 'text', action: 'whole' })
  await table(db, 'queue', ['number'], {
    number: 'whole',
    terminal: 'text',
    kind: 'text',
    payment: 'text',
    business_date: 'text',
    stan: 'whole',
    message: 'text',
    attempts: 'whole',
    state: 'text',
    at: 'whole',
    ended_at: 'whole?',
  })
  await index(db, 'queue', ['state', 'terminal'])
  await index(db, 'queue', ['payment'])
  await table(db, 'manual_list', ['number'], {
    number: 'whole',
    subject: 'text',
    why: 'text',
    at: 'whole',
  })
  await table(db, 'late_answers', ['number'], {
    number: 'whole',
    mti: 'text',
    stan: 'text',
    terminal: 'text',
    code: 'text',
    reference: 'text',
    mac: 'text',
    at: 'whole',
  })
  await neverChanges(db, 'late_answers')
}

const days = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'business_days', ['business_date'], {
    business_date: 'text',
    state: 'text',
    began_at: 'whole',
    ended_at: 'whole?',
    cut_over: 'whole',
    totals: 'text?',
  })
  await table(db, 'day_files', ['business_date'], {
    business_date: 'text',
    name: 'text',
    content: 'text',
  })
  await neverChanges(db, 'day_files')
}

const first = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'starts', ['number'], { number: 'whole' })
  await table(db, 'requests', ['request'], {
    request: 'text',
    kiosk: 'text',
    name: 'text',
    hash: 'text',
    reply: 'text',
    at: 'whole',
  })
  await table(db, 'accounts', ['serial'], { serial: 'text', account: 'text' })
  await payments(db)
  await passing(db)
  await line(db)
  await days(db)
}

export const migrations: Record<string, Migration> = { '0001-front': { up: first } }
