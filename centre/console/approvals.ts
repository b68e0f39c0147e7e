// Two persons: one proposes, another approves, and only then it is done, in one transaction with the approval.
import type { z } from 'zod'
import type { Approval, ApprovalKind } from '../../domain/console/approvals.ts'
import type { ProposalLine } from '../../domain/console/proposal-lines.ts'
import type { Refusal } from '../../domain/console/refusals.ts'
import { mayStaff, type StaffMember, type StaffRight } from '../../domain/console/staff.ts'
import { ulidOf } from '../../domain/identifiers.ts'
import type { Minor } from '../../domain/money.ts'
import type { Reading } from '../store.ts'
import { refusedAs, told, type Doing, type Told } from './asking.ts'
import { attempt } from './attempt.ts'
import { readingConsole, withConsole, type Approvals } from './console-tables.ts'
import { named } from './lines.ts'

/** What was done stands in the lines of the proposal. */
export type Done = null
export const done: Told<Done> = told(null)

/** What a kind of proposal needs, and how it is carried out. Refused, it has failed, and nothing of it was done. */
export type Proposable<Content> = {
  may: StaffRight
  mayApprove: StaffRight
  content: z.ZodType<Content>
  carryOut: (doing: Doing, content: Content) => Promise<Told<Done>>
}

/** Parsed again when it is approved: what was proposed may be older than the program. */
export type AnyProposable = {
  may: StaffRight
  mayApprove: StaffRight
  carryOut: (doing: Doing, content: unknown) => Promise<Told<Done>>
}

export const proposable = <Content>(of: Proposable<Content>): AnyProposable => ({
  may: of.may,
  mayApprove: of.mayApprove,
  carryOut: async (doing, content) => {
    const parsed = of.content.safeParse(content)
    return parsed.success ? of.carryOut(doing, parsed.data) : refusedAs(409, 'of an older program')
  },
})

export type Proposing = {
  kind: ApprovalKind
  subject: string
  lines: readonly ProposalLine[]
  amount: Minor | null
  reason: string
  /** As JSON; what `content` of the kind reads. */
  content: unknown
}

/** A second proposal of the same kind about the same subject waits for the first to be decided. */
export const propose = async (
  { work, now, member, means }: Doing,
  of: Proposing,
): Promise<Told<{ approval: Approval }>> => {
  const tables = withConsole(work)
  const same = await tables
    .selectFrom('approvals')
    .select('proposed_by')
    .where('state', '=', 'open')
    .where('kind', '=', of.kind)
    .where('subject', '=', of.subject)
    .executeTakeFirst()
  if (same !== undefined) {
    return refusedAs(409, 'proposed already', { who: named(same.proposed_by) })
  }
  const row: Approvals = {
    approval: ulidOf(now, means.random(10)),
    kind: of.kind,
    subject: of.subject,
    lines: JSON.stringify(of.lines),
    amount: of.amount,
    reason: of.reason,
    content: JSON.stringify(of.content),
    proposed_by: member.name,
    proposed_at: now,
    state: 'open',
    decided_by: null,
    decided_at: null,
    note: null,
    refusal: null,
  }
  await tables.insertInto('approvals').values(row).execute()
  return told({ approval: shown(row, member, null) })
}

/** Of the kinds as they stand in `proposals.ts`: handed in, since they know this file. */
export type Kinds = Readonly<Partial<Record<ApprovalKind, AnyProposable>>>

export const approve = async (
  doing: Doing,
  { approval, note }: { approval: string; note: string },
  kinds: Kinds,
): Promise<Told<{ approval: Approval }>> => {
  const found = await openOne(doing, approval, kinds)
  if (found.kind === 'refused') return found
  const row = found.told
  const content: unknown = JSON.parse(row.content)
  const outcome = await attempt(
    doing.work,
    async () =>
      (await kinds[row.kind]?.carryOut(doing, content)) ??
      refusedAs(409, 'unknown to this program'),
  )
  return outcome.kind === 'told'
    ? decided(doing, row, { state: 'done', note, kinds })
    : decided(doing, row, { state: 'failed', note, refusal: outcome.refusal, kinds })
}

export const refuse = async (
  doing: Doing,
  { approval, note }: { approval: string; note: string },
  kinds: Kinds,
): Promise<Told<{ approval: Approval }>> => {
  const found = await openOne(doing, approval, kinds)
  return found.kind === 'refused'
    ? found
    : decided(doing, found.told, { state: 'refused', note, kinds })
}

/** By whoever proposed it, and nobody else. */
export const withdraw = async (
  doing: Doing,
  { approval, note }: { approval: string; note: string },
  kinds: Kinds,
): Promise<Told<{ approval: Approval }>> => {
  const row = await rowOf(doing, approval)
  if (row === undefined) return noSuch
  if (row.state !== 'open') return alreadyDecided(row)
  if (row.proposed_by !== doing.member.name) {
    return refusedAs(409, 'only its proposer withdraws')
  }
  return decided(doing, row, { state: 'withdrawn', note, kinds })
}

const noSuch = refusedAs(404, 'no such proposal')
const alreadyDecided = (row: Approvals) =>
  refusedAs(409, 'decided already', {
    state: { kind: 'state', state: row.state },
    who: named(row.decided_by ?? '?'),
  })

const rowOf = ({ work }: Doing, approval: string): Promise<Approvals | undefined> =>
  withConsole(work)
    .selectFrom('approvals')
    .selectAll()
    .where('approval', '=', approval)
    .executeTakeFirst()

const openOne = async (doing: Doing, approval: string, kinds: Kinds): Promise<Told<Approvals>> => {
  const row = await rowOf(doing, approval)
  if (row === undefined) return noSuch
  if (row.state !== 'open') return alreadyDecided(row)
  const { member } = doing
  if (row.proposed_by === member.name) {
    return refusedAs(409, 'a second person decides')
  }
  if (!mayDecide(member, row, kinds)) {
    return refusedAs(409, 'another role decides')
  }
  return told(row)
}

const decided = async (
  { work, now, member }: Doing,
  row: Approvals,
  of: { state: Approvals['state']; note: string; refusal?: Refusal; kinds: Kinds },
): Promise<Told<{ approval: Approval }>> => {
  const change = {
    state: of.state,
    note: of.note === '' ? null : of.note,
    refusal: of.refusal === undefined ? null : JSON.stringify(of.refusal),
    decided_by: member.name,
    decided_at: now,
  }
  await withConsole(work)
    .updateTable('approvals')
    .set(change)
    .where('approval', '=', row.approval)
    .execute()
  return told({ approval: shown({ ...row, ...change }, member, of.kinds) })
}

const mostShown = 200

export const listApprovals = async (
  read: Reading,
  { state, member, kinds }: { state: 'open' | 'decided'; member: StaffMember; kinds: Kinds },
): Promise<Approval[]> => {
  const query = readingConsole(read).selectFrom('approvals').selectAll().limit(mostShown)
  const rows =
    state === 'open'
      ? await query.where('state', '=', 'open').orderBy('proposed_at').execute()
      : await query.where('state', '<>', 'open').orderBy('proposed_at', 'desc').execute()
  // Only what this person has proposed or may decide: others' money is nobody's business.
  return rows
    .map((row) => shown(row, member, kinds))
    .filter(
      (it) =>
        it.proposedBy === member.name ||
        has(member, kinds[it.kind]?.mayApprove) ||
        has(member, kinds[it.kind]?.may),
    )
}

const shown = (row: Approvals, member: StaffMember, kinds: Kinds | null): Approval => ({
  approval: row.approval,
  kind: row.kind,
  subject: row.subject,
  lines: JSON.parse(row.lines),
  amount: row.amount,
  reason: row.reason,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  state: row.state,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  note: row.note,
  refusal: row.refusal === null ? null : JSON.parse(row.refusal),
  mayDecide: kinds !== null && row.state === 'open' && mayDecide(member, row, kinds),
})

const has = ({ role }: StaffMember, right: StaffRight | undefined): boolean =>
  right !== undefined && mayStaff(role, right)

const mayDecide = (member: StaffMember, row: Approvals, kinds: Kinds): boolean =>
  row.proposed_by !== member.name && has(member, kinds[row.kind]?.mayApprove)
