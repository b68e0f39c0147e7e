// What was agreed with one customer beside the tariff: a plan for old debt, another tariff from a day on, make-up energy.
import { energy, noEnergy, plusEnergy, type Energy } from '../domain/energy.ts'
import type { CustomerNumber } from '../domain/identifiers.ts'
import { takenBackStates } from './order-states.ts'
import type { Reading } from './store.ts'
import type { Tables } from './tables.ts'
import type { ArrearsPlan } from './tariffs/tariff-rules.ts'

type Binding = Pick<Tables['bindings'], 'binding' | 'tariff'>

/** Null: as the tariff has it. */
export const planOf = async (
  books: Reading,
  customer: CustomerNumber,
): Promise<ArrearsPlan | null> => {
  const row = await books
    .selectFrom('arrears_plans')
    .selectAll()
    .where('customer', '=', customer)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { share: row.share, cap: row.cap, leastEnergyShare: row.least_energy_share }
}

/** The code of the tariff that a binding has on a day, `YYYY-MM-DD`. */
export const tariffCodeOn = async (
  books: Reading,
  { binding, tariff }: Binding,
  day: string,
): Promise<string> => {
  const assigned = await books
    .selectFrom('tariff_assignments')
    .select('tariff')
    .where('binding', '=', binding)
    .where('from_day', '<=', day)
    .orderBy('from_day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return assigned?.tariff ?? tariff
}

/** Booked for the binding and not with any order yet; what an order promised that was taken back is due again. */
export const makeUpDue = async (books: Reading, binding: string): Promise<Energy> => {
  const booked = await books
    .selectFrom('make_up_energy')
    .select('energy')
    .where('binding', '=', binding)
    .execute()
  if (booked.length === 0) return noEnergy
  const given = await books
    .selectFrom('make_up_given')
    .innerJoin('orders', 'orders.order_number', 'make_up_given.order_number')
    .select('make_up_given.energy')
    .where('make_up_given.binding', '=', binding)
    .where('orders.state', 'not in', takenBackStates)
    .execute()
  const sum = (rows: readonly { energy: Energy }[]): Energy =>
    plusEnergy(noEnergy, ...rows.map((row) => row.energy))
  return energy(Math.max(0, sum(booked) - sum(given)))
}
