// Shapes of outcomes and facts: what is well, what somebody has to see to, what went wrong.
import type { SaleOutcome } from '../../../domain/console/explaining.ts'
import type { FactKind } from '../../../domain/console/explained-facts.ts'
import type { Mark } from '../parts/status.tsx'

export const markOf: Record<SaleOutcome, Mark> = {
  'nothing paid': 'quiet',
  bought: 'well',
  'in the meter': 'well',
  'on its way': 'attention',
  'card decides': 'attention',
  'not on the card': 'attention',
  returned: 'quiet',
  'taken back': 'quiet',
  contradiction: 'wrong',
  'money kept': 'quiet',
  'money claimed': 'attention',
  'not reported': 'attention',
}

/** Facts that are not merely told in passing. */
const marks: Partial<Record<FactKind, Mark>> = {
  'note.stacked': 'well',
  'note.booked': 'well',
  'note.unknown': 'wrong',
  'note.moving': 'attention',
  'note.unexpected': 'attention',
  'payment.authorised': 'well',
  'payment.kept': 'well',
  'payment.asked': 'attention',
  'payment.ending': 'attention',
  'payment.declined': 'attention',
  'payment.reversed': 'attention',
  'payment.unknown': 'wrong',
  'payment.given-up': 'wrong',
  'order.made': 'well',
  'order.refused': 'attention',
  'order.asked': 'attention',
  'order.unknown': 'wrong',
  'order.returned': 'well',
  'order.not-returned': 'attention',
  'card.writing': 'attention',
  'card.written': 'well',
  'card.not-written': 'attention',
  'card.unknown': 'wrong',
  'undo.done': 'well',
  'undo.not-done': 'attention',
  'undo.unknown': 'wrong',
  'meter.credited': 'well',
  'meter.refused': 'attention',
  'sale.settled': 'well',
  'sale.closing': 'attention',
  'receipt.printed': 'well',
  'receipt.queued': 'attention',
  'receipt.not-printed': 'attention',
  'claim.opened': 'attention',
  'claim.settled': 'well',
  'claim.redeemed-here': 'well',
  'claim.refused': 'attention',
  'fault.raised': 'wrong',
  'kiosk.started': 'wrong',
  'journal.torn': 'attention',
  alarm: 'wrong',
  'unknown.entry': 'attention',
}

export const markOfFact = (kind: FactKind): Mark => marks[kind] ?? 'quiet'
