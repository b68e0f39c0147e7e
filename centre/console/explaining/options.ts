// What may be done about a sale now: advice for whoever calls, and what a clerk may propose to a second person.
import type {
  MoneyOfSale,
  NoReturn,
  Option,
  SaleOutcome,
} from '../../../domain/console/explaining.ts'
import { never } from '../../../domain/never.ts'
import { referenceOf } from '../../../domain/reference.ts'
import { insertionLifeMs } from '../../insertions.ts'
import { scriptIsOut } from '../../order-states.ts'
import { isNotPaidYet } from '../../payments.ts'
import { mayReturn } from '../../settling.ts'
import type { Books, Evidence } from './evidence.ts'
import { shownNumber } from './masking.ts'
import { refusalOf } from './outcome.ts'

/** Why the order of this sale may not go back to the account now; null when it may. The very rules of a kiosk hold here too. */
export const whyNoReturn = async (
  books: Books,
  { order, closed }: Pick<Evidence, 'order' | 'closed'>,
  now: number,
): Promise<NoReturn | null> => {
  if (order === null) return 'delivered'
  const isRunning = closed === null && now - order.created_at < insertionLifeMs
  if (order.state === 'AWAIT_WRITE' && isRunning) return 'sale running'
  if (scriptIsOut(order)) return 'card decides'
  if (order.state !== 'AWAIT_WRITE' && order.state !== 'NOT_LOADED_RETRY') return 'delivered'
  if (await isNotPaidYet({ work: books }, order, undefined)) return 'payment open'
  return (await mayReturn({ work: books }, order)) ? null : 'other card'
}

export const optionsOf = async (
  books: Books,
  evidence: Evidence,
  of: {
    money: MoneyOfSale
    outcome: SaleOutcome
    remarks: readonly { kind: string }[]
    now: number
    seesCustomers: boolean
  },
): Promise<Option[]> => {
  if (of.money.differences.length > 0) return [{ kind: 'call accounts' }]
  const options = [
    ...(await ofOrder(books, evidence, of)),
    ...ofClaims(evidence, of),
    ...ofUnknown(of.money),
    ...(of.remarks.some(({ kind }) => kind === 'receipt not printed')
      ? [{ kind: 'receipt again' } as const]
      : []),
  ]
  return options.length === 0 ? [{ kind: 'nothing to do' }] : options
}

const ofOrder = async (
  books: Books,
  evidence: Evidence,
  of: { outcome: SaleOutcome; now: number; seesCustomers: boolean },
): Promise<Option[]> => {
  const { order, customer } = evidence
  if (order === null) return []
  switch (of.outcome) {
    case 'on its way':
    case 'not on the card':
    case 'card decides': {
      const why = await whyNoReturn(books, evidence, of.now)
      if (why === 'sale running') return [{ kind: 'no return', why }]
      const to = customer?.has_account === 1 ? 'account' : 'claim'
      const back: Option =
        why === null
          ? { kind: 'propose return', amount: order.tender, to }
          : { kind: 'no return', why }
      const visit: Option = scriptIsOut(order)
        ? { kind: 'bring the card' }
        : { kind: 'finish at next visit', mayReturn: why === null }
      return why === 'payment open' ? [{ kind: 'wait for the kiosk' }, back] : [visit, back]
    }
    case 'bought': {
      const refusal = refusalOf(evidence, of.seesCustomers)
      return [
        refusal === null
          ? { kind: 'put the card into the meter' }
          : { kind: 'meter advice', ...refusal },
      ]
    }
    case 'contradiction':
      return [{ kind: 'two persons decide' }]
    case 'in the meter':
    case 'returned':
    case 'taken back':
    case 'nothing paid':
    case 'money kept':
    case 'money claimed':
    case 'not reported':
      return []
    default:
      return never(of.outcome)
  }
}

const ofClaims = (
  { claims, customer, sale }: Evidence,
  { seesCustomers }: { seesCustomers: boolean },
): Option[] => {
  const open = claims.filter(({ state }) => state === 'open')
  const amount = open.reduce((total, claim) => total + (claim.amount ?? 0), 0)
  if (amount === 0) return []
  const to = customer?.has_account === 1 ? shownNumber(customer.customer, seesCustomers) : null
  return [
    { kind: 'redeem at a kiosk', reference: referenceOf(sale).number },
    { kind: 'propose redeeming claim', amount, customer: to },
    { kind: 'propose paying claim', amount },
  ]
}

const ofUnknown = ({ heaps, valuelessNotes }: MoneyOfSale): Option[] => {
  const has = (kind: string): boolean => heaps.some((heap) => heap.kind === kind)
  const lost = has('note nobody can place') || valuelessNotes > 0
  const waits = has('note in the box, not booked') || has('payment kept, not booked')
  return [
    ...(waits ? [{ kind: 'wait for the kiosk' } as const] : []),
    ...(lost ? [{ kind: 'count the cash box' } as const] : []),
    ...(has('payment nobody can say') ? [{ kind: 'wait for the bank' } as const] : []),
  ]
}
