// The door of the front machine: its own certificate from the centre's authority, and which of the kiosks' are good.
//
// It has no books of certificates: the centre tells which are revoked, every few seconds, and the last answer is kept for
// the time in which the centre is away.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import { enrolmentPaths } from '../domain/enrolment/enrolment-messages.ts'
import { wordsOf } from '../domain/failed-fetch.ts'
import { identityFetch } from '../server/identity/identity-fetch.ts'
import { keepRenewed, type RenewingClock } from '../server/identity/renewing.ts'
import { gate, type Gate } from '../server/gate.ts'
import { writeSecret } from '../server/secret-file.ts'
import type { FrontConfig } from './config.ts'
import { openFrontIdentity } from './front-identity.ts'

/** A kiosk that the office revokes is not listened to here after this time. */
const askEveryMs = 5_000
const answerLimitMs = 5_000

const Revoked = z.object({ revoked: z.array(z.string()) })

export type FrontDoor = {
  gate: Gate
  /** To the centre, as this front machine. */
  fetch: typeof fetch
  close: () => Promise<void>
}

export type OpenedDoor =
  | { kind: 'door'; door: FrontDoor | null }
  /** A sentence that says what to do. */
  | { kind: 'problem'; problem: string }

/** No door where the front machine speaks without TLS, on one machine with everybody else. */
export const openDoor = async (
  config: FrontConfig,
  { log, clock }: { log: Logger; clock: RenewingClock },
): Promise<OpenedDoor> => {
  if (config.tls === null) return { kind: 'door', door: null }
  const { dataFolder: folder, centre } = config
  const identity = await openFrontIdentity(folder)
  const current = identity.current()
  if (current === null) {
    const problem =
      'tls: this machine has not enrolled; npm run front -- --config FILE --enrol CODE'
    return { kind: 'problem', problem }
  }
  const fetch = identityFetch(identity)
  const list = revokedList(join(folder, 'revoked.json'), { url: centre.url, fetch, log, clock })
  const door = gate({
    identity: current,
    now: clock.now,
    isRevoked: async (serial) => list.has(serial),
    speaksFor: (holder, kiosk) => holder.role === 'kiosk' && holder.kiosk === kiosk,
  })
  const stopRenewing = keepRenewed({
    url: centre.url,
    identity,
    fetch,
    log,
    clock,
    onRenewed: () => door.show(identity.current() ?? current),
  })
  return {
    kind: 'door',
    door: {
      gate: door,
      fetch,
      close: async () => {
        list.stop()
        await stopRenewing()
      },
    },
  }
}

const revokedList = (
  path: string,
  of: { url: string; fetch: typeof fetch; log: Logger; clock: RenewingClock },
) => {
  const { url, fetch: ask, log, clock } = of
  let known = new Set(readKept(path))
  let said: string | null = null
  const look = async () => {
    try {
      const answer = await ask(`${url.replace(/\/+$/, '')}${enrolmentPaths.revoked}`, {
        signal: AbortSignal.timeout(answerLimitMs),
      })
      if (!answer.ok) throw new Error(`status ${answer.status}`)
      const { revoked } = Revoked.parse(await answer.json())
      const isNew = revoked.length !== known.size || revoked.some((serial) => !known.has(serial))
      known = new Set(revoked)
      if (isNew) writeSecret(path, `${JSON.stringify({ revoked })}\n`)
      said = null
    } catch (error) {
      const why = wordsOf(error)
      if (why !== said)
        log.warn({ why }, 'which certificates are revoked is not told: the last list stands')
      said = why
    }
  }
  const ending = new AbortController()
  const keepLooking = async () => {
    while (!ending.signal.aborted) {
      await look()
      await clock.wait(askEveryMs, ending.signal)
    }
  }
  void keepLooking()
  return { has: (serial: string) => known.has(serial), stop: () => ending.abort() }
}

const readKept = (path: string): string[] => {
  try {
    return Revoked.parse(JSON.parse(readFileSync(path, 'utf8'))).revoked
  } catch {
    // None yet; the centre tells it anew.
    return []
  }
}
