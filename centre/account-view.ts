// What the screen may show of an account: enough for its owner, too little for a stranger with a found card.
import type { AccountView } from '../domain/centre-messages.ts'
import { plusEnergy } from '../domain/energy.ts'
import { masked, type CardSerial } from '../domain/identifiers.ts'
import { arrearsBalance, shownBalance, spendable } from './books.ts'
import { dayOf, tariffOn, type BindingRow } from './dues.ts'
import { runsOutAt } from './forecast.ts'
import { lastWriteBack } from './headroom.ts'
import type { Tables } from './tables.ts'
import { momentOf, type Turn } from './turn.ts'

export type CustomerRow = Tables['customers']

/** As many as fit a screen. */
const purchasesShown = 6

export const accountViewOf = async (
  turn: Turn,
  of: { binding: BindingRow; customer: CustomerRow; serial: CardSerial },
): Promise<AccountView> => {
  const { binding, customer, serial } = of
  const tariff = await tariffOn(turn, binding, dayOf(turn))
  return {
    shortName: customer.short_name,
    address: customer.address,
    meter: masked(binding.meter),
    card: masked(serial),
    customer: masked(customer.customer),
    tariff: {
      code: tariff?.code ?? binding.tariff,
      name: tariff?.names.en ?? binding.tariff,
    },
    balance: await shownBalance(turn.work, customer.customer),
    spendable: customer.has_account === 1 ? await spendable(turn.work, customer.customer) : null,
    arrears: await arrearsBalance(turn.work, customer.customer),
    ...(await reading(turn, binding)),
    lastPurchases: await purchases(turn, binding),
  }
}

const reading = async (
  turn: Turn,
  binding: BindingRow,
): Promise<Pick<AccountView, 'meterReading' | 'runsOutAt'>> => {
  const last = await lastWriteBack(turn, binding.binding)
  if (last === undefined) return { meterReading: null, runsOutAt: null }
  const runsOut = runsOutAt({
    remaining: last.remaining,
    at: last.meter_time,
    usedThisMonth: last.used_this_month,
    usedLastMonth: last.used_last_month,
    timeZone: turn.policy.timeZone,
  })
  return {
    meterReading: {
      remaining: last.remaining,
      at: momentOf(last.meter_time),
      usedThisMonth: last.used_this_month,
      usedLastMonth: last.used_last_month,
    },
    // A day that is over says only that the reading is old.
    runsOutAt: runsOut === null || runsOut < turn.now ? null : momentOf(runsOut),
  }
}

const purchases = async (
  { work }: Turn,
  { binding }: BindingRow,
): Promise<AccountView['lastPurchases']> => {
  const orders = await work
    .selectFrom('orders')
    .select(['created_at', 'tender', 'energy', 'free_energy', 'state'])
    .where('binding', '=', binding)
    .orderBy('created_at', 'desc')
    .limit(purchasesShown)
    .execute()
  const earlier = await work
    .selectFrom('earlier_purchases')
    .select(['at', 'tender', 'energy', 'count'])
    .where('binding', '=', binding)
    .orderBy('count', 'desc')
    .limit(purchasesShown)
    .execute()
  const { credited } = await work
    .selectFrom('bindings')
    .select('credited')
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  return [
    ...orders.map((it) => ({
      at: it.created_at,
      tender: it.tender,
      energy: plusEnergy(it.energy, it.free_energy),
      state: it.state,
    })),
    ...earlier.map((it) => ({
      at: it.at,
      tender: it.tender,
      energy: it.energy,
      state: it.count <= credited ? ('METER_CREDITED' as const) : ('LOADED' as const),
    })),
  ]
    .toSorted((one, other) => other.at - one.at)
    .slice(0, purchasesShown)
    .map((it) => ({ ...it, at: momentOf(it.at) }))
}
