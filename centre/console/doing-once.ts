// A deed is done once for its id: pressing twice, or asking again after a lost answer, gives the same reply and no second effect.
import { createHash } from 'node:crypto'
import type { StaffName } from '../../domain/console/staff.ts'
import type { Store, Work } from '../store.ts'
import type { Told } from './asking.ts'
import { writeAudit, type AuditLine } from './audit-trail.ts'
import { withConsole } from './console-tables.ts'
import { refusing, said, type Said } from './said.ts'

/** Effect, reply and trail in one transaction; the same id again is answered with the same reply. */
export const doOnce = async (of: {
  store: Store
  deedId: string
  body: unknown
  who: StaffName
  line: AuditLine
  doing: (work: Work) => Promise<Told<unknown>>
}): Promise<Said> => {
  const { store, deedId, body, who, line, doing } = of
  const hash = hashOf(line.what, body)
  try {
    return await store.transact(async (work): Promise<Said> => {
      const tables = withConsole(work)
      const kept = await tables
        .selectFrom('console_deeds')
        .selectAll()
        .where('deed', '=', deedId)
        .executeTakeFirst()
      if (kept !== undefined) {
        return kept.hash === hash && kept.who === who
          ? { status: 200, body: JSON.parse(kept.reply) }
          : refusing(409, 'used for another deed')
      }
      const done = await doing(work)
      if (done.kind === 'refused') throw new NotDone(said(done), done.refusal.code)
      const reply = JSON.stringify(done.told)
      await tables
        .insertInto('console_deeds')
        .values({ deed: deedId, who, name: line.what, hash, reply, at: line.at })
        .execute()
      await writeAudit(work, line)
      return said(done)
    })
  } catch (error) {
    const outcome = error instanceof NotDone ? 'refused' : 'failed'
    await store.transact((work) => writeAudit(work, { ...line, outcome }))
    if (error instanceof NotDone) return error.said
    throw error
  }
}

/** Carries a refusal out of its transaction, which is rolled back by it. */
class NotDone extends Error {
  readonly said: Said

  constructor(said: Said, why: string) {
    super(why)
    this.said = said
  }
}

const hashOf = (name: string, body: unknown): string =>
  createHash('sha256')
    .update(`${name}\n${JSON.stringify(body)}`)
    .digest('hex')
