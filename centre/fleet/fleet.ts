// The fleet as the centre runs it: its broker, unless there is another, its line to it, and what is looked for by itself.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { CentreDoor } from '../enrolment/centre-door.ts'
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
  /** Of the centre, where its broker shows and believes the same certificates. */
  door?: CentreDoor | null
}

/** Rejects when the broker inside cannot start or a file cannot be read; a broker elsewhere is tried for ever. */
export const openFleet = async (of: FleetOptions): Promise<Fleet> => {
  const { config, store, now, timeZone, log, door = null } = of
  const { tenant, broker } = config
  const tls = await certificatesOf(broker.tls, door)
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
    ...(broker.tls === 'authority' && door !== null && { gate: door.gate }),
  })
  // Where it listens to everybody it is reached as this machine.
  const host = anyAddress.has(broker.listen.host) ? '127.0.0.1' : broker.listen.host
  const url = `${tls === null ? 'mqtt' : 'mqtts'}://${host}:${inside.port}`
  const listening = listen({ ...base, url, password, ...(tls !== null && { tls }) })
  if (broker.tls === 'authority') {
    door?.onIdentity((identity) => {
      inside.show(identity)
      listening.show(identity)
    })
  }
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

const anyAddress = new Set(['0.0.0.0', '::'])

type Certificates = { certificate: string; key: string; ca: string }

/** PEM. */
const certificatesOf = async (
  tls: Certificates | 'authority' | null,
  door: CentreDoor | null,
): Promise<Certificates | null> => {
  if (tls === null) return null
  if (tls !== 'authority') {
    return {
      certificate: await readFile(tls.certificate, 'utf8'),
      key: await readFile(tls.key, 'utf8'),
      ca: await readFile(tls.ca, 'utf8'),
    }
  }
  if (door === null) throw new Error('the centre has no authority')
  const { authority: ca, ...shown } = door.identity()
  return { ...shown, ca }
}

const isKnown = async ({ read }: Store, kiosk: KioskNumber): Promise<boolean> =>
  (await read
    .selectFrom('kiosks')
    .select('kiosk')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()) !== undefined
