// Who works at the centre's console, and what each of them may see and do there.
import { z } from 'zod'

/** The name somebody signs in with. */
export const StaffName = z
  .string()
  .regex(
    /^[a-z][a-z0-9.-]{1,30}$/,
    'must be 2 to 31 small letters, digits, dots or hyphens, and begin with a letter',
  )
  .brand<'staff name'>()
export type StaffName = z.infer<typeof StaffName>

export const staffRoles = ['operator', 'call centre', 'accounts', 'administrator'] as const
export const StaffRole = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRole>

/** What a route of the console may ask for. Seeing is a right too: names and cards are nobody's business but the caller's clerk. */
export const staffRights = [
  'see the fleet',
  'command kiosks',
  'acknowledge alarms',
  'see cash',
  'explain sales',
  'propose money moves',
  'approve money moves',
  'see customers',
  'change customers',
  'change cards',
  'see tariffs',
  'change tariffs',
  'see figures',
  'see losses',
  'order field tasks',
  'export',
  'approve key actions',
  'manage staff',
  'see the audit trail',
] as const
export type StaffRight = (typeof staffRights)[number]

const rightsOfRole: Record<StaffRole, readonly StaffRight[]> = {
  operator: [
    'see the fleet',
    'command kiosks',
    'acknowledge alarms',
    'explain sales',
    'see figures',
    'order field tasks',
  ],
  'call centre': [
    'see the fleet',
    'explain sales',
    'propose money moves',
    'see customers',
    'change cards',
    'see tariffs',
  ],
  accounts: [
    'see the fleet',
    'see cash',
    'explain sales',
    'propose money moves',
    'approve money moves',
    'see customers',
    'change customers',
    'see tariffs',
    'change tariffs',
    'see figures',
    'see losses',
    'order field tasks',
    'export',
  ],
  administrator: [
    'see the fleet',
    'explain sales',
    'approve money moves',
    'see customers',
    'see tariffs',
    'see figures',
    'see losses',
    'approve key actions',
    'manage staff',
    'see the audit trail',
  ],
}

export const mayStaff = (role: StaffRole, right: StaffRight): boolean =>
  rightsOfRole[role].includes(right)

/** Whoever is signed in, as the pages know them. */
export type StaffMember = { name: StaffName; fullName: string; role: StaffRole }
