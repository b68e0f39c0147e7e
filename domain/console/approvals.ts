// What one person proposes and another one approves: money that moves by hand, and what touches keys (domain.md 8, 17).
import { z } from 'zod'
import type { ProposalLine } from './proposal-lines.ts'
import type { Refusal } from './refusals.ts'
import type { StaffName } from './staff.ts'

/** Every kind of act that needs two persons. */
export const approvalKinds = [
  'return order',
  'pay claim',
  'redeem claim',
  'adjust account',
  'write off arrears',
  'raise overdraft',
  'replace card',
  'change meter',
  'take tariff',
  'take file',
] as const
export const ApprovalKind = z.enum(approvalKinds)
export type ApprovalKind = z.infer<typeof ApprovalKind>

export const approvalStates = ['open', 'done', 'refused', 'withdrawn', 'failed'] as const
export type ApprovalState = (typeof approvalStates)[number]

/** A proposal, as both persons see it. */
export type Approval = {
  approval: string
  kind: ApprovalKind
  /** What it is about, as a clerk would name it: `order 2026-…`, `claim 0042 …`. Leads to `Explain`. */
  subject: string
  /** What will be done, line by line, as it was described when it was proposed. */
  lines: ProposalLine[]
  /** Minor units that move; null when none do. */
  amount: number | null
  reason: string
  proposedBy: StaffName
  proposedAt: number
  state: ApprovalState
  decidedBy: StaffName | null
  decidedAt: number | null
  /** What the second person wrote. */
  note: string | null
  /** Of one that has failed: why it could not be carried out. */
  refusal: Refusal | null
  /** Whether whoever asks may decide it: never their own. */
  mayDecide: boolean
}

export const ApprovalsAsked = z.object({ state: z.enum(['open', 'decided']).default('open') })

export const Decision = z.object({
  deedId: z.uuid(),
  approval: z.string().min(1).max(40),
  note: z.string().trim().max(400).default(''),
})

export type ApprovalQuestions = {
  approvals: { asked: z.input<typeof ApprovalsAsked>; told: { approvals: Approval[] } }
}
export type ApprovalDeeds = {
  'approvals/approve': { asked: z.input<typeof Decision>; told: { approval: Approval } }
  'approvals/refuse': { asked: z.input<typeof Decision>; told: { approval: Approval } }
  'approvals/withdraw': { asked: z.input<typeof Decision>; told: { approval: Approval } }
}
