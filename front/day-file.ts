// The file of a business day as text: what the front machine knows of the money, for the match with bank and centre.
import { minus, nothing, plus, type Minor } from '../domain/money.ts'

/** One transaction. A reversed sale is a row, and its reversal another one; nothing is left out (domain.md 14.2). */
export type DayRow = {
  orderNumber: string
  reference: string
  terminal: string
  stan: number
  kind: 'sale' | 'reversal'
  amount: Minor
  state: string
  /** What card or centre said of the delivery: a state of the order, or nothing. */
  delivery: string
  at: number
  /** Towards the total: what the bank took from accounts less what it gave back. */
  counts: boolean
}

/**
 * `front_money_2026-11-26_1.csv`: UTF-8, lines end with CR LF. First row party, business date, from, to, records, total in minor
 * units; then order number, bank reference, terminal, STAN, kind, amount, fee, state, delivery evidence, time.
 */
export const dayFile = (
  rows: readonly DayRow[],
  day: { businessDate: string; from: number; to: number },
): { name: string; content: string } => {
  const { businessDate, from, to } = day
  const head = ['front', businessDate, moment(from), moment(to), rows.length, totalOf(rows)]
  const lines = rows.map((row) => [
    row.orderNumber,
    row.reference,
    row.terminal,
    String(row.stan).padStart(6, '0'),
    row.kind,
    row.amount,
    // The bank charges nothing for a payment.
    0,
    row.state,
    row.delivery,
    moment(row.at),
  ])
  // No cell can hold a comma, a quote or the end of a line: names of fields 41 are letters, digits and -.
  const content = [head, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
  return { name: `front_money_${businessDate}_1.csv`, content }
}

export const totalOf = (rows: readonly DayRow[]): Minor => {
  const sumOf = (kind: DayRow['kind']): Minor =>
    plus(
      nothing,
      ...rows.filter((row) => row.counts && row.kind === kind).map(({ amount }) => amount),
    )
  return minus(sumOf('sale'), sumOf('reversal'))
}

const moment = (ms: number): string => new Date(ms).toISOString()
