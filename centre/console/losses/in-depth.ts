// One finding with all that speaks for it and what became of it.
import type { LossesQuestions, LossRow } from '../../../domain/console/losses.ts'
import { readingLosses, type FindingRow, type LossesReading } from '../../losses/losses-tables.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { chartOf } from './chart.ts'
import { evidenceOf } from './evidence.ts'
import { findings, lossRowOf } from './finding-rows.ts'
import { checksFor, tasksOf } from './tasks.ts'

export const noSuchFinding = refusedAs(404, 'no such finding')

export const findingTold = async (
  looking: Looking,
  { finding }: { finding: number },
): Promise<Told<LossesQuestions['losses/finding']['told']>> => {
  const read = readingLosses(looking.read)
  const row = await findings(read).where('loss_findings.finding', '=', finding).executeTakeFirst()
  if (row === undefined) return noSuchFinding
  const { timeZone } = looking.config.policy
  const dayOf = (at: number) => localDayOf(new Date(at), timeZone)
  const history = await read
    .selectFrom('loss_history')
    .selectAll()
    .where('finding', '=', finding)
    .orderBy('step')
    .execute()
  return told({
    row: lossRowOf(row),
    customerName: row.shortName,
    history: history.map(({ at, what, by_whom, note }) => ({ at, what, by: by_whom, note })),
    evidence: await evidenceOf(read, row.evidence),
    chart: await chartOf({ books: looking.read, losses: read, dayOf }, row),
    tasks: await tasksOf(read, { finding }),
    checks: [...checksFor[row.pattern]],
    others: await othersOf(read, row),
  })
}

const mostOthers = 12

/** Of the same meter, customer, kiosk or person: several findings are one story. */
const othersOf = async (read: LossesReading, row: FindingRow): Promise<LossRow[]> => {
  const { binding, customer, kiosk, person, finding } = row
  const rows = await findings(read)
    .where('loss_findings.finding', '<>', finding)
    .where((it) =>
      it.or([
        ...(binding === null ? [] : [it('loss_findings.binding', '=', binding)]),
        ...(customer === null ? [] : [it('loss_findings.customer', '=', customer)]),
        ...(kiosk === null ? [] : [it('loss_findings.kiosk', '=', kiosk)]),
        ...(person === null ? [] : [it('loss_findings.person', '=', person)]),
      ]),
    )
    .orderBy('loss_findings.likely', 'desc')
    .limit(mostOthers)
    .execute()
  return rows.map(lossRowOf)
}
