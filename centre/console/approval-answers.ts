// The proposals that await a second person: seen, approved, refused, withdrawn.
import {
  ApprovalsAsked,
  Decision,
  type ApprovalDeeds,
  type ApprovalQuestions,
} from '../../domain/console/approvals.ts'
import { approve, listApprovals, refuse, withdraw } from './approvals.ts'
import { deed, question, told, type AnswersTo, type DoingOf } from './asking.ts'
import { proposals } from './proposals.ts'

export const approvalQuestions: AnswersTo<ApprovalQuestions> = {
  approvals: question({
    may: 'explain sales',
    asked: ApprovalsAsked,
    about: () => 'proposals',
    tell: async ({ read, member }, { state }) =>
      told({ approvals: await listApprovals(read, { state, member, kinds: proposals }) }),
  }),
}

// The right to decide is that of each kind: it is looked at where the proposal is known.
export const approvalDeeds: DoingOf<ApprovalDeeds> = {
  'approvals/approve': deed({
    may: 'explain sales',
    asked: Decision,
    about: ({ approval }) => `proposal ${approval}`,
    carryOut: (doing, asked) => approve(doing, asked, proposals),
  }),
  'approvals/refuse': deed({
    may: 'explain sales',
    asked: Decision,
    about: ({ approval }) => `proposal ${approval}`,
    carryOut: (doing, asked) => refuse(doing, asked, proposals),
  }),
  'approvals/withdraw': deed({
    may: 'explain sales',
    asked: Decision,
    about: ({ approval }) => `proposal ${approval}`,
    carryOut: (doing, asked) => withdraw(doing, asked, proposals),
  }),
}
