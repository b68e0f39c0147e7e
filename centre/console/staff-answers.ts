// Whoever works here: seen, added, changed; one's own password; and the trail of what everybody did.
import { z } from 'zod'
import {
  AuditAsked,
  NewStaff,
  OwnPassword,
  StaffChange,
  type StaffDeeds,
  type StaffQuestions,
} from '../../domain/console/staff-room.ts'
import { deed, question, told, type AnswersTo, type DoingOf } from './asking.ts'
import { readAudit } from './audit-trail.ts'
import { addStaff, changeOwnPassword, changeStaff, listStaff } from './staff.ts'

const Nothing = z.object({})

/** `me` is answered by the server itself: it is about the session and not about the books. */
export const staffQuestions: AnswersTo<Omit<StaffQuestions, 'me'>> = {
  staff: question({
    may: 'manage staff',
    asked: Nothing,
    about: () => null,
    tell: async ({ read, now }) => told({ staff: await listStaff(read, now) }),
  }),
  audit: question({
    may: 'see the audit trail',
    asked: AuditAsked,
    about: ({ who, about }) => ['the audit trail', who, about].filter(Boolean).join(' '),
    tell: async ({ read }, asked) => told(await readAudit(read, asked)),
  }),
}

export const staffDeeds: DoingOf<StaffDeeds> = {
  'staff/add': deed({
    may: 'manage staff',
    asked: NewStaff,
    about: ({ name, role }) => `${name} as ${role}`,
    carryOut: addStaff,
  }),
  'staff/change': deed({
    may: 'manage staff',
    asked: StaffChange,
    about: ({ name, role, active, password }) =>
      [
        name,
        role === undefined ? null : `role ${role}`,
        active === undefined ? null : active ? 'may sign in' : 'may not sign in',
        password === undefined ? null : 'new password',
      ]
        .filter((part) => part !== null)
        .join(', '),
    carryOut: changeStaff,
  }),
  'me/password': deed({
    may: null,
    asked: OwnPassword,
    about: () => 'own password',
    carryOut: changeOwnPassword,
  }),
}
