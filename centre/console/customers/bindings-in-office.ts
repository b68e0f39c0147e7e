// The meters of a customer: tariff, reading, what comes with the next purchase, and the cards with what a kiosk says of each.
import type { BindingInOffice } from '../../../domain/console/customers.ts'
import type { CustomerRow } from '../../account-view.ts'
import { dayOf, duesOf, tariffsOf, type BindingRow } from '../../dues.ts'
import { lastWriteBack } from '../../headroom.ts'
import type { Reading } from '../../store.ts'
import { tariffInForce } from '../../tariffs/tariff-calendar.ts'
import { makeUpDue, tariffCodeOn } from '../../terms.ts'
import type { Looking } from '../asking.ts'
import { cardsInOffice } from './cards-in-office.ts'
import { readingOffice } from './customers-tables.ts'

export const bindingsInOffice = async (
  looking: Looking,
  customer: CustomerRow,
): Promise<BindingInOffice[]> => {
  const rows = await looking.read
    .selectFrom('bindings')
    .selectAll()
    .where('customer', '=', customer.customer)
    .orderBy('binding')
    .execute()
  const shown: BindingInOffice[] = []
  for (const row of rows) shown.push(await shownBinding(looking, { row, customer }))
  // Those that have ended come last.
  return shown.toSorted((one, other) => Number(one.ended !== null) - Number(other.ended !== null))
}

const shownBinding = async (
  looking: Looking,
  { row, customer }: { row: BindingRow; customer: CustomerRow },
): Promise<BindingInOffice> => {
  const { read, now, config } = looking
  const { binding } = row
  const asking = { work: read, now, policy: config.policy }
  const day = dayOf(asking)
  const code = await tariffCodeOn(read, row, day)
  const dues = await duesOf(asking, row)
  const reading = await lastWriteBack({ work: read }, binding)
  const area = await read
    .selectFrom('areas')
    .select('name')
    .where('area', '=', row.area)
    .executeTakeFirst()
  return {
    binding,
    meter: row.meter,
    area: row.area,
    areaName: area?.name ?? null,
    tariff: {
      code,
      names: tariffInForce(await tariffsOf({ work: read }, code), { code, day })?.names ?? null,
    },
    assigned: await assignedAfter(read, binding, day),
    inquiry: row.inquiry,
    credited: row.credited,
    hoardingLimit: row.hoarding_limit,
    soldThisPeriod: dues?.monthToDate ?? 0,
    makeUpDue: await makeUpDue(read, binding),
    reading:
      reading === undefined
        ? null
        : {
            remaining: reading.remaining,
            at: reading.meter_time,
            usedThisMonth: reading.used_this_month,
            usedLastMonth: reading.used_last_month,
          },
    unread: await unreadOf(read, row),
    ended: await endOf(read, binding),
    cards: await cardsInOffice(read, { binding: row, customer }),
  }
}

const assignedAfter = async (
  read: Reading,
  binding: string,
  day: string,
): Promise<BindingInOffice['assigned']> =>
  (
    await read
      .selectFrom('tariff_assignments')
      .select(['from_day', 'tariff'])
      .where('binding', '=', binding)
      .where('from_day', '>', day)
      .orderBy('from_day')
      .execute()
  ).map(({ from_day, tariff }) => ({ from: from_day, code: tariff }))

/** The loaded order that no meter is known to have credited; at most one (INV6). */
export const unreadOf = async (
  books: Reading,
  { binding, credited }: Pick<BindingRow, 'binding' | 'credited'>,
): Promise<BindingInOffice['unread']> => {
  const order = await books
    .selectFrom('orders')
    .select(['order_number', 'energy', 'free_energy'])
    .where('binding', '=', binding)
    .where('state', '=', 'LOADED')
    .where('count', '>', credited)
    .executeTakeFirst()
  return order === undefined
    ? null
    : { orderNumber: order.order_number, energy: order.energy + order.free_energy }
}

const endOf = async (read: Reading, binding: string): Promise<BindingInOffice['ended']> => {
  const change = await readingOffice(read)
    .selectFrom('meter_changes')
    .select(['at', 'begun'])
    .where('ended', '=', binding)
    .executeTakeFirst()
  return change === undefined ? null : { at: change.at, by: change.begun }
}
