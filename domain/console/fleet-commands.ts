// Commands to one kiosk, and a configuration brought to many in stages.
import { z } from 'zod'
import { Operation } from '../fleet/operations.ts'
import { KioskNumber } from '../identifiers.ts'
import type { Refusal } from './refusals.ts'

/** All but a configuration, which goes out in stages. */
export const OrderedOperation = Operation.refine(
  ({ op }) => op !== 'applyConfig',
  'a configuration is brought to kiosks in stages',
)

export const OrderAsked = z.object({
  deedId: z.uuid(),
  kiosk: KioskNumber,
  operation: OrderedOperation,
  /** How long it is good. */
  lifeMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(30),
  onIdle: z.boolean().default(false),
})

export type CommandTold = {
  command: string
  kiosk: string
  op: string
  by: string
  at: number
  /** Good until. */
  until: number
  /** A word of CommandAnswer, or `ordered`, `unanswered`, `unknown`. */
  st: string
  code: string | null
  changedAt: number
  endedAt: number | null
  sentAt: number | null
}

export const CommandsAsked = z.object({
  kiosk: KioskNumber.optional(),
  /** The command that was shown last. */
  after: z.string().max(40).optional(),
})
export const CommandAsked = z.object({ command: z.string().length(26) })

/** Whether commands can be signed here at all. */
export type Signing = { key: string } | { key: null; why: Refusal }

export const RolloutsAsked = z.object({})
export const RolloutAsked = z.object({ rollout: z.string().length(26) })

export const RolloutStart = z.object({
  deedId: z.uuid(),
  /** What changes, in a few words. */
  what: z.string().trim().min(3).max(200),
  /** The whole configuration of a kiosk as JSON; number and place are put in for each. */
  config: z.string().min(2).max(200_000),
  kiosks: z.array(KioskNumber).min(1).max(5_000),
  /** How long each stage is watched after its last answer. */
  watchMinutes: z.int().min(5).max(240).default(15),
})
export const RolloutStop = z.object({
  deedId: z.uuid(),
  rollout: z.string().length(26),
  note: z.string().trim().max(400).default(''),
})

export type RolloutState = 'running' | 'stopped' | 'done' | 'too late'
/** Why a rollout has stopped by itself. */
export type StageFlaw =
  | { kind: 'answer'; kiosk: string; st: string; code: string | null }
  | { kind: 'fault'; kiosk: string; device: string; code: string }

export type RolloutRow = {
  rollout: string
  what: string
  by: string
  at: number
  state: RolloutState
  stage: number
  endedAt: number | null
  kiosks: number
  done: number
}
export type RolloutTold = RolloutRow & {
  /** Until when the commands of its stages are good: what was not begun by then is not. */
  until: number
  watchMinutes: number
  stageSince: number
  endedBy: string | null
  why: StageFlaw | { kind: 'person'; note: string } | { kind: 'time' } | null
  stages: {
    stage: number
    kiosks: number
    released: number
    done: number
    waiting: number
    failed: number
  }[]
  rows: {
    kiosk: string
    place: string
    stage: number
    releasedAt: number | null
    st: string | null
    code: string | null
    command: string
  }[]
  more: number
}

export type CommandQuestions = {
  'fleet/commands': {
    asked: z.input<typeof CommandsAsked>
    told: { rows: CommandTold[]; next: string | null; signing: Signing }
  }
  'fleet/command': {
    asked: z.input<typeof CommandAsked>
    told: { command: CommandTold; text: string | null }
  }
  'fleet/rollouts': {
    asked: z.input<typeof RolloutsAsked>
    told: { rows: RolloutRow[]; signing: Signing }
  }
  'fleet/rollout': { asked: z.input<typeof RolloutAsked>; told: RolloutTold }
}
export type CommandDeeds = {
  'fleet/commands/order': { asked: z.input<typeof OrderAsked>; told: { command: CommandTold } }
  'fleet/rollouts/start': { asked: z.input<typeof RolloutStart>; told: { rollout: string } }
  'fleet/rollouts/stop': { asked: z.input<typeof RolloutStop>; told: RolloutTold }
}
