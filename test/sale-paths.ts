// Every short path through a sale, each way each step may end: what the invariants and the screens are held against.
import type { EventFromLogic, SnapshotFrom } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import type { CentreAnswer } from '../domain/centre-messages.ts'
import { energy } from '../domain/energy.ts'
import { CardSerial, Nonce, OrderNumber, QuoteId } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import type { Quote } from '../domain/quote.ts'
import { testIds } from './test-ids.ts'
import { newPayment, type Payment } from '../state-machines/payment.ts'
import type { SaleContext } from '../state-machines/sale-context.ts'
import { paymentIn } from '../state-machines/sale-payment.ts'
import { sale } from '../state-machines/sale.ts'

const ids = testIds()
const saleId = ids.sale()
const order: OrderSummary = {
  orderNumber: OrderNumber.parse('2611230000000042'),
  saleId,
  state: 'AWAIT_WRITE',
  count: 7,
  tender: minor(2000),
  charged: minor(2000),
  energy: energy(1340),
}
const quote: Quote = {
  quoteId: QuoteId.parse(ids.sale()),
  saleId,
  expiresAt: '2026-11-24T12:00:00.000Z',
  tariff: { code: 'A', name: 'Tariff A' },
  tender: minor(2000),
  fee: minor(0),
  fixed: { amount: minor(0), vat: minor(0), period: '' },
  arrears: { before: minor(0), paid: minor(0), after: minor(0) },
  gross: minor(2000),
  energy: energy(1340),
  freeEnergy: energy(0),
  charged: minor(2000),
  residue: minor(0),
  vat: { rate: 1500, amount: minor(0), included: minor(0) },
  otherLevies: minor(0),
  lines: [],
}
const limits = { least: minor(500), most: minor(50_000), mostEnergy: null }
const account = {
  shortName: 'L. Chen',
  address: 'Main Street ••',
  meter: '••••5678',
  card: '••••6677',
  customer: '••••0123',
  tariff: { code: 'A', name: 'Tariff A' },
  balance: minor(10_000),
  spendable: minor(10_000),
  arrears: minor(0),
  meterReading: null,
  runsOutAt: null,
  lastPurchases: [],
}
const insertion = (
  verdict: Extract<CentreAnswer<'insertion'>, { kind: 'answered' }>['reply']['verdict'],
  settled: OrderSummary | null = null,
): CentreAnswer<'insertion'> => ({
  kind: 'answered',
  reply: { verdict, account, notices: [], settled, receiptProof: null },
})
const answered = <Reply>(reply: Reply) => ({ kind: 'answered' as const, reply })
const away = { kind: 'away', why: 'the line is down' } as const
const lost = { kind: 'unknown', why: 'no answer' } as const
const notes = (count: number) =>
  Array.from({ length: count }, () => ({ noteId: ids.note(), value: minor(2000) }))
const oneNote = notes(1)
const twoNotes = notes(2)

const evidence: PaymentEvidence = {
  kind: 'terminal',
  terminalId: '12345678',
  receiptNumber: 42,
  trace: 7,
  at: '1124101500',
}
const paymentId = ids.payment()
const payment = (now: Partial<Payment>): Payment => ({
  ...newPayment(paymentId, 'bank card', quote.tender),
  ...now,
})
/** A payment as it may be seen while it goes on, and as it may end. */
const payments: Payment[] = [
  payment({ phase: 'held', evidence }),
  payment({ phase: 'keeping', evidence }),
  payment({ phase: 'refusing', evidence }),
  payment({ phase: 'kept', evidence }),
  payment({ phase: 'not charged', why: 'declined' }),
  payment({ phase: 'not charged', evidence }),
  payment({ phase: 'unknown' }),
  payment({ phase: 'unknown', evidence }),
]
const isEnd = (phase: Payment['phase']): boolean =>
  phase === 'kept' || phase === 'not charged' || phase === 'unknown'

/** A payment goes only where it can from where it is. */
const mayFollow: Record<Payment['phase'], readonly Payment['phase'][]> = {
  asking: ['held', 'not charged', 'unknown'],
  held: ['not charged', 'unknown'],
  keeping: ['kept', 'not charged', 'unknown'],
  refusing: ['kept', 'not charged', 'unknown'],
  kept: [],
  'not charged': [],
  unknown: [],
}

/** Every way each step may end. */
const endings: Record<string, unknown[]> = {
  journal: [undefined, new Error('disk full')],
  lookAtCard: [
    {
      kind: 'looked',
      serial: CardSerial.parse('0011223344556677'),
      look: { nonce: Nonce.parse('a0a1a2a3a4a5a6a7'), fci: '6f', files: null },
    },
    { kind: 'not readable' },
    { kind: 'centre away' },
  ],
  diagnose: [
    insertion({ kind: 'can sell', limits }),
    insertion({ kind: 'refused', refusal: { kind: 'service card' }, depositOffered: false }),
    insertion({ kind: 'refused', refusal: { kind: 'under inquiry' }, depositOffered: true }),
    insertion({ kind: 'look again', nonce: Nonce.parse('b0b1b2b3b4b5b6b7') }),
    insertion({ kind: 'open order', order, mayReturn: true }),
    insertion({ kind: 'can sell', limits }, { ...order, state: 'LOADED' }),
    away,
  ],
  askQuote: [
    answered({ kind: 'quoted', quote }),
    answered({ kind: 'refused', why: 'too little', limits }),
    away,
  ],
  requestOrder: [
    answered({ kind: 'reserved', order, toAccount: minor(0), balance: minor(8000) }),
    answered({ kind: 'refused', why: 'quote expired' }),
    answered({ kind: 'refused', why: 'sale closed' }),
    lost,
  ],
  requestReturn: [
    answered({
      kind: 'returned',
      order: { ...order, state: 'RETURNED_TO_ACCOUNT' },
      balance: minor(1),
    }),
    lost,
  ],
  requestClosing: [
    answered({ order: null, toAccount: minor(2000), toSuspense: minor(0), balance: minor(12_000) }),
    answered({ order: null, toAccount: minor(0), toSuspense: minor(2000), balance: null }),
    answered({
      order: { ...order, state: 'UNKNOWN' },
      toAccount: minor(0),
      toSuspense: minor(0),
      balance: null,
    }),
    lost,
  ],
  requestClaim: [
    answered({ kind: 'redeemed', amount: minor(2000), balance: minor(12_000) }),
    answered({ kind: 'not known' }),
    away,
    lost,
  ],
  prepareReceipt: [
    { jobId: 'J1', paper: { language: 'en', lines: [] }, texts: [], qr: null },
    new Error('no font'),
  ],
  takingCash: [
    { notes: oneNote, unknown: [], nameless: 0, end: 'paid' },
    { notes: twoNotes, unknown: [], nameless: 0, end: 'finished' },
    { notes: oneNote, unknown: [], nameless: 0, end: 'cancelled' },
    { notes: [], unknown: [], nameless: 0, end: 'cancelled' },
    { notes: [], unknown: [], nameless: 0, end: 'acceptor failed' },
    { notes: oneNote, unknown: [], nameless: 0, end: 'acceptor failed' },
    { notes: [], unknown: oneNote, nameless: 0, end: 'acceptor failed' },
    { notes: oneNote, unknown: [], nameless: 0, end: 'journal broken' },
  ],
  writingCard: [
    ...[true, false].map((inSession) => ({
      kind: 'written',
      order: { ...order, state: 'LOADED' },
      receiptProof: null,
      balance: minor(8000),
      inSession,
    })),
    { kind: 'not written', order: { ...order, state: 'NOT_LOADED_RETRY' } },
    { kind: 'unknown', order, cardGone: true },
    { kind: 'unknown', order, cardGone: false },
    { kind: 'not begun', order, cardGone: true },
    { kind: 'not begun', order, cardGone: false },
  ],
  takingBack: [
    { kind: 'undone', order: { ...order, state: 'UNDONE' }, balance: minor(10_000) },
    { kind: 'not undone' },
    { kind: 'unknown' },
  ],
}

type Snapshot = SnapshotFrom<typeof sale>
type Event = EventFromLogic<typeof sale>

const line = { exchange: () => Promise.reject(new Error('no card in a path test')) }
const customer: Event[] = [
  { type: 'press.buy' },
  { type: 'press.enquire' },
  { type: 'press.redeem' },
  // Twelve of them are the number of a slip: its check digit fits.
  { type: 'press.digit', digit: 0 },
  { type: 'press.continue' },
  { type: 'press.back' },
  { type: 'press.cancel' },
  { type: 'press.keep going' },
  { type: 'press.suggestion', value: 20 },
  { type: 'press.tender', tender: 'cash' },
  { type: 'press.tender', tender: 'account' },
  { type: 'press.tender', tender: 'bank card' },
  { type: 'press.rest', to: 'account' },
  { type: 'press.rest', to: 'energy' },
  { type: 'press.confirm' },
  { type: 'press.deposit' },
  { type: 'press.finish order' },
  { type: 'press.return order' },
  { type: 'press.done' },
  { type: 'press.print again' },
  { type: 'press.take back' },
  { type: 'press.continue' },
  { type: 'press.take back' },
  { type: 'card.removed' },
  { type: 'card.inserted', atr: new Uint8Array(), fci: new Uint8Array(), line },
  { type: 'patience.ended' },
  { type: 'receipt.printed', jobId: 'J1' },
  { type: 'receipt.not-printed', jobId: 'J1', why: 'paper out' },
]

const nodesOf = (snapshot: Snapshot) => snapshot._nodes.filter((node) => node.id.includes('story'))

const eventsIn = (snapshot: Snapshot): Event[] => {
  if (snapshot.status !== 'active') return []
  const ends = nodesOf(snapshot).flatMap((node) =>
    node.invoke.flatMap(({ id, src }) =>
      (endings[typeof src === 'string' ? src : ''] ?? []).map((output) =>
        output instanceof Error
          ? { type: `xstate.error.actor.${id}`, error: output }
          : { type: `xstate.done.actor.${id}`, output },
      ),
    ),
  )
  const timers = nodesOf(snapshot).flatMap((node) =>
    Object.keys(node.config.after ?? {}).map((delay) => ({
      type: `xstate.after.${delay}.${node.id}`,
    })),
  )
  const others = [
    ...ends,
    ...timers,
    ...(snapshot.children['takingCash'] ? [cashSeen] : []),
    ...paymentSeen(snapshot),
  ]
  return [...customer, ...(others as unknown as Event[])]
}

/** What the machine beside the story may show of its payment now, or end with. Once told to keep or refuse it does. */
const paymentSeen = ({ children, context, value }: Snapshot) => {
  const now = context.payments.at(-1)
  if (children['charging'] === undefined || now === undefined) return []
  const told =
    typeof value.story === 'object' && 'charging' in value.story ? value.story.charging : null
  const phase = told === 'keeping' || told === 'refusing' ? told : now.phase
  return (
    payments
      .filter((each) => mayFollow[phase].includes(each.phase))
      // What was agreed to has its evidence from then on.
      .filter((each) => now.evidence === null || each.evidence !== null)
      .map((each) =>
        isEnd(each.phase)
          ? { type: 'xstate.done.actor.charging', output: each }
          : { type: 'xstate.snapshot.charging', snapshot: { context: each } },
      )
  )
}

/** A note is in, as the machine that takes them shows it while it goes on. */
const cashSeen = {
  type: 'xstate.snapshot.takingCash',
  snapshot: {
    context: { notes: oneNote, unknown: [], note: { kind: 'taken', value: minor(2000) } },
  },
}

/** What decides how a sale goes on that is paid through a bank; once it is told about, only what is told. */
const aboutPayment = (story: Snapshot['value']['story'], context: SaleContext) => {
  const { phase, evidence } = context.payments.at(-1) ?? { phase: null, evidence: null }
  if (typeof story === 'string' || 'leaving' in story) return [phase, context.outcome.kind]
  return [phase, evidence === null, context.cardState, context.returnAsked]
}

export const salePaths = getShortestPaths(sale, {
  input: {
    saleId,
    ids,
    language: 'en',
    card: { line, fci: new Uint8Array() },
    tenders: [
      { tender: 'cash', works: true },
      { tender: 'bank card', works: true },
      { tender: 'account', works: true },
    ],
    cashValues: [minor(2000)],
    mostCash: minor(100_000),
  },
  events: eventsIn,
  limit: 500_000,
  serializeState: ({ value, context }) =>
    JSON.stringify([
      value.story,
      context.notes.length,
      context.unknownNotes.length,
      context.order?.state ?? null,
      paymentIn(context) === null ? null : aboutPayment(value.story, context),
      context.written,
      context.tender,
      context.wish === null,
      context.cardIn,
      context.freshCard,
      context.looks > 2,
      context.mishap,
      context.finishOnly,
      context.requotes > 2,
      context.gaveUp,
      context.cancelled,
      context.depositOffered,
      context.mayReturn,
      context.undoable,
      context.healing,
      context.refusal !== null,
      context.undoable,
      context.healing,
      JSON.stringify(value.story).includes('redeeming') ? context.typed.length : null,
      context.claimTold?.kind ?? null,
    ]),
})
