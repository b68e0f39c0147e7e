// A centre of a few lines for tests of the kiosk's side: hears everything, and answers what it is told to answer.
import mqtt from 'mqtt'
import { decode, encode, type Message } from '../../domain/fleet/codec.ts'
import {
  fromKiosk,
  hostTopicOf,
  readTopic,
  topicOf,
  topicOfAll,
  type FromKiosk,
} from '../../domain/fleet/topics.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { centrePassword, tenant } from './brokers.ts'

/** What came in, by topic, and the order it came in. */
export type Heard = { [Name in FromKiosk]: Message<Name>[] } & { order: string[] }

export const plainCentre = async (port: number, kiosk: KioskNumber) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4,
    clientId: 'centre',
    username: 'centre',
    password: centrePassword,
    clean: true,
    reconnectPeriod: 20,
  })
  const heard: Heard = { state: [], birth: [], hb: [], ev: [], res: [], order: [] }
  const has = { ev: 0, res: 0 }
  const settings = {
    /** Answers births and records. */
    answers: true,
    accept: 'accepted' as 'accepted' | 'pending' | 'rejected',
    /** The highest connection it pretends to know. */
    known: 0,
    interval: 60,
    now: () => 0,
  }
  const tell = async <Name extends 'ack' | 'cmd'>(name: Name, message: Message<Name>) => {
    await client.publishAsync(topicOf(tenant, kiosk, name), encode(name, message), { qos: 1 })
  }
  const ack = (bd: number | null) => {
    const { known, accept, interval: hb, now } = settings
    const birth = bd === null ? {} : { birth: { bd: Math.max(bd, known), accept, hb } }
    return tell('ack', { v: 1, ts: now(), ...has, ...birth })
  }
  const take = <Name extends FromKiosk>(name: Name, bytes: Uint8Array): Message<Name> => {
    const read = decode(name, bytes)
    if (read.kind === 'unreadable') throw new Error(`${name}: ${read.problem}`)
    return read.message
  }
  const onMessage = (topic: string, bytes: Buffer) => {
    const read = readTopic(topic)
    if (read.kind !== 'of a kiosk') return
    const { name } = read
    heard.order.push(name)
    switch (name) {
      case 'birth': {
        const message = take(name, bytes)
        heard.birth.push(message)
        if (settings.answers) void ack(message.bd)
        return
      }
      case 'ev':
      case 'res': {
        const { seq } =
          name === 'ev' ? kept(heard.ev, take('ev', bytes)) : kept(heard.res, take('res', bytes))
        if (!settings.answers) return
        if (seq === has[name] + 1) has[name] = seq
        void ack(null)
        return
      }
      case 'state':
        heard.state.push(take(name, bytes))
        return
      case 'hb':
        heard.hb.push(take(name, bytes))
        return
      default:
    }
  }
  client.on('message', onMessage)
  await client.subscribeAsync(
    fromKiosk.map((name) => topicOfAll(tenant, name)),
    { qos: 1 },
  )
  return {
    heard,
    has,
    settings,
    tell,
    ack,
    host: async (st: 'online' | 'offline') => {
      const message = encode('host', { v: 1, st, ts: 0, why: 'birth' })
      await client.publishAsync(hostTopicOf(tenant), message, { qos: 1, retain: true })
    },
    publish: (topic: string, text: string) => client.publishAsync(topic, text, { qos: 1 }),
    close: () => client.endAsync(true),
  }
}

const kept = <Item>(all: Item[], item: Item): Item => {
  all.push(item)
  return item
}
