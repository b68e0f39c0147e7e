// What a price depends on beside the tender, from the books as they stand: tariff, month-to-date, charges, debt.
import { energy, plusEnergy, type Energy } from '../domain/energy.ts'
import type { CustomerNumber } from '../domain/identifiers.ts'
import { minus, most, nothing, type Minor } from '../domain/money.ts'
import { arrearsBalance } from './books.ts'
import { takenBackStates, undecidedStates } from './order-states.ts'
import type { Reading } from './store.ts'
import type { Tables } from './tables.ts'
import {
  fixedChargesDue,
  freeUnitsDue,
  ladderStart,
  localDayOf,
  monthOf,
} from './tariffs/tariff-calendar.ts'
import { tariffInForce } from './tariffs/tariff-calendar.ts'
import { Tariff } from './tariffs/tariff-rules.ts'
import type { Dues } from './tariffs/tariffs.ts'
import { makeUpDue, planOf, tariffCodeOn } from './terms.ts'
import type { Turn } from './turn.ts'

export type BindingRow = Tables['bindings']

/** Only looked at: what a sale asks for may be asked for without one. */
type Asking = Pick<Turn, 'now' | 'policy'> & { work: Reading }

/** The day of the town that a turn falls on, `YYYY-MM-DD`. */
export const dayOf = ({ now, policy }: Pick<Turn, 'now' | 'policy'>): string =>
  localDayOf(new Date(now), policy.timeZone)

/** Null when no version of the binding's tariff is in force: an import that forgot one. */
export const duesOf = async (turn: Asking, binding: BindingRow): Promise<Dues | null> => {
  const day = dayOf(turn)
  const inForce = await tariffOn(turn, binding, day)
  if (inForce === null) return null
  const plan = await planOf(turn.work, binding.customer)
  const tariff = plan === null ? inForce : { ...inForce, arrears: plan }
  return {
    tariff,
    monthToDate: await soldSince(turn, binding, ladderStart(tariff, day)),
    fixedDue: fixedChargesDue({
      tariff,
      chargedThrough: binding.charged_through,
      unpaid: binding.charges_unpaid,
      day,
    }),
    arrearsBalance: await arrearsNotYetPromised(turn.work, binding.customer),
    freeUnitsDue: plusEnergy(
      freeUnitsDue({ tariff, lastGiven: binding.free_units_given, day }),
      await makeUpDue(turn.work, binding.binding),
    ),
  }
}

/** The version in force of the tariff that a binding has on a day; null when there is none. */
export const tariffOn = async (
  asking: { work: Reading },
  binding: BindingRow,
  day: string,
): Promise<Tariff | null> => {
  const code = await tariffCodeOn(asking.work, binding, day)
  return tariffInForce(await tariffsOf(asking, code), { code, day })
}

/** All versions of a tariff, parsed once however often they are asked for. */
export const tariffsOf = async ({ work }: { work: Reading }, code: string): Promise<Tariff[]> => {
  const rows = await work.selectFrom('tariffs').select('rules').where('code', '=', code).execute()
  return rows.map(({ rules }) => parsedTariff(rules))
}

/** A version never changes, so its text says which it is. */
const parsed = new Map<string, Tariff>()
export const parsedTariff = (rules: string): Tariff => {
  const known = parsed.get(rules)
  if (known !== undefined) return known
  const tariff = Tariff.parse(JSON.parse(rules))
  parsed.set(rules, tariff)
  return tariff
}

/** Energy sold to the binding from a day on, free units excluded; what was sold before these books counts too. */
const soldSince = async ({ work }: Asking, binding: BindingRow, day: string): Promise<Energy> => {
  const { sold } = await work
    .selectFrom('orders')
    .select(({ fn }) => fn.sum<Energy | null>('energy').as('sold'))
    .where('binding', '=', binding.binding)
    .where('business_day', '>=', day)
    .where('state', 'not in', takenBackStates)
    .executeTakeFirstOrThrow()
  // `2026-11` of a monthly ladder, `2026` of a yearly one: the period the opening energy was sold in.
  const before = day.startsWith(binding.opening_period) ? binding.opening_energy : energy(0)
  return plusEnergy(sold ?? energy(0), before)
}

/** Old debt less what orders that are still open will repay: it must not be repaid twice, nor given up and repaid. */
export const arrearsNotYetPromised = async (
  books: Reading,
  customer: CustomerNumber,
): Promise<Minor> => {
  const { promised } = await books
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .select(({ fn }) => fn.sum<Minor | null>('orders.arrears').as('promised'))
    .where('bindings.customer', '=', customer)
    .where('orders.state', 'in', undecidedStates)
    .executeTakeFirstOrThrow()
  return most(nothing, minus(await arrearsBalance(books, customer), promised ?? nothing))
}

/** What a loaded order leaves of the charges that were due with it, to be kept in its binding. */
export const chargesAfter = (of: {
  /** As it was before. */
  chargedThrough: string
  businessDay: string
  fixedDue: Dues['arrearsBalance']
  fixedPaid: Dues['arrearsBalance']
  freeUnits: Energy
}): Partial<BindingRow> => ({
  // An order of earlier books may be settled after months that came later were charged.
  charged_through:
    of.chargedThrough > monthOf(of.businessDay) ? of.chargedThrough : monthOf(of.businessDay),
  charges_unpaid: minus(of.fixedDue, of.fixedPaid),
  ...(of.freeUnits > 0 ? { free_units_given: monthOf(of.businessDay) } : {}),
})
