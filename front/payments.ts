// A payment from a linked account: the intent on disk, the bank asked once, and one of three ends (domain.md 13.3).
import type { PaymentReply, PaymentRequest, WhyDeclined } from '../domain/front-messages.ts'
import { never } from '../domain/never.ts'
import type { Outcome } from '../server/once-only.ts'
import { saleRequest } from './bank-messages.ts'
import { openDate, nextStan } from './business-day.ts'
import type { Terminal } from './config.ts'
import { transmissionTime } from './iso8583/values.ts'
import { deadlines, senderOf, type Means } from './means.ts'
import { endPayment } from './payment-answers.ts'
import {
  beginPayment,
  evidenceOf,
  isFenced,
  paymentOf,
  saleIsClosed,
  type PaymentRow,
} from './payment-book.ts'
import type { Turn } from './queue.ts'
import type { Sending, UnderWay } from './reversing.ts'

type Paying = Means & { sending: Sending; underWay: UnderWay }

export const pay = async (
  means: Paying,
  terminal: Terminal,
  asked: PaymentRequest,
): Promise<Outcome<PaymentReply>> => {
  const { underWay } = means
  // Somebody else is asking for it at this moment, and will write down what comes of it.
  const isMine = !underWay.has(asked.paymentId)
  underWay.add(asked.paymentId)
  try {
    return await payOnce(means, terminal, asked)
  } finally {
    if (isMine) underWay.delete(asked.paymentId)
  }
}

const payOnce = async (
  means: Paying,
  terminal: Terminal,
  asked: PaymentRequest,
): Promise<Outcome<PaymentReply>> => {
  const { store, line, clock, policy, sending } = means
  // What is still to be reversed at this terminal goes before anything new.
  const begun = await sending.inTurn(terminal.terminal, async () => {
    const cleared = await sending.clear(terminal.terminal)
    return store.transact((work) =>
      begin({ work, now: clock.now(), policy }, { terminal, asked, cleared, line: line.state() }),
    )
  })
  if (begun.kind !== 'asking') return begun
  const { row, account } = begun
  const { stan, business_date: businessDate, at } = row
  if (stan === null) throw new Error(`payment ${row.payment} has no STAN`)
  const answer = await line.ask(
    saleRequest(senderOf(policy, row.terminal), { businessDate, stan, at }, { ...asked, account }),
    deadlines.bankMs,
  )
  const ended = await store.transact((work) =>
    endPayment({ work, now: clock.now(), policy }, { asked, answer }),
  )
  if (ended.reversal !== null) {
    void sending.take({ number: ended.reversal, terminal: row.terminal })
  }
  return { kind: 'answered', reply: replyFor(ended.row) }
}

type Begun = Outcome<PaymentReply> | { kind: 'asking'; row: PaymentRow; account: string }

/** The intent, or why there is none. One payment of a sale at a time; an older one is never taken for a new one. */
const begin = async (
  turn: Turn,
  of: { terminal: Terminal; asked: PaymentRequest; cleared: boolean; line: string },
): Promise<Begun> => {
  const { work, now, policy } = turn
  const { terminal, asked } = of
  const known = await paymentOf(work, asked.paymentId)
  if (known !== undefined) {
    return isThis(known, asked)
      ? { kind: 'answered', reply: replyFor(known) }
      : { kind: 'refused', status: 409, problem: 'paymentId: was used for another payment' }
  }
  const live = await work
    .selectFrom('payments')
    .select('payment')
    .where('sale', '=', asked.saleId)
    .where('state', 'in', ['asking', 'approved'])
    .executeTakeFirst()
  if (live !== undefined) {
    return { kind: 'refused', status: 409, problem: 'saleId: has a payment that is not over' }
  }
  const account = await accountOf(turn, asked)
  const why = await whyNot(turn, { ...of, account })
  if (account === null || why !== null) {
    const row = { ...newRow(turn, terminal, asked), why: why ?? 'not linked' } as const
    await beginPayment(
      work,
      { ...row, state: 'declined', business_date: await openDate(work, now, policy) },
      `${row.why}: the bank was not asked`,
    )
    return { kind: 'answered', reply: { kind: 'declined', why: row.why } }
  }
  const businessDate = await openDate(work, now, policy)
  const row: PaymentRow = {
    ...newRow(turn, terminal, asked),
    business_date: businessDate,
    stan: await nextStan(work, terminal.terminal, businessDate),
    sent_time: transmissionTime(now),
  }
  await beginPayment(work, row, 'the bank is going to be asked')
  return { kind: 'asking', row, account }
}

const isThis = (row: PaymentRow, asked: PaymentRequest): boolean =>
  row.kiosk === asked.kiosk &&
  row.sale === asked.saleId &&
  row.insertion === asked.insertionId &&
  row.serial === asked.serial &&
  row.amount === asked.amount

const accountOf = async ({ work }: Turn, { serial }: PaymentRequest): Promise<string | null> => {
  const linked = await work
    .selectFrom('accounts')
    .select('account')
    .where('serial', '=', serial)
    .executeTakeFirst()
  return linked?.account ?? null
}

/** Certain before anything is sent. */
const whyNot = async (
  { work }: Turn,
  of: { asked: PaymentRequest; account: string | null; cleared: boolean; line: string },
): Promise<WhyDeclined | null> => {
  const { paymentId, saleId } = of.asked
  if ((await isFenced(work, paymentId)) || (await saleIsClosed(work, saleId))) return 'sale over'
  if (of.account === null) return 'not linked'
  return of.cleared && of.line === 'signed on' ? null : 'bank away'
}

const newRow = (
  { now }: Turn,
  { terminal, channel }: Terminal,
  asked: PaymentRequest,
): Omit<PaymentRow, 'business_date'> => ({
  payment: asked.paymentId,
  kiosk: asked.kiosk,
  channel,
  terminal,
  sale: asked.saleId,
  insertion: asked.insertionId,
  serial: asked.serial,
  amount: asked.amount,
  stan: null,
  sent_time: null,
  state: 'asking',
  why: null,
  reference: null,
  bank_date: null,
  reversal_wanted: 0,
  order_request: null,
  order_number: null,
  order_state: null,
  returned: null,
  closing: null,
  at: now,
})

/** In front of a terminal everything that was or is being reversed began with an answer nobody can use. */
const replyFor = (row: PaymentRow): PaymentReply => {
  switch (row.state) {
    case 'approved':
      return { kind: 'approved', evidence: evidenceOf(row) }
    case 'declined':
      return { kind: 'declined', why: row.why ?? 'declined' }
    case 'asking':
    case 'reversing':
    case 'reversed':
      return { kind: 'unknown' }
    default:
      return never(row.state)
  }
}
