// Claims of the year: money of which nobody knew whose it was, and who came for it with the slip.
import { claimSettled, notesBooked } from '../../../centre/ledger.ts'
import { NoteId, RequestId, SaleId } from '../../../domain/identifiers.ts'
import { minor, nothing, plus, type Minor } from '../../../domain/money.ts'
import { referenceDigits } from '../../../domain/reference.ts'
import type { Row } from './books.ts'
import { dayMs, hourMs } from './calendar.ts'
import { intoBox } from './cash-boxes.ts'
import { notesFor } from './notes.ts'
import { twoOf } from './people.ts'
import type { Customer } from './customer.ts'
import { insertCard, takeCard } from './visit.ts'
import { after, idAt, type Point, type World } from './world.ts'

/** One for about 200 homes in a year, at least six. */
export const makeClaims = (world: World, customers: readonly Customer[]): void => {
  const { agenda, calendar, chance } = world
  const count = Math.max(6, Math.round(customers.length / 200))
  const terminals = world.points.filter(({ channel }) => channel === 'terminal')
  const redeemers = customers.filter(
    ({ home, life }) => home.since <= calendar.from && life.goneFrom === Infinity,
  )
  for (let each = 0; each < count; each++) {
    const at = chance.whole(calendar.from + dayMs, calendar.until - dayMs)
    agenda.plan(at, () => {
      const left = leaveClaim(world, chance.pick(terminals))
      const comes = chance.factor(1) * 3 * dayMs
      const how = chance.weighted([
        ['kiosk', 55],
        ['office', 25],
        ['never', 20],
      ])
      if (how === 'never') return
      after(world, comes + (how === 'office' ? 5 * hourMs : 0), () =>
        how === 'kiosk' ? redeem(world, left, chance.pick(redeemers)) : payOut(world, left),
      )
    })
  }
}

type Left = { sale: SaleId; amount: Minor; claim: Row<'claims'> }

/** Notes of a sale of which nobody can say whose it was: their kiosk lost its power. A slip is printed. */
const leaveClaim = (world: World, point: Point): Left => {
  const { books, agenda, chance, diary } = world
  const now = agenda.now()
  const sale = SaleId.parse(idAt(world, now - 90_000))
  const notes = notesFor(minor(chance.pick([1_000, 2_000, 5_000, 10_000, 15_000])), chance)
  const amount = plus(nothing, ...notes)
  const { kiosk } = point
  books.insert('sale_references', { sale, reference: referenceDigits(sale), kiosk })
  const posting = books.post(notesBooked({ saleId: sale, kiosk, amount, customer: null }), now)
  const kept = notes.map((value, step) => {
    const at = now - (notes.length - step) * 5_000
    const note = NoteId.parse(idAt(world, at))
    diary.note({ kiosk, at, sale, note, value }, 'in the box')
    books.insert('notes', { note, kiosk, sale, value, place: 'suspense', posting })
    intoBox(point, value)
    return { noteId: note, value }
  })
  const requestId = RequestId.parse(idAt(world, now))
  const closing = { type: 'sale.closing', saleId: sale, insertionId: null, requestId } as const
  diary.write({ kiosk, at: now, entry: { ...closing, notes: kept } })
  diary.write({
    kiosk,
    at: now,
    entry: {
      type: 'sale.settled',
      saleId: sale,
      orderNumber: null,
      toAccount: nothing,
      toSuspense: amount,
    },
  })
  books.insert('closed_sales', { sale, kiosk, closed_at: now })
  const claim: Row<'claims'> = {
    claim: books.next('claim'),
    sale,
    kiosk,
    amount,
    covered: nothing,
    state: 'open',
    made_at: now,
    booked_by: posting,
    settled_at: null,
    settled_by: null,
    customer: null,
    persons: null,
  }
  books.insert('claims', claim)
  return { sale, amount, claim }
}

/** At a kiosk, to the account of whoever's card is in. */
const redeem = (world: World, left: Left, customer: Customer): void => {
  const { agenda, points } = world
  const now = agenda.now()
  const point = points.find(({ busyUntil, outUntil }) => busyUntil <= now && outUntil <= now)
  // Somebody is in the middle of a purchase with this card, or every kiosk is taken.
  if (point === undefined || (customer.order !== null && customer.order.state !== 'LOADED')) {
    return after(world, hourMs, () => redeem(world, left, customer))
  }
  point.busyUntil = now + 60_000
  const visit = insertCard(world, customer, point)
  const owner = customer.home.customer.customer
  after(world, 30_000, () => {
    settle(world, left, { to: { kind: 'account', customer: owner }, by: 'kiosk', persons: null })
    takeCard(visit, { closes: false, end: 'claim redeemed' })
  })
}

const payOut = (world: World, left: Left): void => {
  const persons = twoOf(world.people.office, world.chance)
  settle(world, left, { to: { kind: 'cash' }, by: 'office', persons })
}

const settle = (
  { books, agenda }: World,
  { sale, amount, claim }: Left,
  of: Pick<Parameters<typeof claimSettled>[0], 'to' | 'by'> & { persons: readonly string[] | null },
): void => {
  const { to, by, persons } = of
  const now = agenda.now()
  const posting = books.post(claimSettled({ saleId: sale, amount, to, by }), now)
  books.change(
    'claims',
    { claim: claim.claim },
    {
      state: by === 'kiosk' ? 'redeemed' : 'paid',
      settled_at: now,
      settled_by: posting,
      customer: to.kind === 'account' ? to.customer : null,
      persons: persons === null ? null : JSON.stringify(persons),
    },
  )
}
