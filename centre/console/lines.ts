// Lines of a proposal, and the values of a refusal, written short.
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

export const named = (name: string) => ({ kind: 'name', name }) as const satisfies LinePart
export const word = (word: LineWord) => ({ kind: 'word', word }) as const satisfies LinePart
export const money = (amount: number) => ({ kind: 'money', amount }) as const satisfies LinePart
export const kWh = (amount: number) => ({ kind: 'energy', amount }) as const satisfies LinePart
export const many = (count: number) => ({ kind: 'count', count }) as const satisfies LinePart
export const share = (share: number) => ({ kind: 'share', share }) as const satisfies LinePart
export const onDay = (day: string) => ({ kind: 'day', day }) as const satisfies LinePart
