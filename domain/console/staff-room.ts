// Signing in and out, those who work here, and the trail of what they saw and did.
import { z } from 'zod'
import { StaffName, StaffRole, type StaffMember, type StaffRight } from './staff.ts'

/** Long enough to be a sentence: length is what makes guessing hopeless. */
export const Password = z
  .string()
  .min(12, 'must have 12 characters or more')
  .max(200, 'must have 200 characters or fewer')

export const SignIn = z.object({ name: z.string().max(60), password: z.string().max(200) })

export const NewStaff = z.object({
  deedId: z.uuid(),
  name: StaffName,
  fullName: z.string().trim().min(1).max(60),
  role: StaffRole,
  password: Password,
})
export const StaffChange = z.object({
  deedId: z.uuid(),
  name: StaffName,
  role: StaffRole.optional(),
  /** False: may not sign in any more; open sessions end at once. */
  active: z.boolean().optional(),
  /** A new one, to be changed at the next sign-in. */
  password: Password.optional(),
})
export const OwnPassword = z.object({
  deedId: z.uuid(),
  current: z.string().max(200),
  wanted: Password,
})

/** Whoever is signed in; `csrf` goes with every deed. */
export type SignedIn = {
  member: StaffMember
  rights: StaffRight[]
  csrf: string
  /** ms since 1970: after it the session is over whatever is done. */
  endsAt: number
  mustChangePassword: boolean
  /** Open proposals that await a second person like this one. */
  awaiting: number
  /** The town's currency, time zone and money places, for showing. */
  town: { currency: string; timeZone: string; name: string }
}

export type StaffRow = StaffMember & {
  active: boolean
  lastSignIn: number | null
  lockedUntil: number | null
  since: number
}

export const AuditAsked = z.object({
  who: z.string().max(40).optional(),
  /** Part of what it was about. */
  about: z.string().max(80).optional(),
  before: z.coerce.number().int().positive().optional(),
})
/** One line of the trail: a question that showed personal data or money, a deed, a sign-in. */
export type AuditRow = {
  audit: number
  at: number
  who: string
  what: string
  about: string
  outcome: 'done' | 'refused' | 'failed'
  from: string
}

/** There is nothing to say. */
export type Nothing = Record<string, never>

export type StaffQuestions = {
  me: { asked: Nothing; told: SignedIn }
  staff: { asked: Nothing; told: { staff: StaffRow[] } }
  audit: { asked: z.input<typeof AuditAsked>; told: { rows: AuditRow[]; next: number | null } }
}
export type StaffDeeds = {
  'staff/add': { asked: z.input<typeof NewStaff>; told: { staff: StaffRow } }
  'staff/change': { asked: z.input<typeof StaffChange>; told: { staff: StaffRow } }
  'me/password': { asked: z.input<typeof OwnPassword>; told: Nothing }
}
