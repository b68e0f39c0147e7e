// The history of a customer: a line for every change by hand, with who, when, why, and what it was before and after.
import { z } from 'zod'
import type { ChangeKind, ChangeRow } from '../../../domain/console/customers.ts'
import type { CustomerNumber } from '../../../domain/identifiers.ts'
import { next } from '../../counters.ts'
import type { Reading } from '../../store.ts'
import type { Doing } from '../asking.ts'
import { readingOffice, withOffice } from './customers-tables.ts'

type Fields = ChangeRow['before']

/** `proposedBy`: of a change that a second person, whoever does this now, has approved. */
export const noteChange = async (
  { work, now, member }: Doing,
  of: {
    customer: CustomerNumber
    what: ChangeKind
    about?: string
    before: Fields
    after: Fields
    why: string
    proposedBy?: string
  },
): Promise<void> => {
  await withOffice(work)
    .insertInto('customer_changes')
    .values({
      change: await next(work, 'customer change'),
      customer: of.customer,
      at: now,
      who: of.proposedBy ?? member.name,
      second: of.proposedBy === undefined ? null : member.name,
      what: of.what,
      about: of.about ?? '',
      before: JSON.stringify(of.before),
      after: JSON.stringify(of.after),
      why: of.why,
    })
    .execute()
}

const pageOf = 50
const Fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const fieldsOf = (json: string | null): Fields =>
  json === null ? {} : Fields.parse(JSON.parse(json))

/** The newest first. */
export const readChanges = async (
  read: Reading,
  { customer, before }: { customer: CustomerNumber; before?: number | undefined },
): Promise<{ rows: ChangeRow[]; next: number | null }> => {
  const rows = await readingOffice(read)
    .selectFrom('customer_changes')
    .selectAll()
    .where('customer', '=', customer)
    .where('change', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('change', 'desc')
    .limit(pageOf + 1)
    .execute()
  return {
    rows: rows.slice(0, pageOf).map(({ customer: _whose, ...row }) => ({
      ...row,
      before: fieldsOf(row.before),
      after: fieldsOf(row.after),
    })),
    next: rows.length > pageOf ? (rows[pageOf - 1]?.change ?? null) : null,
  }
}
