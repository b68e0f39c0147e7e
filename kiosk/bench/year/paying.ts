// How a purchase is paid for: notes, a bank card or the account, with what the ledger and the kiosk keep of it.
import { orderFunded } from '../../../centre/ledger.ts'
import { NoteId, PaymentId, type SaleId } from '../../../domain/identifiers.ts'
import { nothing, plus, type Minor } from '../../../domain/money.ts'
import { never } from '../../../domain/never.ts'
import type { Quote } from '../../../domain/quote.ts'
import type { Row } from './books.ts'
import { hourMs } from './calendar.ts'
import { intoBox } from './cash-boxes.ts'
import { notesFor } from './notes.ts'
import { inBooks } from './pricing.ts'
import { journal, type Visit } from './visit.ts'
import { idAt, type World } from './world.ts'

export type Tendered =
  | { kind: 'cash'; notes: readonly Minor[] }
  | { kind: 'payment'; way: 'bank card' | 'bank account' }
  | { kind: 'account' }

/** Notes that cover a tender, as somebody has them in the wallet. */
export const cashFor = ({ chance }: World, tender: Minor): Tendered => ({
  kind: 'cash',
  notes: notesFor(tender, chance),
})

/** Books the money of an order, and keeps its notes or its payment. */
export const fund = (
  visit: Visit,
  of: { order: Row<'orders'>; quote: Quote; tendered: Tendered },
): void => {
  const { world, customer, point } = visit
  const { books, agenda } = world
  const { order, quote, tendered } = of
  const now = agenda.now()
  const booked = inBooks(customer, quote, order)
  const { kiosk } = point
  switch (tendered.kind) {
    case 'account':
      books.post(orderFunded(booked, { kind: 'account' }), now)
      return
    case 'cash': {
      const cash = plus(nothing, ...tendered.notes)
      const posting = books.post(orderFunded(booked, { kind: 'cash', kiosk, notes: cash }), now)
      keepNotes(visit, { sale: order.sale, notes: tendered.notes, place: 'order', posting })
      return
    }
    case 'payment': {
      const posting = books.post(orderFunded(booked, { kind: 'payment', kiosk }), now)
      const payment = authorise(visit, { way: tendered.way, amount: order.tender })
      books.insert('payments', {
        payment: payment.paymentId,
        kiosk,
        sale: order.sale,
        way: tendered.way,
        amount: order.tender,
        evidence: JSON.stringify(payment.evidence),
        order_number: order.order_number,
        ended: 'open',
        place: 'order',
        posting,
        since: now,
      })
      return
    }
    default:
      never(tendered)
  }
}

/** The terminal has the payer's card, and holds the sum. */
export const authorise = (
  visit: Visit,
  { way, amount }: { way: 'bank card' | 'bank account'; amount: Minor },
): Visit['told']['payments'][number] => {
  const { world, point, saleId, told } = visit
  const now = world.agenda.now()
  const paymentId = PaymentId.parse(idAt(world, now - 15_000))
  const { kiosk } = point
  const asking = { type: 'payment.requesting', saleId, paymentId, way, amount } as const
  world.diary.write({ kiosk, at: now - 15_000, entry: asking })
  const evidence = evidenceOf(visit)
  const entry = { type: 'payment.authorised', saleId, paymentId, evidence } as const
  world.diary.write({ kiosk, at: now - 2_000, entry })
  const payment = { paymentId, way, amount, evidence, end: 'kept' as const }
  told.payments.push(payment)
  return payment
}

const evidenceOf = ({ point, world }: Visit) => {
  const now = world.agenda.now()
  point.receipt = (point.receipt % 9_999) + 1
  point.trace = (point.trace % 999_999) + 1
  return {
    kind: 'terminal' as const,
    terminalId: `54${point.kiosk.slice(-6)}`,
    receiptNumber: point.receipt,
    trace: point.trace,
    at: clockOf(now),
  }
}

/** MMDDhhmmss by the clock of the town. */
const clockOf = (at: number): string =>
  new Date(at + 8 * hourMs).toISOString().replace(/\D/g, '').slice(4, 14)

export const keepNotes = (
  visit: Visit,
  of: {
    sale: SaleId
    notes: readonly Minor[]
    place: Row<'notes'>['place']
    posting: number
  },
): void => {
  const { world, point, told } = visit
  const { sale, place, posting } = of
  const { kiosk } = point
  for (const [step, value] of of.notes.entries()) {
    const at = world.agenda.now() - (of.notes.length - step) * 4_000
    if (world.chance.happens(point.returnShare(value))) {
      const note = NoteId.parse(idAt(world, at - 2_500))
      world.diary.note({ kiosk, at: at - 2_500, sale, note, value }, 'returned')
    }
    const note = NoteId.parse(idAt(world, at))
    world.diary.note({ kiosk, at, sale, note, value }, 'in the box')
    world.books.insert('notes', { note, kiosk, sale, value, place, posting })
    told.notes.push({ noteId: note, value })
    intoBox(point, value)
  }
}

/** The bank's payment of an order ended like this. */
export const endPayment = (
  visit: Visit,
  order: Row<'orders'>,
  ended: 'kept' | 'reversed',
): void => {
  const { saleId, told } = visit
  if (ended === 'kept') {
    visit.world.books.change('payments', { order_number: order.order_number }, { ended })
  }
  for (const payment of told.payments) {
    const { paymentId, evidence } = payment
    payment.end = ended
    if (ended === 'reversed') {
      journal(visit, { type: 'payment.refusing', saleId, paymentId })
      journal(visit, { type: 'payment.reversed', saleId, paymentId })
    } else if (evidence !== null) {
      journal(visit, { type: 'payment.keeping', saleId, paymentId })
      journal(visit, { type: 'payment.kept', saleId, paymentId, evidence })
    }
  }
}
