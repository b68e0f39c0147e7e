// What the centre has of the payments around a business date: the order each paid for, and what proves its delivery.
import { sql } from 'kysely'
import { PaymentId, timeOf } from '../../domain/identifiers.ts'
import { PaymentEvidence } from '../../domain/payment.ts'
import type { PaymentRow } from '../payments.ts'
import type { OrderRow } from '../order-states.ts'
import type { Reading, Work } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { momentOf } from '../turn.ts'
import { dayMs, firstIdAt } from './dates.ts'

export type Delivery =
  /** The card or its meter has the energy. */
  { kind: 'proven'; how: string } | { kind: 'not loaded'; how: string } | { kind: 'none' }

export type MoneyAtCentre = Pick<
  PaymentRow,
  'payment' | 'kiosk' | 'sale' | 'way' | 'amount' | 'ended' | 'place'
> & {
  /** How bank and front machine name it; null when no approval was ever heard of. */
  receipt: { terminal: string; stan: number; reference: string } | null
  /** Of the bank where it gave one; else the day of the town. */
  businessDate: string
  /** The bank counts the date itself, which may be the one before or after that of the town. */
  dateIsOurs: boolean
  at: string
  order: { number: OrderRow['order_number']; state: OrderRow['state'] } | null
  delivery: Delivery
}

/** A bank's date may lie behind a weekend with holidays. */
const windowMs = 7 * dayMs

export const centreLeg = async (
  books: Reading | Work,
  { businessDate, timeZone }: { businessDate: string; timeZone: string },
): Promise<MoneyAtCentre[]> => {
  const noon = Date.parse(`${businessDate}T12:00:00Z`)
  const rows = await books
    .selectFrom('payments')
    .leftJoin('orders', 'orders.order_number', 'payments.order_number')
    .select(['payment', 'payments.kiosk', 'payments.sale', 'way', 'amount', 'ended', 'place'])
    .select(['evidence', 'payments.order_number', 'state', 'scripts', 'loaded_at'])
    .select([
      sql<number>`exists (select 1 from order_states s where s.order_number = orders.order_number
        and s.state = 'NOT_LOADED_RETRY')`.as('provenOff'),
      sql<number | null>`(select min(w.meter_time) from write_backs w
        where w.binding = orders.binding and w.count >= orders.count)`.as('writtenBack'),
    ])
    .where('payment', '>', firstIdAt(noon - windowMs, PaymentId))
    .where('payment', '<', firstIdAt(noon + windowMs, PaymentId))
    .orderBy('payment')
    .execute()
  return rows.map(({ evidence, order_number, ...row }) => {
    // Made at the kiosk before anybody was asked: the centre may have heard of it days later.
    const madeAt = timeOf(row.payment)
    const told = evidence === null ? null : PaymentEvidence.parse(JSON.parse(evidence))
    const { payment, kiosk, sale, way, amount, ended, place, state } = row
    return {
      payment,
      kiosk,
      sale,
      way,
      amount,
      ended,
      place,
      receipt: told === null ? null : receiptOf(told),
      businessDate:
        told?.kind === 'bank' ? told.businessDate : localDayOf(new Date(madeAt), timeZone),
      dateIsOurs: told?.kind !== 'bank',
      at: momentOf(madeAt),
      order: order_number === null || state === null ? null : { number: order_number, state },
      delivery: deliveryOf(row),
    }
  })
}

/** At a bank terminal the trace is what the bank knows as STAN. */
const receiptOf = (told: PaymentEvidence): MoneyAtCentre['receipt'] =>
  told.kind === 'bank'
    ? { terminal: told.terminalId, stan: told.stan, reference: told.reference }
    : { terminal: told.terminalId, stan: told.trace, reference: '' }

const deliveryOf = (row: {
  state: OrderRow['state'] | null
  scripts: number | null
  loaded_at: number | null
  provenOff: number
  writtenBack: number | null
}): Delivery => {
  const { state, scripts, loaded_at, provenOff, writtenBack } = row
  if (state === 'METER_CREDITED') {
    const when = writtenBack === null ? '' : ` of ${momentOf(writtenBack)}`
    return { kind: 'proven', how: `write-back${when}` }
  }
  if (state === 'LOADED') {
    return { kind: 'proven', how: `proof of load at ${momentOf(loaded_at ?? 0)}` }
  }
  if (state === 'UNDONE') return { kind: 'not loaded', how: 'taken back from the card' }
  if (state !== 'RETURNED_TO_ACCOUNT') return { kind: 'none' }
  if (provenOff === 1) return { kind: 'not loaded', how: 'proven not on the card' }
  return scripts === 0 ? { kind: 'not loaded', how: 'no script was released' } : { kind: 'none' }
}
