// The centre's own line to the broker of its fleet: what comes in is on disk before anybody hears that it was taken.
import { setTimeout as pause } from 'node:timers/promises'
import mqtt, { type IClientOptions, type IPublishPacket } from 'mqtt'
import type { Logger } from 'pino'
import { encode, type Message } from '../../domain/fleet/codec.ts'
import type { AckMessage, HostMessage } from '../../domain/fleet/host-messages.ts'
import { wire } from '../../domain/fleet/kiosk-messages.ts'
import {
  fromKiosk,
  hostTopicOf,
  isFromKiosk,
  numbered,
  readTopic,
  topicOf,
  topicOfAll,
  type Tenant,
} from '../../domain/fleet/topics.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { whyOf } from '../../server/config-file.ts'
import type { ServerIdentity } from '../../server/gate.ts'
import type { Store } from '../store.ts'
import { centreName } from './broker.ts'
import { inBatches } from './batches.ts'
import type { Told } from './taking-in.ts'

export type ListeningOptions = {
  store: Store
  now: () => number
  /** Of the town: what is told is counted by its days. */
  timeZone: string
  log: Logger
  tenant: Tenant
  url: string
  username?: string
  password?: string
  /** So long the broker has to take a command. */
  sendLimitMs?: number
  /** PEM. */
  tls?: { ca?: string; certificate?: string; key?: string }
}

export type Listening = {
  /** Since when every message comes here; null while there is no line. */
  since: () => number | null
  /** Resolves when the broker has it, or rejects: then it may come there later. */
  command: (kiosk: KioskNumber, command: Message<'cmd'>) => Promise<void>
  /** The next line is opened with this. */
  show: (identity: ServerIdentity) => void
  close: () => Promise<void>
}

/** A line that was lost is tried again so often, for ever. */
const reconnectMs = 1_000
/** Of heartbeats, births and states that are not on disk yet; with more, the broker waits as it does for records. */
const mostWaiting = 1_000
/** So long the broker has to take the last word. */
const farewellMs = 2_000
const usualSendLimitMs = 10_000

export const listen = (options: ListeningOptions): Listening => {
  const { now, log, tenant, url, sendLimitMs = usualSendLimitMs } = options
  let since: number | null = null
  let said: string | null = null
  const client = mqtt.connect(url, clientOptions(options))
  const inWork = new Set<Promise<void>>()
  const send = async (kiosk: KioskNumber, name: 'ack' | 'cmd', text: string): Promise<void> => {
    await client.publishAsync(topicOf(tenant, kiosk, name), text, { qos: 1 })
  }
  const batches = inBatches(options)
  // The kiosk sends it all again where this gets lost.
  const tellStored = (kiosk: KioskNumber, ack: AckMessage) => {
    send(kiosk, 'ack', encode('ack', ack)).catch((error: unknown) => {
      log.debug({ err: error }, 'a kiosk was not answered')
    })
  }
  const stored = async (told: Told): Promise<boolean> => {
    try {
      const ack = await batches.take(told)
      if (ack !== null) tellStored(told.kiosk, ack)
      return true
    } catch (error) {
      log.error({ err: error }, 'a message of the fleet is not stored')
      // Without our yes the broker gives a record again on the next line; last births and states it gives anyway.
      client.stream.destroy()
      return false
    }
  }
  const take = async (told: Told, done: () => void): Promise<void> => {
    const isRecord = numbered.some((each) => each === told.name)
    const waits = isRecord || batches.waiting() >= mostWaiting
    if (!waits) done()
    if ((await stored(told)) && waits) done()
  }
  client.handleMessage = (packet, done) => {
    const told = toldBy(packet)
    if (told === null) return done()
    const work = take(told, done)
    inWork.add(work)
    return void work.finally(() => inWork.delete(work))
  }
  client.on('connect', () => {
    const start = async () => {
      await client.subscribeAsync(
        fromKiosk.map((name) => topicOfAll(tenant, name)),
        { qos: 1 },
      )
      await tellHost('online', 'birth')
      since ??= now()
      said = null
      log.info('the fleet is heard')
    }
    start().catch((error: unknown) => log.warn({ err: error }, 'the fleet is not heard'))
  })
  client.on('close', () => {
    since = null
  })
  // It is tried again every second, and said once.
  client.on('error', (error) => {
    const why = whyOf(error) || ('code' in error ? String(error.code) : 'it does not answer')
    const problem = `the broker of the fleet at ${new URL(url).host}: ${why}; no kiosk is heard until it answers, and sales go on`
    if (problem !== said) log.warn(problem)
    said = problem
  })
  const tellHost = (st: HostMessage['st'], why: HostMessage['why']) =>
    client.publishAsync(hostTopicOf(tenant), hostText(st, why, now()), { qos: 1, retain: true })

  return {
    since: () => since,
    command: (kiosk, command) =>
      Promise.race([
        send(kiosk, 'cmd', encode('cmd', command)),
        pause(sendLimitMs, undefined, { ref: false }).then(() => {
          throw new Error('the broker of the fleet does not take a command')
        }),
      ]),
    show: ({ certificate: cert, key }) => void Object.assign(client.options, { cert, key }),
    close: async () => {
      // A broker that has gone silent does not hold up whoever closes.
      const isTaken =
        client.connected &&
        (await Promise.race([
          tellHost('offline', 'shutdown').then(
            () => true,
            () => false,
          ),
          pause(farewellMs, false, { ref: false }),
        ]))
      await client.endAsync(!isTaken)
      await Promise.allSettled(inWork)
    },
  }
}

const hostText = (st: HostMessage['st'], why: HostMessage['why'], ts: number): string =>
  encode('host', { v: wire, st, ts, why })

const toldBy = ({ topic, payload, retain }: IPublishPacket): Told | null => {
  const read = readTopic(topic)
  if (read.kind !== 'of a kiosk' || !isFromKiosk(read.name)) return null
  const { kiosk, name } = read
  return { kiosk, name, bytes: Buffer.from(payload), retained: retain }
}

const clientOptions = ({
  tenant,
  now,
  username = centreName,
  password,
  tls = {},
}: ListeningOptions): IClientOptions => {
  const { ca, certificate, key } = tls
  return {
    protocolVersion: 4,
    clientId: centreName,
    username,
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
    // The broker keeps nothing for us but the last births and states: heartbeats of an hour ago say nothing, and every
    // kiosk sends its records again when it hears that we are back.
    clean: true,
    reconnectPeriod: reconnectMs,
    resubscribe: false,
    will: {
      topic: hostTopicOf(tenant),
      payload: Buffer.from(hostText('offline', 'will', now())),
      qos: 1,
      retain: true,
    },
  }
}
