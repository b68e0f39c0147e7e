// A sale explained: timeline, money, what became of it and what may be done, from everything the centre has of it.
import type { Explained, SaleChoice } from '../../../domain/console/explaining.ts'
import { plusEnergy } from '../../../domain/energy.ts'
import { masked, type SaleId } from '../../../domain/identifiers.ts'
import { referenceOf } from '../../../domain/reference.ts'
import {
  evidenceOf,
  gistOf,
  kiosksOf,
  placesOf,
  type Books,
  type Evidence,
  type Gist,
} from './evidence.ts'
import { visitsWith } from './journal-of-sale.ts'
import { shownNumber } from './masking.ts'
import { moneyOfSale } from './money-of-sale.ts'
import { optionsOf } from './options.ts'
import { beginOf, outcomeOf, remarksOf } from './outcome.ts'
import { timelineOf } from './timeline.ts'

export type Asking = { now: number; seesCustomers: boolean }

/** Null when nobody has ever heard of this sale. */
export const explainSale = async (
  books: Books,
  sale: SaleId,
  { now, seesCustomers }: Asking,
): Promise<Explained | null> => {
  const evidence = await evidenceOf(books, sale)
  if (evidence === null) return null
  const money = moneyOfSale(evidence, seesCustomers)
  const outcome = outcomeOf(evidence, money)
  const others = await othersWith(books, evidence)
  const remarks = remarksOf(evidence, { money, others, seesCustomers })
  const { card, meter } = evidence
  return {
    sale,
    reference: referenceOf(sale),
    at: beginOf(evidence),
    kiosk: kioskOf(evidence, evidence.places),
    card: card.serial === null ? null : shownNumber(card.serial, seesCustomers),
    customer: customerIn(evidence, seesCustomers),
    meter: meter === null ? null : shownNumber(meter, seesCustomers),
    order: orderIn(evidence),
    outcome,
    remarks,
    timeline: timelineOf(evidence, seesCustomers),
    money,
    options: await optionsOf(books, evidence, { money, outcome, remarks, now, seesCustomers }),
    others,
    journal: evidence.journal.state,
  }
}

/** Enough to tell one sale from another. */
const choiceOf = (gist: Gist, places: ReadonlyMap<string, string>): SaleChoice => {
  const money = moneyOfSale({ ...gist, customer: null }, false)
  return {
    sale: gist.sale,
    at: beginOf(gist),
    kiosk: kioskOf(gist, places),
    amount: money.tendered.total,
    outcome: outcomeOf(gist, money),
    order: gist.order?.order_number ?? null,
    reference: referenceOf(gist.sale),
  }
}

const kioskOf = (gist: Gist, places: ReadonlyMap<string, string>): Explained['kiosk'] => {
  const [number] = kiosksOf(gist)
  return number === undefined ? null : { number, place: places.get(number) ?? '' }
}

/** A name is shown as the kiosk shows it: in short. */
const customerIn = ({ customer }: Evidence, seesCustomers: boolean): Explained['customer'] =>
  customer === null
    ? null
    : seesCustomers
      ? { number: customer.customer, name: customer.short_name, whole: true }
      : { number: masked(customer.customer), name: customer.short_name, whole: false }

const orderIn = ({ order }: Evidence): Explained['order'] =>
  order === null
    ? null
    : {
        number: order.order_number,
        state: order.state,
        tender: order.tender,
        energy: plusEnergy(order.energy, order.free_energy),
        count: order.count,
        funding: order.funding,
      }

const dayMs = 86_400_000
const othersMost = 8
/** Visits of one card that are looked at, the youngest first: enough for the days around a complaint. */
const visitsMost = 40

/** Other sales of this card within a day, the oldest first: a caller may mean one of them. */
const othersWith = async (books: Books, evidence: Evidence): Promise<SaleChoice[]> => {
  const { card, sale } = evidence
  if (card.serial === null) return []
  const at = beginOf(evidence)
  const isNear = (moment: number): boolean => Math.abs(moment - at) < dayMs
  const visits = await visitsWith(books, card.serial, visitsMost)
  const orders =
    card.binding === null
      ? []
      : await books
          .selectFrom('orders')
          .select(['sale', 'created_at as at'])
          .where('binding', '=', card.binding)
          .where('serial', '=', card.serial)
          .execute()
  const near = [...visits, ...orders].filter((visit) => isNear(visit.at)).map((visit) => visit.sale)
  return choicesOf(books, [...new Set(near)].filter((other) => other !== sale).slice(0, othersMost))
}

export const choicesOf = async (books: Books, sales: readonly SaleId[]): Promise<SaleChoice[]> => {
  const gists: Gist[] = []
  for (const sale of sales) gists.push(...[(await gistOf(books, sale)) ?? []].flat())
  const places = await placesOf(books, gists.flatMap(kiosksOf))
  return gists.map((gist) => choiceOf(gist, places)).toSorted((one, other) => other.at - one.at)
}
