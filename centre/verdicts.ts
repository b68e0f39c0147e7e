// The verdict on a card that is genuine, known and settled with the books: what can be sold, or why nothing can.
import type { Answered, Verdict } from '../domain/centre-messages.ts'
import type { Notice, Refusal } from '../domain/diagnosis.ts'
import { energy } from '../domain/energy.ts'
import { masked, OrderNumber, type CardSerial, type SaleId } from '../domain/identifiers.ts'
import { nothing } from '../domain/money.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { cardType } from '../domain/power-card/parameters.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import type { CustomerRow } from './account-view.ts'
import { lookAgain, refusedWith } from './authenticating.ts'
import type { MeterRefusal } from './card-journal.ts'
import { duesOf, type BindingRow } from './dues.ts'
import { headroomOf, lastWriteBack, type WriteBackRow } from './headroom.ts'
import { limitsOf } from './limits.ts'
import { summaryOf } from './order-states.ts'
import { isNotPaidYet } from './payments.ts'
import type { Settled } from './settling-by-card.ts'
import { mayReturn, type CardRow } from './settling.ts'
import type { Dues } from './tariffs/tariffs.ts'
import { momentOf, type Turn } from './turn.ts'

export type Judged = {
  binding: BindingRow
  customer: CustomerRow
  serial: CardSerial
  /** Of the visit, where its kiosk says it. */
  saleId: SaleId | undefined
  /** Of the card, in EF01. */
  type: number
  ef02: string
  settled: Settled
  /** The newest record of the card's journal, if a meter refused it. */
  meterRefusal: MeterRefusal | null
  /** What this very card carries home. */
  writeBack: WriteBackRow | null
}

export const verdictAndNotices = async (
  turn: Turn,
  of: Judged,
): Promise<Pick<Answered<'insertion'>, 'verdict' | 'notices'>> => {
  const dues = await duesOf(turn, of.binding)
  const last = await lastWriteBack(turn, of.binding.binding)
  const verdict = (await beforeSelling(turn, of)) ?? (await selling(turn, of, dues))
  const notices: Notice[] = []
  if (dues !== null && dues.arrearsBalance > nothing) {
    notices.push({
      kind: 'arrears',
      balance: dues.arrearsBalance,
      share: dues.tariff.arrears.share,
    })
  }
  if (last !== undefined && last.remaining <= turn.policy.lowEnergy) {
    notices.push({ kind: 'low energy', remaining: last.remaining })
  }
  if (dues !== null && verdict.kind === 'can sell') {
    const { most, mostEnergy } = verdict.limits
    if (mostEnergy !== null && most < dues.tariff.sale.most) {
      notices.push({ kind: 'headroom', mostEnergy })
    }
  }
  const other = otherMeterOf(of)
  if (other !== null) notices.push({ kind: 'used in other meter', meter: other })
  return { verdict, notices }
}

/** Enough for whoever stands before that meter to know it; a neighbour's whole number is nobody else's business. */
const otherMeterOf = ({ meterRefusal, binding }: Judged): string | null =>
  meterRefusal !== null && meterRefusal.meter !== binding.meter ? masked(meterRefusal.meter) : null

/** What comes before any sale: contradictions, an older order, a card or customer that nothing is sold to. */
const beforeSelling = async (turn: Turn, of: Judged): Promise<Verdict | null> => {
  const { binding, customer, settled } = of
  if (binding.inquiry !== null || settled.finding === 'contradiction') {
    return refusedWith({ kind: 'under inquiry' })
  }
  if (settled.finding === 'nothing proven' || settled.finding === 'stale') return lookAgain(turn)
  const { open } = settled
  const card = await turn.work
    .selectFrom('cards')
    .selectAll()
    .where('serial', '=', of.serial)
    .executeTakeFirstOrThrow()
  const fresh = neverInMeter(of, card)
  const depositOffered = customer.has_account === 1
  if (fresh !== null) return refusedWith(fresh, depositOffered)
  if (open?.state === 'NOT_LOADED_RETRY') {
    if (await isNotPaidYet(turn, open, of.saleId)) {
      return refusedWith({ kind: 'payment being checked' })
    }
    return {
      kind: 'open order',
      order: summaryOf(open),
      mayReturn: await mayReturn(turn, open),
    }
  }
  if (customer.blocked === 1) {
    return refusedWith({ kind: 'visit the office', why: 'customer blocked' })
  }
  const refusal = await notSeenByMeter(turn, of, card)
  return refusal === null ? null : refusedWith(refusal, depositOffered)
}

/**
 * An opening or replacement card that no meter has written back on. Nothing is written on it, not even an older order: a
 * script makes it a purchase card, and as that its meter would not accept it (10.3 check 12).
 */
const neverInMeter = (of: Judged, card: CardRow): Refusal | null => {
  if (of.type === cardType.purchase || card.in_meter === 1) return null
  return refusedBy(of) ?? { kind: 'not yet in meter' }
}

const refusedBy = (of: Judged): Refusal | null => {
  const code = codeOf(of)
  return code === null ? null : { kind: 'refused by meter', code, otherMeter: otherMeterOf(of) }
}

/** 9.2: it is sold only when it is known that the meter has credited what is on the card. */
const notSeenByMeter = async (turn: Turn, of: Judged, card: CardRow): Promise<Refusal | null> => {
  const { binding, ef02 } = of
  if (card.count <= binding.credited) return null
  const refusal = refusedBy(of)
  if (refusal !== null) return refusal
  const purchase = readPurchase(fromHex(ef02))
  return {
    kind: 'unread purchase',
    energy: purchase.energy,
    orderNumber: card.order_number,
    loadedAt: await loadedAt(turn, card, purchase.time),
  }
}

/** Why the meter did not take it: from the card's newest record, or from the write-back that it carries. */
const codeOf = ({ meterRefusal, writeBack }: Judged): number | null => {
  if (meterRefusal !== null) return meterRefusal.code
  return writeBack !== null && writeBack.result !== 0 ? writeBack.result : null
}

const loadedAt = async (turn: Turn, card: CardRow, reservedAt: number): Promise<string> => {
  const order = await turn.work
    .selectFrom('orders')
    .select('loaded_at')
    .where('order_number', '=', OrderNumber.parse(card.order_number))
    .executeTakeFirst()
  return momentOf(order?.loaded_at ?? reservedAt * 1000)
}

/** Check 10: as much as fits into the meter, if that is anything. */
const selling = async (turn: Turn, of: Judged, dues: Dues | null): Promise<Verdict> => {
  // No version of the tariff is in force; the import does not let that happen.
  if (dues === null) return refusedWith({ kind: 'visit the office', why: 'data differ' })
  const headroom = await headroomOf(turn, of.binding)
  const limits = limitsOf(dues, headroom)
  if (limits !== null) return { kind: 'can sell', limits }
  const limit = of.binding.hoarding_limit
  const remaining = energy(Math.max(0, limit - (headroom ?? 0)))
  return refusedWith({ kind: 'meter full', remaining, limit }, of.customer.has_account === 1)
}
