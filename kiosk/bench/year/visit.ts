// A card in a kiosk, from in to out: what the centre sees of it, and what the kiosk journals.
import type { z } from 'zod'
import { alarmsIn } from '../../../centre/meter-alarms.ts'
import { InsertionId, RequestId, SaleId, type NoteId } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { nothing, plus, type Minor } from '../../../domain/money.ts'
import type { PaymentEnded } from '../../../domain/payment.ts'
import type { Row } from './books.ts'
import type { Customer, News } from './customer.ts'
import { lookAt } from './looks.ts'
import { idAt, type Point, type World } from './world.ts'

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

/** A line of this kiosk's journal, now. */
export const journal = ({ world, point }: Visit, entry: JournalEntry): void =>
  world.diary.write({ kiosk: point.kiosk, at: world.agenda.now(), entry })

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
