// The auditor on sales: what the journal says became of the money of each, against what the centre has booked.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { isInBox, sum, type NoteLife } from './auditor-notes.ts'
import type { Evidence } from './auditor.ts'

type Books = Pick<Evidence, 'centre'>

/** The entries of one sale, in order. */
type Story = { sale: string; entries: JournalEntry[] }

const storiesOf = (entries: readonly JournalEntry[]): Story[] => {
  const stories = new Map<string, JournalEntry[]>()
  for (const entry of entries) {
    if (!('saleId' in entry) || entry.saleId === null) continue
    stories.set(entry.saleId, [...(stories.get(entry.saleId) ?? []), entry])
  }
  return [...stories].map(([sale, own]) => ({ sale, entries: own }))
}

/** P5: what was tendered in a sale is in its order, in the account, in suspense, or not settled yet. */
export const salesAgainstCentre = (
  entries: readonly JournalEntry[],
  notes: readonly NoteLife[],
  evidence: Books,
): string[] =>
  storiesOf(entries).flatMap((story) => {
    const own = notes.filter(({ sale }) => sale === story.sale)
    return [
      ...moneyOfSale(story, own, evidence),
      ...answersOfClosings(story, evidence),
      ...ordersOfSale(story, evidence),
    ]
  })

const moneyOfSale = (story: Story, own: readonly NoteLife[], { centre }: Books): string[] => {
  const { sale, entries } = story
  const found: string[] = []
  const taken = sum(own.filter(isInBox).map(({ value }) => value))
  const booked = sum(centre.notes.filter((note) => note.sale === sale).map(({ value }) => value))
  const closings = entries.filter(({ type }) => type === 'sale.closing' || type === 'sale.settled')
  const isSettled = closings.at(-1)?.type === 'sale.settled'
  if (isSettled && taken !== booked) {
    found.push(`sale ${sale} took ${taken} in notes, the centre booked ${booked}`)
  }
  const end = entries.find((entry) => entry.type === 'session.closed')
  if (end !== undefined && end.cash > taken) {
    found.push(`sale ${sale} ended with ${end.cash}, its notes are ${taken}`)
  }
  const waits = own.some(({ is }) => is === 'stacking')
  if (end !== undefined && taken > 0 && closings.length === 0 && !waits) {
    found.push(
      `sale ${sale} is over with ${taken} in notes, and nobody asks the centre to close it`,
    )
  }
  return found
}

/** What answered closings said went to the account and to suspense did go there, and nothing else once all are answered. */
const answersOfClosings = ({ sale, entries }: Story, { centre }: Books): string[] => {
  let unanswered = 0
  let asking = false
  const said = { account: 0, suspense: 0 }
  for (const entry of entries) {
    if (entry.type === 'sale.closing') {
      if (asking) unanswered++
      asking = true
    }
    // The same answer again changes nothing.
    if (entry.type === 'sale.settled' && asking) {
      asking = false
      said.account += entry.toAccount
      said.suspense += entry.toSuspense
    }
  }
  const open = asking || unanswered > 0
  return (['account', 'suspense'] as const).flatMap((place) => {
    const rows = centre.notes.filter((note) => note.sale === sale && note.place === place)
    const paid = (centre.payments ?? []).filter((it) => it.sale === sale && it.place === place)
    const booked =
      sum(rows.map(({ value }) => value)) +
      sum(paid.map(({ amount }) => amount)) +
      (place === 'suspense' ? remainderOf(sale, centre) : 0)
    return said[place] > booked || (!open && said[place] < booked)
      ? [`sale ${sale} was settled with ${said[place]} to ${place}, the centre booked ${booked}`]
      : []
  })
}

/** What the notes of an order exceed it by, where there is no account: it is in suspense, and its closing says so. */
const remainderOf = (sale: string, { orders, notes }: Evidence['centre']): number => {
  const order = orders.find((each) => each.sale === sale)
  if (order?.hasAccount !== false || order.funding !== 'cash') return 0
  const inOrder = notes.filter((note) => note.sale === sale && note.place === 'order')
  return sum(inOrder.map(({ value }) => value)) - order.tender
}

/** What the kiosk was told of an order is what the centre has. */
const ordersOfSale = ({ sale, entries }: Story, { centre }: Books): string[] =>
  entries.flatMap((entry) => {
    if (!('orderNumber' in entry) || entry.orderNumber === null) return []
    const { orderNumber } = entry
    const order = centre.orders.find((each) => each.order === orderNumber)
    if (order === undefined) {
      return entry.type === 'card.writing'
        ? [`a card was written for order ${orderNumber}, which the centre does not know`]
        : [`${entry.type} names order ${orderNumber}, which the centre does not know`]
    }
    switch (entry.type) {
      case 'order.reserved': {
        const { amount, energy } = entry
        if (order.sale !== sale)
          return [`order ${orderNumber} is of sale ${order.sale}, not ${sale}`]
        return amount === order.tender && energy === order.energy
          ? []
          : [
              `order ${orderNumber} was reserved for ${amount} and ${energy}, the centre has ${order.tender} and ${order.energy}`,
            ]
      }
      case 'card.written':
        // Taken back later, here or by the word of the card elsewhere: then the undo was begun where it was written.
        if (order.state === 'UNDONE' && wasBegun(entries, orderNumber)) return []
        return backInAccount.has(order.state)
          ? [`order ${orderNumber} was proven on the card, yet the centre has it ${order.state}`]
          : []
      case 'card.undone':
        return order.state === 'UNDONE'
          ? []
          : [`order ${orderNumber} was taken back, yet the centre has it ${order.state}`]
      case 'card.not-undone':
        return order.state === 'UNDONE'
          ? [`order ${orderNumber} was not taken back, yet the centre has it UNDONE`]
          : []
      case 'order.returned':
        return backInAccount.has(order.state)
          ? []
          : [`order ${orderNumber} went back, yet the centre has it ${order.state}`]
      default:
        return []
    }
  })

const wasBegun = (entries: readonly JournalEntry[], order: string): boolean =>
  entries.some((entry) => entry.type === 'card.undoing' && entry.orderNumber === order)

export const backInAccount = new Set(['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED'])

/**
 * P3: no card was written, and none was left alone, without the intent of it on disk before. What stands after the closing
 * of a sale is the word of the centre: that order may have been written at another kiosk.
 */
export const cardsWereIntended = (entries: readonly JournalEntry[]): string[] => {
  const intended = new Set<string>()
  /** Nobody writes for these any more: what is said of their orders was heard of. */
  const over = new Set<string>()
  const seen = new Set<string>()
  return entries.flatMap((entry) => {
    if ('saleId' in entry && entry.saleId !== null) seen.add(entry.saleId)
    switch (entry.type) {
      case 'kiosk.started':
        for (const sale of seen) over.add(sale)
        return []
      case 'card.writing':
        intended.add(`${entry.saleId} ${entry.orderNumber}`)
        return []
      case 'sale.closing':
      case 'session.closed':
        over.add(entry.saleId)
        return []
      case 'card.written':
      case 'card.not-written':
      case 'card.unknown':
        return over.has(entry.saleId) || intended.has(`${entry.saleId} ${entry.orderNumber}`)
          ? []
          : [`${entry.type} stands for order ${entry.orderNumber}, and no intent before it`]
      default:
        return []
    }
  })
}

/** P4: what was begun before a stop is said to be unknown right after the next start, and notes before anything is sold. */
export const intentsHaveOutcomes = (entries: readonly JournalEntry[]): string[] => {
  const found: string[] = []
  const open = new Map<string, string>()
  let owed = new Map<string, string>()
  for (const entry of entries) {
    const { type } = entry
    if (type === 'kiosk.started') owed = new Map(open)
    else if (!saidAtStart.has(type)) {
      for (const [key, what] of owed) {
        if (key.startsWith('note') && type !== 'session.opened') continue
        found.push(`the kiosk started, and went on without a word on ${what}`)
        open.delete(key)
        owed.delete(key)
      }
    }
    switch (type) {
      case 'note.stacking':
        open.set(`note ${entry.noteId}`, `note ${entry.noteId}`)
        break
      case 'note.stacked':
      case 'note.returned':
      case 'note.unknown':
      case 'note.unexpected':
        open.delete(`note ${entry.noteId}`)
        owed.delete(`note ${entry.noteId}`)
        break
      case 'card.writing':
        open.set(`card ${entry.saleId}`, `the writing of order ${entry.orderNumber}`)
        break
      case 'card.written':
      case 'card.not-written':
      case 'card.unknown':
        open.delete(`card ${entry.saleId}`)
        owed.delete(`card ${entry.saleId}`)
        break
      case 'card.undoing':
        open.set(`undo ${entry.saleId}`, `the undo of order ${entry.orderNumber}`)
        break
      case 'card.undone':
      case 'card.not-undone':
      case 'card.undo-unknown':
        open.delete(`undo ${entry.saleId}`)
        owed.delete(`undo ${entry.saleId}`)
        break
      case 'payment.requesting':
      case 'payment.authorised':
      case 'payment.keeping':
      case 'payment.refusing':
        open.set(`payment ${entry.paymentId}`, `payment ${entry.paymentId}`)
        break
      case 'payment.declined':
      case 'payment.kept':
      case 'payment.reversed':
      case 'payment.unknown':
      case 'payment.given-up':
        open.delete(`payment ${entry.paymentId}`)
        owed.delete(`payment ${entry.paymentId}`)
        break
      case 'order.requesting':
        open.set(`order ${entry.saleId}`, `the order of sale ${entry.saleId}`)
        break
      case 'order.reserved':
      case 'order.refused':
      case 'order.unknown':
      case 'sale.settled':
        open.delete(`order ${entry.saleId}`)
        owed.delete(`order ${entry.saleId}`)
        break
      default:
    }
  }
  return found
}

const saidAtStart = new Set<JournalEntry['type']>([
  'journal.torn',
  'kiosk.started',
  'order.unknown',
  'card.unknown',
  'card.undo-unknown',
  'payment.unknown',
])
