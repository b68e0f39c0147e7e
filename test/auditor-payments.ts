// The auditor on payments that are not cash: the life of each in the journal, and the one place the centre has it in.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import type { Evidence, PaymentAtCentre } from './auditor.ts'

export type PaymentLife = {
  payment: string
  sale: string
  amount: number
  /** Of its last approval, as the terminal or the bank names it. */
  evidence: Record<string, unknown> | null
  is: 'asked for' | 'held' | 'keeping' | 'refusing' | 'unknown' | 'kept' | 'reversed' | 'given up'
}

type EntryOfPayment = Extract<JournalEntry, { type: `payment.${string}` }>
type Place = PaymentLife['is']

const isOfPayment = (entry: JournalEntry): entry is EntryOfPayment =>
  entry.type.startsWith('payment.')

/** Every payment of the journal, how it stands, and what no payment can live through. */
export const paymentLives = (
  entries: readonly JournalEntry[],
): { payments: PaymentLife[]; flaws: string[] } => {
  const payments = new Map<string, PaymentLife>()
  const flaws: string[] = []
  for (const entry of entries) {
    flaws.push(...wronglyUsed(entry, payments))
    if (!isOfPayment(entry)) continue
    const { paymentId: payment, saleId: sale, type } = entry
    const before = payments.get(payment)
    const is = placeAfter(before?.is, entry)
    if (is === null)
      flaws.push(`payment ${payment} was ${before?.is ?? 'never seen'}, and then ${type}`)
    if (before !== undefined && before.sale !== sale) {
      flaws.push(`payment ${payment} was of sale ${before.sale} and then of sale ${sale}`)
    }
    payments.set(payment, {
      payment,
      sale,
      amount: 'amount' in entry ? entry.amount : (before?.amount ?? 0),
      evidence: 'evidence' in entry ? entry.evidence : (before?.evidence ?? null),
      is: is ?? before?.is ?? 'unknown',
    })
  }
  return { payments: [...payments.values()], flaws }
}

/** What is done with the payments of a sale that they do not allow as they stand. */
const wronglyUsed = (entry: JournalEntry, payments: ReadonlyMap<string, PaymentLife>): string[] => {
  switch (entry.type) {
    case 'order.requesting': {
      const isBank = entry.tender === 'bank card' || entry.tender === 'bank account'
      const isHeld = [...payments.values()].some(
        ({ sale, is }) => sale === entry.saleId && is === 'held',
      )
      return isBank && !isHeld
        ? [`sale ${entry.saleId} orders with a payment that no bank has authorised`]
        : []
    }
    case 'card.writing':
      return [...payments.values()]
        .filter(({ sale, is }) => sale === entry.saleId && is === 'refusing')
        .map(({ payment, sale }) => `sale ${sale} writes a card while payment ${payment} is undone`)
    case 'sale.closing':
      return (entry.payments ?? []).flatMap(({ paymentId, end }) => {
        const life = payments.get(paymentId)
        const known = life === undefined ? null : endOf(life)
        const told = known === null ? 'no end of it' : `it ${known}`
        return known === end
          ? []
          : [`a closing tells that payment ${paymentId} is ${end}, its journal has ${told}`]
      })
    default:
      return []
  }
}

/** Null for what cannot follow: an act without its intent, or anything after an end. */
const placeAfter = (before: Place | undefined, entry: EntryOfPayment): Place | null => {
  const after = (is: Place, ...allowed: (Place | undefined)[]) =>
    allowed.includes(before) ? is : null
  switch (entry.type) {
    case 'payment.requesting':
      return after('asked for', undefined)
    case 'payment.authorised':
      return after('held', 'asked for', 'unknown')
    case 'payment.declined':
      return after('reversed', 'asked for', 'unknown')
    case 'payment.keeping':
      return after('keeping', 'held', 'keeping', 'unknown')
    case 'payment.refusing':
      return after('refusing', 'held', 'refusing', 'unknown')
    case 'payment.kept':
      // What could not be reversed is kept.
      return after('kept', 'keeping', 'refusing', 'unknown')
    case 'payment.reversed':
      return after('reversed', 'asked for', 'held', 'keeping', 'refusing', 'unknown')
    case 'payment.unknown':
      return after('unknown', 'asked for', 'held', 'keeping', 'refusing', 'unknown')
    case 'payment.given-up':
      return after('given up', 'keeping', 'refusing', 'unknown')
    default:
      return never(entry)
  }
}

/** How the journal says it ended, in the words of the centre; null while it has no end. */
const endOf = ({ is }: PaymentLife): PaymentAtCentre['ended'] | null => {
  if (is === 'kept' || is === 'reversed') return is
  return is === 'given up' ? 'unknown' : null
}

/** P2, P5: what the journals say of each payment, and what the centre has of it. */
export const paymentsAgainstCentre = (
  lives: readonly PaymentLife[],
  entries: readonly JournalEntry[],
  { centre }: Pick<Evidence, 'centre'>,
): string[] => {
  const booked = centre.payments ?? []
  const told = toldInClosings(entries)
  return [
    ...booked.flatMap((row) => {
      const life = lives.find(({ payment }) => payment === row.payment)
      if (life === undefined) return [`payment ${row.payment} is booked, and no kiosk asked for it`]
      return rowAgainstLife(row, life)
    }),
    ...lives.flatMap((life) => {
      const row = booked.find(({ payment }) => payment === life.payment)
      if (!told.has(life.payment) || row?.ended === (endOf(life) ?? row?.ended)) return []
      return [
        `payment ${life.payment} is ${life.is} at its kiosk, the centre has it ${row?.ended ?? 'nowhere'}`,
      ]
    }),
    ...forgottenPayments(lives, entries),
  ]
}

const rowAgainstLife = (row: PaymentAtCentre, life: PaymentLife): string[] => [
  ...(row.amount === life.amount
    ? []
    : [`payment ${row.payment} is for ${life.amount} and booked as ${row.amount}`]),
  ...(row.sale === life.sale
    ? []
    : [`payment ${row.payment} is of sale ${life.sale} and booked for ${row.sale}`]),
  ...(row.ended === 'kept' && life.is !== 'kept'
    ? [`payment ${row.payment} is kept at the centre, and ${life.is} at its kiosk`]
    : []),
]

/** Payments of closings that were answered. */
const toldInClosings = (entries: readonly JournalEntry[]): Set<string> => {
  const told = new Set<string>()
  const asked = new Map<string, string[]>()
  for (const entry of entries) {
    if (entry.type === 'sale.closing') {
      asked.set(
        entry.saleId,
        (entry.payments ?? []).map(({ paymentId }) => paymentId),
      )
    }
    if (entry.type === 'sale.settled') {
      for (const payment of asked.get(entry.saleId) ?? []) told.add(payment)
    }
  }
  return told
}

/** P5: a sale is over, one of its payments was kept, and no closing tells of it. */
const forgottenPayments = (
  lives: readonly PaymentLife[],
  entries: readonly JournalEntry[],
): string[] => {
  const inClosings = new Set(
    entries.flatMap((entry) =>
      entry.type === 'sale.closing'
        ? (entry.payments ?? []).map(({ paymentId }): string => paymentId)
        : [],
    ),
  )
  const over = new Set(
    entries.flatMap((entry): string[] => (entry.type === 'session.closed' ? [entry.saleId] : [])),
  )
  const waiting = new Set(lives.filter((life) => endOf(life) === null).map(({ sale }) => sale))
  return lives
    .filter(({ is, sale }) => is === 'kept' && over.has(sale) && !waiting.has(sale))
    .filter(({ payment }) => !inClosings.has(payment))
    .map(
      ({ payment, sale }) =>
        `sale ${sale} is over, and no closing tells that payment ${payment} was kept`,
    )
}
