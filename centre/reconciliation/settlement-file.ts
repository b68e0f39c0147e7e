// A settlement file as text: what bank or front machine say of the money of a business day (domain.md 14.2).
//
// `<party>_<leg>_<businessdate>_<n>.csv`, UTF-8, cells as in RFC 4180. First row party, business date, from, to, records, total
// in minor units; then one row per transaction: order number, bank reference, terminal, STAN, kind, amount, fee, state,
// delivery evidence, time.
import { z } from 'zod'
import { minor, minus, nothing, plus, type Minor } from '../../domain/money.ts'

const whole = z
  .string()
  .regex(/^-?\d{1,15}$/, 'must be a whole number')
  .transform((digits) => minor(Number(digits)))
const count = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
const moment = z.iso.datetime({ offset: true })
const short = z.string().max(60)

export const parties = ['bank', 'front'] as const
export type Party = (typeof parties)[number]

const Head = z.tuple([z.enum(parties), z.iso.date(), moment, moment, count, whole])
const Cells = z.tuple([
  z.string().regex(/^(\d{16})?$/, 'must be an order number, or empty'),
  short,
  z.string().min(1).max(20),
  count,
  z.enum(['sale', 'top-up', 'reversal', 'return']),
  whole,
  whole,
  short,
  short,
  moment,
])

export type SettlementRow = {
  /** Empty where it is about no order. */
  orderNumber: string
  reference: string
  terminal: string
  stan: number
  kind: 'sale' | 'top-up' | 'reversal' | 'return'
  amount: Minor
  fee: Minor
  /** In the words of the party: `booked`, `reversed`, `approved`, `declined`. */
  state: string
  delivery: string
  at: string
}

export type SettlementFile = {
  name: string
  party: Party
  leg: string
  businessDate: string
  /** Of the files of this party, leg and date. */
  number: number
  rows: SettlementRow[]
  total: Minor
}

export type ReadSettlement =
  | { kind: 'file'; file: SettlementFile }
  /** A sentence each. */
  | { kind: 'problems'; problems: string[] }

const named = /^(bank|front)_([a-z]+)_(\d{4}-\d{2}-\d{2})_(\d{1,4})\.csv$/
const mostProblems = 10

/** All of a file, or what is wrong with it: nothing of a file that is cut or does not add up is taken. */
export const readSettlementFile = (name: string, text: string): ReadSettlement => {
  const [, party, leg = '', businessDate = '', number = ''] = named.exec(name) ?? []
  if (party === undefined) {
    return wrong(`${name}: must be named <party>_<leg>_<businessdate>_<n>.csv, of bank or front`)
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) !== '') return wrong(`${name}: does not end with a whole line; it may be cut`)
  const [first = '', ...others] = lines.slice(0, -1)
  const head = Head.safeParse(cellsOf(first))
  if (!head.success) {
    return wrong(`${name}: the first row must be party, business date, from, to, records, total`)
  }
  const [saidParty, saidDate, , , records, total] = head.data
  if (saidParty !== party || saidDate !== businessDate) {
    return wrong(`${name}: is of ${saidParty} and ${saidDate} by its first row`)
  }
  if (records !== others.length) {
    return wrong(`${name}: has ${others.length} rows, its first row says ${records}`)
  }
  const problems: string[] = []
  const rows = others.flatMap((line, at) => {
    const cells = Cells.safeParse(cellsOf(line))
    if (cells.success) return [rowOf(cells.data)]
    const [issue] = cells.error.issues
    problems.push(
      `${name}: row ${at + 2}, cell ${Number(issue?.path[0] ?? 0) + 1}: ${issue?.message}`,
    )
    return []
  })
  if (problems.length > 0) return { kind: 'problems', problems: problems.slice(0, mostProblems) }
  const counted = totalOf(rows)
  if (counted !== null && counted !== total) {
    return wrong(`${name}: its rows add up to ${counted}, its first row says ${total}`)
  }
  const file = { name, party: saidParty, leg, businessDate, number: Number(number), rows, total }
  return { kind: 'file', file }
}

const wrong = (problem: string): ReadSettlement => ({ kind: 'problems', problems: [problem] })

const rowOf = (cells: z.output<typeof Cells>): SettlementRow => {
  const [orderNumber, reference, terminal, stan, kind, amount, fee, state, delivery, at] = cells
  return { orderNumber, reference, terminal, stan, kind, amount, fee, state, delivery, at }
}

/** Rows of these moved nothing. */
const unmoved = new Set(['declined', 'refused', 'asking', 'open', 'not found'])

/** What the bank took less what it gave back; null where a reversal does not say of what, and so not with which sign. */
const totalOf = (rows: readonly SettlementRow[]): Minor | null => {
  const moved = rows.filter(({ reference, state }) => reference !== '' && !unmoved.has(state))
  const debited = new Set(moved.filter(isDebit).map(({ orderNumber }) => orderNumber))
  let total = nothing
  for (const row of moved) {
    if (row.kind === 'reversal' && !debited.has(row.orderNumber)) return null
    total = isDebit(row) ? plus(total, row.amount) : minus(total, row.amount)
  }
  return total
}

const isDebit = ({ kind }: SettlementRow): boolean => kind === 'sale' || kind === 'top-up'

/** The cells of a line; what stands in quotes may hold commas, and two quotes are one. */
const cellsOf = (line: string): string[] => {
  if (!line.includes('"')) return line.split(',')
  return [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/gy)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
}
