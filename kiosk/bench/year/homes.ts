// Who lives and works in the town: customers with their meter and card, and how each of them buys.
import {
  CardSerial,
  CustomerNumber,
  MeterNumber,
  OrderNumber,
} from '../../../domain/identifiers.ts'
import { unitFlag } from '../../../domain/power-card/parameters.ts'
import { noOrder } from '../../../domain/power-card/purchase.ts'
import { minor, type Minor } from '../../../domain/money.ts'
import { energy, type Energy } from '../../../domain/energy.ts'
import type { Tables } from '../../../centre/tables.ts'
import { dayMs, monthBefore, monthOf, type Calendar } from './calendar.ts'
import type { Chance } from './chance.ts'
import { households, type Household } from './households.ts'
import type { Meter } from './meter.ts'
import type { Area } from './places.ts'

export type Home = {
  /** Counted from 0: the same in all numbers that are its own. */
  place: number
  household: Household
  customer: Tables['customers']
  /** As the books have it now: changes through the year. */
  binding: Tables['bindings']
  card: Tables['cards']
  meter: Meter
  /** On a usual day, in 0.01 kWh. */
  perDay: number
  /** What it brings into these books. */
  opening: { account: Minor; arrears: Minor }
  /** When it is opened, if not before the year. */
  since: number
  habits: Habits
}

export type Habits = {
  /** Some buy when wages come, whatever is left; the others when little is left. */
  day: 'first of the month' | 'when needed'
  /** For how many days at once, and what is left when they go, in 0.01 kWh. */
  buysFor: number
  leaves: number
  tender: 'cash' | 'payment' | 'account'
  /** To whole notes of 50, or to any amount in steps of 5. */
  step: number
  /** How long a purchase lies on the card before it comes into the meter. */
  carriesFor: number
  /** Likelihood of another look at the meter just before buying. */
  checksMeter: number
}

export const homesOf = (
  of: { customers: number; areas: readonly Area[]; calendar: Calendar },
  chance: Chance,
): Home[] => Array.from({ length: of.customers }, (_, place) => homeOf({ ...of, place }, chance))

const homeOf = (
  of: { place: number; areas: readonly Area[]; calendar: Calendar },
  chance: Chance,
): Home => {
  const { place, calendar } = of
  const household = chance.weighted(households.map((each) => [each, each.share] as const))
  const perDay = Math.round(household.perDay * chance.factor(household.spread))
  const isSocial = household.tariff === 'SOC'
  const opening = {
    account: minor(chance.happens(0.3) ? chance.whole(0, 240) * 50 : 0),
    arrears: minor(
      chance.happens(isSocial ? 0.22 : 0.09) ? chance.whole(10, isSocial ? 900 : 1500) * 100 : 0,
    ),
  }
  const customer = customerOf(place, chance)
  const since = chance.happens(0.03)
    ? chance.whole(calendar.from + 20 * dayMs, Math.max(calendar.from, calendar.until - 15 * dayMs))
    : calendar.from
  const isNew = since > calendar.from
  const binding = bindingOf({ ...of, household, customer, since }, chance)
  const count = isNew ? 0 : chance.whole(2, 40)
  // A new meter has its first energy from the preset card of whoever opens it.
  const bought = isNew ? 2_000 : count * perDay * 25
  const remaining = isNew ? 2_000 : Math.round(perDay * chance.whole(1, 30))
  return {
    place,
    household,
    customer,
    binding: { ...binding, credited: count },
    card: cardOf(place, binding.binding, count),
    meter: {
      number: binding.meter,
      customer: customer.customer,
      overdraftLimit: binding.overdraft_limit,
      alarm1: binding.alarm_1,
      alarm2: binding.alarm_2,
      at: since,
      count,
      totalCredited: bought,
      totalUsed: bought - remaining,
      usedThisMonth: 0,
      usedLastMonth: 0,
      rest: 0,
      illegalInsertions: chance.happens(0.06) ? chance.whole(1, 3) : 0,
      coverOpenings: chance.happens(0.04) ? 1 : 0,
      magneticFieldEvents: 0,
      reverseEnergyEvents: 0,
      forged: { remaining: 0, used: 0, clockMs: 0 },
    },
    perDay,
    opening,
    since,
    habits: habitsOf(household, chance),
  }
}

const habitsOf = ({ kind, buysFor, leaves }: Household, chance: Chance): Habits => ({
  day:
    kind === 'flat' || kind === 'house' || kind === 'small flat'
      ? chance.weighted([
          ['first of the month', 34],
          ['when needed', 66],
        ])
      : 'when needed',
  buysFor: chance.whole(buysFor[0], buysFor[1]),
  leaves: chance.whole(leaves[0], leaves[1]),
  tender: chance.weighted([
    ['cash', kind === 'small flat' ? 80 : 60],
    ['payment', kind === 'small flat' ? 12 : 32],
    ['account', 8],
  ]),
  step: chance.weighted([
    [500, 15],
    [1_000, 35],
    [5_000, 50],
  ]),
  carriesFor: chance.weighted([
    [0.08 * dayMs, 60],
    [0.4 * dayMs, 30],
    [1.6 * dayMs, 10],
  ]),
  checksMeter: chance.weighted([
    [0.1, 50],
    [0.5, 30],
    [0.9, 20],
  ]),
})

const initials = 'ABCDEFGHJKLMNOPRSTWXYZ'
const surnames = [
  'Chen',
  'Li',
  'Wang',
  'Zhang',
  'Liu',
  'Yang',
  'Zhao',
  'Huang',
  'Zhou',
  'Wu',
  'Xu',
  'Sun',
  'Ma',
  'Zhu',
  'Hu',
  'Guo',
  'He',
  'Lin',
  'Gao',
  'Luo',
  'Haddad',
  'Nasser',
  'Farouk',
  'Aziz',
  'Rahman',
  'Ibrahim',
  'Saleh',
  'Mansour',
  'Khalil',
  'Carter',
  'Jones',
  'Brown',
  'Hughes',
  'Novak',
  'Petrov',
  'Fernandez',
  'Silva',
  'Okafor',
  'Adeyemi',
  'Mbeki',
  'Singh',
  'Patel',
  'Kim',
  'Park',
  'Tanaka',
]
const streets = [
  'Willow Lane',
  'Harbour Street',
  'Mill Hill',
  'Garden Row',
  'Station Road',
  'Chapel Close',
  'Bridge Street',
  'Orchard Way',
  'New Quarter',
  'Lake View',
  'Quarry Road',
  'Market Square',
  'Well Lane',
  'Elm Court',
  'River Walk',
  'Hill Rise',
  'Foundry Street',
  'School Lane',
]

/** Numbers from 800001 on; the bench has those below. */
const customerOf = (place: number, chance: Chance): Tables['customers'] => ({
  customer: CustomerNumber.parse(String(800_001 + place).padStart(12, '0')),
  short_name: `${chance.pick(Array.from(initials))}. ${chance.pick(surnames)}`,
  address: `${chance.whole(1, 180)} ${chance.pick(streets)}, ${chance.pick(['flat', 'house', 'unit'])} •`,
  overdraft: minor(chance.happens(0.05) ? 5_000 : 0),
  frozen: chance.happens(0.002) ? 1 : 0,
  blocked: 0,
  has_account: 1,
})

const bindingOf = (
  of: {
    place: number
    areas: readonly Area[]
    calendar: Calendar
    household: Household
    customer: Tables['customers']
    since: number
  },
  chance: Chance,
): Tables['bindings'] => {
  const meter = MeterNumber.parse(String(50_000_001 + of.place).padStart(12, '0'))
  const before = monthBefore(monthOf(of.since))
  return {
    binding: `${meter}-1`,
    customer: of.customer.customer,
    meter,
    tariff: of.household.tariff,
    area: chance.pick(of.areas).area,
    meter_key_version: 1,
    unit_flags: unitFlag.energyMode,
    currency: 156,
    ct_ratio: 1,
    pt_ratio: 1,
    alarm_1: 1_000,
    alarm_2: 300,
    hoarding_limit: hoardingLimitOf(of.household),
    overdraft_limit: chance.happens(0.3) ? 1_000 : 0,
    credited: 0,
    inquiry: null,
    opening_energy: energy(0),
    opening_period: before,
    charged_through: before,
    charges_unpaid: minor(0),
    free_units_given: null,
    prices_sent: null,
  }
}

const hoardingLimitOf = ({ perDay }: Household): Energy => energy(Math.max(200_000, perDay * 150))

const cardOf = (place: number, binding: string, count: number): Tables['cards'] => ({
  serial: CardSerial.parse(`59${(0x1000000 + place * 0x107).toString(16).padStart(14, '0')}`),
  binding,
  issue_number: 0,
  key_version: 1,
  status: 'in use',
  count,
  order_number: OrderNumber.parse(noOrder),
  in_meter: 1,
  sequence: 0,
})
