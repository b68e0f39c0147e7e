// The cash boxes that left their kiosks in a range of days: what the journal has in each, who counted it, and what was missing.
import { z } from 'zod'
import type { BoxRow, FigureQuestions, PersonRow } from '../../../domain/console/figures.ts'
import { timeOf } from '../../../domain/identifiers.ts'
import { valueOfNotes } from '../../../domain/service/notes-counted.ts'
import { ExchangeId } from '../../../domain/service/service-entries.ts'
import { notesOf } from '../../cash-boxes.ts'
import type { Range } from '../../figures/adding-up.ts'
import { startOfDay, startOfNext } from '../../figures/business-days.ts'
import type { FigureReading, FigureTables } from '../../figures/figure-tables.ts'
import { firstIdAt } from '../../reconciliation/dates.ts'
import { labelsOf } from './labels.ts'

export const boxesTold = async (
  read: FigureReading,
  { range, timeZone }: { range: Range; timeZone: string },
): Promise<FigureQuestions['figures/boxes']['told']> => {
  // Whoever exchanges a box gives it a name that tells the moment.
  const rows = await read
    .selectFrom('box_exchanges')
    .selectAll()
    .where('exchange', '>=', firstIdAt(startOfDay(range.from, timeZone), ExchangeId))
    .where('exchange', '<', firstIdAt(startOfNext(range.to, timeZone), ExchangeId))
    .where('state', 'in', ['removed', 'exchanged'])
    .orderBy('exchange', 'desc')
    .execute()
  const { places } = await labelsOf(read)
  const boxes = rows.map((row) => boxOf(row, places))
  return {
    boxes,
    persons: byPerson(boxes),
    waiting: boxes.filter(({ atOffice }) => atOffice === null).length,
  }
}

const Persons = z.array(z.string())

const boxOf = (row: FigureTables['box_exchanges'], places: Map<string, string>): BoxRow => {
  const expected = valueOfNotes(notesOf(row.by_notes))
  const atOffice = row.office_counted === null ? null : valueOfNotes(notesOf(row.office_counted))
  return {
    exchange: row.exchange,
    at: timeOf(row.exchange),
    kiosk: row.kiosk,
    place: places.get(row.kiosk) ?? '',
    box: row.box ?? '',
    seal: row.seal ?? '',
    state: row.state,
    by: row.exchanged_by ?? row.person,
    witness: row.witness ?? '',
    expected,
    atKiosk: row.counted === null ? null : valueOfNotes(notesOf(row.counted)),
    atOffice,
    countedBy: row.office_by === null ? [] : Persons.parse(JSON.parse(row.office_by)),
    countedAt: row.office_at,
    difference: atOffice === null ? null : atOffice - expected,
  }
}

/** By whoever took the box out; the one with the greatest difference first. */
const byPerson = (boxes: readonly BoxRow[]): PersonRow[] =>
  [...Map.groupBy(boxes, ({ by }) => by)]
    .map(([person, own]) => {
      const counted = own.filter(({ atOffice }) => atOffice !== null)
      const sum = (of: (box: BoxRow) => number): number =>
        counted.reduce((total, box) => total + of(box), 0)
      return {
        person,
        boxes: own.length,
        counted: counted.length,
        expected: sum(({ expected }) => expected),
        atOffice: sum(({ atOffice }) => atOffice ?? 0),
        difference: sum(({ difference }) => difference ?? 0),
        differing: counted.filter(({ difference }) => difference !== 0).length,
      }
    })
    .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference))
