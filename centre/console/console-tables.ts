// The rows of the console: staff, their sessions, the audit trail, deeds that are done, and proposals.
import type { Transaction } from 'kysely'
import type { ApprovalKind, ApprovalState } from '../../domain/console/approvals.ts'
import type { StaffName, StaffRole } from '../../domain/console/staff.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'

export type Staff = {
  name: StaffName
  full_name: string
  role: StaffRole
  /** 0: may not sign in any more. */
  active: number
  /** As `hashPassword` made it. */
  password: string
  /** 1: somebody else knows it. */
  must_change: number
  since: number
  last_sign_in: number | null
}

/** Failed tries at a name, whether anybody has it or not. */
type SignInTries = { name: StaffName; failed: number; locked_until: number; last_at: number }

export type StaffSessions = {
  /** SHA-256 of what the browser keeps. */
  session: string
  name: StaffName
  csrf: string
  begun_at: number
  /** When a person last did something. */
  attended_at: number
  ends_at: number
}

export type AuditTrail = {
  audit: number
  at: number
  who: string
  what: string
  about: string
  outcome: 'done' | 'refused' | 'failed'
  /** The address it was asked from. */
  came_from: string
}

type ConsoleDeeds = {
  deed: string
  who: StaffName
  name: string
  hash: string
  reply: string
  at: number
}

export type Approvals = {
  approval: string
  kind: ApprovalKind
  subject: string
  /** Of label and value, as JSON. */
  lines: string
  amount: number | null
  reason: string
  /** What carrying it out needs, as JSON. */
  content: string
  proposed_by: StaffName
  proposed_at: number
  state: ApprovalState
  decided_by: StaffName | null
  decided_at: number | null
  note: string | null
  /** Why it could not be carried out, as JSON. */
  refusal: string | null
}

export type ConsoleTables = Tables & {
  staff: Staff
  sign_in_tries: SignInTries
  staff_sessions: StaffSessions
  audit_trail: AuditTrail
  console_deeds: ConsoleDeeds
  approvals: Approvals
}

export type ConsoleWork = Transaction<ConsoleTables>

export const withConsole = (work: Work): ConsoleWork => work.withTables<ConsoleTables>()
export const readingConsole = (read: Reading) => read.withTables<ConsoleTables>()
