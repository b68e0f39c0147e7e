// A part of a transaction that leaves nothing behind when it is refused, while the rest of the transaction stands.
import { sql } from 'kysely'
import type { Work } from '../store.ts'
import type { Told } from './asking.ts'

export const attempt = async <Value>(
  work: Work,
  act: () => Promise<Told<Value>>,
): Promise<Told<Value>> => {
  await sql`savepoint attempt`.execute(work)
  try {
    const done = await act()
    if (done.kind === 'refused') await sql`rollback to savepoint attempt`.execute(work)
    return done
  } catch (error) {
    await sql`rollback to savepoint attempt`.execute(work)
    throw error
  } finally {
    await sql`release savepoint attempt`.execute(work)
  }
}
