// Every step of a command: on disk, in the journal, and told to the centre, in this order.
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import type { Clock } from '../../clock.ts'
import { whyOf } from '../../disk.ts'
import type { Log } from '../../log.ts'
import { answersOf } from './answers.ts'
import type { CommandStore, KeptCommand } from './command-store.ts'

export type KeepingParts = {
  store: CommandStore
  clock: Pick<Clock, 'now'>
  log: Log
  /** Resolves when the entries are on disk. */
  append: (entries: JournalEntry[]) => Promise<void>
  /** Resolves when the answer is in the outbox. */
  answer: (answer: CommandAnswer) => Promise<void>
  /** The program ends: what is answered now may not reach the disk. */
  isStopping: () => boolean
}

export type Keeping = {
  /** Rejects when its id is not on disk: it is then not known, and may come again (C4). */
  begin: (named: Pick<KeptCommand, 'id' | 'op' | 'kid' | 'exp'>) => Promise<KeptCommand>
  change: (
    kept: KeptCommand,
    to: Pick<KeptCommand, 'st' | 'message' | 'target'>,
    told: 'told' | 'untold',
  ) => Promise<void>
  end: (
    kept: KeptCommand,
    how: { st: KeptCommand['st']; code?: string | undefined; text?: string },
  ) => Promise<void>
  /** Of one that has ended, and whose answer the outbox may not have. */
  answerAgain: (kept: KeptCommand) => Promise<void>
}

export const answerOf = ({ id, st, code }: KeptCommand): CommandAnswer => ({
  command: id,
  st,
  ...(code !== undefined && { code }),
})

export const keeping = (parts: KeepingParts): Keeping => {
  const { store, clock, log, append, answer, isStopping } = parts
  // A journal that cannot be written stops no command: a kiosk with one is just what has to be restarted from afar.
  const journalled = async (entry: JournalEntry): Promise<void> => {
    await append([entry]).catch((error: unknown) =>
      log.error({ why: whyOf(error) }, 'a command is not in the journal'),
    )
  }
  /** What is done is told, also when the disk does not take it any more. */
  const putEnded = async (ended: KeptCommand): Promise<void> => {
    await store.put(ended).catch((error: unknown) => {
      log.error({ why: whyOf(error) }, 'the end of a command is not on the disk')
    })
  }
  /** Owed on the disk until the outbox has all of it: a power cut in between loses no end. */
  const told = async (ended: KeptCommand, all: readonly CommandAnswer[]): Promise<void> => {
    for (const each of all) await answer(each)
    if (isStopping()) return undefined
    const { owed: _, ...answered } = ended
    return putEnded(answered)
  }
  return {
    begin: async ({ id, op, kid, exp }) => {
      const at = clock.now()
      const kept: KeptCommand = { id, op, kid, exp, at, changed: at, st: 'accepted' }
      try {
        await store.put(kept)
      } catch (error) {
        store.forget(id)
        throw error
      }
      await journalled({ type: 'command.taken', commandId: id, op, kid })
      return kept
    },
    change: async (kept, to, told) => {
      const changed = { ...withoutWork(kept), ...to, changed: clock.now() }
      await store.put(changed)
      if (told === 'told') await answer(answerOf(changed))
    },
    end: async (kept, { st, code, text }) => {
      const { id: command } = kept
      const { all, end } = answersOf({ command, st, ...(code !== undefined && { code }) }, text)
      const { command: _, data: __, ...how } = end
      const hasText = all.some(({ data }) => data !== undefined)
      const owed = hasText ? ('end and text' as const) : ('end' as const)
      const ended = { ...withoutWork(kept), ...how, owed, changed: clock.now() }
      await putEnded(ended)
      await journalled({ type: 'command.ended', commandId: command, ...how })
      await told(ended, all)
    },
    answerAgain: (kept) => {
      const ended = kept.owed === 'end and text' ? { code: 'textLost', ...kept } : kept
      return told(ended, [answerOf(ended)])
    },
  }
}

const withoutWork = ({ id, op, kid, exp, at, st }: KeptCommand) => ({ id, op, kid, exp, at, st })
