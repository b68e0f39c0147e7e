// Tells systemd how the program is. Node has no unix datagram socket: `systemd-notify` says it for us, so that the unit must
// have `NotifyAccess=all`.
import { execFile } from 'node:child_process'
import { whyOf } from '../disk.ts'
import type { Log } from '../log.ts'

/**
 * Such as `READY=1` or `WATCHDOG=1`. Resolves with whether it has gone out: one that comes while another is under way is
 * left out. Never rejects.
 */
export type Notify = (words: readonly string[]) => Promise<boolean>

/** A word that has not gone out by then is of no use. */
const limitMs = 4_000

/** `say`: runs the program and rejects when it fails. A failure is logged once, until one goes out again. */
export const notifying = (log: Log, say: typeof bySystemdNotify = bySystemdNotify): Notify => {
  let isUnderWay = false
  let hasFailed = false
  return async (words) => {
    if (isUnderWay) return false
    isUnderWay = true
    try {
      await say(words)
      hasFailed = false
      return true
    } catch (error) {
      if (!hasFailed) log.error({ why: whyOf(error) }, 'systemd cannot be told how the kiosk is')
      hasFailed = true
      return false
    } finally {
      isUnderWay = false
    }
  }
}

const bySystemdNotify = (words: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    execFile('systemd-notify', [...words], { timeout: limitMs }, (error) =>
      error === null ? resolve() : reject(error),
    )
  })

/**
 * What systemd has put into the environment: how often it wants to be fed, in ms; null where it watches not. Null when the
 * program was not started by a unit of `Type=notify`.
 */
export const watchedBy = (
  environment: NodeJS.ProcessEnv,
): { everyMs: number | null; runFolder: string | null } | null => {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: most, RUNTIME_DIRECTORY: folder } = environment
  if (socket === undefined || socket === '') return null
  const mostMs = Number(most) / 1_000
  return {
    // Four chances before systemd loses its patience.
    everyMs: Number.isFinite(mostMs) && mostMs > 0 ? Math.max(250, mostMs / 4) : null,
    runFolder: folder?.split(':')[0] ?? null,
  }
}
