// Sessions of the console: a secret in the browser, its hash here; over when nobody attends to it, and after a working day in any case.
import { createHash } from 'node:crypto'
import type { StaffMember, StaffName } from '../../domain/console/staff.ts'
import type { Store, Work } from '../store.ts'
import { readingConsole, withConsole } from './console-tables.ts'
import { memberOf } from './signing-in.ts'

export type SessionLimits = {
  /** So long a screen may stand there with nobody at it. */
  unattendedMs: number
  longestMs: number
}

/** Written when it has grown by so much: a page asks every few seconds. */
const attendedStepMs = 30_000

export type Session = {
  member: StaffMember
  csrf: string
  endsAt: number
  mustChangePassword: boolean
  /** Names this session in rows and in memory; not what the browser has. */
  id: string
}

const idOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Gives what the browser keeps. */
export const beginSession = async (
  work: Work,
  of: {
    name: StaffName
    now: number
    random: (count: number) => Uint8Array
    limits: SessionLimits
  },
): Promise<string> => {
  const { name, now, random, limits } = of
  const secret = Buffer.from(random(32)).toString('base64url')
  const tables = withConsole(work)
  await tables.deleteFrom('staff_sessions').where('ends_at', '<=', now).execute()
  await tables
    .insertInto('staff_sessions')
    .values({
      session: idOf(secret),
      name,
      csrf: Buffer.from(random(32)).toString('base64url'),
      begun_at: now,
      attended_at: now,
      ends_at: now + limits.longestMs,
    })
    .execute()
  return secret
}

/** Null when there is none, it is over, or whoever it is may not work here any more. `attended`: a person did something. */
export const findSession = async (
  store: Store,
  secret: string,
  { now, limits, attended }: { now: number; limits: SessionLimits; attended: boolean },
): Promise<Session | null> => {
  const id = idOf(secret)
  const found = await readingConsole(store.read)
    .selectFrom('staff_sessions')
    .innerJoin('staff', 'staff.name', 'staff_sessions.name')
    .selectAll()
    .where('session', '=', id)
    .executeTakeFirst()
  if (found === undefined || found.active === 0) return null
  if (found.ends_at <= now || found.attended_at + limits.unattendedMs <= now) return null
  if (attended && found.attended_at + attendedStepMs <= now) {
    await store.transact((work) =>
      withConsole(work)
        .updateTable('staff_sessions')
        .set({ attended_at: now })
        .where('session', '=', id)
        .execute(),
    )
  }
  return {
    id,
    member: memberOf(found),
    csrf: found.csrf,
    endsAt: found.ends_at,
    mustChangePassword: found.must_change === 1,
  }
}

export const endSession = async (work: Work, id: string): Promise<void> => {
  await withConsole(work).deleteFrom('staff_sessions').where('session', '=', id).execute()
}

/** All of somebody's but one. */
export const endSessionsOf = async (
  work: Work,
  name: StaffName,
  except: string | null,
): Promise<void> => {
  await withConsole(work)
    .deleteFrom('staff_sessions')
    .where('name', '=', name)
    .where('session', '<>', except ?? '')
    .execute()
}
