// The staff of the console as rows: listed, added, changed. Nobody is ever removed: the audit trail names them.
import type { z } from 'zod'
import type {
  NewStaff,
  OwnPassword,
  StaffChange,
  StaffRow,
} from '../../domain/console/staff-room.ts'
import type { StaffName } from '../../domain/console/staff.ts'
import type { Reading, Work } from '../store.ts'
import { refusedAs, told, type Doing, type Told } from './asking.ts'
import { readingConsole, withConsole, type Staff } from './console-tables.ts'
import { hashPassword, isPasswordOf } from './passwords.ts'
import { endSessionsOf } from './sessions.ts'
import { memberOf } from './signing-in.ts'

export const listStaff = async (read: Reading, now: number): Promise<StaffRow[]> => {
  const rows = await readingConsole(read)
    .selectFrom('staff')
    .leftJoin('sign_in_tries', 'sign_in_tries.name', 'staff.name')
    .selectAll('staff')
    .select('locked_until')
    .orderBy('staff.name')
    .execute()
  return rows.map((row) => rowShown(row, row.locked_until, now))
}

const rowShown = (row: Staff, lockedUntil: number | null, now: number): StaffRow => ({
  ...memberOf(row),
  active: row.active === 1,
  lastSignIn: row.last_sign_in,
  lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
  since: row.since,
})

export const addStaff = async (
  { work, now }: Doing,
  asked: z.infer<typeof NewStaff>,
): Promise<Told<{ staff: StaffRow }>> => {
  if ((await findStaff(work, asked.name)) !== undefined) {
    return refusedAs(409, `name: found ${asked.name}; somebody has this name already`)
  }
  const row: Staff = {
    name: asked.name,
    full_name: asked.fullName,
    role: asked.role,
    active: 1,
    password: await hashPassword(asked.password),
    must_change: 1,
    since: now,
    last_sign_in: null,
  }
  await withConsole(work).insertInto('staff').values(row).execute()
  return told({ staff: rowShown(row, null, now) })
}

export const changeStaff = async (
  { work, now, member }: Doing,
  { name, role, active, password }: z.infer<typeof StaffChange>,
): Promise<Told<{ staff: StaffRow }>> => {
  const row = await findStaff(work, name)
  if (row === undefined) return refusedAs(404, `name: found ${name}; nobody here has it`)
  if (name === member.name && (role !== undefined || active === false)) {
    return refusedAs(409, 'one’s own role and one’s own leave are somebody else’s to decide')
  }
  const changed: Staff = {
    ...row,
    role: role ?? row.role,
    active: active === undefined ? row.active : active ? 1 : 0,
    ...(password !== undefined && { password: await hashPassword(password), must_change: 1 }),
  }
  const tables = withConsole(work)
  await tables.updateTable('staff').set(changed).where('name', '=', name).execute()
  // What somebody may do is read anew at every request; who they are is settled at the sign-in.
  if (password !== undefined || active === false) await endSessionsOf(work, name, null)
  if (password !== undefined) {
    await tables.deleteFrom('sign_in_tries').where('name', '=', name).execute()
  }
  return told({ staff: rowShown(changed, null, now) })
}

export const changeOwnPassword = async (
  { work, member, session }: Doing,
  { current, wanted }: z.infer<typeof OwnPassword>,
): Promise<Told<Record<never, never>>> => {
  const row = await findStaff(work, member.name)
  if (row === undefined || !(await isPasswordOf(current, row.password))) {
    return refusedAs(409, 'current: is not your password')
  }
  if (current === wanted) return refusedAs(409, 'wanted: must be another one than now')
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
