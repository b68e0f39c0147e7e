// One connection to the broker over MQTT 3.1.1, from CONNECT to its end; the only door to the MQTT client in the kiosk.
//
// The client's own reconnecting, its queue while offline and its memory of messages are switched off (fleet.md O6); its
// keepalive runs on the kiosk's clock. A message that was under way when the line ended may or may not have arrived.
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { Clock } from '../clock.ts'

export type Credentials = {
  /** Of the kiosk at the broker, where it asks for one. */
  password?: string
  /** PEM: the authority that is trusted, instead of those of the system, and what the kiosk shows itself with. */
  ca?: string
  certificate?: string
  key?: string
}

export type LineOptions = {
  /** `mqtts://host:port`; `mqtt://` on this machine only. */
  url: string
  clientId: string
  username: string
  credentials: Credentials
  will: { topic: string; text: string }
  clock: Clock
  onMessage: (topic: string, bytes: Uint8Array) => void
}

export type Line = {
  /** Every message as QoS 1. `taken`: the broker has it. */
  publish: (topic: string, text: string, retain: boolean) => Promise<'taken' | 'not known'>
  /** Whether the broker lets us hear all of these. */
  subscribe: (topics: string[]) => Promise<boolean>
  /** Why the line is no more; resolves once. */
  ended: Promise<string>
  /** Says DISCONNECT, so that no will follows (B5); what is under way then is not waited for. */
  end: () => Promise<void>
}

/** Seconds; the broker lets a silent client go after half as much again (fleet.md 7). */
export const keepaliveSeconds = 30
/** From DISCONNECT to the end of the connection. */
const endLimitMs = 2_000
/** From the first packet to the broker's yes. */
export const connectLimitMs = 30_000

export const openLine = (
  options: LineOptions,
  signal: AbortSignal,
): Promise<{ kind: 'open'; line: Line } | { kind: 'failed'; why: string }> => {
  const client = mqtt.connect(options.url, clientOptions(options))
  const ended = Promise.withResolvers<string>()
  let why: string | null = null
  client.on('error', (error) => {
    why ??= error.message
  })
  client.on('close', () => ended.resolve(why ?? 'the connection was closed'))
  client.on('message', (topic, payload) => options.onMessage(topic, payload))
  const cut = (reason: string) => {
    why ??= reason
    client.end(true)
    ended.resolve(why)
  }
  const line = lineOn({ client, ended: ended.promise, cut, clock: options.clock })
  return new Promise((resolve) => {
    const takeBack = options.clock.after(connectLimitMs, () => cut('the broker does not answer'))
    const onAbort = () => cut('the kiosk stops')
    signal.addEventListener('abort', onAbort, { once: true })
    const settle = () => {
      takeBack()
      signal.removeEventListener('abort', onAbort)
    }
    client.once('connect', () => {
      settle()
      resolve({ kind: 'open', line })
    })
    const onEnd = async () => {
      const reason = await ended.promise
      settle()
      // A socket that failed may still be half there.
      client.end(true)
      resolve({ kind: 'failed', why: reason })
    }
    void onEnd()
    if (signal.aborted) onAbort()
  })
}

const clientOptions = (options: LineOptions): IClientOptions => {
  const { clientId, username, credentials, will, clock } = options
  const { password, ca, certificate, key } = credentials
  return {
    protocolVersion: 4,
    clientId,
    username,
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
    clean: false,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    connectTimeout: 2 * connectLimitMs,
    keepalive: keepaliveSeconds,
    // What we send says nothing of whether it gets there: the broker is asked whatever else goes out.
    reschedulePings: false,
    timerVariant: timersOn(clock),
    will: { topic: will.topic, payload: Buffer.from(will.text), qos: 1, retain: true },
  }
}

/** The client's interval timers, on our clock. */
const timersOn = ({ after }: Pick<Clock, 'after'>) => {
  const takeBacks = new Map<number, () => void>()
  let last = 0
  return {
    set: (call: () => void, ms: number): number => {
      const id = ++last
      const again = () => {
        takeBacks.set(
          id,
          after(ms, () => {
            again()
            call()
          }),
        )
      }
      again()
      return id
    },
    clear: (id: number): void => {
      takeBacks.get(id)?.()
      takeBacks.delete(id)
    },
  }
}

const lineOn = (of: {
  client: MqttClient
  ended: Promise<string>
  cut: (why: string) => void
  clock: Clock
}): Line => {
  const { client, ended, cut, clock } = of
  const unlessEnded = endingWith(ended)
  return {
    publish: (topic, text, retain) =>
      unlessEnded<'taken' | 'not known'>(
        client.publishAsync(topic, text, { qos: 1, retain }).then(() => 'taken'),
        'not known',
      ),
    subscribe: (topics) =>
      unlessEnded(
        client
          .subscribeAsync(topics, { qos: 1 })
          .then((granted) => granted.every(({ qos }) => qos <= 1)),
        false,
      ),
    ended,
    end: async () => {
      const takeBack = clock.after(endLimitMs, () => cut('the broker does not let go'))
      // It would wait for what is under way, for ever where the line is dead; the outbox has all that matters.
      client.outgoing = {}
      client.end(false)
      await ended
      takeBack()
    },
  }
}

/** Waits for something or for the end, whichever is first; a line that stands for months keeps nothing of what is done. */
const endingWith = (ended: Promise<string>) => {
  const waiting = new Set<() => void>()
  let isEnded = false
  void ended.then(() => {
    isEnded = true
    for (const giveUp of waiting) giveUp()
    return waiting.clear()
  })
  return <Result>(done: Promise<Result>, otherwise: Result): Promise<Result> =>
    new Promise((resolve) => {
      const giveUp = () => resolve(otherwise)
      const settle = (result: Result) => {
        waiting.delete(giveUp)
        resolve(result)
      }
      if (isEnded) return giveUp()
      waiting.add(giveUp)
      return void done.then(settle, () => settle(otherwise))
    })
}
