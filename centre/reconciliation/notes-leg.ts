// The notes of a business date: what the journals of the kiosks have in the boxes, against what the centre has booked.
//
// How they leave a kiosk and are counted is the leg of the boxes.
import { NoteId, timeOf } from '../../domain/identifiers.ts'
import type { Minor } from '../../domain/money.ts'
import type { Reading, Work } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { dayMs, firstIdAt } from './dates.ts'
import type { Result } from './judging.ts'

/** One denomination at one kiosk. `long`: the box has more than is booked; `short`: less. */
export type NotesLine = {
  result: Result
  why: string
  kiosk: string
  value: Minor
  inJournal: number
  booked: number
  /** By the journal these are in the box or not. */
  unknown: number
}

type Counted = Omit<NotesLine, 'result' | 'why'>

/** A note is of the day it was made known on at its kiosk: its id tells. */
export const notesLeg = async (
  books: Reading | Work,
  { businessDate, timeZone }: { businessDate: string; timeZone: string },
): Promise<NotesLine[]> => {
  const noon = Date.parse(`${businessDate}T12:00:00Z`)
  const [from, to] = [firstIdAt(noon - 2 * dayMs, NoteId), firstIdAt(noon + 2 * dayMs, NoteId)]
  const isOfDay = ({ note }: { note: string }): boolean =>
    localDayOf(new Date(timeOf(note)), timeZone) === businessDate
  const lines = new Map<string, Counted>()
  const count = (
    { kiosk, value }: Pick<Counted, 'kiosk' | 'value'>,
    where: 'inJournal' | 'booked' | 'unknown',
  ): void => {
    const key = `${kiosk} ${String(value).padStart(12, '0')}`
    const line = lines.get(key) ?? { kiosk, value, inJournal: 0, booked: 0, unknown: 0 }
    lines.set(key, { ...line, [where]: line[where] + 1 })
  }
  const journal = await books
    .selectFrom('journal_notes')
    .select(['note', 'kiosk', 'value', 'place'])
    .where('place', 'in', ['in the box', 'unknown'])
    .where('note', '>', from)
    .where('note', '<', to)
    .execute()
  for (const { value, place, ...row } of journal.filter(isOfDay)) {
    // One of no value is held for a person, and can be in no books.
    if (value === null) continue
    count({ ...row, value }, place === 'unknown' ? 'unknown' : 'inJournal')
  }
  const booked = await books
    .selectFrom('notes')
    .select(['note', 'kiosk', 'value'])
    .where('note', '>', from)
    .where('note', '<', to)
    .execute()
  for (const row of booked.filter(isOfDay)) count(row, 'booked')
  const uploaded = await books.selectFrom('journals').select(['kiosk', 'finding']).execute()
  const whole = new Set(
    uploaded.filter(({ finding }) => finding === null).map(({ kiosk }): string => kiosk),
  )
  return [...lines]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, line]) => ({ ...judged(line, whole.has(line.kiosk)), ...line }))
}

const judged = (
  { inJournal, booked, unknown }: Counted,
  isWhole: boolean,
): Pick<NotesLine, 'result' | 'why'> => {
  if (!isWhole) return { result: 'open', why: 'the journal of the kiosk is not here, or not whole' }
  if (booked > inJournal + unknown) {
    return { result: 'short', why: `${booked - inJournal - unknown} booked that are in no box` }
  }
  if (inJournal > booked) {
    return { result: 'long', why: `${inJournal - booked} in the box that are not booked` }
  }
  if (unknown > 0) return { result: 'open', why: `of ${unknown} nobody knows the place` }
  return { result: 'matched', why: 'in the box as booked' }
}
