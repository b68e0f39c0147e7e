// Homes as they stand in the books at the end of a day, so many at a time that nobody waits for it.
import { energy } from '../../domain/energy.ts'
import type { Reading } from '../store.ts'
import { readingOffice } from '../console/customers/customers-tables.ts'
import { soldStates, type Home } from './home.ts'

export type Slice = { homes: Home[]; last: string | null }

/** `from`, `until`: ms since 1970; `firstDay`: the same as `from`, `YYYY-MM-DD`. Nothing outside is looked at. */
export type Span = { from: number; until: number; firstDay: string }

/** `after`: the binding before the first of the slice; `only`: that one and no other. */
export const readHomes = async (
  read: Reading,
  of: Span & ({ after: string; most: number } | { only: string }),
): Promise<Slice> => {
  const bindings = await readingOffice(read)
    .selectFrom('bindings')
    .innerJoin('customers', 'customers.customer', 'bindings.customer')
    .leftJoin('meter_changes', 'meter_changes.ended', 'bindings.binding')
    .select([
      'bindings.binding',
      'bindings.customer',
      'bindings.meter',
      'bindings.tariff',
      'bindings.area',
      'bindings.credited',
      'bindings.overdraft_limit',
      'bindings.opening_period',
      'customers.blocked',
      'meter_changes.begun',
    ])
    .where('bindings.binding', 'only' in of ? '=' : '>', 'only' in of ? of.only : of.after)
    .orderBy('bindings.binding')
    .limit('only' in of ? 1 : of.most)
    .execute()
  const [first, last] = [bindings[0]?.binding, bindings.at(-1)?.binding]
  if (first === undefined || last === undefined) return { homes: [], last: null }
  const between = { ...of, first, last }
  const cards = byBinding(await readCards(read, between))
  const purchases = byBinding(await readPurchases(read, between))
  const earlier = byBinding(await readEarlier(read, between))
  const writeBacks = byBinding(await readWriteBacks(read, between))
  const visits = byBinding(await readVisits(read, between))
  const homes = bindings.map(({ blocked, begun, ...binding }): Home => {
    const own = cards.get(binding.binding) ?? []
    return {
      binding,
      mayBuy: blocked === 0 && own.some(({ status }) => status === 'in use'),
      ended: begun !== null,
      cards: own,
      purchases: (purchases.get(binding.binding) ?? []).map(
        ({ energy: paid, free_energy, ...it }) => ({ ...it, energy: energy(paid + free_energy) }),
      ),
      earlier: earlier.get(binding.binding) ?? [],
      writeBacks: writeBacks.get(binding.binding) ?? [],
      visits: visits.get(binding.binding) ?? [],
      alarms: [],
    }
  })
  return { homes, last }
}

type Between = Span & { first: string; last: string }

const readCards = (read: Reading, { first, last }: Between) =>
  read
    .selectFrom('cards')
    .select(['binding', 'serial', 'count', 'status'])
    .where('binding', '>=', first)
    .where('binding', '<=', last)
    .execute()

const readPurchases = (read: Reading, { first, last, until, firstDay }: Between) =>
  read
    .selectFrom('orders')
    .select([
      'binding',
      'order_number',
      'count',
      'state',
      'charged',
      'energy',
      'free_energy',
      'business_day',
      'created_at',
      'loaded_at',
    ])
    .where('binding', '>=', first)
    .where('binding', '<=', last)
    .where('business_day', '>=', firstDay)
    .where('created_at', '<', until)
    .where('scripts', '>', 0)
    .where('state', 'in', soldStates)
    .orderBy('binding')
    .orderBy('count')
    .execute()

const readEarlier = (read: Reading, { first, last, from }: Between) =>
  read
    .selectFrom('earlier_purchases')
    .select(['binding', 'count', 'energy', 'at'])
    .where('binding', '>=', first)
    .where('binding', '<=', last)
    .where('at', '>=', from)
    .orderBy('binding')
    .orderBy('count')
    .execute()

const readWriteBacks = (read: Reading, { first, last, from, until }: Between) =>
  read
    .selectFrom('write_backs')
    .select([
      'binding',
      'write_back',
      'at',
      'meter_time',
      'count',
      'remaining',
      'overdraft_used',
      'total_credited',
      'total_used',
      'illegal_insertions',
      'tamper_events',
    ])
    .where('binding', '>=', first)
    .where('binding', '<=', last)
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('binding')
    .orderBy('write_back')
    .execute()

const readVisits = (read: Reading, { first, last, from, until }: Between) =>
  read
    .selectFrom('insertions')
    .select(['binding', 'insertion', 'kiosk', 'serial', 'begun_at', 'ended_at', 'verdict'])
    .where('binding', '>=', first)
    .where('binding', '<=', last)
    .where('begun_at', '>=', from)
    .where('begun_at', '<', until)
    .orderBy('binding')
    .orderBy('sequence')
    .execute()

const byBinding = <Row extends { binding: string | null }>(
  rows: readonly Row[],
): Map<string, Row[]> => {
  const all = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.binding === null) continue
    const known = all.get(row.binding)
    if (known === undefined) all.set(row.binding, [row])
    else known.push(row)
  }
  return all
}
