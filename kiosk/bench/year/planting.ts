// What is wrong in the town, and what only looks wrong: each planted in homes of its own, with a label (domain.md 16).
import type { InnocentReason, LossPattern } from '../../../domain/console/losses.ts'
import { dayMs, dayOf } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { HouseholdKind } from './households.ts'
import { runMeter } from './living.ts'
import { writeBackOf } from './meter.ts'
import { newsOf, type Customer } from './customer.ts'
import { after, type World } from './world.ts'

type Seed = {
  pattern: LossPattern
  /** Null: somebody loses by it. */
  innocent: InnocentReason | null
  story: string
  /** Of 100,000 homes; at least one has it. */
  share: number
  /** How many days ago it began. */
  daysAgo: readonly [least: number, most: number]
  among?: readonly HouseholdKind[]
  plant: (of: Planting) => void
}

type Planting = {
  world: World
  customer: Customer
  chance: Chance
  since: number
  /** At so many days from its beginning on. */
  on: (day: number, what: () => void) => void
}

const usesLess = ({ world, customer, on }: Planting, factor: number): void =>
  on(0, () => {
    runMeter(world, customer)
    customer.home.perDay *= factor
  })

const isGone = ({ customer, since }: Planting): void => {
  customer.life.goneFrom = since
}

/** Somebody is at the meter, once the card is at home again: its registers are as they were until then, and the card tells. */
const atMeter = (of: Planting, touch: (meter: Customer['home']['meter']) => void): void => {
  const { world, customer } = of
  const { home } = customer
  if (home.meter.count !== home.card.count) {
    return after(world, dayMs / 4, () => atMeter(of, touch))
  }
  runMeter(world, customer)
  touch(home.meter)
  customer.news = newsOf(home, writeBackOf(home.meter, { credited: false }))
}

const homes = ['flat', 'house', 'small flat'] as const

const seeds: readonly Seed[] = [
  {
    pattern: 'zero buyer',
    innocent: null,
    story: 'A bridge past the meter: nobody buys any more, and the lights are on.',
    share: 120,
    daysAgo: [70, 220],
    among: homes,
    plant: isGone,
  },
  {
    pattern: 'zero buyer',
    innocent: 'vacant',
    story: 'Nobody has lived here since.',
    share: 120,
    daysAgo: [70, 240],
    among: homes,
    plant: (of) => {
      isGone(of)
      usesLess(of, 0.01)
    },
  },
  {
    pattern: 'zero buyer',
    innocent: 'moved away',
    story: 'The family has moved to another town; their card moved with them.',
    share: 80,
    daysAgo: [60, 200],
    among: homes,
    plant: (of) => {
      isGone(of)
      usesLess(of, 0.02)
    },
  },
  {
    pattern: 'zero buyer',
    innocent: 'building gone',
    story: 'The house burnt down.',
    share: 2,
    daysAgo: [100, 200],
    among: ['house'],
    plant: (of) => {
      isGone(of)
      usesLess(of, 0)
    },
  },
  {
    pattern: 'low buyer',
    innocent: null,
    story: 'Half of the rooms are wired past the meter.',
    share: 160,
    daysAgo: [120, 260],
    among: ['house', 'flat', 'shop'],
    plant: (of) => usesLess(of, 0.25 + 0.12 * of.chance.fraction()),
  },
  {
    pattern: 'low buyer',
    innocent: 'own generation',
    story: 'Solar cells on the roof.',
    share: 200,
    daysAgo: [120, 300],
    among: ['house', 'villa'],
    plant: (of) => usesLess(of, 0.35 + 0.2 * of.chance.fraction()),
  },
  {
    pattern: 'low buyer',
    innocent: 'uses little',
    story: 'An old person alone in a large house.',
    share: 120,
    daysAgo: [364, 364],
    among: ['house', 'flat'],
    plant: (of) => usesLess(of, 0.3 + 0.15 * of.chance.fraction()),
  },
  {
    pattern: 'remaining more than bought',
    innocent: null,
    story: 'Somebody has written more energy into the meter than was bought.',
    share: 40,
    daysAgo: [60, 200],
    plant: (of) => {
      for (const day of [0, 45]) {
        of.on(day, () =>
          atMeter(of, (meter) => {
            meter.forged.remaining += of.chance.whole(8_000, 25_000)
          }),
        )
      }
    },
  },
  {
    pattern: 'use more than bought',
    innocent: null,
    story: 'The meter has counted more energy than it ever had.',
    share: 30,
    daysAgo: [60, 200],
    plant: (of) =>
      of.on(0, () =>
        atMeter(of, (meter) => {
          meter.forged.used += of.chance.whole(30_000, 60_000)
        }),
      ),
  },
  {
    pattern: 'credited not sold',
    innocent: null,
    story: 'The meter was credited with energy that nobody sold.',
    share: 30,
    daysAgo: [60, 200],
    plant: (of) => {
      for (const day of [0, 40]) {
        of.on(day, () =>
          atMeter(of, (meter) => {
            meter.totalCredited += of.chance.whole(5_000, 20_000)
          }),
        )
      }
    },
  },
  {
    pattern: 'count too high',
    innocent: null,
    story: 'The meter has a purchase that nobody sold; the office has not looked into it yet.',
    share: 12,
    daysAgo: [45, 70],
    plant: (of) => {
      of.customer.life.inquiryStays = true
      makeCredit(of)
    },
  },
  {
    pattern: 'count gap',
    innocent: null,
    story: 'The meter once had a purchase that nobody sold; the office let the sale go on.',
    share: 30,
    daysAgo: [110, 220],
    plant: (of) => makeCredit(of),
  },
  {
    pattern: 'meter went back',
    innocent: 'meter fault',
    story: 'The battery of the meter was changed, and its clock set wrong.',
    share: 20,
    daysAgo: [60, 200],
    plant: (of) =>
      of.on(0, () =>
        atMeter(of, (meter) => {
          meter.forged.clockMs = -of.chance.whole(300, 900) * dayMs
        }),
      ),
  },
  {
    pattern: 'meter touched',
    innocent: null,
    story: 'The cover is opened again and again, and a magnet is held to it.',
    share: 60,
    daysAgo: [120, 200],
    plant: (of) => {
      for (const day of [0, 30, 55, 80, 110]) {
        of.on(day, () =>
          atMeter(of, (meter) => {
            meter.coverOpenings += of.chance.whole(0, 2)
            meter.magneticFieldEvents += of.chance.whole(1, 4)
          }),
        )
      }
    },
  },
  {
    pattern: 'meter touched',
    innocent: 'wrong card tried',
    story: 'A neighbour’s card was tried by mistake.',
    share: 400,
    daysAgo: [20, 340],
    plant: (of) =>
      of.on(0, () =>
        atMeter(of, (meter) => {
          meter.illegalInsertions++
        }),
      ),
  },
  {
    pattern: 'meter touched',
    innocent: 'office work',
    story: 'The office has changed the meter’s terminals: its cover was opened once.',
    share: 120,
    daysAgo: [20, 340],
    plant: (of) =>
      of.on(0, () =>
        atMeter(of, (meter) => {
          meter.coverOpenings++
        }),
      ),
  },
  {
    pattern: 'card in two places',
    innocent: null,
    story: 'A copy of the card is tried at another kiosk while the card is in one.',
    share: 12,
    daysAgo: [30, 150],
    plant: ({ customer, since }) => {
      customer.life.copied = [since, since + 20 * dayMs]
    },
  },
  {
    pattern: 'unread purchase',
    innocent: null,
    story: 'Bought, and never put into the meter: the home is fed from elsewhere.',
    share: 60,
    daysAgo: [80, 200],
    among: ['flat', 'house', 'small flat', 'shop'],
    plant: ({ customer, since }) => {
      customer.life.unreadFrom = since
    },
  },
]

/** At the next look at the meter it has one count more than was given out. */
const makeCredit = (of: Planting): void =>
  of.on(0, () =>
    atMeter(of, (meter) => {
      meter.count++
      meter.totalCredited += of.chance.whole(10_000, 30_000)
    }),
  )

/** Plants all of them, each in homes that have nothing else. */
export const plant = (
  world: World,
  { customers, chance }: { customers: readonly Customer[]; chance: Chance },
): void => {
  const { calendar, agenda, labels } = world
  const days = Math.round((calendar.until - calendar.from) / dayMs)
  const taken = new Set<Customer>()
  for (const seed of seeds) {
    const count = Math.max(1, Math.round((customers.length * seed.share) / 100_000))
    const among = customers.filter(
      (customer) =>
        !taken.has(customer) &&
        (seed.among ?? usual).includes(customer.home.household.kind) &&
        customer.home.since <= calendar.from,
    )
    for (let each = 0; each < count && among.length > 0; each++) {
      const [customer] = among.splice(chance.whole(0, among.length - 1), 1)
      if (customer === undefined) break
      taken.add(customer)
      customer.planted = true
      const [least, most] = seed.daysAgo
      const ago = Math.min(chance.whole(least, most), days - 1)
      const since = calendar.until - ago * dayMs
      const on = (day: number, what: () => void) => agenda.plan(since + day * dayMs, what)
      seed.plant({ world, customer, chance, since, on })
      labels.push({
        pattern: seed.pattern,
        innocent: seed.innocent,
        story: seed.story,
        since: dayOf(since),
        binding: customer.home.binding.binding,
        customer: customer.home.binding.customer,
        kiosk: null,
        person: null,
      })
    }
  }
}

/** One terminal gives notes of one value back far more often than all others: its sensor is dirty. */
export const plantDirtySensor = (world: World): void => {
  const { points, labels, calendar, diary } = world
  const terminals = points
    .filter(({ channel }) => channel === 'terminal')
    .toSorted((one, other) => other.weight - one.weight)
  const point = terminals[2] ?? terminals[0]
  if (point === undefined) return
  point.returnShare = (value) => (value === 5_000 ? 0.45 : 0.012)
  labels.push({
    pattern: 'notes refused',
    innocent: null,
    story: 'The sensor of the acceptor is dirty: it gives notes of 50.00 back.',
    since: dayOf(Math.max(diary.from, calendar.from)),
    binding: null,
    customer: null,
    kiosk: point.kiosk,
    person: null,
  })
}

const usual: readonly HouseholdKind[] = ['flat', 'house', 'small flat', 'shop', 'workshop', 'villa']
