// What people ask of the console, with numbers, names and days that are in the books: a way to ask every question there is.
import type { DatabaseSync } from 'node:sqlite'
import type { QuestionName } from '../../domain/console/contract.ts'

type Query = Record<string, string>
export type Pick = <Value>(of: readonly Value[]) => Value

/** Every question but `me`, which asks nothing of the books. Null: there is nothing in these books to ask it about. */
export type Askings = Record<Exclude<QuestionName, 'me'>, (pick: Pick) => Query | null>

const fields = (database: DatabaseSync, sql: string): string[] =>
  database
    .prepare(sql)
    .all()
    .map((row) => String(Object.values(row)[0] ?? ''))

/** `lastDay`: the last that is over, `today`: the one after it, `YYYY-MM-DD`. */
export const askingsOf = (
  database: DatabaseSync,
  { lastDay, today }: { lastDay: string; today: string },
): Askings => {
  const some = (table: string, column: string, where = '1 = 1') =>
    fields(database, `select ${column} from ${table} where ${where} order by random() limit 400`)
  const kiosks = some('kiosks', 'kiosk')
  const customers = some('customers', 'customer')
  const names = some('customers', 'short_name')
  const bindings = some('bindings', 'binding')
  const meters = some('bindings', 'meter')
  const serials = some('cards', 'serial')
  const sales = some('orders', 'sale')
  const orders = some('orders', 'order_number')
  const slips = some('sale_references', 'reference')
  const tariffs = some('tariffs', 'code')
  const areas = some('areas', 'area')
  const findings = some('loss_findings', 'finding')
  const tasks = some('loss_tasks', 'task')
  const alarms = some('alerts', 'alert')
  const day = (back: number) =>
    new Date(Date.parse(lastDay) - back * 86_400_000).toISOString().slice(0, 10)
  const range = (pick: Pick) => ({ from: day(pick([6, 30, 90, 364])), to: lastDay })
  const one = (key: string, values: readonly string[]) => (pick: Pick) =>
    values.length === 0 ? null : { [key]: pick(values) }
  const nothing = () => ({})
  return {
    staff: nothing,
    audit: nothing,
    approvals: nothing,
    fleet: (pick) =>
      pick<Query>([{}, { severity: '3' }, { search: pick(kiosks) }, { area: pick(areas) }]),
    'fleet/numbers': nothing,
    'fleet/kiosk': one('kiosk', kiosks),
    'fleet/timeline': one('kiosk', kiosks),
    'fleet/trends': (pick) => ({ kiosk: pick(kiosks), days: pick(['90', '366']) }),
    'fleet/alarms': (pick) => pick<Query>([{}, { show: 'over' }, { kiosk: pick(kiosks) }]),
    'fleet/alarm': one('alarm', alarms),
    'fleet/commands': (pick) => ({ kiosk: pick(kiosks) }),
    'fleet/command': () => null,
    'fleet/rollouts': nothing,
    'fleet/rollout': () => null,
    'fleet/collection': nothing,
    'explain/find': (pick) => ({
      text: pick([
        pick(orders),
        pick(slips),
        pick(customers),
        pick(serials),
        pick(meters),
        pick(sales),
      ]),
    }),
    'explain/sale': one('sale', sales),
    customers: (pick) => ({
      find: pick([
        pick(customers),
        pick(meters),
        pick(serials),
        pick(names),
        pick(meters).slice(-6),
        '',
      ]),
    }),
    customer: one('customer', customers),
    'customer/statement': one('customer', customers),
    'customer/statement-file': one('customer', customers),
    'customer/purchases': one('customer', customers),
    'customer/history': one('customer', customers),
    'customer/meter-preview': one('binding', bindings),
    'customers/file': (pick) => ({ what: pick(['customers', 'bindings']) }),
    tariffs: nothing,
    tariff: one('code', tariffs),
    'tariff/draft': () => null,
    'tariff/trial': () => null,
    simulation: (pick) => ({
      customer: pick(customers),
      by: pick(['money', 'energy']),
      wanted: pick(['5000', '12000', '30000']),
      day: today,
    }),
    'figures/overview': nothing,
    'figures/choices': nothing,
    'figures/sales': (pick) => ({
      ...range(pick),
      by: pick(['kiosk', 'channel', 'tariff', 'area', 'tender', 'day']),
    }),
    'figures/hours': range,
    'figures/lines': range,
    'figures/received': range,
    'figures/kiosk-day': (pick) => ({ kiosk: pick(kiosks), day: day(pick([0, 3, 40, 200])) }),
    'figures/boxes': range,
    'figures/settlement': range,
    'figures/settlement-day': (pick) => ({ day: day(pick([1, 8, 40])) }),
    'figures/month': (pick) => ({ month: day(pick([40, 100, 300])).slice(0, 7) }),
    'figures/export': (pick) => ({
      ...range(pick),
      what: pick(['sales', 'lines', 'received', 'boxes']),
    }),
    losses: (pick) => pick<Query>([{}, { area: pick(areas) }, { sort: '-likely' }]),
    'losses/export': nothing,
    'losses/summary': nothing,
    'losses/finding': one('finding', findings),
    'losses/tasks': nothing,
    'losses/task': one('task', tasks),
  }
}
