// What postings mean in figures, one line each: whose they are, which day they belong to, and what was moved.
import { z } from 'zod'
import type { Channel } from '../../domain/console/figure-names.ts'
import { timeOf } from '../../domain/identifiers.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { PaymentWay } from '../../domain/payment.ts'
import { calendarOf } from './business-days.ts'
import {
  columnOf,
  measures,
  type FigureKey,
  type FigureLine,
  type FigureReading,
  type Measured,
} from './figure-tables.ts'

/** A list in a statement stays well below what a database takes. */
const atOnce = 500

type Facts = Awaited<ReturnType<typeof factsOf>>[number]
type Entry = { posting: number; kind: string; owner: string; amount: number }

/** Lines of these postings as they are counted on `businessDay`, in the order of their numbers. */
export const linesOf = async (
  read: FigureReading,
  of: { postings: readonly number[]; businessDay: (at: number) => string; timeZone: string },
): Promise<FigureLine[]> => {
  const calendar = calendarOf(of.timeZone)
  const channels = new Map(
    (await read.selectFrom('kiosks').select(['kiosk', 'channel']).execute()).map((each) => [
      each.kiosk,
      each.channel,
    ]),
  )
  const lines: FigureLine[] = []
  for (let from = 0; from < of.postings.length; from += atOnce) {
    const numbers = of.postings.slice(from, from + atOnce)
    const facts = await factsOf(read, numbers)
    const entries = await entriesOf(read, numbers)
    const homeless = await homelessOf(read, facts, entries)
    for (const each of facts) {
      const own = entries.get(each.posting) ?? []
      const business_day = of.businessDay(each.at)
      const { day: of_day, hour } = momentOf(each, calendar)
      const { posting, at, kind, order_number, sale } = each
      lines.push({
        posting,
        at,
        order_number,
        sale,
        business_day,
        hour,
        // A sale that was begun by a clock that runs ahead belongs to no day to come.
        of_day: of_day > business_day ? business_day : of_day,
        ...keyOf({ ...each, kind }, own, { homeless, channels }),
        ...amountsOf(each, own),
      })
    }
  }
  return lines
}

const factsOf = (read: FigureReading, postings: readonly number[]) =>
  read
    .selectFrom('postings')
    .leftJoin('orders', 'orders.order_number', 'postings.order_number')
    .leftJoin('bindings', 'bindings.binding', 'orders.binding')
    .leftJoin('quotes', 'quotes.quote', 'orders.quote')
    .leftJoin('payments', 'payments.order_number', 'orders.order_number')
    .select(['postings.posting', 'at', 'postings.kind', 'postings.order_number', 'postings.sale'])
    .select(['orders.kiosk', 'funding', 'orders.tender', 'charged', 'energy', 'free_energy'])
    .select(['business_day', 'created_at', 'area', 'priced', 'way'])
    .where('postings.posting', 'in', postings)
    .orderBy('postings.posting')
    .execute()

const entriesOf = async (
  read: FigureReading,
  postings: readonly number[],
): Promise<Map<number, Entry[]>> => {
  const rows = await read
    .selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(['entries.posting', 'accounts.kind', 'accounts.owner', 'entries.amount'])
    .where('entries.posting', 'in', postings)
    .execute()
  return Map.groupBy(rows, ({ posting }) => posting)
}

/** The day and hour of an order are those of its reservation, of a sale those it was begun at, else those of the posting. */
const momentOf = (
  { created_at, business_day, sale, at }: Facts,
  calendar: ReturnType<typeof calendarOf>,
): { day: string; hour: number } => {
  if (created_at !== null && business_day !== null) {
    return { day: business_day, hour: calendar(created_at).hour }
  }
  return calendar(sale === null ? at : timeOf(sale))
}

type Homeless = { kioskOf: Map<string, KioskNumber>; wayOf: Map<string, PaymentWay> }

/** Kiosk and way of payment of what is in no order: known by the sale or by the box. */
const homelessOf = async (
  read: FigureReading,
  facts: readonly Facts[],
  entries: Map<number, Entry[]>,
): Promise<Homeless> => {
  const sales = facts.flatMap(({ order_number, sale }) =>
    order_number === null && sale !== null ? [sale] : [],
  )
  const boxes = [...entries.values()]
    .flat()
    .flatMap(({ kind, owner }) => (kind === 'cash in transit' ? [owner] : []))
  const [references, payments, exchanges] = [
    await read
      .selectFrom('sale_references')
      .select(['sale', 'kiosk'])
      .where('sale', 'in', sales)
      .execute(),
    await read
      .selectFrom('payments')
      .select(['sale', 'way', 'kiosk'])
      .where('sale', 'in', sales)
      .execute(),
    boxes.length === 0
      ? []
      : (await read.selectFrom('box_exchanges').select(['exchange', 'kiosk']).execute()).filter(
          ({ exchange }) => boxes.includes(exchange),
        ),
  ]
  return {
    kioskOf: new Map<string, KioskNumber>([
      ...exchanges.map((each) => [each.exchange, each.kiosk] as const),
      ...payments.map((each) => [each.sale, each.kiosk] as const),
      ...references.map((each) => [each.sale, each.kiosk] as const),
    ]),
    wayOf: new Map(payments.map((each) => [each.sale, each.way])),
  }
}

const keyOf = (
  each: Facts,
  entries: readonly Entry[],
  { homeless, channels }: { homeless: Homeless; channels: Map<KioskNumber, Channel> },
): FigureKey => {
  const kiosk = each.kiosk ?? kioskIn(each, entries, homeless, channels)
  return {
    kind: each.kind,
    kiosk: kiosk ?? '',
    channel: kiosk === null ? '' : (channels.get(kiosk) ?? ''),
    tariff: each.priced === null ? '' : Priced.parse(JSON.parse(each.priced)).tariff.code,
    area: each.area ?? -1,
    tender: tenderOf(each, entries, homeless),
  }
}

/** All that is needed of a quote here. */
const Priced = z.object({ tariff: z.object({ code: z.string() }) })

const ofKiosk = new Set(['kiosk cash', 'bank payments', 'cash differences'])

const kioskIn = (
  { sale }: Facts,
  entries: readonly Entry[],
  { kioskOf }: Homeless,
  channels: Map<KioskNumber, Channel>,
): KioskNumber | null => {
  const owner = entries.find(({ kind }) => ofKiosk.has(kind))?.owner
  const named = [...channels.keys()].find((kiosk) => kiosk === owner)
  if (named !== undefined) return named
  const box = entries.find(({ kind }) => kind === 'cash in transit')?.owner
  return kioskOf.get(box ?? sale ?? '') ?? null
}

const tenderOf = (
  { funding, way, sale }: Facts,
  entries: readonly Entry[],
  { wayOf }: Homeless,
): FigureKey['tender'] => {
  switch (funding) {
    case 'cash':
    case 'account':
      return funding
    case 'payment':
      return way ?? 'bank card'
    default:
      if (entries.some(({ kind }) => kind === 'bank payments'))
        return wayOf.get(sale ?? '') ?? 'bank card'
      return entries.some(({ kind }) => kind === 'kiosk cash') ? 'cash' : ''
  }
}

/** An order counts when it is delivered, and counts back when that is undone. */
const deliveredBy: Record<string, 1 | -1> = { 'order loaded': 1, 'order undone': -1 }

const amountsOf = (each: Facts, entries: readonly Entry[]): Measured => {
  const sums = noMeasures()
  sums.postings = 1
  const sign = deliveredBy[each.kind]
  if (sign !== undefined) {
    sums.orders = sign
    sums.energy = sign * (each.energy ?? 0)
    sums.free_energy = sign * (each.free_energy ?? 0)
    sums.tendered = sign * (each.tender ?? 0)
    sums.charged = sign * (each.charged ?? 0)
  }
  for (const { kind, amount } of entries) {
    const [column, side] = columnOf(kind)
    sums[column] += side * amount
  }
  return sums
}

export const noMeasures = (): Measured => ({
  postings: 0,
  orders: 0,
  energy: 0,
  free_energy: 0,
  tendered: 0,
  charged: 0,
  cash: 0,
  bank: 0,
  unpaid: 0,
  transit: 0,
  differences: 0,
  office: 0,
  other: 0,
  pending: 0,
  account: 0,
  suspense: 0,
  fees: 0,
  fixed: 0,
  vat: 0,
  supply: 0,
  levies: 0,
  arrears: 0,
})

/** Adds to `sums`; a `Minor` or not, all of it is whole numbers. */
export const addMeasures = (sums: Measured, more: Partial<Measured>): void => {
  for (const measure of measures) sums[measure] += more[measure] ?? 0
}
