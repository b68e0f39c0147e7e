// Who saw and did what: a line for every sign-in, every deed, and every question that showed somebody's data or money.
import { sql, type SqlBool } from 'kysely'
import type { AuditRow } from '../../domain/console/staff-room.ts'
import { next } from '../counters.ts'
import type { Reading, Work } from '../store.ts'
import { readingConsole, withConsole, type AuditTrail } from './console-tables.ts'

export type AuditLine = Omit<AuditTrail, 'audit'>

/** Within the transaction of what it tells of. */
export const writeAudit = async (work: Work, line: AuditLine): Promise<void> => {
  await withConsole(work)
    .insertInto('audit_trail')
    .values({ audit: await next(work, 'audit'), ...line })
    .execute()
}

const pageOf = 100

/** The newest first; `before` is the last one shown. */
export const readAudit = async (
  read: Reading,
  asked: { who?: string | undefined; about?: string | undefined; before?: number | undefined },
): Promise<{ rows: AuditRow[]; next: number | null }> => {
  let query = readingConsole(read)
    .selectFrom('audit_trail')
    .selectAll()
    .orderBy('audit', 'desc')
    .limit(pageOf + 1)
  if (asked.who !== undefined) query = query.where('who', '=', asked.who)
  if (asked.before !== undefined) query = query.where('audit', '<', asked.before)
  if (asked.about !== undefined) {
    const part = `%${asked.about.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where(sql<SqlBool>`lower(about) like lower(${part}) escape '\\'`)
  }
  const found = await query.execute()
  const rows = found
    .slice(0, pageOf)
    .map(({ came_from: from, ...row }): AuditRow => ({ ...row, from }))
  return { rows, next: found.length > pageOf ? (rows.at(-1)?.audit ?? null) : null }
}
