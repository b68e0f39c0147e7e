// The rows of rollouts: a configuration that goes to many kiosks in stages.
import type { Transaction } from 'kysely'
import type { RolloutState, StageFlaw } from '../../../domain/console/fleet-commands.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Reading, Work } from '../../store.ts'
import type { CommandTables } from '../commands/command-tables.ts'

/** Moments are the centre's own, in ms since 1970. */
export type FleetRollouts = {
  rollout: string
  started_by: string
  started_at: number
  what: string
  /** SHA-256 of the configuration as it was handed in, without its secret members. */
  config_hash: string
  /** So long each stage is watched after the last of its kiosks has answered. */
  watch_ms: number
  state: RolloutState
  /** 1: one kiosk. 2: ten per cent. 3: all. */
  stage: number
  stage_since: number
  ended_at: number | null
  /** Null where it has ended by itself. */
  ended_by: string | null
  /** RolloutEnd as JSON. */
  why: string | null
}

export type RolloutEnd = StageFlaw | { kind: 'person'; note: string } | { kind: 'time' }

/** A command that is signed and lies here until its stage begins: the centre needs no key for it. */
export type FleetRolloutKiosks = {
  rollout: string
  kiosk: KioskNumber
  stage: number
  command: string
  exp: number
  /** CommandMessage as JSON. */
  message: string
  released_at: number | null
}

export type RolloutTables = CommandTables & {
  fleet_rollouts: FleetRollouts
  fleet_rollout_kiosks: FleetRolloutKiosks
}
export type RolloutWork = Transaction<RolloutTables>

export const withRollouts = (work: Pick<Work, 'withTables'>): RolloutWork =>
  work.withTables<RolloutTables>()

export const readingRollouts = (read: Reading) => read.withTables<RolloutTables>()
