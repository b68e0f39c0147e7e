// The kiosk's side of the fleet in a test: client, outbox and count in a folder, on a clock that is moved by hand.
import { join } from 'node:path'
import { pino } from 'pino'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { connectionCount } from '../../kiosk/fleet/connection-count.ts'
import { fleetClient, type FleetClient } from '../../kiosk/fleet/fleet-client.ts'
import type { Credentials } from '../../kiosk/fleet/mqtt-line.ts'
import { openOutbox, type Outbox } from '../../kiosk/fleet/outbox.ts'
import { longestPauseMs } from '../../kiosk/fleet/reconnecting.ts'
import { manualClock } from '../manual-clock.ts'
import { tenant } from './brokers.ts'
import { kioskA } from './fleet-store.ts'
import { wellFacts } from './well-facts.ts'

export type KioskSide = Awaited<ReturnType<typeof startKioskSide>>

/** As it starts in the field, on a clock of its own. */
export const startKioskSide = async ({
  port,
  folder,
  seed = 1,
  kiosk = kioskA,
  url = `mqtt://127.0.0.1:${port}`,
  credentials = {},
}: {
  port: number
  folder: string
  seed?: number
  kiosk?: KioskNumber
  url?: string
  credentials?: Credentials
}) => {
  const clock = manualClock(undefined, seed)
  const facts = wellFacts()
  const commands: unknown[] = []
  const clocksOff: (number | null)[] = []
  const outbox: Outbox = await openOutbox({
    path: join(folder, 'outbox.ndjson'),
    report: () => undefined,
  })
  const client: FleetClient = fleetClient({
    kiosk,
    tenant,
    url,
    credentials: () => credentials,
    facts: facts.facts,
    outbox,
    count: connectionCount({
      path: join(folder, 'connections.json'),
      onUnreadable: () => undefined,
    }),
    clock,
    log: pino({ level: 'silent' }),
    onCommand: (command, clockOffMs) => {
      commands.push(command)
      clocksOff.push(clockOffMs)
    },
  })
  const stopping = new AbortController()
  const running = client.run(stopping.signal)
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    stopping.abort()
    for (let tries = 0; !isStopped && tries < 1_000; tries++) {
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 10))])
      isStopped = await Promise.race([running.then(() => true), Promise.resolve(false)])
      if (!isStopped) await clock.advance(10)
    }
    await outbox.close()
  }
  return { client, clock, facts, outbox, commands, clocksOff, stop }
}

/** Lets the kiosk's pauses pass until it is so. */
export const passing = async ({ clock }: KioskSide, isSo: () => boolean) => {
  for (let tries = 0; tries < 3_000; tries++) {
    if (isSo()) return
    await clock.advance(longestPauseMs / 1_000)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it never came to that')
}
