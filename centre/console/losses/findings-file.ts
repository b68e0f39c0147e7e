// The findings as a CSV file, as they are filtered and sorted on the page, in parts.
import { readingLosses } from '../../losses/losses-tables.ts'
import type { LossesAsked, LossesQuestions, LossRow } from '../../../domain/console/losses.ts'
import type { z } from 'zod'
import { csvLine, moneyField } from '../customers/csv.ts'
import { told, type Looking, type Told } from '../asking.ts'
import { rowsOf } from './listing.ts'

const rowsInPart = 1_000

const head = [
  'finding',
  'pattern',
  'state',
  'since',
  'first seen',
  'holds',
  'sure, percent',
  'loss',
  'likely loss',
  'customer',
  'meter',
  'kiosk',
  'person',
  'area',
  'place',
]

export const findingsFile = async (
  { read }: Looking,
  asked: z.infer<typeof LossesAsked>,
): Promise<Told<LossesQuestions['losses/export']['told']>> => {
  const rows = await rowsOf(readingLosses(read), asked, rowsInPart)
  const lines = rows.map((row) => csvLine(fieldsOf(row)))
  return told({
    name: `${['losses', asked.pattern ?? ''].filter(Boolean).join('_').replaceAll(' ', '-')}.csv`,
    text: [...(asked.after === 0 ? [csvLine(head)] : []), ...lines].join(''),
    next: rows.length < rowsInPart ? null : String(asked.after + rows.length),
  })
}

const fieldsOf = (row: LossRow): string[] => [
  String(row.finding),
  row.pattern,
  row.state,
  row.since,
  row.firstSeen,
  row.holds ? 'yes' : 'no',
  String(row.score),
  moneyField(row.loss),
  moneyField(row.likely),
  row.customer ?? '',
  row.meter ?? '',
  row.kiosk ?? '',
  row.person ?? '',
  row.areaName ?? String(row.area ?? ''),
  row.place ?? '',
]
