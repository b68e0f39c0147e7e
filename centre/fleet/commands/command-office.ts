// Commands as the office sees them: what was ordered by whom, how it stands, and what a kiosk sent along.
import { ResultMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { textOfParts } from '../../../domain/fleet/packed.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Reading } from '../../store.ts'
import { readingCommands, type FleetCommands } from './command-tables.ts'

/** So many are listed, the latest first. */
const mostListed = 40

export const listCommands = async (read: Reading, kiosk: KioskNumber | null): Promise<string[]> => {
  const all = readingCommands(read).selectFrom('fleet_commands').selectAll()
  const rows = await (kiosk === null ? all : all.where('kiosk', '=', kiosk))
    .orderBy('ordered_at', 'desc')
    .orderBy('command', 'desc')
    .limit(mostListed)
    .execute()
  return rows.length === 0 ? ['Nothing was ordered.'] : rows.map(lineOf)
}

export const findCommand = (read: Reading, command: string): Promise<FleetCommands | undefined> =>
  readingCommands(read)
    .selectFrom('fleet_commands')
    .selectAll()
    .where('command', '=', command)
    .executeTakeFirst()

const lineOf = (row: FleetCommands): string =>
  [
    new Date(row.ordered_at).toISOString(),
    row.command,
    row.kiosk,
    row.op,
    `by ${row.ordered_by}`,
    standing(row),
  ].join('  ')

/** `failed: notRebooted`, or `ordered, the kiosk has not answered`. */
export const standing = ({ st, code }: Pick<FleetCommands, 'st' | 'code'>): string => {
  if (st === 'ordered') return 'ordered, the kiosk has not answered'
  if (st === 'unanswered') return 'the kiosk did not answer while it was good'
  if (st === 'unknown') return 'unknown: the kiosk took it, and has not said how it ended'
  return code === null ? st : `${st}: ${code}`
}

/** What the kiosk sent along; null when there is nothing, or a part of it has not come yet. */
export const textOf = async (
  read: Reading,
  { command, kiosk, ordered_at }: FleetCommands,
): Promise<string | null> => {
  const records = await readingCommands(read)
    .selectFrom('fleet_records')
    .select('content')
    .where('kiosk', '=', kiosk)
    .where('topic', '=', 'res')
    .where('at', '>=', ordered_at)
    .execute()
  const parts = records
    .map(({ content }) => ResultMessage.parse(JSON.parse(content)))
    .flatMap((answer) => (answer.command === command && answer.data ? [answer.data] : []))
  return textOfParts(parts)
}
