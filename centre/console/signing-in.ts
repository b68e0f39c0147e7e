// Signing in: name and password against the staff, with a lock that grows with every failed try, and outlives a restart.
import { StaffName, type StaffMember } from '../../domain/console/staff.ts'
import type { Store, Work } from '../store.ts'
import { writeAudit } from './audit-trail.ts'
import { readingConsole, withConsole, type Staff } from './console-tables.ts'
import { hashPassword, isPasswordOf, usualEffort, type Effort } from './passwords.ts'

/** Somebody mistypes; nobody guesses so slowly. */
export const triesBeforeLock = 5
export const firstLockMs = 60_000
export const longestLockMs = 3_600_000
/** A failed try is forgotten when nobody has tried for so long. */
const forgottenAfterMs = 86_400_000
/** Hashing is made to be dear: no more at once than this, and no longer queue, or the sign-in page is the way to stop the program. */
const mostWaiting = 8

export type SignInOutcome =
  | { kind: 'signed in'; member: StaffMember }
  /** The same for a wrong name, a wrong password and somebody who left. */
  | { kind: 'wrong' }
  | { kind: 'locked'; untilMs: number }
  | { kind: 'busy' }

export type SigningIn = (
  asked: { name: string; password: string },
  from: { now: number; address: string },
) => Promise<SignInOutcome>

export const signingIn = (store: Store, effort: Effort = usualEffort): SigningIn => {
  // What nobody's password is: a name that does not exist takes as long as one that does.
  const nobodys = hashPassword('', effort)
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  const isRight = async (password: string, stored: string | undefined): Promise<boolean> => {
    const turn = last.then(async () => isPasswordOf(password, stored ?? (await nobodys)))
    last = turn.catch(() => undefined)
    waiting += 1
    try {
      return await turn
    } finally {
      waiting -= 1
    }
  }
  return async ({ name: typed, password }, { now, address }) => {
    const parsed = StaffName.safeParse(typed.trim().toLowerCase())
    if (!parsed.success) {
      // No row for it: anything at all may have been typed here, also a password.
      await store.transact((work) => writeAudit(work, lineOf('nobody', 'refused')))
      return { kind: 'wrong' }
    }
    const name = parsed.data
    const standing = await standingOf(store, name)
    if (standing.lockedUntil > now) return { kind: 'locked', untilMs: standing.lockedUntil }
    if (waiting >= mostWaiting) return { kind: 'busy' }
    const { row } = standing
    const right = await isRight(password, row?.password)
    if (!right || row === null || row.active === 0) {
      return store.transact(async (work) => {
        await writeAudit(work, lineOf(name, 'refused'))
        const lockedUntil = await countFailure(work, name, now)
        return lockedUntil > now ? { kind: 'locked', untilMs: lockedUntil } : { kind: 'wrong' }
      })
    }
    return store.transact(async (work) => {
      // Whoever tried beside us may have locked the name meanwhile.
      const { lockedUntil } = await triesAt(work, name)
      if (lockedUntil > now) return { kind: 'locked', untilMs: lockedUntil }
      const tables = withConsole(work)
      await tables.deleteFrom('sign_in_tries').where('name', '=', name).execute()
      await tables
        .updateTable('staff')
        .set({ last_sign_in: now })
        .where('name', '=', name)
        .execute()
      await writeAudit(work, lineOf(name, 'done'))
      return { kind: 'signed in', member: memberOf(row) }
    })

    function lineOf(who: string, outcome: 'done' | 'refused') {
      return { at: now, who, what: 'sign-in', about: '', outcome, came_from: address }
    }
  }
}

export const memberOf = ({ name, full_name: fullName, role }: Staff): StaffMember => ({
  name,
  fullName,
  role,
})

const standingOf = async (
  { read }: Store,
  name: StaffName,
): Promise<{ row: Staff | null; lockedUntil: number }> => {
  const tables = readingConsole(read)
  const row = await tables
    .selectFrom('staff')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst()
  const tries = await tables
    .selectFrom('sign_in_tries')
    .select('locked_until')
    .where('name', '=', name)
    .executeTakeFirst()
  return { row: row ?? null, lockedUntil: tries?.locked_until ?? 0 }
}

const triesAt = async (work: Work, name: StaffName) => {
  const found = await withConsole(work)
    .selectFrom('sign_in_tries')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst()
  return { failed: found?.failed ?? 0, lockedUntil: found?.locked_until ?? 0 }
}

/** Gives until when the name is locked; a moment that is over when it is not. */
const countFailure = async (work: Work, name: StaffName, now: number): Promise<number> => {
  const tables = withConsole(work)
  await tables
    .deleteFrom('sign_in_tries')
    .where('last_at', '<', now - forgottenAfterMs)
    .execute()
  const failed = (await triesAt(work, name)).failed + 1
  const over = failed - triesBeforeLock
  const lockedUntil = over < 0 ? 0 : now + Math.min(longestLockMs, firstLockMs * 2 ** over)
  const row = { name, failed, locked_until: lockedUntil, last_at: now }
  await tables
    .insertInto('sign_in_tries')
    .values(row)
    .onConflict((it) => it.column('name').doUpdateSet(row))
    .execute()
  return lockedUntil
}
