// What the centre's own books tell of a sale: the states of its order, notes, payments, claims, postings, alarms.
import type { Fact, FactSource, HowSure } from '../../../domain/console/explained-facts.ts'
import { plusEnergy } from '../../../domain/energy.ts'
import { PaymentEvidence } from '../../../domain/payment.ts'
import { takenBackStates } from '../../order-states.ts'
import type { Tables } from '../../tables.ts'
import { aboutAtOnce, onceOnly, type Draft } from './drafts.ts'
import type { Evidence, Posted } from './evidence.ts'
import { evidenceInWords, shownNumber } from './masking.ts'

type Naming = { name?: string | null; withinMs?: number; rank?: number; kiosk?: Draft['kiosk'] }

const draft = (
  at: number,
  fact: Fact,
  of: { sure: HowSure | null; from: FactSource['from']; which: string | number } & Naming,
): Draft => ({
  at,
  kiosk: of.kiosk ?? null,
  fact,
  sure: of.sure,
  sources: [{ from: of.from, which: String(of.which) }],
  name: of.name ?? null,
  withinMs: of.withinMs ?? onceOnly,
  rank: of.rank ?? 2,
})

export const toldByBooks = (evidence: Evidence, seesCustomers: boolean): Draft[] => [
  ...ofOrder(evidence),
  ...evidence.notes.map((note) => ofNote(note, evidence)),
  ...evidence.payments.flatMap((payment) => ofPayment(payment)),
  ...ofClosing(evidence),
  ...evidence.claims.flatMap((claim) => ofClaim(claim, seesCustomers)),
  ...evidence.postings.map((posting) => ofPosting(posting, evidence)),
  ...evidence.alarms.map((alarm) =>
    draft(
      alarm.at,
      { kind: 'alarm', alarm: alarm.kind },
      { sure: null, from: 'alarms', which: alarm.alarm, kiosk: alarm.kiosk },
    ),
  ),
]

const ofOrder = ({ order, states, scripts, quote, postings }: Evidence): Draft[] => {
  if (order === null) return []
  const { order_number: number, kiosk } = order
  const notesIn = postings
    .filter(({ kind }) => kind === 'order funded')
    .flatMap(({ entries }) => entries)
    .reduce((sum, { kind, amount }) => (kind === 'kiosk cash' ? sum + amount : sum), 0)
  const made: Draft = draft(
    order.created_at,
    {
      kind: 'order.made',
      order: number,
      tender: order.funding,
      amount: order.tender,
      toAccount: Math.max(0, notesIn - order.tender),
      energy: plusEnergy(order.energy, order.free_energy),
    },
    { sure: 'booked', from: 'order states', which: '3 AWAIT_WRITE', name: `made ${number}`, kiosk },
  )
  return [
    made,
    ...states
      .slice(states[2]?.state === 'AWAIT_WRITE' ? 3 : 0)
      .map((state) => ofState(state, { tender: quote?.tender ?? order.tender, postings })),
    ...scripts.map((script) =>
      draft(
        script.at,
        { kind: 'script.released', attempt: script.attempt, order: number },
        { sure: 'booked', from: 'scripts', which: script.attempt, kiosk: script.kiosk },
      ),
    ),
  ]
}

const ofState = (
  row: Tables['order_states'],
  { tender, postings }: { tender: number; postings: readonly Posted[] },
): Draft => {
  const { order_number: order, state, why, at, step } = row
  const from = 'order states' as const
  const which = `${step} ${state}`
  const near = { withinMs: aboutAtOnce }
  switch (state) {
    case 'LOADED':
      return draft(
        at,
        { kind: 'card.written', order },
        { sure: 'proven', from, which, name: `loaded ${order}` },
      )
    case 'METER_CREDITED':
      return draft(
        at,
        { kind: 'meter.credited', order },
        { sure: 'proven', from, which, name: `credited ${order}` },
      )
    case 'NOT_LOADED_RETRY':
      return draft(
        at,
        { kind: 'card.not-written', order },
        { sure: 'proven', from, which, name: `not loaded ${order}`, ...near },
      )
    case 'UNKNOWN':
      return draft(
        at,
        { kind: 'card.unknown', order, why },
        { sure: 'not known', from, which, name: `unknown ${order}`, ...near },
      )
    case 'UNDONE':
      return draft(
        at,
        { kind: 'undo.done', order },
        { sure: 'proven', from, which, name: `undone ${order}` },
      )
    case 'RETURNED_TO_ACCOUNT':
      return draft(
        at,
        { kind: 'order.returned', order, to: returnedTo(postings), amount: tender },
        { sure: 'booked', from, which, name: `returned ${order}` },
      )
    default:
      return draft(at, { kind: 'order.state', order, state, why }, { sure: 'booked', from, which })
  }
}

const returnedTo = (postings: readonly Posted[]): 'account' | 'payer' | 'claim' => {
  if (postings.some(({ kind }) => kind === 'order returned to payer')) return 'payer'
  const back = postings.find(({ kind }) => kind === 'order returned')
  return back?.entries.some(({ kind }) => kind === 'suspense') ? 'claim' : 'account'
}

const ofNote = (note: Tables['notes'], { postings, order }: Evidence): Draft => {
  const at = postings.find(({ posting }) => posting === note.posting)?.at ?? order?.created_at ?? 0
  return draft(
    at,
    { kind: 'note.booked', value: note.value, place: note.place },
    {
      sure: 'booked',
      from: 'notes',
      which: note.note,
      name: `note ${note.note}`,
      kiosk: note.kiosk,
    },
  )
}

const ofPayment = (row: Tables['payments']): Draft[] => {
  const { payment, amount, ended, since, kiosk, way } = row
  const told = row.evidence === null ? null : PaymentEvidence.parse(JSON.parse(row.evidence))
  const end = { sure: 'booked', from: 'payments', which: payment, kiosk } as const
  const known = draft(
    since,
    { kind: 'payment.known', amount, ended },
    { ...end, name: ended === 'kept' || ended === 'reversed' ? `payment ending ${payment}` : null },
  )
  if (told === null) return [known]
  const evidence = evidenceInWords(told)
  const authorised: Draft = draft(
    since,
    { kind: 'payment.authorised', way, amount, evidence },
    { ...end, name: `authorised ${evidence}` },
  )
  return [authorised, known]
}

const ofClosing = ({ closed, postings }: Evidence): Draft[] => {
  if (closed === null) return []
  const booked = postings
    .filter(({ kind }) => kind === 'notes booked' || kind === 'payment booked')
    .flatMap(({ entries }) => entries)
  const into = (account: string): number =>
    booked.reduce((sum, { kind, amount }) => (kind === account ? sum - amount : sum), 0)
  return [
    draft(
      closed.closed_at,
      {
        kind: 'sale.settled',
        toAccount: into('customer account'),
        toSuspense: into('suspense'),
      },
      {
        sure: 'booked',
        from: 'closings',
        which: closed.kiosk,
        name: 'settled',
        withinMs: aboutAtOnce,
        kiosk: closed.kiosk,
      },
    ),
  ]
}

const ofClaim = (row: Tables['claims'], seesCustomers: boolean): Draft[] => {
  const { claim, amount, made_at, settled_at, customer, kiosk } = row
  const from = 'claims' as const
  const opened = draft(
    made_at,
    { kind: 'claim.opened', amount },
    { sure: 'booked', from, which: claim, name: `claim ${claim}`, kiosk },
  )
  const how = howSettled(row)
  if (how === null || settled_at === null) return [opened]
  return [
    opened,
    draft(
      settled_at,
      {
        kind: 'claim.settled',
        amount: amount ?? 0,
        how,
        customer: customer === null ? null : shownNumber(customer, seesCustomers),
        persons: personsIn(row.persons),
      },
      { sure: 'booked', from, which: claim, name: `posting ${row.settled_by}`, rank: 3 },
    ),
  ]
}

const howSettled = ({ state, customer }: Tables['claims']) => {
  switch (state) {
    case 'redeemed':
    case 'given back':
    case 'paid ahead':
      return state
    case 'paid':
      return customer === null ? 'paid in cash' : 'paid to account'
    default:
      return null
  }
}

const personsIn = (persons: string | null): string[] => {
  const read: unknown = persons === null ? [] : JSON.parse(persons)
  return Array.isArray(read) ? read.filter((name) => typeof name === 'string') : []
}

/** What is had or is owed to the authority: a debit adds to it (ledger.ts). */
const addedByDebit = new Set([
  'kiosk cash',
  'bank payments',
  'arrears',
  'unpaid deliveries',
  'office cash',
  'opening balances',
])

/** Which fact a posting is the booking of; a posting of a kind that is in no fact stands for itself. */
const ofPosting = ({ posting, at, kind, order, entries }: Posted, { closed }: Evidence): Draft => {
  const names: Record<string, Naming> = {
    'order funded': { name: `made ${order}` },
    'order loaded': { name: `loaded ${order}` },
    'order returned': { name: `returned ${order}` },
    'order returned to payer': { name: `returned ${order}` },
    'order undone': { name: `undone ${order}` },
    'claim redeemed': { name: `posting ${posting}` },
    'claim paid': { name: `posting ${posting}` },
    ...(closed === null
      ? {}
      : {
          'notes booked': { name: 'settled', withinMs: aboutAtOnce },
          'payment booked': { name: 'settled', withinMs: aboutAtOnce },
        }),
  }
  const moved = entries.map((entry) => ({
    account: entry.kind,
    amount: addedByDebit.has(entry.kind) ? entry.amount : 0 - entry.amount,
  }))
  return draft(
    at,
    { kind: 'posting', posting: kind, moved },
    { sure: 'booked', from: 'ledger', which: posting, rank: 0, ...names[kind] },
  )
}

/** States in which the energy of an order was not sold after all. */
export const isTakenBack = (state: Tables['orders']['state']): boolean =>
  takenBackStates.includes(state)
