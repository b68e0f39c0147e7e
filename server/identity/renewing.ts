// The certificate follows itself: at two thirds of its life the machine asks for the next one, and goes on asking.
import { enrolmentPaths, renewAt } from '../../domain/enrolment/enrolment-messages.ts'
import { never } from '../../domain/never.ts'
import { whyOf } from '../config-file.ts'
import type { Logger } from 'pino'
import { askFor } from './asking.ts'
import type { IdentityFile } from './identity.ts'

/** It is looked this often whether it is time; a try that failed is made again with the next look. */
const lookEveryMs = 60 * 60_000
/** Kiosks that were put up on one day do not all ask in one minute. */
const firstLookWithinMs = 5 * 60_000

/** As the kiosk's clock (kiosk/clock.ts): `wait` ends early when the signal aborts, and never rejects. */
export type RenewingClock = {
  now: () => number
  wait: (ms: number, signal?: AbortSignal) => Promise<unknown>
  chance: () => number
}

export type Renewing = {
  url: string
  identity: Pick<IdentityFile, 'current' | 'request' | 'take'>
  /** Shows the present certificate. */
  fetch: typeof fetch
  clock: RenewingClock
  log: Pick<Logger, 'info' | 'warn'>
  /** For whoever shows it by other ways too. */
  onRenewed?: () => void
}

export type Renewed =
  | { kind: 'not yet' }
  | { kind: 'renewed'; endsAt: number }
  /** The present certificate stays. */
  | { kind: 'failed'; why: string }

/** Renews if it is time. The old certificate is used until the new one is on disk. Never rejects. */
export const renewInTime = async (
  { url, identity, fetch, clock }: Omit<Renewing, 'log' | 'onRenewed'>,
  signal?: AbortSignal,
): Promise<Renewed> => {
  const current = identity.current()
  if (current === null || clock.now() < renewAt(current)) return { kind: 'not yet' }
  const { holder, authority } = current
  try {
    const request = Buffer.from(await identity.request(holder)).toString('base64')
    const asked = await askFor({ url, path: enrolmentPaths.renew, fetch, signal }, { request })
    switch (asked.kind) {
      case 'refused':
        return { kind: 'failed', why: asked.problem }
      case 'away':
        return { kind: 'failed', why: asked.why }
      case 'clock':
        return { kind: 'failed', why: `one of both clocks is wrong: ${asked.why}` }
      case 'issued': {
        // Another authority comes only with another code.
        const isTaken = await identity.take({ ...asked.issued, authority }, holder)
        const endsAt = identity.current()?.to
        return isTaken && endsAt !== undefined
          ? { kind: 'renewed', endsAt }
          : { kind: 'failed', why: 'the certificate is not for the key of this machine' }
      }
      default:
        return never(asked)
    }
  } catch (error) {
    return { kind: 'failed', why: whyOf(error) }
  }
}

/** Looks for ever whether it is time; the answer ends it. */
export const keepRenewed = (of: Renewing): (() => Promise<void>) => {
  const { clock, log } = of
  const stop = new AbortController()
  const run = async () => {
    await clock.wait(clock.chance() * firstLookWithinMs, stop.signal)
    while (!stop.signal.aborted) {
      const renewed = await renewInTime(of, stop.signal)
      if (renewed.kind === 'renewed') {
        log.info({ endsAt: renewed.endsAt }, 'the certificate was renewed')
        of.onRenewed?.()
      }
      if (renewed.kind === 'failed' && !stop.signal.aborted) {
        log.warn({ why: renewed.why }, 'the certificate was not renewed: it is tried again')
      }
      await clock.wait(lookEveryMs, stop.signal)
    }
  }
  const running = run()
  return () => {
    stop.abort()
    return running
  }
}
