// Cash boxes at the office: which are still to be counted, and the count of one, against what its kiosk took in.
import { timeOf } from '../domain/identifiers.ts'
import { formatMoney, minus } from '../domain/money.ts'
import { notesAgree, notesCompared, valueOfNotes } from '../domain/service/notes-counted.ts'
import type { ExchangeId, NotesCounted } from '../domain/service/service-entries.ts'
import { raise } from './alarms.ts'
import { post } from './books.ts'
import { notesOf } from './cash-boxes.ts'
import type { Desk } from './claim-book.ts'
import type { Said } from './claim-office.ts'
import { boxCounted } from './ledger.ts'
import type { Tables } from './tables.ts'

export type Counting = {
  exchange: ExchangeId
  counted: NotesCounted
  /** One or two, not one twice. */
  persons: readonly string[]
}

type Row = Tables['box_exchanges']

/** What is in them is not said: whoever counts does so blind. */
export const listBoxes = async ({ work }: Desk): Promise<Said> => {
  const rows = await work
    .selectFrom('box_exchanges')
    .selectAll()
    .where('state', 'in', ['removed', 'exchanged'])
    .where('office_at', 'is', null)
    .orderBy('exchange')
    .execute()
  return {
    kind: 'done',
    lines: rows.length === 0 ? ['No cash box is waiting to be counted.'] : rows.map(lineOf),
  }
}

const lineOf = ({ exchange, kiosk, period, box, seal, counted }: Row): string =>
  [
    exchange,
    `kiosk ${kiosk}`,
    `exchange ${period}`,
    `box ${box}`,
    `seal ${seal}`,
    new Date(timeOf(exchange)).toISOString(),
    counted === null ? 'sealed' : 'counted at the kiosk',
  ].join('  ')

/** Once for each box: a count that was wrong is put right by another posting, by people. */
export const countBox = async (desk: Desk, counting: Counting): Promise<Said> => {
  const { work, now } = desk
  const { exchange, counted, persons } = counting
  const row = await work
    .selectFrom('box_exchanges')
    .selectAll()
    .where('exchange', '=', exchange)
    .executeTakeFirst()
  const wrong = problemWith(row)
  if (row === undefined || wrong !== null) return { kind: 'problem', problem: wrong ?? notKnown }
  const { kiosk, moved, period } = row
  const byNotes = notesOf(row.by_notes)
  const value = valueOfNotes(counted)
  await post(work, { ...boxCounted({ exchange, kiosk, moved, counted: value }), at: now })
  await work
    .updateTable('box_exchanges')
    .set({
      office_counted: JSON.stringify(counted),
      office_by: JSON.stringify(persons),
      office_at: now,
    })
    .where('exchange', '=', exchange)
    .execute()
  const agrees = notesAgree(byNotes, counted) && value === moved
  if (!agrees) {
    const evidence = { exchange, period, byNotes, officeCounted: counted, moved, persons }
    await raise(work, { kind: 'cash differs', at: now, kiosk, evidence })
  }
  return {
    kind: 'done',
    lines: [
      `Counted ${formatMoney(value)} in the box of kiosk ${kiosk}; its journal has ${formatMoney(valueOfNotes(byNotes))} in it.`,
      ...notesCompared(byNotes, counted)
        .filter(({ difference }) => difference !== 0)
        .map(
          (it) => `${formatMoney(it.value)}: counted ${it.counted}, in the journal ${it.expected}`,
        ),
      agrees
        ? 'It agrees.'
        : `It differs: ${formatMoney(minus(value, moved))} is booked as a cash difference.`,
    ],
  }
}

const notKnown =
  '--exchange: is not known here; its kiosk may not have reported yet. List them: npm run boxes -- --config FILE'

const problemWith = (row: Row | undefined): string | null => {
  if (row === undefined) return notKnown
  if (row.state !== 'removed' && row.state !== 'exchanged') {
    return `--exchange: its box has not left the kiosk (${row.state})`
  }
  return row.office_at === null
    ? null
    : `--exchange: was counted at ${new Date(row.office_at).toISOString()} by ${row.office_by}. Nothing was changed.`
}
