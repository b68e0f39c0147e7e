// Commands from the console: ordered and signed as the office's command line does it, and their answers.
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { CommandTold, OrderAsked, Signing } from '../../../domain/console/fleet-commands.ts'
import { operations } from '../../../domain/fleet/operations.ts'
import { ulidOf, type KioskNumber } from '../../../domain/identifiers.ts'
import { whyOf } from '../../../server/config-file.ts'
import type { CentreConfig } from '../../config.ts'
import { openCommandKey, type SigningKey } from '../../fleet/commands/command-key.ts'
import { findCommand, textOf } from '../../fleet/commands/command-office.ts'
import {
  readingCommands,
  withCommands,
  type FleetCommands,
} from '../../fleet/commands/command-tables.ts'
import { order } from '../../fleet/commands/ordering.ts'
import type { Reading } from '../../store.ts'
import { refusedAs, told, type Doing, type Refused, type Told } from '../asking.ts'
import { named } from '../lines.ts'

const pageLength = 40

/** The key, or why there is none. It is read when it is used and kept nowhere. */
export const keyOf = ({ fleet }: CentreConfig): SigningKey | Refused => {
  const file = fleet?.commandKey ?? null
  if (file === null) return refusedAs(409, 'no signing key')
  try {
    return openCommandKey(file)
  } catch (error) {
    return refusedAs(409, 'signing key unusable', { why: named(whyOf(error)) })
  }
}

export const signingOf = (config: CentreConfig): Signing => {
  const key = keyOf(config)
  return 'refusal' in key ? { key: null, why: key.refusal } : { key: key.kid }
}

/** Who orders, as it stands beside the command for ever. */
export const nameOf = ({ member }: Pick<Doing, 'member'>): string =>
  `${member.fullName} (${member.name})`

export const newUlid = (now: number): string => ulidOf(now, randomBytes(10))

export const orderCommand = async (
  doing: Doing,
  { kiosk, operation, lifeMinutes, onIdle }: z.output<typeof OrderAsked>,
): Promise<Told<{ command: CommandTold }>> => {
  const key = keyOf(doing.config)
  if ('refusal' in key) return key
  const id = newUlid(doing.now)
  const when = onIdle ? 'onIdle' : 'now'
  const ordering = {
    id,
    kiosk,
    operation,
    by: nameOf(doing),
    lifeMs: lifeMinutes * 60_000,
    when,
  } as const
  const ordered = await order({ work: withCommands(doing.work), now: doing.now }, ordering, key)
  if (ordered.kind === 'problem') {
    if (ordered.about === 'kiosk') return refusedAs(404, 'no such kiosk')
    return refusedAs(
      409,
      operations[operation.op].ofThisRun === true ? 'kiosk was never heard' : 'command too long',
    )
  }
  const row = await findCommand(doing.work, id)
  return row === undefined ? refusedAs(404, 'no such command') : told({ command: commandTold(row) })
}

export const commandTold = (row: FleetCommands): CommandTold => ({
  command: row.command,
  kiosk: row.kiosk,
  op: row.op,
  by: row.ordered_by,
  at: row.ordered_at,
  until: row.exp,
  st: row.st,
  code: row.code,
  changedAt: row.changed_at,
  endedAt: row.ended_at,
  sentAt: row.sent_at,
})

/** The latest first; ids sort by the moment they were made. */
export const commandsOf = async (
  read: Reading,
  { kiosk, after }: { kiosk?: KioskNumber | undefined; after?: string | undefined },
): Promise<{ rows: CommandTold[]; next: string | null }> => {
  const all = readingCommands(read).selectFrom('fleet_commands').selectAll()
  const of = kiosk === undefined ? all : all.where('kiosk', '=', kiosk)
  const rows = await (after === undefined ? of : of.where('command', '<', after))
    .orderBy('command', 'desc')
    .limit(pageLength + 1)
    .execute()
  const page = rows.slice(0, pageLength)
  return {
    rows: page.map(commandTold),
    next: rows.length > pageLength ? (page.at(-1)?.command ?? null) : null,
  }
}

/** With the text that the kiosk sent along, once all of it is here. */
export const commandWithText = async (
  read: Reading,
  command: string,
): Promise<Told<{ command: CommandTold; text: string | null }>> => {
  const row = await findCommand(read, command)
  if (row === undefined) return refusedAs(404, 'no such command')
  return told({ command: commandTold(row), text: await textOf(read, row) })
}
