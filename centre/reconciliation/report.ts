// The match of a business date for people: what does not fit as a table, all of it as CSV.
import { formatMoney, minor, type Minor } from '../../domain/money.ts'
import type { BoxLine } from './boxes-leg.ts'
import type { Result } from './judging.ts'
import type { KeptRow } from './kept-files.ts'
import type { Line } from './matching.ts'
import type { NotesLine } from './notes-leg.ts'

export type Match = {
  businessDate: string
  lines: readonly Line[]
  notes: readonly NotesLine[]
  boxes: readonly BoxLine[]
}

const results: readonly Result[] = ['matched', 'long', 'short', 'open']

/** Counts and sums by result, then a row for everything that is not matched. */
export const tableOf = ({ businessDate, lines, notes, boxes }: Match): string => {
  const sums = results.map((result) => {
    const own = lines.filter((line) => line.result === result)
    const sum = minor(own.reduce((total, line) => total + amountOf(line), 0))
    return [result, String(own.length), formatMoney(sum)]
  })
  const left = lines
    .filter(({ result }) => result !== 'matched')
    .map((line) => [
      line.result,
      line.centre?.order?.number ?? orderIn(line),
      receiptIn(line),
      sumIn(line.bank),
      sumIn(line.front),
      line.centre === null ? '-' : formatMoney(line.centre.amount),
      line.centre === null ? '-' : stateIn(line),
      deliveryIn(line) || '-',
      line.why,
    ])
  const cash = notes
    .filter(({ result }) => result !== 'matched')
    .map((it) => [it.result, it.kiosk, formatMoney(it.value), ...countsOf(it), it.why])
  const gone = boxes
    .filter(({ result }) => result !== 'matched')
    .map((it) => [it.result, it.kiosk, it.box, formatMoney(it.value), ...boxCountsOf(it), it.why])
  return [
    `Business date ${businessDate}: ${lines.length} payments, ${notes.length} rows of notes`,
    '',
    columns([['payments', 'number', 'sum'], ...sums]),
    ...section(moneyHead, left),
    ...section(notesHead, cash),
    ...section(boxesHead, gone),
    '',
  ].join('\n')
}

const moneyHead = ['result', 'order', 'terminal, STAN', 'bank', 'front', 'centre', 'state'].concat([
  'delivery',
  'why',
])
const notesHead = ['result', 'kiosk', 'note', 'journal', 'booked', 'unknown', 'why']
const boxesHead = ['result', 'kiosk', 'box', 'note', 'journal', 'at kiosk', 'at office', 'why']

const section = (head: string[], rows: string[][]): string[] =>
  rows.length === 0 ? [] : ['', columns([head, ...rows])]

/** Each column as wide as its widest cell. */
const columns = (rows: readonly string[][]): string => {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((widest, row) => Math.max(widest, (row[at] ?? '').length), 0),
  )
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A row for every line, with the evidence of every party beside it. */
export const csvOf = ({ lines, notes, boxes }: Match): string =>
  [
    ['leg', 'result', 'why', 'order number', 'terminal', 'STAN', 'bank reference']
      .concat(['bank kind', 'bank amount', 'bank state', 'bank file', 'reversal file'])
      .concat(['front amount', 'front state', 'front file', 'payment', 'kiosk', 'centre amount'])
      .concat(['centre end', 'centre place', 'order state', 'delivery evidence', 'time']),
    ...lines.map((line) => {
      const { bank, reversal, front, centre } = line
      const named = bank ?? reversal ?? front ?? centre?.receipt ?? null
      return [
        'money',
        line.result,
        line.why,
        centre?.order?.number ?? orderIn(line),
        named?.terminal ?? '',
        named === null ? '' : String(named.stan),
        named?.reference ?? '',
        bank?.kind ?? '',
        bank?.amount ?? '',
        bank?.state ?? '',
        bank?.file ?? '',
        reversal?.file ?? '',
        front?.amount ?? '',
        front?.state ?? '',
        front?.file ?? '',
        centre?.payment ?? '',
        centre?.kiosk ?? '',
        centre?.amount ?? '',
        centre?.ended ?? '',
        centre?.place ?? '',
        centre?.order?.state ?? '',
        deliveryIn(line),
        bank?.at ?? reversal?.at ?? front?.at ?? centre?.at ?? '',
      ]
    }),
    [],
    ['leg', 'result', 'why', 'kiosk', 'note', 'in the journal', 'booked', 'unknown'],
    ...notes.map((it) => ['notes', it.result, it.why, it.kiosk, it.value, ...countsOf(it)]),
    [],
    ['leg', 'result', 'why', 'kiosk', 'exchange', 'box', 'note'].concat([
      'in the journal',
      'counted at the kiosk',
      'counted at the office',
    ]),
    ...boxes.map((it) => [
      'boxes',
      it.result,
      it.why,
      it.kiosk,
      it.exchange,
      it.box,
      it.value,
      ...boxCountsOf(it),
    ]),
  ]
    .map((cells) => `${cells.map(cellOf).join(',')}\r\n`)
    .join('')

/** RFC 4180: in quotes where it holds what would end a cell. */
const cellOf = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const countsOf = ({ inJournal, booked, unknown }: NotesLine): string[] =>
  [inJournal, booked, unknown].map(String)

const boxCountsOf = ({ inJournal, atKiosk, atOffice }: BoxLine): string[] =>
  [inJournal, atKiosk, atOffice].map((count) => (count === null ? '-' : String(count)))

const amountOf = ({ bank, reversal, front, centre }: Line): Minor =>
  (bank ?? reversal ?? centre ?? front)?.amount ?? minor(0)

const orderIn = ({ bank, reversal, front }: Line): string =>
  (bank ?? reversal ?? front)?.orderNumber || '-'

const receiptIn = ({ bank, reversal, front, centre }: Line): string => {
  const named = bank ?? reversal ?? front ?? centre?.receipt ?? null
  return named === null ? '-' : `${named.terminal} ${String(named.stan).padStart(6, '0')}`
}

const sumIn = (row: KeptRow | null): string =>
  row === null ? '-' : `${formatMoney(row.amount)} ${row.state}`

const stateIn = ({ centre }: Line): string =>
  [centre?.ended, centre?.order?.state ?? centre?.place].join(', ')

const deliveryIn = ({ centre }: Line): string =>
  centre === null || centre.delivery.kind === 'none' ? '' : centre.delivery.how
