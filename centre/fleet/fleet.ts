// The fleet as the centre runs it: its broker, unless there is another, its line to it, and what is looked for by itself.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { Store } from '../store.ts'
import { sendCommands } from './commands/publishing.ts'
import { startBroker, type Broker } from './broker.ts'
import type { FleetConfig } from './fleet-config.ts'
import { listen, type Listening } from './listening.ts'
import { advanceRollouts } from './rollouts/advancing.ts'
import { lookForSilence } from './silence.ts'

export type Fleet = {
  /** The port of the broker inside; null where another is used. */
  port: number | null
  command: Listening['command']
  /** Since when every message comes here; null while there is no line to the broker. */
  since: Listening['since']
  /** Raises what only time shows; every few seconds. */
  sweep: () => Promise<void>
  close: () => Promise<void>
}

/** The paths in `config` are absolute. */
export type FleetOptions = {
  config: FleetConfig
  store: Store
  now: () => number
  /** Of the town. */
  timeZone: string
  log: Logger
}

/** Rejects when the broker inside cannot start or a file cannot be read; a broker elsewhere is tried for ever. */
export const openFleet = async (of: FleetOptions): Promise<Fleet> => {
  const { config, store, now, timeZone, log } = of
  const { tenant, broker } = config
  const tls = broker.tls === null ? null : await certificatesOf(broker.tls)
  const base = { store, now, timeZone, log, tenant }
  if (broker.kind === 'url') {
    const { url, username, passwordFile } = broker
    const password = passwordFile === null ? null : (await readFile(passwordFile, 'utf8')).trim()
    const shown = { username, ...(password !== null && { password }), ...(tls !== null && { tls }) }
    return fleetOn({ ...of, listening: listen({ ...base, url, ...shown }), inside: null })
  }
  const password = randomBytes(24).toString('hex')
  const inside = await startBroker({
    tenant,
    listen: broker.listen,
    tls,
    isKiosk: (kiosk) => isKnown(store, kiosk),
    centrePassword: password,
  })
  const { host } = broker.listen
  const url = `${tls === null ? 'mqtt' : 'mqtts'}://${host}:${inside.port}`
  const listening = listen({ ...base, url, password, ...(tls !== null && { tls }) })
  return fleetOn({ ...of, listening, inside })
}

const fleetOn = (on: {
  store: Store
  now: () => number
  listening: Listening
  inside: Broker | null
}): Fleet => {
  const { store, now, listening, inside } = on
  return {
    port: inside?.port ?? null,
    command: listening.command,
    since: listening.since,
    sweep: async () => {
      const since = listening.since()
      // Who hears nobody says of nobody that he is silent.
      if (since === null) return
      await store.transact((work) => lookForSilence({ work, now: now() }, since))
      await advanceRollouts({ store, now: now() })
      await sendCommands({ store, now: now(), send: listening.command })
    },
    close: async () => {
      await listening.close()
      await inside?.close()
    },
  }
}

const certificatesOf = async (files: { certificate: string; key: string; ca: string }) => ({
  certificate: await readFile(files.certificate, 'utf8'),
  key: await readFile(files.key, 'utf8'),
  ca: await readFile(files.ca, 'utf8'),
})

const isKnown = async ({ read }: Store, kiosk: KioskNumber): Promise<boolean> =>
  (await read
    .selectFrom('kiosks')
    .select('kiosk')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()) !== undefined
