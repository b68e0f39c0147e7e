// The rows of commands, and a transaction that sees them beside those of the fleet.
import type { Transaction } from 'kysely'
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Reading, Work } from '../../store.ts'
import type { FleetTables } from '../fleet-tables.ts'

/**
 * `ordered`: nobody has answered yet. `unanswered`: nobody did while it was good. `unknown`: it was taken, and how it ended
 * was not told. Of these two a late answer is believed.
 */
export type CommandState = 'ordered' | 'unanswered' | 'unknown' | CommandAnswer['st']

/** Moments are the centre's own, in ms since 1970. */
export type FleetCommands = {
  command: string
  kiosk: KioskNumber
  op: string
  /** Who ordered it. */
  ordered_by: string
  ordered_at: number
  exp: number
  /** CommandMessage as JSON, as it was signed. */
  message: string
  st: CommandState
  code: string | null
  changed_at: number
  ended_at: number | null
  /** When it last went out, and to which connection. */
  sent_at: number | null
  sent_bd: number | null
}

export type CommandTables = FleetTables & { fleet_commands: FleetCommands }

export type CommandWork = Transaction<CommandTables>

export const withCommands = (work: Pick<Work, 'withTables'>): CommandWork =>
  work.withTables<CommandTables>()

export const readingCommands = (read: Reading) => read.withTables<CommandTables>()

const underWay: readonly CommandState[] = ['ordered', 'accepted', 'waiting', 'running']

export const isUnderWay = (st: CommandState): boolean => underWay.includes(st)
