// Lines of a proposal, written short.
import type {
  LineLabel,
  LinePart,
  LineWord,
  ProposalLine,
} from '../../domain/console/proposal-lines.ts'

export const line = (label: LineLabel, ...parts: LinePart[]): ProposalLine => ({ label, parts })
export const lineOf = (label: LineLabel, of: string, ...parts: LinePart[]): ProposalLine => ({
  label,
  of,
  parts,
})

export const named = (name: string): LinePart => ({ kind: 'name', name })
export const word = (word: LineWord): LinePart => ({ kind: 'word', word })
export const money = (amount: number): LinePart => ({ kind: 'money', amount })
export const kWh = (amount: number): LinePart => ({ kind: 'energy', amount })
export const many = (count: number): LinePart => ({ kind: 'count', count })
export const share = (share: number): LinePart => ({ kind: 'share', share })
export const onDay = (day: string): LinePart => ({ kind: 'day', day })
