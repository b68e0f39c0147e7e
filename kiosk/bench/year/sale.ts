// One sale from card in to card out, as it leaves its rows at the centre: the same steps as in production, by its functions.
import type { z } from 'zod'
import { energy, noEnergy, plusEnergy, type Energy } from '../../../domain/energy.ts'
import {
  InsertionId,
  Nonce,
  NoteId,
  OrderNumber,
  PaymentId,
  QuoteId,
  RequestId,
  SaleId,
} from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { minus, nothing, plus, type Minor } from '../../../domain/money.ts'
import { never } from '../../../domain/never.ts'
import type { PaymentEnded } from '../../../domain/payment.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { meterKeyOf } from '../../../domain/power-card/keys.ts'
import { purchaseFlag, purchaseUnit, writePurchase } from '../../../domain/power-card/purchase.ts'
import { sealPurchase } from '../../../domain/power-card/seals.ts'
import type { WriteBack } from '../../../domain/power-card/write-back.ts'
import type { Quote } from '../../../domain/quote.ts'
import { referenceDigits } from '../../../domain/reference.ts'
import { chargesAfter } from '../../../centre/dues.ts'
import { orderFunded, orderLoaded, type OrderInBooks } from '../../../centre/ledger.ts'
import { alarmsIn } from '../../../centre/meter-alarms.ts'
import { quoteLifeMs } from '../../../centre/quotes.ts'
import {
  fixedChargesDue,
  freeUnitsDue,
  ladderStart,
  tariffInForce,
} from '../../../centre/tariffs/tariff-calendar.ts'
import { priceTender, type Dues } from '../../../centre/tariffs/tariffs.ts'
import { townKeys } from '../town/keys.ts'
import type { Row } from './books.ts'
import { intoBox } from './cash-boxes.ts'
import { dayOf, hourMs } from './calendar.ts'
import type { Home } from './homes.ts'
import { sealedBytes } from './meter.ts'
import { addRecord, lookAt, type Chip } from './looks.ts'
import { notesFor } from './notes.ts'
import { onCard } from './places.ts'
import type { Point, World } from './world.ts'
import { idAt } from './world.ts'

/** A home's side of its sales: what the books know of it from one to the next. */
export type Customer = {
  home: Home
  /** What the meter last wrote on the card and no kiosk has read yet. */
  news: News | null
  /** The last write-back that was kept, and the energy of each count since. */
  lastBack: News | null
  credits: Map<number, number>
  chip: Chip
  /** The last order, while it may still change. */
  order: Row<'orders'> | null
  /** Sold in the running period of the ladder. */
  sold: { since: string; energy: Energy }
  life: Life
  /** Something was planted in it. */
  planted: boolean
}

export type News = Omit<Row<'write_backs'>, 'write_back' | 'look' | 'at'>

/** What is odd about a home. */
export type Life = {
  /** Nobody buys here from then on. */
  goneFrom: number
  /** What is bought from then on stays on the card. */
  unreadFrom: number
  /** A copy of the card is at another kiosk during the first visit after each of these. */
  copied: number[]
  /** The office has not decided, and does not. */
  inquiryStays: boolean
  /** The card is not at home. */
  isOut: boolean
  /** What was planned for an earlier turn does not happen any more. */
  turn: number
}

export type Visit = {
  world: World
  customer: Customer
  point: Point
  insertion: Row<'insertions'>
  /** Null: something can be sold. Else why not. */
  refused: 'inquiry' | null
  /** As its kiosk knows it: made when the card goes in. */
  saleId: SaleId
  /** What was tendered so far, and what it became. */
  told: {
    notes: { noteId: NoteId; value: Minor }[]
    payments: z.infer<typeof PaymentEnded>[]
    order: Row<'orders'> | null
    toAccount: Minor
  }
}

/** The card goes in: the centre sees it, keeps what its meter wrote, and knows what that meter has credited. */
export const insertCard = (
  world: World,
  customer: Customer,
  point: Point,
  { verdict = 'can sell' }: { verdict?: 'can sell' | 'refused' } = {},
): Visit => {
  const { books, agenda, diary } = world
  const { home } = customer
  const now = agenda.now()
  const insertion: Row<'insertions'> = {
    insertion: InsertionId.parse(idAt(world, now)),
    kiosk: point.kiosk,
    serial: home.card.serial,
    binding: home.binding.binding,
    sequence: books.next('sequence'),
    begun_at: now,
    ended_at: null,
    verdict,
    failed_looks: 0,
    look: diary.from <= now ? books.next('look') : null,
  }
  const news = customer.news?.bytes ?? null
  if (customer.news !== null) takeNews(world, customer, insertion)
  if (home.binding.inquiry !== null) insertion.verdict = 'refused'
  books.insert('insertions', insertion)
  const { look } = insertion
  if (look !== null) {
    const of = { insertion: insertion.insertion, look, at: now, news }
    books.insert('looks', lookAt(home, customer.chip, of))
  }
  const saleId = SaleId.parse(idAt(world, now))
  world.diary.write({
    kiosk: point.kiosk,
    at: now,
    entry: {
      type: 'session.opened',
      saleId,
      insertionId: insertion.insertion,
      serial: insertion.serial,
    },
  })
  return {
    world,
    customer,
    point,
    insertion,
    refused: home.binding.inquiry === null ? null : 'inquiry',
    saleId,
    told: { notes: [], payments: [], order: null, toAccount: nothing },
  }
}

/** A write-back counts: what the meter has credited is delivered, and what cannot be is kept as evidence (9.1, 13.2). */
const takeNews = (world: World, customer: Customer, insertion: Row<'insertions'>): void => {
  const { books, alerts } = world
  const { home, news, order, lastBack } = customer
  if (news === null) return
  const write_back = books.next('write-back')
  const at = insertion.begun_at
  const row = { ...news, write_back, look: insertion.look ?? 0, at }
  books.insert('write_backs', row)
  const { kiosk, serial } = insertion
  const { binding } = home.binding
  for (const { kind, why } of alarmsIn(row, lastBack, soldSince(customer, news))) {
    const evidence = { why, now: write_back }
    alerts.alarm({ kind, at, kiosk, serial, binding, evidence })
  }
  customer.news = null
  customer.lastBack = news
  if (news.count > Math.max(home.binding.credited, home.card.count)) {
    return madeCredit(world, customer, row)
  }
  if (news.count <= home.binding.credited) return
  home.binding.credited = news.count
  books.change('bindings', { binding }, { credited: news.count })
  if (order?.state === 'LOADED' && order.count <= news.count) {
    moved(world, order, { state: 'METER_CREDITED', why: 'the meter has credited it' })
    customer.order = null
  }
}

/** Energy of the counts since the last write-back; null where one of them was never sold. */
const soldSince = ({ credits, lastBack }: Customer, news: News): number | null => {
  if (lastBack === null) return null
  let sold = 0
  for (let count = lastBack.count + 1; count <= news.count; count++) {
    const energy = credits.get(count)
    if (energy === undefined) return null
    sold += energy
  }
  for (const count of credits.keys()) if (count <= news.count) credits.delete(count)
  return sold
}

/** A count that was never given out: nothing is sold until the office has decided. */
const madeCredit = (world: World, { home }: Customer, row: Row<'write_backs'>): void => {
  const { books, alerts, agenda } = world
  const why = 'the meter has a count that was not given out'
  const evidence = { count: row.count, credited: home.binding.credited, writeBack: row.write_back }
  const of = { at: agenda.now(), serial: home.card.serial, binding: home.binding.binding }
  alerts.alarm({ ...of, kind: 'meter count too high', evidence })
  alerts.alarm({ ...of, kind: 'card against books', evidence: { why, ...evidence } })
  home.binding.inquiry = why
  books.change('bindings', { binding: home.binding.binding }, { inquiry: why })
}

/** Another state of an order, and the line of its story. */
export const moved = (
  { books, agenda }: World,
  order: Row<'orders'>,
  to: { state: Row<'orders'>['state']; why: string; also?: Partial<Row<'orders'>> },
): void => {
  Object.assign(order, to.also, { state: to.state })
  books.change('orders', { order_number: order.order_number }, { ...to.also, state: to.state })
  books.insert('order_states', {
    order_number: order.order_number,
    step: stepsOf(order),
    state: to.state,
    at: agenda.now(),
    why: to.why,
  })
}

const steps = new WeakMap<Row<'orders'>, number>()
const stepsOf = (order: Row<'orders'>): number => {
  const step = (steps.get(order) ?? 3) + 1
  steps.set(order, step)
  return step
}

/** What the price depends on, at this moment. */
export const duesOf = (world: World, { home, sold }: Customer): Dues => {
  const day = dayOf(world.agenda.now())
  const { binding, customer } = home
  const tariff = tariffInForce(world.tariffs, { code: binding.tariff, day })
  if (tariff === null) throw new Error(`no tariff ${binding.tariff} on ${day}`)
  const since = ladderStart(tariff, day)
  return {
    tariff,
    monthToDate: sold.since === since ? sold.energy : noEnergy,
    fixedDue: fixedChargesDue({
      tariff,
      chargedThrough: binding.charged_through,
      unpaid: binding.charges_unpaid,
      day,
    }),
    arrearsBalance: world.books.balanceOf({ kind: 'arrears', owner: customer.customer }),
    freeUnitsDue: freeUnitsDue({ tariff, lastGiven: binding.free_units_given, day }),
  }
}

export type Quoted = { saleId: SaleId; quote: Quote; dues: Dues }

/** Null where this tender buys nothing. */
export const quoteFor = (visit: Visit, tender: Minor): Quoted | null => {
  const { world, customer, insertion, point } = visit
  const { books, agenda } = world
  const now = agenda.now()
  const dues = duesOf(world, customer)
  const priced = priceTender({ ...dues, tender })
  if (priced.energy === noEnergy) return null
  const { saleId } = visit
  const expiresAt = now + quoteLifeMs
  const quote: Quote = {
    ...priced,
    quoteId: QuoteId.parse(idAt(world, now)),
    saleId,
    expiresAt: new Date(expiresAt).toISOString(),
  }
  books.insert('sale_references', {
    sale: saleId,
    reference: referenceDigits(saleId),
    kiosk: point.kiosk,
  })
  books.insert('quotes', {
    quote: quote.quoteId,
    sale: saleId,
    insertion: insertion.insertion,
    binding: customer.home.binding.binding,
    tender,
    expires_at: expiresAt,
    fixed_due: dues.fixedDue.amount,
    priced: JSON.stringify(quote),
  })
  return { saleId, quote, dues }
}

export type Tendered =
  | { kind: 'cash'; notes: readonly Minor[] }
  | { kind: 'payment'; way: 'bank card' | 'bank account' }
  | { kind: 'account' }

/** Notes that cover a tender, as somebody has them in the wallet. */
export const cashFor = ({ chance }: World, tender: Minor): Tendered => ({
  kind: 'cash',
  notes: notesFor(tender, chance),
})

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

/** A line of this kiosk's journal, now. */
export const journal = ({ world, point }: Visit, entry: JournalEntry): void =>
  world.diary.write({ kiosk: point.kiosk, at: world.agenda.now(), entry })

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
  const key = meterKeyOf(townKeys.MK_MT, { meter: home.binding.meter, keyVersion: 1 })
  const { meter, customer } = home.binding
  return toHex(sealPurchase(key, bytes, { meter, customer, serial: fromHex(order.serial) }))
}

export const inBooks = ({ home }: Customer, quote: Quote, order: Row<'orders'>): OrderInBooks => ({
  orderNumber: order.order_number,
  saleId: order.sale,
  customer: home.customer.customer,
  hasAccount: home.customer.has_account === 1,
  priced: quote,
})

const fund = (
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

/** The card comes out; a sale in which money moved is closed with it, and mostly a receipt is printed. */
export const takeCard = (
  visit: Visit,
  of: { closes: boolean; end: string; receipt?: 'printed' | 'not printed' },
): void => {
  const { world, insertion, point, saleId, told } = visit
  const { books, agenda } = world
  const now = agenda.now()
  insertion.ended_at = now
  books.change('insertions', { insertion: insertion.insertion }, { ended_at: now })
  if (of.closes) {
    print(visit, of.receipt ?? 'printed')
    close(visit)
    books.insert('closed_sales', { sale: saleId, kiosk: point.kiosk, closed_at: now })
  }
  const cash = plus(nothing, ...told.notes.map(({ value }) => value))
  journal(visit, { type: 'session.closed', saleId, end: of.end, cash })
}

const print = (visit: Visit, how: 'printed' | 'not printed'): void => {
  const { point, saleId, told } = visit
  const jobId = `r-${saleId.slice(-8)}`
  const purchase = told.order?.order_number
  journal(visit, {
    type: 'receipt.queued',
    saleId,
    jobId,
    number: (point.receipts += 1),
    ...(purchase !== undefined && { purchase }),
  })
  if (how === 'printed') {
    point.today.receipts++
    journal(visit, { type: 'receipt.printed', saleId, jobId })
  } else journal(visit, { type: 'receipt.not-printed', saleId, jobId, why: 'paper out' })
}

const close = (visit: Visit): void => {
  const { world, saleId, told, insertion } = visit
  const { notes, payments, order, toAccount } = told
  journal(visit, {
    type: 'sale.closing',
    saleId,
    insertionId: insertion.insertion,
    requestId: RequestId.parse(idAt(world, world.agenda.now())),
    notes,
    ...(payments.length > 0 && { payments }),
  })
  journal(visit, {
    type: 'sale.settled',
    saleId,
    orderNumber: order?.order_number ?? null,
    ...(order !== null && { orderState: order.state }),
    toAccount: order === null ? plus(nothing, ...notes.map(({ value }) => value)) : toAccount,
    toSuspense: nothing,
  })
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

/** What the meter has just written, ready to be read at the next kiosk. */
export const newsOf = ({ meter, binding, card }: Home, back: WriteBack): News => ({
  binding: binding.binding,
  meter_time: back.time * 1000,
  result: back.result,
  count: back.count,
  remaining: energy(back.remaining),
  overdraft_used: back.overdraftUsed,
  total_credited: back.totalCredited,
  total_used: back.totalUsed,
  used_this_month: back.usedThisMonth,
  used_last_month: back.usedLastMonth,
  illegal_insertions: back.illegalInsertions,
  tamper_events:
    back.coverOpenings +
    back.terminalCoverOpenings +
    back.magneticFieldEvents +
    back.reverseEnergyEvents,
  bytes: sealedBytes(meter, card.serial, back),
})
