// Who may open a kiosk's maintenance mode, and what each of them may do there.
import { z } from 'zod'

/** As it stands on the person's service card (order number of EF02, power-card.md 11) and is typed at the keypad. */
export const PersonNumber = z
  .string()
  .regex(
    /^[1-9]\d{3,7}$/,
    'must be the number of a person, 4 to 8 digits and none of them a leading 0',
  )
  .brand<'person number'>()
export type PersonNumber = z.infer<typeof PersonNumber>

export const roles = ['technician', 'cash collector', 'supervisor'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** What somebody may do in maintenance mode. Nobody may sell, load a card or change a sum there. */
export const rights = [
  'test devices',
  'change paper',
  'exchange cash box',
  'change settings',
  'close the kiosk',
  'restart',
  'shut down',
] as const
export type Right = (typeof rights)[number]

const rightsOfRole: Record<Role, readonly Right[]> = {
  technician: ['test devices', 'change paper', 'change settings', 'close the kiosk', 'restart'],
  'cash collector': ['change paper', 'exchange cash box'],
  supervisor: rights,
}

export const mayDo = (role: Role, right: Right): boolean => rightsOfRole[role].includes(right)

/** One of them, as the menu and the journal know them. */
export const Person = z.object({
  number: PersonNumber,
  name: z.string().min(1).max(40),
  role: Role,
})
export type Person = z.infer<typeof Person>
