// The sales of one month under one tariff, some meters at a time, with everything their prices rested on.
import { noEnergy, type Energy } from '../../../domain/energy.ts'
import type { Minor } from '../../../domain/money.ts'
import { takenBackStates } from '../../order-states.ts'
import type { Reading } from '../../store.ts'
import type { ArrearsPlan } from '../../tariffs/tariff-rules.ts'

export type SaleThen = {
  orderNumber: string
  binding: string
  at: number
  /** Business day. */
  day: string
  /** A Quote as JSON. */
  priced: string
  fixedDue: Minor
  /** How the charges stood before it; null where the books do not say. */
  before: { chargedThrough: string; unpaid: Minor; freeUnitsGiven: string | null } | null
  openingEnergy: Energy
  openingPeriod: string
  /** Sold in the months of the same year before it; 0 where nobody has to know. */
  soldBeforeMonth: Energy
  plan: ArrearsPlan | null
}

/** The month before that of a day, `YYYY-MM`. */
export const monthBefore = (day: string): string => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7)
}

export const salesOf = async (
  read: Reading,
  of: { code: string; month: string; yearly: boolean; after: string | null; limit: number },
): Promise<{ bindings: string[]; sales: SaleThen[]; done: number; of: number }> => {
  const { code, month } = of
  const rows = await read
    .selectFrom('bindings')
    .select('binding')
    .where('tariff', '=', code)
    .where('binding', '>', of.after ?? '')
    .orderBy('binding')
    .limit(of.limit)
    .execute()
  const bindings = rows.map(({ binding }) => binding)
  const count = async (through: string | undefined): Promise<number> => {
    let query = read
      .selectFrom('bindings')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('tariff', '=', code)
    if (through !== undefined) query = query.where('binding', '<=', through)
    return (await query.executeTakeFirstOrThrow()).count
  }
  const last = bindings.at(-1)
  return {
    bindings,
    sales: last === undefined ? [] : await salesIn(read, { ...of, bindings, month }),
    done: last === undefined ? await count(undefined) : await count(last),
    of: await count(undefined),
  }
}

const salesIn = async (
  read: Reading,
  of: { bindings: string[]; month: string; yearly: boolean },
): Promise<SaleThen[]> => {
  const rows = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .innerJoin('quotes', 'quotes.quote', 'orders.quote')
    .leftJoin('loads', 'loads.order_number', 'orders.order_number')
    .leftJoin('arrears_plans', 'arrears_plans.customer', 'bindings.customer')
    .select([
      'orders.order_number',
      'orders.binding',
      'orders.created_at',
      'orders.business_day',
      'quotes.priced',
      'quotes.fixed_due',
      'bindings.opening_energy',
      'bindings.opening_period',
      'loads.charged_through',
      'loads.charges_unpaid',
      'loads.free_units_given',
      'arrears_plans.share',
      'arrears_plans.cap',
      'arrears_plans.least_energy_share',
    ])
    .where('orders.binding', 'in', of.bindings)
    .where('orders.business_day', '>=', `${of.month}-01`)
    .where('orders.business_day', '<=', `${of.month}-31`)
    .where('orders.state', 'in', ['LOADED', 'METER_CREDITED'])
    .orderBy('orders.binding')
    .orderBy('orders.created_at')
    .execute()
  const before = of.yearly ? await soldBeforeMonth(read, of) : new Map<string, Energy>()
  return rows.map((row) => ({
    orderNumber: row.order_number,
    binding: row.binding,
    at: row.created_at,
    day: row.business_day,
    priced: row.priced,
    fixedDue: row.fixed_due,
    before:
      row.charged_through === null || row.charges_unpaid === null
        ? null
        : {
            chargedThrough: row.charged_through,
            unpaid: row.charges_unpaid,
            freeUnitsGiven: row.free_units_given,
          },
    openingEnergy: row.opening_energy,
    openingPeriod: row.opening_period,
    soldBeforeMonth: before.get(row.binding) ?? noEnergy,
    plan:
      row.share === null || row.least_energy_share === null
        ? null
        : { share: row.share, cap: row.cap, leastEnergyShare: row.least_energy_share },
  }))
}

const soldBeforeMonth = async (
  read: Reading,
  { bindings, month }: { bindings: string[]; month: string },
): Promise<Map<string, Energy>> => {
  const rows = await read
    .selectFrom('orders')
    .select(({ fn }) => ['binding', fn.sum<Energy>('energy').as('sold')])
    .where('binding', 'in', bindings)
    .where('business_day', '>=', `${month.slice(0, 4)}-01-01`)
    .where('business_day', '<', `${month}-01`)
    .where('state', 'not in', takenBackStates)
    .groupBy('binding')
    .execute()
  return new Map(rows.map(({ binding, sold }) => [binding, sold]))
}
