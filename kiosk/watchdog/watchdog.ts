// The hands of the watchdog: looks at the running program again and again, feeds systemd or does not, and puts the page right.
//
//   facts ─► reasons ─► since when? ─► decide ─► WATCHDOG=1, or nothing but STATUS=withheld
//     └────► page silent? ─► load anew ─► end the browser
import type { Clock } from '../clock.ts'
import { whyOf } from '../disk.ts'
import type { Log } from '../log.ts'
import { decide, reasonsOf, type Decision } from './deciding.ts'
import type { HealthFacts, Reason, Standing } from './facts.ts'
import type { Notify } from './notifying.ts'
import { pageActDue, type PageAct } from './page-ladder.ts'

export type WatchdogParts = {
  clock: Pick<Clock, 'monotonic' | 'after'>
  log: Log
  notify: Notify
  /** Between two looks. */
  everyMs: number
  facts: () => Omit<HealthFacts, 'loopLateMs'>
  /** The kiosk has come up: in service, or honestly out of it with its screen served. */
  isUp: () => boolean
  /** What systemd shows of the kiosk. */
  status: () => string
  page: Record<PageAct, () => Promise<void> | void>
  /** For the next start. Never rejects. */
  keepWithheld: (reasons: readonly Reason[]) => Promise<void>
}

/** So long a start may go on beyond the limit of the unit, as long as it is well. */
const startExtendedMs = 30_000

/** Looks until it is stopped. */
export const watchdog = (parts: WatchdogParts): { stop: () => void } => {
  const { clock, log, everyMs } = parts
  const since = new Map<Reason, number>()
  const withheld = withholding(parts)
  let plannedAt = clock.monotonic()
  let pageSilentMs = 0
  let wasUp = false
  let readyIsTold = false
  let takeBack = () => undefined as void

  const look = () => {
    const now = clock.monotonic()
    const facts = { ...parts.facts(), loopLateMs: now - plannedAt }
    const decision = decide(standingOf(reasonsOf(facts), since, now), facts.isBusy)
    tendPage(facts.page)
    withheld.note(decision)
    if (decision.kind === 'withhold') {
      void parts.notify([`STATUS=withheld: ${decision.reasons.join(', ')}`])
    } else {
      const status = `STATUS=${parts.status()}`
      wasUp ||= parts.isUp()
      if (wasUp) void feed(status)
      else {
        // A machine that was just set up is watched already.
        const extended = `EXTEND_TIMEOUT_USEC=${startExtendedMs * 1_000}`
        void parts.notify(['WATCHDOG=1', extended, status])
      }
    }
    plannedAt = clock.monotonic() + everyMs
    takeBack = clock.after(everyMs, look)
  }
  /** Systemd waits for the one word that the kiosk is ready: it is said until it has gone out. */
  const feed = async (status: string): Promise<void> => {
    const ready = readyIsTold ? [] : ['READY=1']
    const isOut = await parts.notify([...ready, 'WATCHDOG=1', status])
    readyIsTold ||= isOut
  }
  const tendPage = ({ hasAnswered, silentMs }: HealthFacts['page']) => {
    const act = pageActDue({ hasAnswered, silentMs, beforeMs: pageSilentMs })
    pageSilentMs = silentMs
    if (act === null) return
    log.warn({ act, silentMs: Math.round(silentMs) }, 'the page does not answer')
    // What cannot be asked for is logged and tried again at the next rung.
    void Promise.resolve()
      .then(() => parts.page[act]())
      .catch((error: unknown) => log.error({ act, why: whyOf(error) }, 'the page is left as it is'))
  }
  look()
  return { stop: () => takeBack() }
}

/** Takes the time of each reason; one that is gone begins anew. */
const standingOf = (
  reasons: readonly Reason[],
  since: Map<Reason, number>,
  now: number,
): Standing[] => {
  for (const gone of [...since.keys()].filter((reason) => !reasons.includes(reason))) {
    since.delete(gone)
  }
  return reasons.map((reason) => {
    const began = since.get(reason) ?? now
    since.set(reason, began)
    return { reason, forMs: now - began }
  })
}

/** Every withheld beat is in the log; on the disk is what changes. */
const withholding = ({ log, keepWithheld }: WatchdogParts) => {
  let before = ''
  let borneBefore = ''
  return {
    note: (decision: Decision) => {
      const reasons = decision.kind === 'withhold' ? decision.reasons : []
      const borne = decision.kind === 'feed' ? decision.borneWith : []
      if (reasons.length > 0) log.error({ reasons }, 'a beat is withheld')
      if (borne.join() !== borneBefore && borne.length > 0) {
        log.warn({ reasons: borne }, 'something is wrong and waits until nobody is being served')
      }
      borneBefore = borne.join()
      if (reasons.join() === before) return
      before = reasons.join()
      void keepWithheld(reasons)
    },
  }
}
