// The words of those who work here: who they are, the trail of what they saw and did, and their passwords.
import type { AuditRow } from '../../../domain/console/staff-room.ts'
import type { StaffRole } from '../../../domain/console/staff.ts'

export type StaffWords = {
  title: string
  about: string
  roles: Record<StaffRole, string>
  roleTold: Record<StaffRole, string>
  columns: {
    name: string
    fullName: string
    role: string
    state: string
    lastSignIn: string
    since: string
  }
  states: { active: string; inactive: string; locked: (until: string) => string }
  never: string
  you: string
  add: string
  change: string
  added: string
  addTitle: string
  addSubmit: string
  nameHint: string
  passwordHint: string
  changeTitle: (name: string) => string
  changeSubmit: string
  mayWork: string
  newPassword: string
  newPasswordHint: string
  audit: {
    title: string
    about: string
    who: string
    whoHint: string
    aboutWhat: string
    empty: string
    columns: { at: string; who: string; what: string; about: string; outcome: string; from: string }
    /** Before the name of a question. */
    looked: string
    acts: Record<'sign-in' | 'sign-out', string>
    outcomes: Record<AuditRow['outcome'], string>
    older: string
    newest: string
  }
  password: {
    title: string
    must: string
    why: string
    current: string
    wanted: string
    again: string
    hint: string
    submit: string
    differ: string
    tooShort: string
    done: string
  }
}
