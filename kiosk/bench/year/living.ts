// How people of the town live with their meter: energy runs out, somebody goes to buy, and takes it home.
import { minor, nothing, plus, type Minor } from '../../../domain/money.ts'
import { accountId } from '../../../centre/ledger.ts'
import { comingOn, dayMs, hourMs, monthOf, momentOf, monthBefore } from './calendar.ts'
import { whenUsed } from './households.ts'
import { credit, remainingOf, runUntil, writeBackOf } from './meter.ts'
import {
  cashFor,
  endPayment,
  insertCard,
  newsOf,
  proveLoad,
  quoteFor,
  reserve,
  sendScript,
  takeCard,
  type Customer,
  type Tendered,
  type Visit,
} from './sale.ts'
import type { Point, World } from './world.ts'

/** From the first day of the year on, or from when the home is there. */
export const beginLiving = (world: World, customer: Customer): void => {
  const { home } = customer
  world.agenda.plan(Math.max(world.calendar.from, home.since), () => planVisit(world, customer))
}

const runMeter = (world: World, { home }: Customer, at: number): void =>
  runUntil(home.meter, at, {
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
  runMeter(world, customer, now)
  const spare = Math.max(0, remainingOf(meter) - habits.leaves)
  const soFar = world.useOf(home.household.kind)
  const low = whenUsed(soFar, { from: now, use: spare / Math.max(1, perDay), calendar })
  const wanted = habits.day === 'when needed' ? low : Math.min(low, nextPayday(world, now))
  const day = calendar.days[calendar.placeOf(wanted)]
  if (day === undefined || wanted > calendar.until) return
  const coming = comingOn(day, chance)
  const at = coming > now + 2 * hourMs ? coming : now + chance.whole(2, 20) * hourMs
  agenda.plan(at, () => goBuying(world, customer))
}

/** One of the first days of the next month. */
const nextPayday = ({ chance }: World, now: number): number => {
  const next = momentOf(monthBefore(monthOf(now), -1))
  return next + Math.floor(chance.fraction() ** 2 * 6) * dayMs
}

const goBuying = (world: World, customer: Customer): void => {
  const { agenda, chance } = world
  const { home } = customer
  const now = agenda.now()
  const point = pointFor(world, customer)
  if (point === null || point.busyUntil > now) {
    // A queue, or nothing is open: later.
    const wait = point === null ? 3 * hourMs : point.busyUntil - now + chance.whole(5_000, 40_000)
    agenda.plan(now + wait, () => goBuying(world, customer))
    return
  }
  runMeter(world, customer, now)
  if (customer.news === null || chance.happens(home.habits.checksMeter)) {
    customer.news = newsOf(home, writeBackOf(home.meter, { credited: false }))
  }
  const visit = insertCard(world, customer, point)
  const thinks = chance.whole(15_000, 70_000)
  point.busyUntil = now + thinks + 120_000
  agenda.plan(now + thinks, () => buy(visit))
}

/** Where somebody goes: nearly always where they always go. */
const pointFor = ({ points, chance, agenda }: World, { home }: Customer): Point | null => {
  const hour = new Date(agenda.now() + 8 * hourMs).getUTCHours()
  const isOpen = (point: Point) =>
    point.outUntil <= agenda.now() && hour >= point.opens && hour < point.closes
  const near = points.filter((point) => point.area === home.binding.area && isOpen(point))
  const found = near.length > 0 && chance.happens(0.9) ? near : points.filter(isOpen)
  return found.length === 0
    ? null
    : chance.weighted(found.map((point) => [point, point.weight] as const))
}

const buy = (visit: Visit): void => {
  const { world, customer } = visit
  const { agenda, chance } = world
  const tender = wantedBy(visit)
  const quoted = quoteFor(visit, tender)
  if (quoted === null) return leave(visit)
  const tendered = payingWith(visit, tender)
  const paying = tendered.kind === 'cash' ? tendered.notes.length * 4_500 : 18_000
  agenda.plan(agenda.now() + paying + chance.whole(2_000, 8_000), () => {
    const order = reserve(visit, quoted, tendered)
    agenda.plan(agenda.now() + chance.whole(600, 1_500), () => {
      sendScript(visit, order)
      agenda.plan(agenda.now() + chance.whole(2_500, 4_500), () => {
        proveLoad(visit, order, quoted)
        if (tendered.kind === 'payment') endPayment(world, order, 'kept')
        agenda.plan(agenda.now() + chance.whole(4_000, 12_000), () => {
          visit.point.busyUntil = agenda.now()
          takeCard(visit, order.sale)
          agenda.plan(agenda.now() + chance.fraction() * 2 * customer.home.habits.carriesFor, () =>
            takeHome(world, customer, {
              count: order.count,
              energy: order.energy + order.free_energy,
            }),
          )
        })
      })
    })
  })
}

const leave = (visit: Visit): void => {
  takeCard(visit, null)
  planVisit(visit.world, visit.customer)
}

/** What the days until the next visit are going to cost, in the steps in which this home pays. */
const wantedBy = ({ world, customer }: Visit): Minor => {
  const { chance, books, agenda } = world
  const { home } = customer
  const { habits, binding } = home
  const soFar = world.useOf(home.household.kind)
  const now = agenda.now()
  const use = home.perDay * (soFar(now + habits.buysFor * dayMs) - soFar(now))
  const needed = Math.max(use - remainingOf(home.meter) + habits.leaves, use * 0.3)
  const price = { RES: 1.72, SOC: 1.05, COM: 1.86, HOL: 3.7 }[home.household.tariff]
  const debt = books.balanceOf({ kind: 'arrears', owner: binding.customer }) > 0 ? 1.3 : 1
  const wish = needed * price * debt * chance.factor(0.12) + 1_000
  const steps = Math.max(1, Math.round(wish / habits.step))
  return minor(Math.min(200_000, Math.max(1_000, steps * habits.step)))
}

const payingWith = (visit: Visit, tender: Minor): Tendered => {
  const { world, customer, point } = visit
  const { chance, books } = world
  const { home } = customer
  const owner = home.customer.customer
  const balance = minor(-books.balanceOf({ kind: 'customer account', owner }))
  const isEnough = home.customer.frozen === 0 && balance >= tender
  if (isEnough && chance.happens(0.7)) return { kind: 'account' }
  if (point.channel !== 'terminal') {
    return {
      kind: 'payment',
      way: point.channel === 'bank agent' ? 'bank account' : 'bank card',
    }
  }
  const habit = chance.happens(0.85) ? home.habits.tender : 'cash'
  return habit === 'payment' && tender >= 2_000
    ? { kind: 'payment', way: 'bank card' }
    : cashFor(world, tender)
}

/** The card goes into the meter: it takes the purchase, and writes its news. */
const takeHome = (
  world: World,
  customer: Customer,
  bought: { count: number; energy: number },
): void => {
  const { home } = customer
  runMeter(world, customer, world.agenda.now())
  credit(home.meter, bought)
  customer.news = newsOf(home, writeBackOf(home.meter, { credited: true }))
  planVisit(world, customer)
}

export const sumOf = (amounts: readonly Minor[]): Minor => plus(nothing, ...amounts)
export const idOfAccount = accountId
