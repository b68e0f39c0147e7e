// The bank's settlement file of a business day, made from its books (domain.md 14.2).
import { minus, nothing, plus, type Minor } from '../../domain/money.ts'
import { effectOf } from './booking.ts'
import type { BankReversal, BankTransaction, BankTruth } from './truth.ts'

export type SettlementFile = { name: string; text: string }

export type SettlementRow = {
  orderNumber: string
  reference: string
  terminal: string
  stan: string
  kind: 'sale' | 'top-up' | 'return' | 'reversal'
  /** What the row is about; what it does to the total follows from its kind, and for a reversal from that of its original. */
  amount: Minor
  fee: Minor
  state: 'booked' | 'reversed'
  delivery: 'loaded' | 'not loaded' | ''
  atMs: number
  /** Towards the total: debits of customers less what went back to them. */
  counts: Minor
}

/** What moved money that day, in the order it was booked. A reversed sale is still a row, and its reversal another one. */
export const settlementRows = (truth: BankTruth, businessDate: string): SettlementRow[] => {
  const common = (of: BankTransaction | BankReversal) => ({
    orderNumber: of.orderNumber,
    reference: of.reference,
    terminal: of.terminal,
    stan: of.stan,
    amount: of.amount,
    fee: nothing,
    delivery: truth.deliveries[of.orderNumber] ?? ('' as const),
    atMs: of.atMs,
  })
  const booked = Object.values(truth.transactions).flatMap((done): SettlementRow[] => {
    const { state, kind, amount } = done
    if (state === 'refused' || done.businessDate !== businessDate) return []
    return [{ ...common(done), kind, state, counts: signed(kind, amount) }]
  })
  const undone = Object.values(truth.reversals).flatMap((reversal): SettlementRow[] => {
    const original = truth.transactions[reversal.original]
    if (original === undefined || reversal.amount === 0) return []
    if (reversal.businessDate !== businessDate) return []
    const counts = minus(nothing, signed(original.kind, reversal.amount))
    return [{ ...common(reversal), kind: 'reversal', state: 'booked', counts }]
  })
  return [...booked, ...undone].sort((a, b) => a.reference.localeCompare(b.reference))
}

const signed = (kind: BankTransaction['kind'], amount: Minor): Minor =>
  effectOf(kind) === 'debit' ? amount : minus(nothing, amount)

/**
 * `bank_money_2026-11-26_1.csv`: UTF-8, lines end with CR LF. First row party, business date, from, to, records, total; then order
 * number, bank reference, terminal, STAN, kind, amount, fee, state, delivery evidence, time. `number` counts the files of a day.
 */
export const settlementFile = (
  truth: BankTruth,
  { businessDate, number, nowMs }: { businessDate: string; number: number; nowMs: number },
): SettlementFile => {
  const rows = settlementRows(truth, businessDate)
  const total = plus(nothing, ...rows.map(({ counts }) => counts))
  const { fromMs, toMs } = spanOf(truth, businessDate, nowMs)
  const head = ['bank', businessDate, moment(fromMs), moment(toMs), rows.length, total]
  const lines = rows.map((row) => [
    row.orderNumber,
    row.reference,
    row.terminal,
    row.stan,
    row.kind,
    row.amount,
    row.fee,
    row.state,
    row.delivery,
    moment(row.atMs),
  ])
  return {
    name: `bank_money_${businessDate}_${number}.csv`,
    text: [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join(''),
  }
}

/** From the moment the day began to the one the next began, or to now while it lasts. */
const spanOf = ({ opened }: BankTruth, businessDate: string, nowMs: number) => {
  const fromMs = opened[businessDate] ?? nowMs
  const next = Object.keys(opened)
    .sort()
    .find((day) => day > businessDate)
  return { fromMs, toMs: (next === undefined ? undefined : opened[next]) ?? nowMs }
}

const moment = (ms: number): string => new Date(ms).toISOString()

/** RFC 4180: in quotes where it holds what would end a cell. */
const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
