// Why the console does not do or tell something: typed, so that everybody reads it in a language of their own
// (ui/console/refusals). The values of each are named here; nothing else is ever put into its sentence.
import type { ApprovalState } from './approvals.ts'
import type { FieldName } from './field-names.ts'
import type { NoReturn } from './explaining.ts'
import type { LinePart } from './proposal-lines.ts'
import type { StaffRight } from './staff.ts'

export const refusals = {
  // Whoever asks
  'sign in first': [],
  'wrong name or password': [],
  'too many tries': ['minutes'],
  'sign-in is busy': [],
  'own password first': [],
  'right missing': ['right'],
  'not from our pages': [],
  // What is asked
  'no such question': [],
  'no such page': [],
  'not understood': [],
  failed: [],
  'used for another deed': [],
  'is so already': [],
  // Two persons
  'no such proposal': [],
  'of an older program': [],
  'unknown to this program': [],
  'proposed already': ['who'],
  'decided already': ['state', 'who'],
  'only its proposer withdraws': [],
  'a second person decides': [],
  'another role decides': [],
  // Customers and their money
  'no such customer': [],
  'no such meter': [],
  'meter of another customer': [],
  'no account': [],
  'less is owed': ['owed'],
  'an open purchase repays': ['free', 'repaid'],
  'credit in use': ['used'],
  'account too low': ['after'],
  'account has less now': ['balance'],
  // Cards and meters
  'no such card': [],
  'card was replaced': [],
  'meter has had too many cards': [],
  'card in the books': ['card'],
  'order is being written': ['order'],
  'meter was exchanged': [],
  'books and card contradict': [],
  'meter in the books': ['meter'],
  'order undecided': ['order'],
  'count needed': [],
  'no card in use': [],
  // Files
  'only looked at': [],
  'file is no JSON': [],
  'file does not fit': ['problems'],
  // The money of a sale
  'no such sale': [],
  'cannot go back': ['why'],
  'no open claim': [],
  'claim is over': [],
  'claim has changed': ['open', 'proposed'],
  'no account for it': [],
  'claim not paid': ['why'],
  // Tariffs
  'no such tariff': [],
  'no such version': [],
  'no such draft': [],
  'tariff begins too early': [],
  'no version in force': ['tariff', 'day'],
  'day is over': [],
  'version begins too early': ['day', 'today'],
  'version exists': ['day'],
  'version contradicts': ['why'],
  // Losses
  'no such finding': [],
  'no such task': [],
  'finding is over': [],
  'somebody is sent': [],
  'task was answered': [],
  // The fleet
  'no such kiosk': [],
  'kiosk was never heard': [],
  'no such alarm': [],
  'alarm is over': [],
  'alarm acknowledged': ['who'],
  'alarm ends by itself': ['device'],
  'no such command': [],
  'command too long': [],
  'no signing key': [],
  'signing key unusable': ['why'],
  'no such rollout': [],
  'rollout is over': [],
  'rollout cannot begin': ['why'],
  // Figures
  'no such point of sale': ['number'],
  // Those who work here
  'name is taken': ['name'],
  'nobody has this name': ['name'],
  'own role is not yours': [],
  'not your password': [],
  'password as before': [],
} as const satisfies Record<string, readonly string[]>

export type RefusalCode = keyof typeof refusals
export type RefusalValues<Code extends RefusalCode> = Record<
  (typeof refusals)[Code][number],
  RefusalValue
>

export type RefusalValue =
  | Exclude<LinePart, { kind: 'word' | 'share' }>
  | { kind: 'right'; right: StaffRight }
  | { kind: 'state'; state: ApprovalState }
  | { kind: 'no return'; why: NoReturn }

/** A code stands with its own values: `refusedAs` of the centre takes no others. */
export type Refusal =
  | { code: RefusalCode; values: Record<string, RefusalValue> }
  | { code: 'fields'; fields: FieldRefused[] }

export type FieldRefused = { field: FieldName; why: FieldReason }

/** What is wrong with a field: `bound` is the number of the reason, where it has one. */
export const fieldReasons = [
  'missing',
  'wrong kind',
  'wrong form',
  'not offered',
  'too small',
  'too large',
  'must be above',
  'too short',
  'too long',
  'too few',
  'too many',
  'does not fit',
] as const
export type FieldReason = { kind: (typeof fieldReasons)[number]; bound: number | null }
