// The cash boxes that left the kiosks on a business date: the notes of their journals, against who counted them.
import { ExchangeId } from '../../domain/service/service-entries.ts'
import { timeOf } from '../../domain/identifiers.ts'
import type { Minor } from '../../domain/money.ts'
import { countOf, notesCompared } from '../../domain/service/notes-counted.ts'
import { notesOf } from '../cash-boxes.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { dayMs, firstIdAt } from './dates.ts'
import type { Result } from './judging.ts'

/** One denomination of one box. `long`: the office has more than the journal; `short`: less. */
export type BoxLine = {
  result: Result
  why: string
  kiosk: string
  exchange: string
  box: string
  value: Minor
  inJournal: number
  /** Null where the box went sealed. */
  atKiosk: number | null
  /** Null before the office has counted it. */
  atOffice: number | null
}

/** A box is of the day its exchange was begun on: its id tells. */
export const boxesLeg = async (
  books: Reading | Work,
  { businessDate, timeZone }: { businessDate: string; timeZone: string },
): Promise<BoxLine[]> => {
  const noon = Date.parse(`${businessDate}T12:00:00Z`)
  const rows = await books
    .selectFrom('box_exchanges')
    .selectAll()
    .where('exchange', '>', firstIdAt(noon - 2 * dayMs, ExchangeId))
    .where('exchange', '<', firstIdAt(noon + 2 * dayMs, ExchangeId))
    .where('state', 'in', ['removed', 'exchanged'])
    .orderBy('exchange')
    .execute()
  return rows
    .filter(({ exchange }) => localDayOf(new Date(timeOf(exchange)), timeZone) === businessDate)
    .flatMap(linesOf)
}

const linesOf = (row: Tables['box_exchanges']): BoxLine[] => {
  const byNotes = notesOf(row.by_notes)
  const atKiosk = row.counted === null ? null : notesOf(row.counted)
  const atOffice = row.office_counted === null ? null : notesOf(row.office_counted)
  return notesCompared(byNotes, [...(atKiosk ?? []), ...(atOffice ?? [])]).map(({ value }) => {
    const counts = {
      inJournal: countOf(byNotes, value),
      atKiosk: atKiosk && countOf(atKiosk, value),
      atOffice: atOffice && countOf(atOffice, value),
    }
    const { kiosk, exchange, box } = row
    return { ...judged(counts), kiosk, exchange, box: box ?? '', value, ...counts }
  })
}

const judged = ({
  inJournal,
  atKiosk,
  atOffice,
}: Pick<BoxLine, 'inJournal' | 'atKiosk' | 'atOffice'>): Pick<BoxLine, 'result' | 'why'> => {
  if (atOffice === null) return { result: 'open', why: 'the office has not counted the box' }
  if (atOffice === inJournal) return { result: 'matched', why: 'counted as the journal has it' }
  const by = atKiosk === atOffice ? ', as at the kiosk' : ''
  return atOffice > inJournal
    ? { result: 'long', why: `${atOffice - inJournal} more counted than in the journal${by}` }
    : { result: 'short', why: `${inJournal - atOffice} fewer counted than in the journal${by}` }
}
