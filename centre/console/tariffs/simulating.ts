// "This customer, this amount, on this day": priced by the very code that a kiosk is answered by, with nothing written.
import type { z } from 'zod'
import type { Simulation, SimulationAsked } from '../../../domain/console/tariffs.ts'
import { energy } from '../../../domain/energy.ts'
import { minor } from '../../../domain/money.ts'
import { duesOf, type BindingRow } from '../../dues.ts'
import { headroomOf } from '../../headroom.ts'
import { priceWish } from '../../quotes.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { planOf } from '../../terms.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { named, onDay } from '../lines.ts'
import { readingOffice } from '../customers/customers-tables.ts'
import { todayOf } from './tariffs-in-office.ts'

const hourMs = 3_600_000

/** As if nothing was bought until then, and the meter had not used anything. */
export const simulate = async (
  looking: Looking,
  asked: z.infer<typeof SimulationAsked>,
): Promise<Told<Simulation>> => {
  const { read, config } = looking
  const { policy } = config
  const today = todayOf(looking)
  const day = asked.day ?? today
  // What was sold, owed and charged is known as it is now, not as it was on some day before.
  if (day < today) return refusedAs(409, 'day is over')
  const customer = await read
    .selectFrom('customers')
    .select('short_name')
    .where('customer', '=', asked.customer)
    .executeTakeFirst()
  if (customer === undefined) return refusedAs(404, 'no such customer')
  const bindings = await bindingsOf(read, asked.customer)
  const binding =
    asked.binding === undefined
      ? bindings[0]
      : bindings.find((row) => row.binding === asked.binding)
  if (binding === undefined) return refusedAs(404, 'meter of another customer')
  const now = day === today ? looking.now : momentOn(day, policy.timeZone)
  const dues = await duesOf({ work: read, now, policy }, binding)
  if (dues === null)
    return refusedAs(409, 'no version in force', { tariff: named(binding.tariff), day: onDay(day) })
  const headroom = await headroomOf({ work: read }, binding)
  const wish =
    asked.by === 'money'
      ? ({ kind: 'money', tender: minor(asked.wanted) } as const)
      : ({ kind: 'energy', energy: energy(asked.wanted) } as const)
  const wished = priceWish({ wish, dues, headroom, policy })
  return told({
    day,
    shortName: customer.short_name,
    meter: binding.meter,
    binding: binding.binding,
    bindings: bindings.map((row) => ({ binding: row.binding, meter: row.meter })),
    tariff: {
      code: dues.tariff.code,
      names: dues.tariff.names,
      validFrom: dues.tariff.validFrom,
    },
    from: {
      soldThisPeriod: dues.monthToDate,
      fixedDue: dues.fixedDue.amount,
      fixedPeriod: dues.fixedDue.period,
      arrears: dues.arrearsBalance,
      plan: dues.tariff.arrears,
      ownPlan: (await planOf(read, asked.customer)) !== null,
      freeUnits: dues.freeUnitsDue,
      headroom,
    },
    limits: wished.limits,
    outcome:
      wished.kind === 'priced'
        ? { kind: 'priced', priced: wished.priced }
        : { kind: 'refused', why: wished.why },
  })
}

/** Those that have not ended first. */
const bindingsOf = async (
  read: Reading,
  customer: BindingRow['customer'],
): Promise<BindingRow[]> => {
  const rows = await read
    .selectFrom('bindings')
    .selectAll()
    .where('customer', '=', customer)
    .orderBy('binding')
    .execute()
  const changes = await readingOffice(read)
    .selectFrom('meter_changes')
    .select('ended')
    .where(
      'ended',
      'in',
      rows.map(({ binding }) => binding),
    )
    .execute()
  const ended = new Set(changes.map((row) => row.ended))
  return rows.filter(({ binding }) => !ended.has(binding))
}

/** A moment in the middle of a day of the town, wherever the town is. */
const momentOn = (day: string, timeZone: string): number => {
  const noon = Date.parse(`${day}T12:00:00Z`)
  return (
    [noon, noon - 12 * hourMs, noon + 10 * hourMs].find(
      (moment) => localDayOf(new Date(moment), timeZone) === day,
    ) ?? noon
  )
}
