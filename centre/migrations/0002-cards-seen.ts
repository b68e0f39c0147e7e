// What the centre has seen of cards and meters, and the nonces it has given out to see it.
import type { Kysely } from 'kysely'
import { index, oneOf, table } from '../../server/making-tables.ts'

export const cardsSeen = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'nonces',
    ['nonce'],
    {
      nonce: 'text',
      kiosk: 'text',
      use: 'text',
      order_number: 'text?',
      sequence: 'whole',
      issued_at: 'whole',
      used_at: 'whole?',
    },
    (it) => it.addCheckConstraint('nonce_use', oneOf('use', ['look', 'settle'])),
  )
  await table(
    db,
    'insertions',
    ['insertion'],
    {
      insertion: 'text',
      kiosk: 'text',
      serial: 'text',
      binding: 'text?',
      sequence: 'whole',
      begun_at: 'whole',
      ended_at: 'whole?',
      verdict: 'text?',
      failed_looks: 'whole',
      look: 'whole?',
    },
    (it) =>
      it.addForeignKeyConstraint('insertion_of_binding', ['binding'], 'bindings', ['binding']),
  )
  await table(
    db,
    'looks',
    ['look'],
    {
      look: 'whole',
      insertion: 'text',
      at: 'whole',
      fci: 'text',
      ef01: 'text',
      ef02: 'text',
      ef05: 'text',
      journal: 'text',
    },
    (it) =>
      it.addForeignKeyConstraint('look_of_insertion', ['insertion'], 'insertions', ['insertion']),
  )
  await table(
    db,
    'write_backs',
    ['write_back'],
    {
      write_back: 'whole',
      binding: 'text',
      look: 'whole',
      at: 'whole',
      meter_time: 'whole',
      result: 'whole',
      count: 'whole',
      remaining: 'whole',
      overdraft_used: 'whole',
      total_credited: 'whole',
      total_used: 'whole',
      used_this_month: 'whole',
      used_last_month: 'whole',
      illegal_insertions: 'whole',
      tamper_events: 'whole',
      bytes: 'text',
    },
    (it) =>
      it
        .addForeignKeyConstraint('write_back_of_binding', ['binding'], 'bindings', ['binding'])
        .addUniqueConstraint('write_back_once', ['binding', 'bytes']),
  )
  await index(db, 'insertions', ['serial', 'ended_at'])
  await index(db, 'insertions', ['kiosk', 'ended_at'])
  await index(db, 'insertions', ['binding'])
}
