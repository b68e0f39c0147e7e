// What a kiosk answers to a command, taken in beside the record it came in; every answer stands in the records as well.
import type { ResultMessage } from '../../../domain/fleet/kiosk-messages.ts'
import type { FleetTurn } from '../fleet-tables.ts'
import { isUnderWay, withCommands, type CommandState } from './command-tables.ts'

/** The first end counts: what comes after it says the same once more, or is no answer of that kiosk. */
export const takeAnswer = async (
  { work, now, kiosk }: FleetTurn,
  { command, st, code }: Pick<ResultMessage, 'command' | 'st' | 'code'>,
): Promise<void> => {
  const commands = withCommands(work)
  const known = await commands
    .selectFrom('fleet_commands')
    .select('st')
    .where('command', '=', command)
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  if (known === undefined) return
  if (!isUnderWay(known.st) && !isSilence(known.st)) return
  await commands
    .updateTable('fleet_commands')
    .set({ st, code: code ?? null, changed_at: now, ended_at: isUnderWay(st) ? null : now })
    .where('command', '=', command)
    .execute()
}

/** The centre has ended it, as nobody had answered. */
const isSilence = (st: CommandState): boolean => st === 'unanswered' || st === 'unknown'
