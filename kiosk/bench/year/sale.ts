// One sale as it leaves its rows at the centre: reserved, sent to the card, proven. The steps of production, by its functions.
import { chargesAfter } from '../../../centre/dues.ts'
import { orderLoaded } from '../../../centre/ledger.ts'
import { ladderStart } from '../../../centre/tariffs/tariff-calendar.ts'
import { noEnergy, plusEnergy } from '../../../domain/energy.ts'
import { Nonce, OrderNumber, RequestId } from '../../../domain/identifiers.ts'
import { minus, nothing, plus } from '../../../domain/money.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { purchaseFlag, purchaseUnit, writePurchase } from '../../../domain/power-card/purchase.ts'
import { sealPurchase } from '../../../domain/power-card/seals.ts'
import type { Row } from './books.ts'
import { dayOf } from './calendar.ts'
import type { Home } from './homes.ts'
import { addRecord } from './looks.ts'
import { keyOf } from './meter.ts'
import { fund, type Tendered } from './paying.ts'
import { onCard } from './places.ts'
import { inBooks, type Quoted } from './pricing.ts'
import { journal, moved, type Visit } from './visit.ts'
import { idAt, type Point } from './world.ts'

/** The money is in the order, and the next count of the binding is its own. */
export const reserve = (visit: Visit, quoted: Quoted, tendered: Tendered): Row<'orders'> => {
  const { world, customer, point } = visit
  const { books, agenda } = world
  const { home } = customer
  const { quote, saleId, dues } = quoted
  const now = agenda.now()
  const day = dayOf(now)
  const running = String(books.next('order number')).padStart(10, '0')
  const order: Row<'orders'> = {
    order_number: OrderNumber.parse(`${day.replaceAll('-', '').slice(2)}${running}`),
    sale: saleId,
    binding: home.binding.binding,
    kiosk: point.kiosk,
    serial: home.card.serial,
    quote: quote.quoteId,
    count: home.binding.credited + 1,
    state: 'AWAIT_WRITE',
    funding: tendered.kind,
    tender: quote.tender,
    charged: quote.charged,
    energy: quote.energy,
    free_energy: quote.freeEnergy,
    arrears: quote.arrears.paid,
    business_day: day,
    image: '',
    created_at: now,
    scripts: 0,
    script_sequence: null,
    script_at: null,
    fence_sequence: null,
    fence_at: null,
    loaded_sequence: null,
    loaded_at: null,
  }
  order.image = imageOf(home, order, point)
  books.insert('orders', order)
  for (const [at, state] of (['QUOTED', 'FUNDED', 'AWAIT_WRITE'] as const).entries()) {
    const why = `sale at kiosk ${point.kiosk}`
    books.insert('order_states', {
      order_number: order.order_number,
      step: at + 1,
      state,
      at: now,
      why,
    })
  }
  customer.order = order
  visit.told.order = order
  const since = ladderStart(dues.tariff, day)
  const before = customer.sold.since === since ? customer.sold.energy : noEnergy
  customer.sold = { since, energy: plusEnergy(before, quote.energy) }
  fund(visit, { order, quote, tendered })
  askedFor(visit, order, tendered)
  return order
}

/** What the kiosk journals around the order. */
const askedFor = (visit: Visit, order: Row<'orders'>, tendered: Tendered): void => {
  const { world, saleId, told } = visit
  const cash = plus(nothing, ...told.notes.map(({ value }) => value))
  told.toAccount = tendered.kind === 'cash' ? minus(cash, order.tender) : nothing
  journal(visit, {
    type: 'order.requesting',
    saleId,
    requestId: RequestId.parse(idAt(world, world.agenda.now() - 300)),
    quoteId: order.quote,
    tender: tendered.kind === 'payment' ? tendered.way : tendered.kind,
    amount: order.tender,
    ...(tendered.kind === 'cash' && { notes: told.notes.map(({ noteId }) => noteId) }),
  })
  journal(visit, {
    type: 'order.reserved',
    saleId,
    orderNumber: order.order_number,
    amount: order.tender,
    toAccount: told.toAccount,
    energy: plusEnergy(order.energy, order.free_energy),
  })
}

/** EF02 with its E2E MAC: what goes onto the card, 40 bytes. */
export const imageOf = (home: Home, order: Row<'orders'>, { channel }: Point): string => {
  const bytes = writePurchase({
    amount: order.charged,
    count: order.count,
    energy: plusEnergy(order.energy, order.free_energy),
    orderNumber: order.order_number,
    time: Math.floor(order.created_at / 1000),
    unit: purchaseUnit.energy,
    channel: onCard(channel),
    flags:
      (order.arrears > 0 ? purchaseFlag.arrears : 0) |
      (order.free_energy > 0 ? purchaseFlag.freeUnits : 0),
    arrears: order.arrears,
  })
  const key = keyOf(home.binding.meter)
  const { meter, customer } = home.binding
  return toHex(sealPurchase(key, bytes, { meter, customer, serial: fromHex(order.serial) }))
}

/** The script leaves the centre: from here on the order may be on the card. */
export const sendScript = (visit: Visit, order: Row<'orders'>): void => {
  const { world, insertion, point } = visit
  const { books, agenda, chance } = world
  const now = agenda.now()
  const marks = {
    scripts: order.scripts + 1,
    script_sequence: books.next('sequence'),
    script_at: now,
  }
  Object.assign(order, marks)
  books.change('orders', { order_number: order.order_number }, marks)
  books.insert('scripts', {
    order_number: order.order_number,
    attempt: order.scripts,
    kiosk: point.kiosk,
    sale: order.sale,
    insertion: insertion.insertion,
    challenge: Nonce.parse(toHex(chance.bytes(8))),
    random: toHex(chance.bytes(8)),
    writes: 3,
    look: insertion.look,
    prices: null,
    at: now,
    sequence: marks.script_sequence,
  })
  journal(visit, {
    type: 'card.writing',
    saleId: visit.saleId,
    orderNumber: order.order_number,
  })
}

/** The card has proven that it carries the order: it is booked as the quote said. */
export const proveLoad = (
  visit: Visit,
  order: Row<'orders'>,
  { quote, dues, label = 'RO' }: Quoted & { label?: 'RO' | 'RB' },
): void => {
  const { world, customer } = visit
  const { books, agenda } = world
  const { home } = customer
  const { binding } = home
  const now = agenda.now()
  const sequence = books.next('sequence')
  moved(world, order, {
    state: 'LOADED',
    why: `seen on the card by a ${label} proof`,
    also: { loaded_sequence: sequence, loaded_at: now },
  })
  const { charged_through, charges_unpaid, free_units_given } = binding
  books.insert('loads', {
    order_number: order.order_number,
    session_open: 0,
    charged_through,
    charges_unpaid,
    free_units_given,
  })
  books.post(orderLoaded(inBooks(customer, quote, order)), now)
  const after = chargesAfter({
    chargedThrough: charged_through,
    businessDay: order.business_day,
    fixedDue: dues.fixedDue.amount,
    fixedPaid: quote.fixed.amount,
    freeUnits: order.free_energy,
  })
  Object.assign(binding, after)
  books.change('bindings', { binding: binding.binding }, after)
  const carried = { count: order.count, order_number: order.order_number, sequence }
  Object.assign(home.card, carried)
  customer.credits.set(order.count, order.energy + order.free_energy)
  customer.chip.ef02 = order.image
  addRecord(customer.chip, {
    time: Math.floor(now / 1000),
    channel: onCard(visit.point.channel),
    event: cardEvent.load,
    terminal: order.kiosk,
    orderNumber: order.order_number,
    amount: order.charged,
    count: order.count,
  })
  journal(visit, {
    type: 'card.written',
    saleId: visit.saleId,
    orderNumber: order.order_number,
  })
  books.change('cards', { serial: home.card.serial }, carried)
}
