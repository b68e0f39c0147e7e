// What became of a sale, in one word, and what a clerk should know beside it.
import type {
  Explained,
  MoneyOfSale,
  Remark,
  SaleOutcome,
} from '../../../domain/console/explaining.ts'
import type { OrderState } from '../../../domain/order.ts'
import type { Evidence, Gist } from './evidence.ts'
import { shownNumber } from './masking.ts'

const byState: Record<OrderState, SaleOutcome> = {
  QUOTED: 'on its way',
  FUNDED: 'on its way',
  AWAIT_WRITE: 'on its way',
  UNKNOWN: 'card decides',
  NOT_LOADED_RETRY: 'not on the card',
  LOADED: 'bought',
  METER_CREDITED: 'in the meter',
  UNDONE: 'taken back',
  RETURNED_TO_ACCOUNT: 'returned',
  EXPIRED: 'returned',
  SUSPECT: 'contradiction',
}

export const outcomeOf = ({ order, claims }: Gist, { sums }: MoneyOfSale): SaleOutcome => {
  if (order !== null) return byState[order.state]
  if (sums.unknown > 0) return 'not reported'
  if (sums.claim > 0 || claims.some(({ state }) => state !== 'given back')) return 'money claimed'
  return sums.account > 0 ? 'money kept' : 'nothing paid'
}

export const remarksOf = (
  evidence: Evidence,
  of: { money: MoneyOfSale; others: Explained['others']; seesCustomers: boolean },
): Remark[] => [
  ...ofVisit(evidence),
  ...ofMoney(of.money, evidence),
  ...ofReceipt(evidence),
  ...ofMeter(evidence, of.seesCustomers),
  ...of.others
    .filter(({ at, amount }) => amount > 0 && Math.abs(at - beginOf(evidence)) < nearMs)
    .map(({ sale, at, amount }): Remark => ({ kind: 'another sale near', sale, at, amount })),
]

/** So near that a caller may mean either, or was charged for both. */
const nearMs = 2 * 3_600_000

/** When the card went in; where nobody has told, when the first of its money was booked. */
export const beginOf = ({ journal, order, postings, payments, closed }: Gist): number =>
  journal.lines[0]?.at ??
  Math.min(
    ...[order?.created_at, postings[0]?.at, payments[0]?.since, closed?.closed_at].flatMap((at) =>
      at === undefined ? [] : [at],
    ),
  )

const ofVisit = ({ journal }: Evidence): Remark[] => {
  const entries = journal.lines.flatMap(({ entry }) => entry ?? [])
  const pulled = entries.some(
    (entry) => entry.type === 'session.closed' && entry.end.startsWith('card pulled'),
  )
  const stopped = journal.around.some(({ entry }) => entry?.type === 'kiosk.started')
  return [
    ...(journal.state === 'not here' ? [{ kind: 'journal not here' } as const] : []),
    ...(stopped ? [{ kind: 'kiosk stopped' } as const] : []),
    ...(pulled ? [{ kind: 'card pulled' } as const] : []),
  ]
}

const ofMoney = (money: MoneyOfSale, { payments }: Evidence): Remark[] =>
  money.heaps.flatMap((heap): Remark[] => {
    switch (heap.kind) {
      case 'note nobody can place':
        return [{ kind: 'note unknown', value: heap.amount }]
      case 'notes handed back':
        return [{ kind: 'note returned', value: heap.amount }]
      case 'payment undone':
        return payments.some(({ place }) => place === 'unpaid delivery')
          ? [{ kind: 'delivered unpaid', amount: heap.amount }]
          : [{ kind: 'payment undone', amount: heap.amount }]
      case 'payment nobody can say':
      case 'payment kept, not booked':
        return [{ kind: 'payment unknown', amount: heap.amount }]
      default:
        return []
    }
  })

/** The last word on the paper of this sale. */
const ofReceipt = ({ journal }: Evidence): Remark[] => {
  const entries = journal.lines.flatMap(({ entry }) => entry ?? [])
  const last = entries.findLast(
    (entry) => entry.type === 'receipt.printed' || entry.type === 'receipt.not-printed',
  )
  if (last?.type === 'receipt.not-printed') {
    return [{ kind: 'receipt not printed', why: last.why }]
  }
  if (last?.type !== 'receipt.printed') return []
  const queued = entries.find(
    (entry) => entry.type === 'receipt.queued' && entry.jobId === last.jobId,
  )
  const number = queued?.type === 'receipt.queued' ? queued.number : null
  return [{ kind: 'receipt printed', number }]
}

/** What the meter has last said of a purchase that it has not credited. */
export const refusalOf = (
  { card, order, meter }: Evidence,
  seesCustomers: boolean,
): { code: number; otherMeter: string | null } | null => {
  if (order?.state !== 'LOADED') return null
  const told = card.writeBacks.findLast(({ count }) => count < order.count)
  if (told !== undefined && told.result !== 0) return { code: told.result, otherMeter: null }
  const refused = card.insertions.slice(1).findLast((it) => it.refused !== null)?.refused ?? null
  if (refused === null) return null
  const isOther = refused.meter !== meter
  return {
    code: refused.code,
    otherMeter: isOther ? shownNumber(refused.meter, seesCustomers) : null,
  }
}

const ofMeter = (evidence: Evidence, seesCustomers: boolean): Remark[] => {
  if (evidence.order?.state !== 'LOADED') return []
  const refusal = refusalOf(evidence, seesCustomers)
  return [
    refusal === null ? { kind: 'not in the meter yet' } : { kind: 'meter refused', ...refusal },
  ]
}
