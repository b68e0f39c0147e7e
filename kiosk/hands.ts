// The hands of a command of the office: what the machines of the kiosk do for it. None of them moves money.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Clock } from './clock.ts'
import type { KioskHands } from './fleet/commands/hands.ts'
import { isIdle, isServing } from './health.ts'
import type { KioskActor } from './kiosk.ts'
import type { MachineHands } from './machine-hands.ts'
import { selfTest } from './service/self-test.ts'

/** How often it is looked whether the kiosk has become idle. */
const lookMs = 500

/** A page answers every few seconds that it paints. */
const paintedMostMs = 30_000

const screenTest = (paintedMs: number | null): { ok: boolean; words: string } =>
  paintedMs !== null && paintedMs <= paintedMostMs
    ? { ok: true, words: 'passed' }
    : { ok: false, words: 'no answer' }

export const kioskHands = (of: {
  actor: KioskActor
  /** Resolves when the entries are on disk. */
  append: (entries: JournalEntry[]) => Promise<void>
  clock: Pick<Clock, 'wait'>
  machine: MachineHands
  /** Since a page last painted; null when none ever did. */
  paintedMs: () => number | null
}): KioskHands => {
  const { actor, append, clock, machine } = of
  const snapshot = () => actor.getSnapshot()
  const until = async (isSo: () => boolean, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      if (isSo() || signal?.aborted === true) return
      await clock.wait(lookMs, signal)
    }
  }
  return {
    close: async (how, reason, by) => {
      await append([{ type: 'kiosk.closed', by, how, reason }])
      actor.send({ type: 'kiosk.closed', how })
      // Whoever is being served is served to the end.
      await until(() => !isServing(snapshot()))
    },
    open: async (by) => {
      await append([{ type: 'kiosk.opened', by }])
      actor.send({ type: 'kiosk.opened' })
    },
    isIdle: () => isIdle(snapshot()),
    whenIdle: (signal) => until(() => isIdle(snapshot()), signal),
    restartScreen: machine.restartScreen,
    restartRuntime: machine.restartProgram,
    reboot: machine.reboot,
    selfTest: async (device) => {
      if (device === 'screen') return screenTest(of.paintedMs())
      const { passed, why } = selfTest(device, snapshot().context.devices)
      return { ok: passed, words: why }
    },
  }
}
