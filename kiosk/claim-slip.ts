// The claim on a slip: made when money of a sale has no destination that its customer knows of when leaving.
import { signedClaim } from '../domain/claim.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { nothing, plus, type Minor } from '../domain/money.ts'
import { restGoesTo, type SaleContext } from '../state-machines/sale-context.ts'
import { paymentIn } from '../state-machines/sale-payment.ts'
import { restOfPurchase } from '../state-machines/sale-verdicts.ts'
import { inserted } from '../state-machines/taking-cash.ts'
import type { MoneyPlace } from '../ui/kiosk/screen.ts'
import type { KioskConfig } from './config.ts'
import type { KioskKey } from './kiosk-key.ts'

export type Claimed = {
  /** Null when nobody knows it yet. */
  amount: Minor | null
}

/**
 * What this sale leaves to be claimed: notes nobody could place, notes that are in no order and no account yet, and the rest of
 * a purchase where there is no account.
 */
export const claimedIn = (
  sale: Pick<
    SaleContext,
    | 'notes'
    | 'unknownNotes'
    | 'namelessNotes'
    | 'closing'
    | 'order'
    | 'tender'
    | 'payments'
    | 'written'
    | 'account'
    | 'quote'
  >,
): Claimed | null => {
  const { notes, unknownNotes, namelessNotes, closing, order } = sale
  const lost = inserted(unknownNotes)
  const homeless =
    closing === null
      ? order === null
        ? plus(inserted(notes), keptPayment(sale))
        : restInNoAccount(sale)
      : closing.toSuspense
  if (namelessNotes > 0) return { amount: null }
  const amount = plus(lost, homeless)
  return amount === nothing ? null : { amount }
}

/** What rounding left is claimed along with notes, but no slip is handed out for that alone. */
const restInNoAccount = (sale: Parameters<typeof restOfPurchase>[0]): Minor =>
  restGoesTo(sale) === 'claim' &&
  sale.order !== null &&
  sale.tender === 'cash' &&
  inserted(sale.notes) > sale.order.tender
    ? restOfPurchase(sale)
    : nothing

/** Charged, and in no order. */
const keptPayment = (sale: Pick<SaleContext, 'tender' | 'payments'>): Minor => {
  const payment = paymentIn(sale)
  return payment?.phase === 'kept' ? payment.amount : nothing
}

/** The same of a sale that a stop broke off, from where its money is. */
export const claimedOf = (places: readonly MoneyPlace[]): Claimed | null => {
  const homeless = places.flatMap((place) =>
    place.kind === 'held' || place.kind === 'on its way to the account' ? [place.amount] : [],
  )
  if (homeless.length === 0) return null
  return homeless.includes(null)
    ? { amount: null }
    : { amount: plus(nothing, ...homeless.map((amount) => amount ?? nothing)) }
}

export type ClaimMaker = {
  kiosk: Pick<KioskConfig['kiosk'], 'number'>
  key: KioskKey
  /** Milliseconds since 1970. */
  now: () => number
}

/** The signed line for the slip, and the entry that must be on disk before it is printed. */
export const makeClaim = (
  { kiosk, key, now }: ClaimMaker,
  saleId: SaleContext['saleId'],
  { amount }: Claimed,
): { text: string; entry: Extract<JournalEntry, { type: 'claim.made' }> } => {
  const text = signedClaim({ kiosk: kiosk.number, saleId, amount, at: now() }, key.sign)
  return { text, entry: { type: 'claim.made', saleId, amount, text } }
}
