// What can stand on the timeline of a sale: typed facts, never prose. The pages put them into words (ui/console/explaining/words.ts).
//
// Money in minor units, energy in 0.01 kWh. `why`, `end` and `detail` are what a kiosk or the centre has noted, in its own
// words: technical, and shown as such.
import type { OrderState } from '../order.ts'
import type { PaymentWay } from '../payment.ts'

/** Where a note is by the books. */
export type NotePlace = 'order' | 'account' | 'suspense'

/** Which line of which record says so: what a clerk gives to whoever has to look it up. */
export type FactSource = {
  from:
    | 'kiosk journal'
    | 'order states'
    | 'ledger'
    | 'notes'
    | 'payments'
    | 'claims'
    | 'closings'
    | 'scripts'
    | 'card'
    | 'meter'
    | 'bank file'
    | 'front file'
    | 'alarms'
  /** Line, step, posting, file. */
  which: string
}

/**
 * `proven`: by the card or the meter itself, under a MAC. `booked`: in the ledger. `told`: the kiosk has journalled it, and
 * nobody else can confirm it. `not known`: nobody could say.
 */
export type HowSure = 'proven' | 'booked' | 'told' | 'not known'

export type Tender = 'cash' | 'bank card' | 'bank account' | 'account'

/** One line of a posting: above zero into it, below out of it, as a person reads it. */
export type Moved = { account: string; amount: number }

export type Fact =
  | { kind: 'card.inserted'; card: string }
  | { kind: 'card.judged'; verdict: string | null }
  | { kind: 'session.ended'; end: string; cash: number }
  /** The acceptor held it, and nothing later was said of it. */
  | { kind: 'note.offered'; value: number }
  /** It was on its way into the box, and nobody has said how that ended. */
  | { kind: 'note.moving'; value: number; to: 'box' | 'customer' }
  | { kind: 'note.stacked'; value: number }
  | { kind: 'note.returned'; value: number }
  | { kind: 'note.unknown'; value: number; why: string }
  | { kind: 'note.unexpected'; value: number | null }
  /** In the books, and its line of the journal is not here. */
  | { kind: 'note.booked'; value: number; place: NotePlace }
  | { kind: 'payment.asked'; way: PaymentWay; amount: number }
  | { kind: 'payment.authorised'; way: PaymentWay; amount: number; evidence: string | null }
  | { kind: 'payment.declined'; amount: number; why: string }
  | { kind: 'payment.ending'; amount: number; to: 'keep' | 'undo' }
  | { kind: 'payment.kept'; amount: number }
  | { kind: 'payment.reversed'; amount: number }
  | { kind: 'payment.unknown'; amount: number; why: string }
  | { kind: 'payment.given-up'; amount: number; why: string }
  | { kind: 'payment.known'; amount: number; ended: 'open' | 'kept' | 'reversed' | 'unknown' }
  | { kind: 'order.asked'; tender: Tender; amount: number }
  | {
      kind: 'order.made'
      order: string
      tender: Tender | 'payment'
      amount: number
      toAccount: number
      energy: number
    }
  | { kind: 'order.refused'; why: string }
  | { kind: 'order.unknown'; why: string }
  | { kind: 'script.released'; attempt: number; order: string }
  | { kind: 'card.writing'; order: string }
  | { kind: 'card.written'; order: string }
  | { kind: 'card.not-written'; order: string }
  | { kind: 'card.unknown'; order: string; why: string }
  | { kind: 'undo.asked'; order: string }
  | { kind: 'undo.done'; order: string }
  | { kind: 'undo.not-done'; order: string; why: string }
  | { kind: 'undo.unknown'; order: string; why: string }
  | { kind: 'order.returning'; order: string }
  | { kind: 'order.returned'; order: string; to: 'account' | 'payer' | 'claim'; amount: number }
  | { kind: 'order.not-returned'; order: string; state: OrderState }
  | { kind: 'order.state'; order: string; state: OrderState; why: string }
  | { kind: 'meter.credited'; order: string }
  | { kind: 'sale.closing' }
  | { kind: 'sale.settled'; toAccount: number; toSuspense: number }
  | { kind: 'receipt.queued'; number: number; copy: number | null }
  | { kind: 'receipt.printed'; number: number | null; copy: number | null }
  | { kind: 'receipt.not-printed'; number: number | null; copy: number | null; why: string }
  | { kind: 'slip.made'; amount: number | null }
  | { kind: 'claim.asked'; reference: string }
  /** The slip of another sale, redeemed in this visit. */
  | { kind: 'claim.redeemed-here'; reference: string; amount: number }
  | { kind: 'claim.refused'; reference: string; why: string }
  | { kind: 'claim.opened'; amount: number | null }
  | {
      kind: 'claim.settled'
      amount: number
      how: 'redeemed' | 'paid to account' | 'paid in cash' | 'paid ahead' | 'given back'
      /** Customer, masked as the clerk may see it. */
      customer: string | null
      persons: string[]
    }
  | { kind: 'fault.raised'; device: string; fault: string; detail: string }
  | { kind: 'fault.cleared'; device: string; fault: string }
  | { kind: 'kiosk.started'; boot: number }
  | { kind: 'kiosk.closed'; reason: string }
  | { kind: 'kiosk.opened' }
  | { kind: 'people.on-site'; what: 'came' | 'left' | 'took the cash box' }
  | { kind: 'cash.compared'; verdict: string; difference: number }
  | { kind: 'journal.torn'; bytes: number }
  | { kind: 'posting'; posting: string; moved: Moved[] }
  | { kind: 'card.seen'; verdict: string | null; carries: 'this purchase' | 'another' | null }
  | { kind: 'meter.told'; result: number; credited: boolean; remaining: number }
  /** A meter has refused the card, and the card has kept who and why. `otherMeter` masked; null: its own. */
  | { kind: 'meter.refused'; code: number; otherMeter: string | null }
  | {
      kind: 'bank.row'
      party: 'bank' | 'front'
      row: 'sale' | 'top-up' | 'reversal' | 'return'
      amount: number
      state: string
      businessDate: string
    }
  | { kind: 'alarm'; alarm: string }
  /** A line of the journal that this centre has no word for: shown as it is, never left out. */
  | { kind: 'unknown.entry'; type: string; text: string }

export type FactKind = Fact['kind']
