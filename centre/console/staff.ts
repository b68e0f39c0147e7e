// The staff of the console as rows: listed, added, changed. Nobody is ever removed: the audit trail names them.
import type { z } from 'zod'
import type {
  NewStaff,
  OwnPassword,
  StaffChange,
  StaffDeeds,
  StaffRow,
} from '../../domain/console/staff-room.ts'
import type { StaffName, StaffRole } from '../../domain/console/staff.ts'
import type { Reading, Work } from '../store.ts'
import { refusedAs, told, type Doing, type Told } from './asking.ts'
import { readingConsole, withConsole, type Staff } from './console-tables.ts'
import { named } from './lines.ts'
import { hashPassword, isPasswordOf } from './passwords.ts'
import { endSessionsOf } from './sessions.ts'
import { memberOf } from './signing-in.ts'

type Nothing = StaffDeeds['me/password']['told']

export const listStaff = async (read: Reading, now: number): Promise<StaffRow[]> => {
  const rows = await staffRows(read).orderBy('staff.name').execute()
  return rows.map((row) => rowShown(row, row.locked_until, now))
}

const staffRows = (read: Reading) =>
  readingConsole(read)
    .selectFrom('staff')
    .leftJoin('sign_in_tries', 'sign_in_tries.name', 'staff.name')
    .selectAll('staff')
    .select('locked_until')

const staffShown = async (work: Work, name: StaffName, now: number): Promise<StaffRow> => {
  const row = await staffRows(work).where('staff.name', '=', name).executeTakeFirstOrThrow()
  return rowShown(row, row.locked_until, now)
}

const rowShown = (row: Staff, lockedUntil: number | null, now: number): StaffRow => ({
  ...memberOf(row),
  active: row.active === 1,
  lastSignIn: row.last_sign_in,
  lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
  since: row.since,
})

/** False when somebody has this name already. Whoever it is chooses a password of their own at the first sign-in. */
export const insertStaff = async (
  work: Work,
  of: { name: StaffName; fullName: string; role: StaffRole; hash: string; now: number },
): Promise<boolean> => {
  if ((await findStaff(work, of.name)) !== undefined) return false
  const row: Staff = {
    name: of.name,
    full_name: of.fullName,
    role: of.role,
    active: 1,
    password: of.hash,
    must_change: 1,
    since: of.now,
    last_sign_in: null,
  }
  await withConsole(work).insertInto('staff').values(row).execute()
  return true
}

/** To be changed at the next sign-in; nobody stays signed in, and no lock stands. False when nobody has this name. */
export const giveNewPassword = async (
  work: Work,
  name: StaffName,
  hash: string,
): Promise<boolean> => {
  if ((await findStaff(work, name)) === undefined) return false
  const tables = withConsole(work)
  await tables
    .updateTable('staff')
    .set({ password: hash, must_change: 1 })
    .where('name', '=', name)
    .execute()
  await endSessionsOf(work, name, null)
  await tables.deleteFrom('sign_in_tries').where('name', '=', name).execute()
  return true
}

export const addStaff = async (
  { work, now }: Doing,
  { name, fullName, role, password }: z.infer<typeof NewStaff>,
): Promise<Told<{ staff: StaffRow }>> => {
  const hash = await hashPassword(password)
  return (await insertStaff(work, { name, fullName, role, hash, now }))
    ? told({ staff: await staffShown(work, name, now) })
    : refusedAs(409, 'name is taken', { name: named(name) })
}

export const changeStaff = async (
  { work, now, member }: Doing,
  { name, role, active, password }: z.infer<typeof StaffChange>,
): Promise<Told<{ staff: StaffRow }>> => {
  const row = await findStaff(work, name)
  if (row === undefined) return refusedAs(404, 'nobody has this name', { name: named(name) })
  if (name === member.name && (role !== undefined || active === false)) {
    return refusedAs(409, 'own role is not yours')
  }
  await withConsole(work)
    .updateTable('staff')
    .set({
      role: role ?? row.role,
      active: active === undefined ? row.active : active ? 1 : 0,
    })
    .where('name', '=', name)
    .execute()
  if (active === false) await endSessionsOf(work, name, null)
  if (password !== undefined) await giveNewPassword(work, name, await hashPassword(password))
  return told({ staff: await staffShown(work, name, now) })
}

export const changeOwnPassword = async (
  { work, member, session }: Doing,
  { current, wanted }: z.infer<typeof OwnPassword>,
): Promise<Told<Nothing>> => {
  const row = await findStaff(work, member.name)
  if (row === undefined || !(await isPasswordOf(current, row.password))) {
    return refusedAs(409, 'not your password')
  }
  if (current === wanted) return refusedAs(409, 'password as before')
  await withConsole(work)
    .updateTable('staff')
    .set({ password: await hashPassword(wanted), must_change: 0 })
    .where('name', '=', member.name)
    .execute()
  await endSessionsOf(work, member.name, session)
  return told({})
}

const findStaff = (work: Work, name: StaffName): Promise<Staff | undefined> =>
  withConsole(work).selectFrom('staff').selectAll().where('name', '=', name).executeTakeFirst()
