// A year of a town, from its first morning to now: planned by chance from a seed, told row by row.
import { energy, noEnergy } from '../../../domain/energy.ts'
import { OrderNumber } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { balancesTakenOver } from '../../../centre/ledger.ts'
import { agenda } from './agenda.ts'
import { alertBook } from './alert-book.ts'
import { booksOn, type Books, type RowWriter } from './books.ts'
import { calendarOf, dayMs, dayOf } from './calendar.ts'
import { lookAfterBoxes } from './cash-boxes.ts'
import { chanceOf, type Chance } from './chance.ts'
import { diaryOf } from './diary.ts'
import { makeClaims } from './claims.ts'
import { plantDisputes } from './disputes.ts'
import { letFail } from './faults.ts'
import { countDays, wearBegan, wearFailed, wearingOf, writeFleet } from './fleet-rows.ts'
import { homesOf, type Home } from './homes.ts'
import { useOf, type HouseholdKind, type UseSoFar } from './households.ts'
import type { Planted } from './labels.ts'
import { beginLiving } from './living.ts'
import { areasOf, pointsOfSale } from './places.ts'
import { lookIntoAlerts } from './office.ts'
import { peopleFor } from './people.ts'
import { plant, plantDirtySensor } from './planting.ts'
import type { Customer } from './customer.ts'
import { yearTariffs } from './tariffs.ts'
import { openPoint, type World } from './world.ts'

export type YearOf = {
  seed: number
  /** Points of sale, most of them kiosks. */
  kiosks: number
  customers: number
  days: number
  /** Days of the kiosks' journals that the centre has. */
  journalDays: number
  /** The year ends at this moment, ms since 1970. */
  now: number
}

/** The one that is made at once, and the one that takes minutes. */
export type YearSize = 'none' | 'small' | 'full'

export const smallTown = { seed: 1, kiosks: 8, customers: 250, days: 365, journalDays: 60 } as const
export const fullTown = {
  seed: 1,
  kiosks: 100,
  customers: 50_000,
  days: 365,
  journalDays: 14,
} as const

/** Running numbers of orders begin above this: those below are of purchases before the year. */
const firstRunning = 100_000

/**
 * Writes every row of the year; the same `of` writes the same rows. Gives, day by day, how many days are over, and what was
 * planted at the end.
 */
export function* tellYear(of: YearOf, writer: RowWriter): Generator<number, Planted> {
  const world = openTown(of, writer)
  const { calendar, books, agenda } = world
  writeTown(world)
  world.diary.begin()
  const before = chanceOf(of.seed, 'before')
  const homes = homesOf({ ...of, areas: world.areas, calendar }, chanceOf(of.seed, 'homes'))
  const customers = homes.map((home): Customer => {
    // A new home is opened when it is there.
    agenda.plan(home.since, () => writeHome(books, home, { at: home.since, chance: before }))
    return customerOf(home)
  })
  plant(world, { customers, chance: chanceOf(of.seed, 'planted') })
  for (const customer of customers) labelNewcomer(world, customer)
  for (const customer of customers) beginLiving(world, customer)
  runKiosks(world)
  makeClaims(world, customers)
  const disputes: Planted['disputes'] = []
  plantDisputes(world, { customers, disputes })
  for (let day = 0; day <= of.days; day++) {
    agenda.run(Math.min(of.now, calendar.from + (day + 1) * dayMs))
    yield day
  }
  world.diary.close(of.now)
  writeFleet(world, world.diary.heads)
  books.close()
  return { seed: of.seed, labels: world.labels, disputes, wear: wearOf(world) }
}

/** Few purchases, because nobody lived there before. */
const labelNewcomer = ({ labels, calendar }: World, { home }: Customer): void => {
  if (home.since <= calendar.from) return
  labels.push({
    pattern: 'low buyer',
    innocent: 'other',
    story: 'A new home: its meter was opened in the middle of the year.',
    since: dayOf(home.since),
    binding: home.binding.binding,
    customer: home.binding.customer,
    kiosk: null,
    person: null,
  })
}

const openTown = (of: YearOf, writer: RowWriter): World => {
  const calendar = calendarOf(of)
  const books = booksOn(writer, { 'order number': Math.max(firstRunning, of.customers) })
  const areas = areasOf(of.kiosks)
  const places = chanceOf(of.seed, 'places')
  const points = pointsOfSale({ ...of, areas }, places)
  const uses = new Map<HouseholdKind, UseSoFar>()
  return {
    agenda: agenda(calendar.from),
    books,
    alerts: alertBook(books),
    diary: diaryOf(books, {
      from: of.now - of.journalDays * dayMs,
      kiosks: points.filter(({ channel }) => channel === 'terminal').map(({ kiosk }) => kiosk),
    }),
    labels: [],
    people: peopleFor(of.kiosks),
    calendar,
    chance: chanceOf(of.seed, 'year'),
    areas,
    points: points.map((point) => openPoint(point, { from: calendar.from, chance: places })),
    tariffs: yearTariffs({ from: calendar.from, now: of.now }),
    useOf: (kind) => {
      const known = uses.get(kind) ?? useOf(kind, calendar)
      uses.set(kind, known)
      return known
    },
  }
}

const customerOf = (home: Home): Customer => ({
  home,
  news: null,
  lastBack: null,
  credits: new Map(),
  chip: { ef02: null, records: [] },
  order: null,
  sold: { since: '', energy: noEnergy },
  life: {
    goneFrom: Infinity,
    unreadFrom: Infinity,
    copied: [],
    inquiryStays: false,
    isOut: false,
    turn: 0,
  },
  planted: false,
})

/** Boxes are fetched, devices fail, and every day is counted. */
const runKiosks = (world: World): void => {
  const { people, points, labels, calendar } = world
  const terminals = points.filter(({ channel }) => channel === 'terminal')
  for (const [place, point] of terminals.entries()) {
    const collector = people.collectors[place % people.collectors.length]
    if (collector !== undefined) lookAfterBoxes(world, point, collector)
  }
  for (const { person, takes } of people.collectors) {
    if (takes === 0) continue
    labels.push({
      pattern: 'boxes short',
      innocent: null,
      story: 'A collector takes a note or two out of every other box.',
      since: dayOf(calendar.from),
      binding: null,
      customer: null,
      kiosk: null,
      person,
    })
  }
  plantDirtySensor(world)
  letFail(world)
  lookIntoAlerts(world)
  countDays(world)
}

const wearOf = (world: World): Planted['wear'] => {
  const [first, second] = wearingOf(world)
  const since = wearBegan(world)
  return [
    ...(first === undefined
      ? []
      : [{ kiosk: first.kiosk, wear: 'rejects rise' as const, since, failed: wearFailed(world) }]),
    ...(second === undefined
      ? []
      : [{ kiosk: second.kiosk, wear: 'line errors rise' as const, since, failed: null }]),
  ]
}

const writeTown = ({ books, areas, points, tariffs }: World): void => {
  for (const area of areas) books.insert('areas', area)
  for (const { kiosk, place, channel, area } of points)
    books.insert('kiosks', { kiosk, place, channel, area })
  for (const tariff of tariffs) {
    const { code, validFrom } = tariff
    books.insert('tariffs', { code, valid_from: validFrom, rules: JSON.stringify(tariff) })
  }
}

/** A customer with meter, card and the last purchase before the year; what they owe and own comes with them. */
const writeHome = (
  books: Books,
  home: Home,
  { at: from, chance }: { at: number; chance: Chance },
): void => {
  const { customer, binding, card, opening } = home
  const at = from - chance.whole(1, 25) * dayMs
  const running = String(home.place + 1).padStart(10, '0')
  const number = OrderNumber.parse(`${dayOf(at).replaceAll('-', '').slice(2)}${running}`)
  books.insert('customers', customer)
  books.insert('bindings', binding)
  const isNew = binding.credited === 0
  const carried = isNew ? {} : { order_number: number }
  Object.assign(card, { ...carried, sequence: books.next('sequence') })
  books.insert('cards', card)
  if (isNew) return
  books.insert('earlier_purchases', {
    order_number: number,
    binding: binding.binding,
    count: binding.credited,
    at: at + chance.whole(8 * 3_600_000, 20 * 3_600_000),
    tender: minor(chance.whole(2, 40) * 1_000),
    energy: energy(chance.whole(1_000, 20_000)),
  })
  if (opening.account > 0 || opening.arrears > 0) {
    books.post(balancesTakenOver({ customer: customer.customer, ...opening }), from)
  }
}
