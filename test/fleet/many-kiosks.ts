// Many kiosks on real connections, each no more than its line: births, states and heartbeats as the centre hears them.
import mqtt, { type MqttClient } from 'mqtt'
import { encode } from '../../domain/fleet/codec.ts'
import { clientIdOf, topicOf, type FromKiosk } from '../../domain/fleet/topics.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import { tenant } from './brokers.ts'

export const numbersOf = (count: number): KioskNumber[] =>
  Array.from({ length: count }, (_, at) => KioskNumber.parse(String(at + 1).padStart(12, '0')))

export type ThinKiosk = {
  kiosk: KioskNumber
  /** Resolves when the broker has it. */
  beat: () => Promise<void>
  end: () => Promise<void>
}

/** Connected, and its birth and state told. */
export const thinKiosk = async (port: number, kiosk: KioskNumber, bd = 1): Promise<ThinKiosk> => {
  const state = (st: 'online' | 'offline', why: 'birth' | 'will') =>
    encode('state', { v: 1, st, bd, ts: Date.now(), why })
  const client: MqttClient = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4,
    clientId: clientIdOf(tenant, kiosk),
    username: kiosk,
    clean: true,
    reconnectPeriod: 0,
    keepalive: 120,
    connectTimeout: 120_000,
    will: {
      topic: topicOf(tenant, kiosk, 'state'),
      payload: Buffer.from(state('offline', 'will')),
      qos: 1,
      retain: true,
    },
  })
  const send = async (name: FromKiosk, text: string, retain: boolean) => {
    await client.publishAsync(topicOf(tenant, kiosk, name), text, { qos: 1, retain })
  }
  let seq = 0
  await send('birth', birthOf(kiosk, bd), true)
  await send('state', state('online', 'birth'), true)
  return {
    kiosk,
    beat: () => send('hb', heartbeatOf(++seq, bd), false),
    end: () => client.endAsync(true),
  }
}

const device = { st: 'online' as const, age: 1, faults: [] }

/** The so many-th of a connection, of a kiosk with nothing wrong. */
export const heartbeatOf = (seq: number, bd = 1): string =>
  encode('hb', {
    v: 1,
    bd,
    seq,
    ts: Date.now(),
    up: seq,
    svc: 'inService',
    st: { name: 'idle', for: 5 },
    ui: { age: 1, screen: 'attract' },
    dev: { cardReader: device, noteAcceptor: device, receiptPrinter: device },
    cash: { n: 212, value: minor(1_060_000), cur: 'CNY', acc: 'accurate' },
    sup: { paper: 'ok' },
    q: { n: 0, oldest: 0 },
    clk: { off: 3 },
    sys: { disk: 2_000_000_000, mem: 90_000_000 },
    head: { sequence: 0, hash: '' },
    unresolved: 0,
  })

const birthOf = (kiosk: KioskNumber, bd: number): string =>
  encode('birth', {
    v: 1,
    bd,
    ts: Date.now(),
    kiosk,
    serials: { machine: kiosk },
    sw: { runtime: '1', node: '1', os: '1' },
    cfg: '',
    devices: [],
    locale: 'en',
    tz: 'UTC',
    state: 'commissioned',
    head: { sequence: 0, hash: '' },
  })

/** All of them, so many connecting at a time. */
export const thinKiosks = async (
  port: number,
  numbers: readonly KioskNumber[],
  atOnce = 50,
): Promise<ThinKiosk[]> => {
  const kiosks: ThinKiosk[] = []
  const queue = [...numbers]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        kiosks.push(await thinKiosk(port, next))
      }
    }),
  )
  return kiosks
}
