// Takes commands: each judged, on disk before it is worked on, done once, and answered by name (fleet.md 8).
//
//   judged ─► accepted ─► (waiting for an idle kiosk) ─► running ─► done | failed
//      └──► refused | expired | obsolete                    └─► the program ends ─► the next start proves it
import { judged, type CommandKey } from '../../../domain/fleet/commands.ts'
import type { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import { never } from '../../../domain/never.ts'
import type { Clock } from '../../clock.ts'
import { fewWarnings } from '../few-warnings.ts'
import { isEnded, type KeptCommand } from './command-store.ts'
import type { Hands } from './doing.ts'
import { answerOf, keeping, type KeepingParts } from './keeping.ts'
import { provenBy, type Proofs } from './proofs.ts'
import { working } from './working.ts'

export type CommandParts = Omit<KeepingParts, 'isStopping'> & {
  kiosk: KioskNumber
  keys: readonly CommandKey[]
  clock: Pick<Clock, 'now' | 'after' | 'monotonic'>
  /** There is room for answers that nobody has a right to. */
  hasRoom: () => boolean
  /** Numbers of the connections of this run of the program; null before the first. */
  run: () => { first: number; latest: number } | null
  hands: Hands
  proofs: Proofs
}

export type Commands = {
  /** Resolves when there is no more to be done about it. Never rejects. */
  hear: (command: CommandMessage, isClockTrusted: boolean) => Promise<void>
  /** What an earlier run left: proven, interrupted, or to be waited for again. Resolves when all of it is answered. */
  resume: () => Promise<void>
  /** The latest last; for the maintenance menu (C7). */
  history: () => readonly KeptCommand[]
  /** Waits for nothing any more; what waits is waited for by the next start. */
  stop: () => void
}

export const takingCommands = (parts: CommandParts): Commands => {
  const { kiosk, keys, store, clock, log, answer, hasRoom } = parts
  const stopping = new AbortController()
  const warn = fewWarnings({ clock, log })
  const steps = keeping({ ...parts, isStopping: () => stopping.signal.aborted })
  const work = working({ ...parts, stopping }, steps)

  const judge = async (command: CommandMessage, isClockTrusted: boolean): Promise<void> => {
    const kept = { isKnown: (id: string) => store.find(id) !== undefined, horizon: store.horizon() }
    const of = { kiosk, keys, now: clock.now(), isClockTrusted, run: parts.run(), ...kept }
    const verdict = judged(command, of)
    switch (verdict.kind) {
      case 'no command':
        return warn('a command cannot be read')
      case 'not ours': {
        const { id, code } = verdict
        warn('a command is not for us, or by nobody we know', { command: id, code })
        return hasRoom() ? answer({ command: id, st: 'refused', code }) : undefined
      }
      case 'known': {
        const kept = store.find(verdict.id)
        return kept !== undefined && hasRoom() ? answer(answerOf(kept)) : undefined
      }
      case 'forgotten':
        return warn('a command is older than those that are remembered', { command: verdict.id })
      case 'ended':
        return steps.end(await steps.begin(verdict.named), verdict)
      case 'accepted': {
        const { order } = verdict
        const kept = await steps.begin({ ...order, op: order.operation.op })
        return work({ kept, order, message: command })
      }
      default:
        return never(verdict)
    }
  }
  const resumeOne = async (kept: KeptCommand): Promise<void> => {
    const { st, message } = kept
    if (isEnded(kept)) return steps.answerAgain(kept)
    if (st !== 'waiting' || message === undefined) {
      return steps.end(kept, await provenBy(kept, parts.proofs))
    }
    // It was good when it came, by a clock that was trusted then. Its run is over.
    const then = { isClockTrusted: true, run: null, isKnown: () => false, horizon: 0 }
    const verdict = judged(message, { kiosk, keys, now: clock.now(), ...then })
    switch (verdict.kind) {
      case 'accepted':
        return work({ kept, order: verdict.order, message })
      case 'ended':
        return steps.end(kept, verdict)
      case 'not ours':
        return steps.end(kept, { st: 'refused', code: verdict.code })
      default:
        throw new Error('a command that waits cannot be read')
    }
  }
  const guarded = (doing: Promise<void>): Promise<void> =>
    doing.catch((error: unknown) =>
      log.error({ err: error }, 'a command could not be looked after'),
    )

  return {
    hear: (command, isClockTrusted) => guarded(judge(command, isClockTrusted)),
    resume: async () => {
      const open = store.all().filter((each) => !isEnded(each) || each.owed !== undefined)
      await Promise.all(open.map((kept) => guarded(resumeOne(kept))))
    },
    history: store.all,
    stop: () => stopping.abort(),
  }
}
