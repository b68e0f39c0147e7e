// The face of a bank card: no number on it, and what becomes of it in place of a name.
import type { BankCard } from './panel.ts'

const names: Record<BankCard, string> = {
  good: 'pays',
  'wrong PIN once': 'wrong PIN once',
  'PIN blocked': 'wrong PIN thrice',
  declined: 'is declined',
  'account empty': 'no money',
  'cannot be read': 'scratched',
}

export const BankCardFace = ({ card }: { card: BankCard }) => (
  <span class={`bank-card-face ${card === 'good' ? 'pays' : ''}`}>
    <span class="chip" />
    <b>{names[card]}</b>
  </span>
)
