// What a terminal asks about a payment later: what has become of it, or that the payer gets the money back.
import type {
  PaymentReversalReply,
  PaymentReversalRequest,
  PaymentStateReply,
  PaymentStateRequest,
} from '../domain/front-messages.ts'
import { never } from '../domain/never.ts'
import type { Outcome } from '../server/once-only.ts'
import type { Means } from './means.ts'
import { evidenceOf, fencePayment, paymentOf, type PaymentRow } from './payment-book.ts'
import { queueReversal, type Turn } from './queue.ts'
import type { Sending, UnderWay } from './reversing.ts'
import { whyKept } from './scripts-out.ts'

/** So long somebody in front of a terminal waits for the bank's word; the reversal arrives all the same. */
const patienceMs = 10_000

const notTheirs = {
  kind: 'refused',
  status: 403,
  problem: 'paymentId: is a payment of another terminal',
} as const

/** Asked about before it was heard of, it is fenced: the question may have overtaken the payment (domain.md 9.1). */
export const paymentState = ({ store, clock }: Means, asked: PaymentStateRequest) =>
  store.transact(async (work): Promise<Outcome<PaymentStateReply>> => {
    const row = await paymentOf(work, asked.paymentId)
    if (row === undefined) {
      await fencePayment(work, asked.paymentId, clock.now())
      return { kind: 'answered', reply: { kind: 'not known' } }
    }
    return row.kiosk === asked.kiosk ? { kind: 'answered', reply: stateOf(row) } : notTheirs
  })

const stateOf = (row: PaymentRow): PaymentStateReply => {
  switch (row.state) {
    case 'approved':
      return { kind: 'approved', evidence: evidenceOf(row) }
    case 'declined':
      return { kind: 'declined', why: row.why ?? 'declined' }
    case 'asking':
      return { kind: row.reversal_wanted === 1 ? 'reversing' : 'unknown' }
    case 'reversing':
    case 'reversed':
      return { kind: row.state }
    default:
      return never(row.state)
  }
}

export const reversePayment = async (
  means: Means & { sending: Sending; underWay: UnderWay },
  asked: PaymentReversalRequest,
): Promise<Outcome<PaymentReversalReply>> => {
  const { store, clock, policy, sending, underWay } = means
  const wanted = await store.transact((work) =>
    want({ work, now: clock.now(), policy }, asked, underWay.has(asked.paymentId)),
  )
  if (wanted.kind !== 'queued') return wanted
  const { promise: patience, resolve } = Promise.withResolvers<void>()
  const takeBack = clock.after(patienceMs, resolve)
  await Promise.race([sending.take(wanted), patience])
  takeBack()
  const row = await store.transact((work) => paymentOf(work, asked.paymentId))
  return { kind: 'answered', reply: { kind: row?.state === 'reversed' ? 'reversed' : 'reversing' } }
}

type Wanted = Outcome<PaymentReversalReply> | { kind: 'queued'; number: number; terminal: string }

const answered = (reply: PaymentReversalReply): Wanted => ({ kind: 'answered', reply })

const want = async (
  turn: Turn,
  asked: PaymentReversalRequest,
  isUnderWay: boolean,
): Promise<Wanted> => {
  const { work, now } = turn
  const row = await paymentOf(work, asked.paymentId)
  if (row === undefined) {
    await fencePayment(work, asked.paymentId, now)
    return answered({ kind: 'reversed' })
  }
  if (row.kiosk !== asked.kiosk) return notTheirs
  switch (row.state) {
    case 'declined':
    case 'reversed':
      return answered({ kind: 'reversed' })
    case 'reversing':
      return answered({ kind: 'reversing' })
    case 'asking':
      if (!isUnderWay) {
        const number = await queueReversal(turn, row, 'its answer was never written down')
        return { kind: 'queued', number, terminal: row.terminal }
      }
      // What the bank says decides what there is to reverse; a stop before that reverses it too.
      await work
        .updateTable('payments')
        .set({ reversal_wanted: 1 })
        .where('payment', '=', row.payment)
        .execute()
      return answered({ kind: 'reversing' })
    case 'approved': {
      const why = await whyKept(work, row)
      if (why !== null) return answered({ kind: 'not possible', why })
      const number = await queueReversal(turn, row, 'at the wish of the terminal')
      return { kind: 'queued', number, terminal: row.terminal }
    }
    default:
      return never(row.state)
  }
}
