// A business date is matched: files are taken in, each once, and everything the parties have said so far is held together.
import { raise, type Alarm } from '../alarms.ts'
import type { Reading, Work } from '../store.ts'
import { boxesLeg } from './boxes-leg.ts'
import { centreLeg } from './centre-leg.ts'
import { keepFile, reversalsFrom, rowsOf, type Kept } from './kept-files.ts'
import { dateShifted } from './dates.ts'
import { keyOf, matchDay, type Line } from './matching.ts'
import { notesLeg } from './notes-leg.ts'
import type { Match } from './report.ts'
import { readSettlementFile, type Party } from './settlement-file.ts'

export type Desk = { work: Work; now: number }

/** One file of a party for this date; a file of another party or date is refused. */
export const takeFile = async (
  desk: Desk,
  of: { name: string; text: string; party: Party; businessDate: string },
): Promise<Kept> => {
  const { name, text, party, businessDate } = of
  const read = readSettlementFile(name, text)
  if (read.kind === 'problems') return { kind: 'refused', problem: read.problems.join('\n') }
  const { file } = read
  if (file.party !== party || file.businessDate !== businessDate) {
    return {
      kind: 'refused',
      problem: `${name}: is of ${file.party} and ${file.businessDate}; must be of ${party} and ${businessDate}`,
    }
  }
  return keepFile(desk, { file, text })
}

/** Reads only; the same every time while nothing new was told. */
export const matchOf = async (
  books: Reading | Work,
  of: { businessDate: string; timeZone: string },
): Promise<Match> => {
  const { businessDate } = of
  const elsewhere = new Set<string>()
  for (const days of [-1, 1]) {
    const rows = await rowsOf(books, 'bank', dateShifted(businessDate, days))
    for (const row of rows ?? []) elsewhere.add(keyOf(row))
  }
  const lines = matchDay({
    businessDate,
    bank: await rowsOf(books, 'bank', businessDate),
    front: await rowsOf(books, 'front', businessDate),
    centre: await centreLeg(books, of),
    reversals: await reversalsFrom(books, businessDate),
    elsewhere,
  })
  return {
    businessDate,
    lines,
    notes: await notesLeg(books, of),
    boxes: await boxesLeg(books, of),
  }
}

/** An alarm for every claim against the bank, once however often the date is matched. Gives how many are new. */
export const raiseClaims = async (
  { work, now }: Desk,
  { lines, businessDate }: Match,
): Promise<number> => {
  const known = await work
    .selectFrom('alarms')
    .select('order_number')
    .where('kind', 'in', ['bank did not pay', 'vended unpaid'])
    .execute()
  const raised = new Set(known.map(({ order_number }) => order_number))
  let count = 0
  for (const line of lines) {
    const alarm = claimOf(line, businessDate, now)
    if (alarm?.orderNumber === undefined || raised.has(alarm.orderNumber)) continue
    await raise(work, alarm)
    count++
  }
  return count
}

const claimOf = (line: Line, businessDate: string, at: number): Alarm | null => {
  const { centre, bank, reversal, why } = line
  if (line.isClaim !== true || centre === null || centre.order === null) return null
  const { payment, kiosk, amount } = centre
  return {
    kind: 'bank did not pay',
    at,
    kiosk,
    orderNumber: centre.order.number,
    evidence: { businessDate, payment, amount, why, bank, reversal },
  }
}
