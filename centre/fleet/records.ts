// The numbered records of a kiosk: each kept once, and the gaps between them known (O2).
import { never } from '../../domain/never.ts'
import type { EventMessage, ResultMessage } from '../../domain/fleet/kiosk-messages.ts'
import { numbered, type Numbered } from '../../domain/fleet/topics.ts'
import { clearAlert, raiseAlert, setOwn } from '../alerts/alerts.ts'
import { kindOf, ownAlerts, theKiosk } from '../alerts/own-alerts.ts'
import { takeAnswer } from './commands/taking-answers.ts'
import { isOnVisit, takeVisit } from './visits.ts'
import { addToToday } from './days.ts'
import { changeRow, rowOf, type FleetTurn } from './fleet-tables.ts'

export const takeRecord = async (
  turn: FleetTurn,
  record: { topic: 'ev'; message: EventMessage } | { topic: 'res'; message: ResultMessage },
): Promise<void> => {
  const { work, now, kiosk } = turn
  const { topic, message } = record
  const { seq, id } = message
  await rowOf(turn)
  const known = await work
    .selectFrom('fleet_records')
    .select('id')
    .where('kiosk', '=', kiosk)
    .where('topic', '=', topic)
    .where('seq', '=', seq)
    .execute()
  // It came twice, as it may.
  if (known.some((each) => each.id === id)) return
  await work
    .insertInto('fleet_records')
    .values({ kiosk, topic, seq, id, at: now, content: JSON.stringify(message) })
    .execute()
  if (known.length > 0) {
    const code = 'duplicateId'
    await raiseAlert(turn, { device: theKiosk, code, severity: ownAlerts[code].severity })
  }
  await advance(turn, topic)
  if (record.topic === 'ev') await alertOf(turn, record.message)
  else await takeAnswer(turn, record.message)
}

/** How far the numbers go without a gap now. */
const advance = async (turn: FleetTurn, topic: Numbered): Promise<void> => {
  const row = await rowOf(turn)
  let through = row[topic]
  for (const seq of await numbersAbove(turn, topic, through)) {
    if (seq === through + 1) through = seq
  }
  await changeRow(turn, { [topic]: through })
  const gaps = await Promise.all(numbered.map((each) => hasGap(turn, each)))
  const gap_since = gaps.includes(true) ? (row.gap_since ?? turn.now) : null
  await changeRow(turn, { gap_since })
  if (gap_since === null) await setOwn(turn, 'sequenceGap', false)
}

const numbersAbove = async (
  { work, kiosk }: FleetTurn,
  topic: Numbered,
  through: number,
): Promise<number[]> => {
  const rows = await work
    .selectFrom('fleet_records')
    .select('seq')
    .where('kiosk', '=', kiosk)
    .where('topic', '=', topic)
    .where('seq', '>', through)
    .orderBy('seq')
    .execute()
  return rows.map(({ seq }) => seq)
}

const hasGap = async (turn: FleetTurn, topic: Numbered): Promise<boolean> => {
  const row = await rowOf(turn)
  return (await numbersAbove(turn, topic, row[topic])).length > 0
}

const alertOf = async (turn: FleetTurn, event: EventMessage): Promise<void> => {
  const { kind, dev: device, code, sev: severity, n: count } = event
  // What the centre finds out by itself no kiosk raises, and none clears.
  if (kindOf({ device, code }) !== null) return undefined
  switch (kind) {
    case 'raise':
      await addToToday(turn, { faults: count })
      if (code === doorOpen) await doorOpened(turn)
      return raiseAlert(turn, { device, code, severity, count })
    case 'clear':
      return clearAlert(turn, { device, code, by: 'device' })
    case 'note':
      return takeVisit(turn, event)
    default:
      return never(kind)
  }
}

/** Whichever device has the switch. */
const doorOpen = 'door open'

const doorOpened = async (turn: FleetTurn): Promise<void> => {
  if (isOnVisit(await rowOf(turn), turn.now)) return
  const code = 'doorOutsideVisit'
  const { severity } = ownAlerts[code]
  await raiseAlert(turn, { device: theKiosk, code, severity, isNews: true })
}
