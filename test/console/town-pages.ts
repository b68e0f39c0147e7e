// The pages of the console that show a town, and what is in its books to show on them.
import type { Store } from '../../centre/store.ts'

/** Every page of an area; what begins with a colon is something that is in the books. Pages of the frame are tried elsewhere. */
export const pagesOfATown = [
  'fleet',
  'fleet/alarms',
  'fleet/cash',
  'fleet/rollouts',
  'fleet/kiosks/:kiosk',
  'fleet/kiosks/:kiosk?tab=timeline',
  'fleet/kiosks/:kiosk?tab=wear',
  'explain',
  'explain/:sale',
  'customers',
  'customers/file',
  'customers/:customer',
  'tariffs',
  'tariffs/:code',
  'tariffs/:code/new',
  'tariffs/simulator',
  'figures',
  'figures/sales?from=:month-01&to=:day',
  'figures/transactions',
  'figures/received',
  'figures/boxes',
  'figures/settlement',
  'figures/month/:month',
  'figures/kiosk/:kiosk',
  'losses',
  'losses/summary',
  'losses/tasks',
  'losses/finding/1',
]

/** What the pages are asked about: the newest sale at a terminal, and whatever belongs to it. */
export const inTheBooks = async ({ read }: Store): Promise<Record<string, string>> => {
  const { kiosk, sale, customer, business_day } = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .innerJoin('kiosks', 'kiosks.kiosk', 'orders.kiosk')
    .select(['orders.kiosk', 'sale', 'bindings.customer', 'business_day'])
    .where('kiosks.channel', '=', 'terminal')
    .orderBy('orders.created_at', 'desc')
    .executeTakeFirstOrThrow()
  const { code } = await read.selectFrom('tariffs').select('code').executeTakeFirstOrThrow()
  return { kiosk, sale, customer, code, day: business_day, month: business_day.slice(0, 7) }
}

/** The address of a page without its leading slash, asked about what is in the books. */
export const addressOf = (path: string, known: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? name)
