// The words of what needs two persons.
import type { ApprovalKind, ApprovalState } from '../../../domain/console/approvals.ts'
import type { LineLabel, LineWord } from '../../../domain/console/proposal-lines.ts'

export type ApprovalsWords = {
  title: string
  about: string
  open: string
  decided: string
  noneOpen: string
  noneDecided: string
  kinds: Record<ApprovalKind, string>
  states: Record<ApprovalState, string>
  moves: string
  reason: string
  proposed: (who: string) => string
  decidedBy: (who: string) => string
  note: string
  own: string
  notYours: string
  approve: string
  refuse: string
  withdraw: string
  approveTitle: string
  refuseTitle: string
  withdrawTitle: string
  approveTold: string
  refuseTold: string
  withdrawTold: string
  noteLabel: string
  whyLabel: string
  whyMissing: string
  explain: string
  labels: Record<LineLabel, string>
  lineWords: Record<LineWord, string>
}
