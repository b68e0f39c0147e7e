// Pure: why the program was started, from what its last run left and what systemd and the kernel say.
import type { StartWord } from '../../domain/fleet/words.ts'

/** What a run leaves for the next one. */
export type RunBefore = {
  /** The start of the machine that it ran in; null where nothing names it. */
  machine: string | null
  version: string
  /** It was asked to stop: by systemd, a command of the office, an update, or the menu. */
  wasAsked: boolean
  /** Why it withheld its last beats. */
  withheld: string[]
}

export type FoundAtStart = {
  /** Null at the very first start, and when the record of it was lost. */
  before: RunBefore | null
  machine: string | null
  version: string
  /** systemd's word for how the last run ended (`SERVICE_RESULT`); null where nobody wrote it down. */
  serviceResult: string | null
  /** The kernel has left what it said when it died. */
  panicked: boolean
  /** The hardware watchdog says that it has reset the machine. */
  wasReset: boolean
}

export const startReason = (found: FoundAtStart): StartWord => {
  const { before, machine, serviceResult } = found
  if (before === null) return 'first'
  const isSameMachine = machine === null || before.machine === null || machine === before.machine
  if (!isSameMachine) {
    if (found.panicked) return 'panic'
    if (found.wasReset) return 'watchdog'
    return before.wasAsked ? 'command' : 'power'
  }
  if (serviceResult === 'watchdog') return 'watchdog'
  if (before.version !== found.version) return 'update'
  if (before.wasAsked) return 'command'
  return serviceResult === null && before.withheld.length > 0 ? 'watchdog' : 'crash'
}
