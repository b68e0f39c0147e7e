// What happens between card in and card out, mostly a sale; now and then something goes wrong with it.
import { never } from '../../../domain/never.ts'
import { energy } from '../../../domain/energy.ts'
import { minus, nothing, plus, type Minor } from '../../../domain/money.ts'
import type { SaleId } from '../../../domain/identifiers.ts'
import { notesBooked, orderReturned, orderReturnedToPayer } from '../../../centre/ledger.ts'
import type { Row } from './books.ts'
import type { Customer } from './customer.ts'
import { endPayment, keepNotes, type Tendered } from './paying.ts'
import { inBooks, quoteFor, type Quoted } from './pricing.ts'
import { proveLoad, reserve, sendScript } from './sale.ts'
import { insertCard, journal, moved, takeCard, type Visit } from './visit.ts'
import { after, type Point, type World } from './world.ts'

/** How a visit ended for whoever lives there. */
export type Ended =
  | { kind: 'bought'; order: Row<'orders'> }
  /** The card was out before anybody knew what is on it. */
  | { kind: 'unknown'; order: Row<'orders'>; quoted: Quoted; isOnCard: boolean }
  | { kind: 'nothing' }

type Mishap =
  | 'none'
  | 'gives up'
  | 'changes mind'
  | 'card pulled'
  | 'card pulled, not written'
  | 'write fails'
  | 'returned'

const mishaps: readonly (readonly [Mishap, weight: number])[] = [
  ['none', 9_560],
  ['changes mind', 350],
  ['gives up', 30],
  ['card pulled', 30],
  ['write fails', 20],
  ['returned', 10],
]

type Printed = 'printed' | 'not printed'

type Buying = {
  visit: Visit
  quoted: Quoted
  tendered: Tendered
  receipt: Printed
  done: (ended: Ended) => void
}

/** `tender`: what somebody wants to spend. What goes wrong is chance where it is not said. */
export const buy = (
  visit: Visit,
  of: {
    tender: Minor
    tendered: Tendered
    mishap?: Mishap
    receipt?: Printed
    done: (ended: Ended) => void
  },
): void => {
  const { world } = visit
  const { chance } = world
  const { done, tendered } = of
  const mishap = of.mishap ?? chance.weighted(mishaps)
  const quoted = quoteFor(visit, of.tender)
  if (quoted === null || mishap === 'changes mind') {
    takeCard(visit, { closes: false, end: 'nothing bought' })
    return done({ kind: 'nothing' })
  }
  const buying = { visit, quoted, tendered, done, receipt: of.receipt ?? 'printed' }
  const paying = tendered.kind === 'cash' ? tendered.notes.length * 4_500 : 18_000
  after(world, paying + chance.whole(2_000, 8_000), () => {
    if (mishap === 'gives up') return giveUp(buying)
    const order = reserve(visit, quoted, tendered)
    after(world, chance.whole(600, 1_500), () => {
      sendScript(visit, order)
      after(world, chance.whole(2_500, 4_500), () => write(buying, order, mishap))
    })
  })
}

/** The script has been on its way to the card. */
const write = (buying: Buying, order: Row<'orders'>, mishap: Mishap): void => {
  const { visit, quoted, tendered, done } = buying
  const { world } = visit
  switch (mishap) {
    case 'card pulled':
    case 'card pulled, not written': {
      const isOnCard = mishap === 'card pulled' && world.chance.happens(0.6)
      if (tendered.kind === 'payment') endPayment(visit, order, 'kept')
      fence(visit, order)
      moved(world, order, {
        state: 'UNKNOWN',
        why: 'the kiosk closed the sale without a proof',
      })
      const { order_number: orderNumber } = order
      const why = 'card removed'
      journal(visit, { type: 'card.unknown', saleId: visit.saleId, orderNumber, why })
      takeCard(visit, { closes: true, end: 'card removed' })
      return done({ kind: 'unknown', order, quoted, isOnCard })
    }
    case 'write fails':
      notLoaded(visit, order)
      return after(world, world.chance.whole(4_000, 12_000), () => {
        tryAgain(visit, order)
        after(world, 3_000, () => finish(buying, order))
      })
    case 'returned':
      notLoaded(visit, order)
      return after(world, world.chance.whole(8_000, 40_000), () => {
        giveBack(visit, order, { quoted, tendered })
        takeCard(visit, { closes: true, end: 'returned to account' })
        done({ kind: 'nothing' })
      })
    case 'none':
    case 'gives up':
    case 'changes mind':
      return finish(buying, order)
    default:
      return never(mishap)
  }
}

const finish = ({ visit, quoted, tendered, receipt, done }: Buying, order: Row<'orders'>): void => {
  const { world } = visit
  proveLoad(visit, order, quoted)
  if (tendered.kind === 'payment') endPayment(visit, order, 'kept')
  after(world, world.chance.whole(4_000, 12_000), () => {
    takeCard(visit, { closes: true, end: 'bought', receipt })
    done({ kind: 'bought', order })
  })
}

/** Notes are in, and the customer goes without buying: they are in the account. */
const giveUp = ({ visit, quoted, tendered, done }: Buying): void => {
  if (tendered.kind === 'cash') {
    bookNotes(visit, { saleId: quoted.saleId, notes: tendered.notes.slice(0, 2) })
  }
  takeCard(visit, { closes: tendered.kind === 'cash', end: 'deposited' })
  done({ kind: 'nothing' })
}

const bookNotes = (visit: Visit, of: { saleId: SaleId; notes: readonly Minor[] }): void => {
  const { world, customer, point } = visit
  const { saleId, notes } = of
  const amount = plus(nothing, ...notes)
  const { customer: owner } = customer.home.customer
  const booked = notesBooked({ saleId, kiosk: point.kiosk, amount, customer: owner })
  const posting = world.books.post(booked, world.agenda.now())
  keepNotes(visit, { sale: saleId, notes, place: 'account', posting })
}

/** From here on no script is released for the attempt that was running (power-card.md 8.6). */
const fence = ({ world }: Visit, order: Row<'orders'>): void => {
  const { books, agenda } = world
  const marks = { fence_sequence: books.next('sequence'), fence_at: agenda.now() }
  Object.assign(order, marks)
  books.change('orders', { order_number: order.order_number }, marks)
}

const notLoaded = (visit: Visit, order: Row<'orders'>): void => {
  if (order.fence_sequence === null) fence(visit, order)
  moved(visit.world, order, { state: 'NOT_LOADED_RETRY', why: 'proven not on the card' })
  const { order_number: orderNumber, state } = order
  journal(visit, { type: 'card.not-written', saleId: visit.saleId, orderNumber, state })
}

const tryAgain = (visit: Visit, order: Row<'orders'>): void => {
  moved(visit.world, order, {
    state: 'AWAIT_WRITE',
    why: `tried again at kiosk ${visit.point.kiosk}`,
    also: { fence_sequence: null, fence_at: null },
  })
  sendScript(visit, order)
}

/** Nothing was delivered: to the account, or to the payer where a bank card paid. Its count is free again. */
const giveBack = (
  visit: Visit,
  order: Row<'orders'>,
  { quoted, tendered }: { quoted: Quoted; tendered: Pick<Tendered, 'kind'> },
): void => {
  const { world, customer } = visit
  const { books, agenda } = world
  const booked = inBooks(customer, quoted.quote, order)
  const { order_number: orderNumber } = order
  journal(visit, { type: 'order.returning', saleId: visit.saleId, orderNumber })
  if (tendered.kind === 'payment') {
    moved(world, order, {
      state: 'RETURNED_TO_ACCOUNT',
      why: 'nothing was delivered, and its payment is reversed',
    })
    const posting = books.post(orderReturnedToPayer(booked, order.kiosk), agenda.now())
    books.change(
      'payments',
      { order_number: order.order_number },
      { ended: 'reversed', place: 'payer', posting },
    )
    endPayment(visit, order, 'reversed')
  } else {
    moved(world, order, {
      state: 'RETURNED_TO_ACCOUNT',
      why: 'returned at the wish of the customer',
    })
    books.post(orderReturned(booked), agenda.now())
  }
  journal(visit, { type: 'order.returned', saleId: visit.saleId, orderNumber })
  customer.order = null
  customer.sold = { ...customer.sold, energy: energyLess(customer.sold.energy, order.energy) }
}

const energyLess = (
  from: Customer['sold']['energy'],
  less: Row<'orders'>['energy'],
): Customer['sold']['energy'] => energy(Math.max(0, from - less))

/** The card of an order that nobody knows the end of is seen again: it decides. */
export const settleUnknown = (
  world: World,
  of: {
    customer: Customer
    point: Point
    unknown: Extract<Ended, { kind: 'unknown' }>
    done: (ended: Ended) => void
  },
): void => {
  const { customer, point, unknown, done } = of
  const { order, quoted, isOnCard } = unknown
  const visit = insertCard(world, customer, point)
  after(world, 4_000, () => {
    if (isOnCard) {
      proveLoad(visit, order, { ...quoted, label: 'RB' })
      return after(world, 15_000, () => {
        takeCard(visit, { closes: false, end: 'settled' })
        done({ kind: 'bought', order })
      })
    }
    notLoaded(visit, order)
    if (world.chance.happens(0.3)) {
      return after(world, 20_000, () => {
        giveBack(visit, order, { quoted, tendered: { kind: 'account' } })
        takeCard(visit, { closes: false, end: 'returned to account' })
        done({ kind: 'nothing' })
      })
    }
    after(world, 12_000, () => {
      tryAgain(visit, order)
      after(world, 3_500, () => {
        proveLoad(visit, order, quoted)
        after(world, 9_000, () => {
          takeCard(visit, { closes: false, end: 'bought' })
          done({ kind: 'bought', order })
        })
      })
    })
  })
}

/** How much a customer has in the account. */
export const accountOf = ({ books }: World, { home }: Customer): Minor =>
  minus(nothing, books.balanceOf({ kind: 'customer account', owner: home.customer.customer }))
