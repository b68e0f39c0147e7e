// One customer as the office sees them: the account, old debt and its plan, meters, cards, and what awaits a second person.
import type { CustomerInOffice, Plan } from '../../../domain/console/customers.ts'
import { minor } from '../../../domain/money.ts'
import type { CustomerNumber } from '../../../domain/identifiers.ts'
import { accountBalance, arrearsBalance, spendable } from '../../books.ts'
import { dayOf, tariffOn } from '../../dues.ts'
import { undecidedStates } from '../../order-states.ts'
import type { Reading } from '../../store.ts'
import { readingConsole } from '../console-tables.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { bindingsInOffice } from './bindings-in-office.ts'

const yearMs = 365 * 86_400_000

export const customerInOffice = async (
  looking: Looking,
  customer: CustomerNumber,
): Promise<Told<CustomerInOffice>> => {
  const { read } = looking
  const row = await read
    .selectFrom('customers')
    .selectAll()
    .where('customer', '=', customer)
    .executeTakeFirst()
  if (row === undefined) return refusedAs(404, 'no such customer')
  return told({
    customer,
    shortName: row.short_name,
    address: row.address,
    hasAccount: row.has_account === 1,
    balance: await accountBalance(read, customer),
    overdraft: row.overdraft,
    spendable: row.has_account === 1 ? await spendable(read, customer) : 0,
    frozen: row.frozen === 1,
    blocked: row.blocked === 1,
    arrears: await arrearsOf(looking, customer),
    bindings: await bindingsInOffice(looking, row),
    purchases: await purchasesSince(read, customer, looking.now - yearMs),
    waiting: await waitingFor(read, customer),
  })
}

const arrearsOf = async (
  { read, now, config }: Looking,
  customer: CustomerNumber,
): Promise<CustomerInOffice['arrears']> => {
  const own = await read
    .selectFrom('arrears_plans')
    .selectAll()
    .where('customer', '=', customer)
    .executeTakeFirst()
  const orders = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .select(['orders.arrears', 'orders.state', 'orders.loaded_at'])
    .where('bindings.customer', '=', customer)
    .where('orders.arrears', '>', minor(0))
    .execute()
  const sum = (rows: typeof orders): number => rows.reduce((all, row) => all + row.arrears, 0)
  return {
    owed: await arrearsBalance(read, customer),
    promised: sum(orders.filter(({ state }) => undecidedStates.includes(state))),
    own:
      own === undefined
        ? null
        : {
            share: own.share,
            cap: own.cap,
            leastEnergyShare: own.least_energy_share,
            since: own.since,
          },
    ofTariff: await planOfTariff({ read, now, config }, customer),
    repaidIn12Months: sum(
      orders.filter(
        ({ state, loaded_at }) =>
          (state === 'LOADED' || state === 'METER_CREDITED') && (loaded_at ?? 0) > now - yearMs,
      ),
    ),
  }
}

/** Of the first of the customer's meters: mostly there is one, and mostly one tariff. */
const planOfTariff = async (
  { read, now, config }: Pick<Looking, 'read' | 'now' | 'config'>,
  customer: CustomerNumber,
): Promise<Plan | null> => {
  const binding = await read
    .selectFrom('bindings')
    .selectAll()
    .where('customer', '=', customer)
    .orderBy('binding')
    .executeTakeFirst()
  if (binding === undefined) return null
  const day = dayOf({ now, policy: config.policy })
  return (await tariffOn({ work: read }, binding, day))?.arrears ?? null
}

const purchasesSince = async (
  read: Reading,
  customer: CustomerNumber,
  since: number,
): Promise<CustomerInOffice['purchases']> => {
  const { count, tender, energy, last } = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('orders.tender').as('tender'),
      fn.sum<number | null>('orders.energy').as('energy'),
      fn.max<number | null>('orders.created_at').as('last'),
    ])
    .where('bindings.customer', '=', customer)
    .where('orders.created_at', '>=', since)
    .where('orders.state', 'in', ['LOADED', 'METER_CREDITED'])
    .executeTakeFirstOrThrow()
  return { count, tender: tender ?? 0, energy: energy ?? 0, last }
}

/** Proposals name the customer first in their subject. */
const waitingFor = (
  read: Reading,
  customer: CustomerNumber,
): Promise<CustomerInOffice['waiting']> =>
  readingConsole(read)
    .selectFrom('approvals')
    .select(['approval', 'kind', 'subject'])
    .where('state', '=', 'open')
    .where('subject', 'like', `customer ${customer}%`)
    .orderBy('proposed_at')
    .execute()
