// How people of the town live with their meter: energy runs out, somebody goes to buy, and takes it home.
import { minor, type Minor } from '../../../domain/money.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { channel } from '../../../domain/power-card/purchase.ts'
import { buy, accountOf, settleUnknown, type Ended } from './buying.ts'
import { comingOn, dayMs, hourMs, monthBefore, monthOf, momentOf } from './calendar.ts'
import { meetCopy } from './copies.ts'
import { whenUsed } from './households.ts'
import { addRecord } from './looks.ts'
import { credit, remainingOf, runUntil, writeBackOf } from './meter.ts'
import { newsOf, type Customer } from './customer.ts'
import { cashFor, type Tendered } from './paying.ts'
import { insertCard, moved, takeCard, type Visit } from './visit.ts'
import { after, type Point, type World } from './world.ts'

/** From the first day of the year on, or from when the home is there. */
export const beginLiving = (world: World, customer: Customer): void => {
  const { home } = customer
  const from = Math.max(world.calendar.from, home.since)
  world.agenda.plan(from, () => planVisit(world, customer))
}

/** Its registers as they are now. */
export const runMeter = (world: World, { home }: Customer): void =>
  runUntil(home.meter, world.agenda.now(), {
    perDay: home.perDay,
    soFar: world.useOf(home.household.kind),
    calendar: world.calendar,
  })

/** The next time somebody of this home goes to buy. */
const planVisit = (world: World, customer: Customer): void => {
  const { agenda, calendar, chance } = world
  const { home } = customer
  const { meter, habits, perDay } = home
  const now = agenda.now()
  customer.life.isOut = false
  runMeter(world, customer)
  const spare = Math.max(0, remainingOf(meter) - habits.leaves)
  const soFar = world.useOf(home.household.kind)
  const low = whenUsed(soFar, { from: now, use: spare / Math.max(1, perDay), calendar })
  const wanted = habits.day === 'when needed' ? low : Math.min(low, nextPayday(world, now))
  const day = calendar.days[calendar.placeOf(wanted)]
  if (day === undefined || wanted > calendar.until) return
  const coming = comingOn(day, chance)
  const at = coming > now + 2 * hourMs ? coming : now + chance.whole(2, 20) * hourMs
  const { turn } = customer.life
  if (at >= customer.life.goneFrom) return
  agenda.plan(at, () => {
    if (customer.life.turn === turn) goBuying(world, customer)
  })
}

/** One of the first days of the next month. */
const nextPayday = ({ chance }: World, now: number): number => {
  const next = momentOf(monthBefore(monthOf(now), -1))
  return next + Math.floor(chance.fraction() ** 2 * 6) * dayMs
}

const goBuying = (world: World, customer: Customer): void => {
  const { agenda, chance } = world
  const { home, life } = customer
  if (agenda.now() >= life.goneFrom) return
  life.isOut = true
  const point = freePoint(world, customer, () => goBuying(world, customer))
  if (point === null) return
  runMeter(world, customer)
  if (customer.news === null || chance.happens(home.habits.checksMeter)) {
    customer.news = newsOf(home, writeBackOf(home.meter, { credited: false }))
  }
  const visit = insertCard(world, customer, point)
  const thinks = chance.whole(15_000, 70_000)
  point.busyUntil = agenda.now() + thinks + 120_000
  if (life.copied[0] !== undefined && life.copied[0] <= agenda.now()) {
    life.copied.shift()
    return meetCopy(visit, () => after(world, 3 * hourMs, () => goBuying(world, customer)))
  }
  if (visit.refused !== null) return sendAway(visit)
  after(world, thinks, () => {
    const tender = wantedBy(visit)
    buy(visit, {
      tender,
      tendered: payingWith(visit, tender),
      done: (ended) => goHome(visit, ended),
    })
  })
}

/** The office has to decide first; then somebody comes again. */
const sendAway = (visit: Visit): void => {
  const { world, customer } = visit
  const { chance, books } = world
  const { home } = customer
  after(world, 20_000, () => takeCard(visit, { closes: false, end: 'refused' }))
  if (customer.life.inquiryStays) return
  after(world, chance.whole(3, 12) * dayMs, () => {
    home.binding.inquiry = null
    home.binding.credited = home.meter.count
    const { binding, credited } = home.binding
    books.change('bindings', { binding }, { inquiry: null, credited })
    // The office writes the meter's count on the card, too.
    Object.assign(home.card, { count: credited })
    books.change('cards', { serial: home.card.serial }, { count: credited })
    if (customer.order?.state === 'LOADED') {
      moved(world, customer.order, { state: 'METER_CREDITED', why: 'the meter has credited it' })
      customer.order = null
    }
    planVisit(world, customer)
  })
}

/** What follows from how a visit ended. */
export const goHome = (visit: Visit, ended: Ended): void => {
  const { world, customer, point } = visit
  const { chance, agenda } = world
  const { home, life } = customer
  point.busyUntil = agenda.now()
  switch (ended.kind) {
    case 'nothing':
      return after(world, chance.whole(3, 40) * hourMs, () => goBuying(world, customer))
    case 'bought':
      if (agenda.now() >= life.unreadFrom) return
      return after(world, chance.fraction() * 2 * home.habits.carriesFor, () =>
        takeHome(world, customer, ended.order),
      )
    case 'unknown':
      return after(world, chance.factor(1.6) * 2 * hourMs, () => comeBack(visit, ended))
    default:
      return undefined
  }
}

/** A card was pulled too early: its holder comes again, here or elsewhere. */
const comeBack = (visit: Visit, unknown: Extract<Ended, { kind: 'unknown' }>): void => {
  const { world, customer } = visit
  const point = freePoint(world, customer, () => comeBack(visit, unknown))
  if (point === null) return
  point.busyUntil = world.agenda.now() + 90_000
  settleUnknown(world, {
    customer,
    point,
    unknown,
    done: (ended) => goHome({ ...visit, point }, ended),
  })
}

/** Where somebody goes; null where there is a queue or nothing is open, and `later` happens then. */
const freePoint = (world: World, customer: Customer, later: () => void): Point | null => {
  const now = world.agenda.now()
  const point = pointFor(world, customer)
  if (point !== null && point.busyUntil <= now) return point
  const { chance } = world
  const wait = point === null ? 3 * hourMs : point.busyUntil - now + chance.whole(5_000, 40_000)
  after(world, wait, later)
  return null
}

/** Nearly always where they always go. */
const pointFor = ({ points, chance, agenda }: World, { home }: Customer): Point | null => {
  const hour = new Date(agenda.now() + 8 * hourMs).getUTCHours()
  const isOpen = (point: Point) =>
    point.outUntil <= agenda.now() &&
    Math.min(point.noCashUntil, point.noBankUntil) <= agenda.now() &&
    hour >= point.opens &&
    hour < point.closes
  const near = points.filter((point) => point.area === home.binding.area && isOpen(point))
  const found = near.length > 0 && chance.happens(0.9) ? near : points.filter(isOpen)
  return found.length === 0
    ? null
    : chance.weighted(found.map((point) => [point, point.weight] as const))
}

/** What a kWh costs about, with everything, in 1/100 for 0.01 kWh. */
const roughPrice = { RES: 1.72, SOC: 1.05, COM: 1.86, HOL: 3.7 } as const

/** What the days until the next visit are going to cost, in the steps in which this home pays. */
const wantedBy = ({ world, customer }: Visit): Minor => {
  const { chance, books, agenda } = world
  const { home } = customer
  const { habits, binding } = home
  const soFar = world.useOf(home.household.kind)
  const now = agenda.now()
  const use = home.perDay * (soFar(now + habits.buysFor * dayMs) - soFar(now))
  const needed = Math.max(use - remainingOf(home.meter) + habits.leaves, use * 0.3)
  const debt = books.balanceOf({ kind: 'arrears', owner: binding.customer }) > 0 ? 1.3 : 1
  const wish = needed * roughPrice[home.household.tariff] * debt * chance.factor(0.12) + 1_000
  const steps = Math.max(1, Math.round(wish / habits.step))
  return minor(Math.min(200_000, Math.max(1_000, steps * habits.step)))
}

const payingWith = (visit: Visit, tender: Minor): Tendered => {
  const { world, customer, point } = visit
  const { chance } = world
  const { home } = customer
  const isEnough = home.customer.frozen === 0 && accountOf(world, customer) >= tender
  if (isEnough && chance.happens(0.7)) return { kind: 'account' }
  if (point.channel !== 'terminal') {
    const way = point.channel === 'bank agent' ? 'bank account' : 'bank card'
    return { kind: 'payment', way }
  }
  const now = world.agenda.now()
  const noNotes = point.noCashUntil > now
  // Nobody carries more in notes.
  if (tender > 60_000 || noNotes) return { kind: 'payment', way: 'bank card' }
  const wish = chance.happens(0.85) ? home.habits.tender : 'cash'
  const habit = point.noBankUntil > now ? 'cash' : wish
  return habit === 'payment' && tender >= 2_000
    ? { kind: 'payment', way: 'bank card' }
    : cashFor(world, tender)
}

/** The card goes into the meter: it takes the purchase, and writes its news. */
const takeHome = (
  world: World,
  customer: Customer,
  order: Extract<Ended, { kind: 'bought' }>['order'],
): void => {
  const { home } = customer
  runMeter(world, customer)
  credit(home.meter, { count: order.count, energy: order.energy + order.free_energy })
  customer.news = newsOf(home, writeBackOf(home.meter, { credited: true }))
  addRecord(customer.chip, {
    time: Math.floor(home.meter.at / 1000),
    channel: channel.meter,
    event: cardEvent.credited,
    terminal: home.meter.number,
    orderNumber: order.order_number,
    amount: order.charged,
    count: order.count,
  })
  planVisit(world, customer)
}
