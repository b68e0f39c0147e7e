// Figures and transactions as CSV (RFC 4180), in parts: a list of a year is more than one answer holds.
import type { z } from 'zod'
import type { ExportAsked, FigureQuestions, Sold } from '../../../domain/console/figures.ts'
import { never } from '../../../domain/never.ts'
import type { Books } from '../../figures/adding-up.ts'
import { momentOf } from '../../turn.ts'
import { boxesTold } from './boxes.ts'
import { labelsOf } from './labels.ts'
import { receivedTold } from './receiving.ts'
import { compared } from './selling.ts'
import { settlementTold } from './settling.ts'
import { linesShown, rowOf } from './transactions.ts'

type Asked = z.output<typeof ExportAsked>
type Part = FigureQuestions['figures/export']['told']

/** Lines in one part. */
const partLength = 5000

export const exportTold = async (
  books: Books,
  asked: Asked,
  of: { today: string; timeZone: string },
): Promise<Part> => {
  const { from, to, what } = asked
  const table = await tableOf(books, asked, of)
  const rows = asked.after === undefined ? [table.head, ...table.rows] : table.rows
  return {
    name: `${what}_${from}_${to}.csv`,
    text: rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join(''),
    next: table.next ?? null,
  }
}

type Cell = string | number | null
type Table = { head: string[]; rows: Cell[][]; next?: string | null }

const tableOf = (
  books: Books,
  asked: Asked,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<Table> => {
  const { from, to, what } = asked
  const range = { from, to }
  switch (what) {
    case 'sales':
      return sales(books, asked)
    case 'lines':
      return transactions(books, asked)
    case 'received':
      return received(books, range)
    case 'boxes':
    case 'persons':
      return boxes(books, { range, timeZone, what })
    case 'settlement':
      return settlement(books, { range, today })
    default:
      return never(what)
  }
}

/** In a cell what begins as a formula is text: a name somebody chose must not be carried out by a table. */
const cellOf = (value: Cell): string => {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const soldHead = [
  'orders',
  'energy 0.01 kWh',
  'free energy 0.01 kWh',
  'tendered',
  'charged',
  'fees',
  'fixed charges',
  'VAT',
  'energy',
  'other levies',
  'arrears',
  'to account',
]
const soldCells = (sold: Sold): number[] => [
  sold.orders,
  sold.energy,
  sold.freeEnergy,
  sold.tendered,
  sold.charged,
  sold.fees,
  sold.fixed,
  sold.vat,
  sold.supply,
  sold.levies,
  sold.arrears,
  sold.toAccount,
]

const sales = async (books: Books, asked: Asked): Promise<Table> => {
  const { from, to, by, kiosk, channel, tariff, area, tender } = asked
  const selling = { range: { from, to }, chosen: { kiosk, channel, tariff, area, tender } }
  const { groups } = await compared(books, selling, by)
  return {
    head: [by, 'name', ...soldHead, 'tendered before', 'tendered the year before'],
    rows: groups.map(({ key, label, sold, before, yearBefore }) => [
      key,
      label,
      ...soldCells(sold),
      before.tendered,
      yearBefore.tendered,
    ]),
  }
}

const transactions = async (books: Books, asked: Asked): Promise<Table> => {
  const { from, to, show, hour, after, kiosk, channel, tariff, area, tender } = asked
  const chosen = { kiosk, channel, tariff, area, tender }
  const listing = { range: { from, to }, chosen, show, hour, after }
  const labels = await labelsOf(books.read)
  const { lines, next } = await linesShown(books, listing, partLength)
  return {
    head: ['posting', 'time', 'business day', 'of day', 'kind', 'order', 'sale', 'kiosk', 'place']
      .concat(['channel', 'tariff', 'area', 'tender', 'amount'])
      .concat(soldHead),
    rows: lines.map((line) => {
      const row = rowOf(line, labels)
      return [
        row.posting,
        momentOf(row.at),
        row.businessDay,
        line.of_day,
        row.kind,
        row.orderNumber,
        row.sale,
        row.kiosk,
        row.place,
        row.channel,
        row.tariff,
        row.area,
        row.tender,
        row.amount,
        ...soldCells(row.sold),
      ]
    }),
    next,
  }
}

const received = async (books: Books, range: { from: string; to: string }): Promise<Table> => {
  const { rows } = await receivedTold(books, { range })
  return {
    head: [
      'kiosk',
      'place',
      'cash',
      'bank',
      'from account',
      'sold',
      'pending',
      'to account',
    ].concat(['suspense', 'unpaid', 'difference']),
    rows: rows.map((row) => [
      row.kiosk,
      row.place,
      row.cash,
      row.bank,
      row.fromAccount,
      row.sold,
      row.pending,
      row.toAccount,
      row.suspense,
      row.unpaid,
      row.difference,
    ]),
  }
}

const boxes = async (
  { read }: Books,
  of: { range: { from: string; to: string }; timeZone: string; what: 'boxes' | 'persons' },
): Promise<Table> => {
  const told = await boxesTold(read, of)
  if (of.what === 'persons') {
    return {
      head: ['person', 'boxes', 'counted', 'in the journal', 'at the office', 'difference'].concat(
        'boxes that differ',
      ),
      rows: told.persons.map((it) => [
        it.person,
        it.boxes,
        it.counted,
        it.expected,
        it.atOffice,
        it.difference,
        it.differing,
      ]),
    }
  }
  return {
    head: [
      'exchange',
      'time',
      'kiosk',
      'place',
      'box',
      'seal',
      'state',
      'person',
      'witness',
    ].concat([
      'in the journal',
      'at the kiosk',
      'at the office',
      'counted by',
      'counted at',
      'difference',
    ]),
    rows: told.boxes.map((it) => [
      it.exchange,
      momentOf(it.at),
      it.kiosk,
      it.place,
      it.box,
      it.seal,
      it.state,
      it.by,
      it.witness,
      it.expected,
      it.atKiosk,
      it.atOffice,
      it.countedBy.join(' and '),
      it.countedAt === null ? '' : momentOf(it.countedAt),
      it.difference,
    ]),
  }
}

const settlement = async (
  { read }: Books,
  of: { range: { from: string; to: string }; today: string },
): Promise<Table> => {
  const { days } = await settlementTold(read, of)
  const results = ['matched', 'long', 'short', 'open'] as const
  return {
    head: ['day', 'bank file', 'front file'].concat(
      results.flatMap((result) => [result, `${result} sum`]),
    ),
    rows: days.map(({ day, bankFile, frontFile, sums }): Cell[] => [
      day,
      bankFile ? 'yes' : 'no',
      frontFile ? 'yes' : 'no',
      ...results.flatMap((result): Cell[] =>
        sums === null ? ['', ''] : [sums[result].count, sums[result].sum],
      ),
    ]),
  }
}
