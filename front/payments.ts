// A payment from a linked account: the intent on disk, the bank asked once, and one of three ends (domain.md 13.3).
import type { PaymentReply, PaymentRequest, WhyDeclined } from '../domain/front-messages.ts'
import type { PaymentId } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import type { Outcome } from '../server/once-only.ts'
import type { BankAnswer } from './bank-line/bank-line.ts'
import { saleRequest, verdictOn } from './bank-messages.ts'
import { openDate, nextStan } from './business-day.ts'
import type { Terminal } from './config.ts'
import { transmissionTime } from './iso8583/values.ts'
import { deadlines, senderOf, type Means } from './means.ts'
import {
  beginPayment,
  evidenceOf,
  isFenced,
  movePayment,
  paymentOf,
  saleIsClosed,
  type PaymentRow,
} from './payment-book.ts'
import { keepPendingAction } from './queue-answers.ts'
import { queueReversal, type Turn } from './queue.ts'
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
    end({ work, now: clock.now(), policy }, { asked, answer }),
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

/** What the answer makes of the payment. `reversal`: the number of the message that is to be sent now. */
const end = async (
  turn: Turn,
  { asked, answer }: { asked: PaymentRequest; answer: BankAnswer },
): Promise<{ row: PaymentRow; reversal: number | null }> => {
  const { work, now } = turn
  const row = await paymentOf(work, asked.paymentId)
  if (row === undefined) throw new Error(`payment ${asked.paymentId} has lost its intent`)
  const stays = async (moved: Promise<PaymentRow>) => ({ row: await moved, reversal: null })
  const reversed = async (of: PaymentRow, why: string) => ({
    reversal: await queueReversal(turn, of, why),
    row: { ...of, state: 'reversing' as const },
  })
  switch (answer.kind) {
    case 'away': {
      const why = `certainly not sent: ${answer.why}`
      const also = { why: 'bank away' as const }
      return stays(movePayment(work, row, { state: 'declined', at: now, why, also }))
    }
    case 'unknown':
      return reversed(row, answer.why)
    case 'answered':
      break
    default:
      return never(answer)
  }
  await keepPendingAction(turn, row.terminal, answer.message)
  const verdict = verdictOn(answer.message, { ...row, businessDate: row.business_date, now })
  switch (verdict.kind) {
    case 'declined': {
      const also = { why: verdict.why }
      const why = `the bank: ${verdict.why}`
      return stays(movePayment(work, row, { state: 'declined', at: now, why, also }))
    }
    case 'unknown':
      return reversed(row, verdict.why)
    case 'approved': {
      const also = { reference: verdict.reference, bank_date: verdict.bankDate }
      const why = `the bank approved it, reference ${verdict.reference}`
      const approved = await movePayment(work, row, { state: 'approved', at: now, why, also })
      return row.reversal_wanted === 1
        ? reversed(approved, 'wanted back before it was approved')
        : { row: approved, reversal: null }
    }
    default:
      return never(verdict)
  }
}

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

/**
 * Payments that nobody waits for any more and that have no end: the program was stopped, or could not write down what the
 * bank said. Each is to be reversed; gives what is to be sent for it. At a start nothing is asked of the bank before this.
 */
export const reverseUnanswered = (
  { store, clock, policy }: Means,
  underWay: ReadonlySet<PaymentId>,
): Promise<{ number: number; terminal: string }[]> =>
  store.transact(async (work) => {
    const turn = { work, now: clock.now(), policy }
    const queued: { number: number; terminal: string }[] = []
    const open = await work
      .selectFrom('payments')
      .selectAll()
      .where('state', '=', 'asking')
      .execute()
    for (const row of open.filter(({ payment }) => !underWay.has(payment))) {
      const number = await queueReversal(turn, row, 'the answer of the bank was never written down')
      queued.push({ number, terminal: row.terminal })
    }
    return queued
  })
