// Keeps a kiosk connected to its fleet for ever: a new connection number, a line, the talk on it, a pause, and again.
import { clientIdOf, topicOf, type Numbered } from '../../domain/fleet/topics.ts'
import type { CommandAnswer, FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { whyOf } from '../disk.ts'
import { conversation, type Talk, type TalkParts } from './conversation.ts'
import { connectLimitMs, openLine, type Credentials, type Line } from './mqtt-line.ts'
import { stateText } from './messages.ts'
import { pauseMs, standingMs } from './reconnecting.ts'

export type FleetClientParts = Omit<TalkParts, 'askedIntervalMs' | 'turned'> & {
  url: string
  /** Asked for before each connection. */
  credentials: () => Credentials
}

export type FleetClient = {
  /** Until the signal aborts; then says that the kiosk leaves, and resolves. Never rejects. */
  run: (signal: AbortSignal) => Promise<void>
  /** Resolves when it is on disk; it is sent as soon as may be. */
  tell: (event: FleetEvent) => Promise<void>
  answer: (answer: CommandAnswer) => Promise<void>
  /** Facts may have changed. */
  look: () => void
  /** `joined`: the centre has answered us on this connection. */
  state: () => { joined: boolean; clockOffMs: number | null }
  /** By how many ms its worker is later than it said that it would turn; 0 while it is not. A broker that is away is no delay. */
  lateMs: () => number
  /** Birth and heartbeat, now. */
  report: () => void
  /** From now on, until the program ends. */
  beatEvery: (seconds: number) => void
  /** Sends what is kept from this number on once more; gives the first number of it, null when nothing is. */
  resend: (topic: Numbered, from: number) => Promise<number | null>
}

/** Beyond what each step may take by itself. */
const turnSlackMs = 60_000
/** A broker that does not take our leave is not waited for any longer. */
const leaveLimitMs = 3_000

export const fleetClient = (parts: FleetClientParts): FleetClient => {
  const { outbox, clock, log } = parts
  let talk: Talk | null = null
  let askedIntervalMs: number | null = null
  let dueAt = Infinity
  const turned = (withinMs: number) => {
    dueAt = clock.monotonic() + withinMs + turnSlackMs
  }

  const onLine = async (line: Line, bd: number, signal: AbortSignal): Promise<string> => {
    const stopping = abortOf(signal)
    try {
      if (!(await (talk?.begin() ?? false))) return 'the broker lets us hear nothing'
      const end = await Promise.race([line.ended, stopping.whenAborted])
      if (end !== null) return end
      const left = talk?.leave('shutdown')
      await Promise.race([left, line.ended, clock.wait(leaveLimitMs)])
      return 'the kiosk stops'
    } finally {
      stopping.forget()
      talk?.over()
      talk = null
      log.debug({ bd }, 'the line to the fleet ends')
      await line.end()
    }
  }
  const connect = async (signal: AbortSignal): Promise<string> => {
    const { kiosk, tenant, url, credentials } = parts
    turned(connectLimitMs)
    const bd = await parts.count.next()
    // What the broker has kept comes with its yes, before there is a talk: it would not be given again.
    const early: Parameters<Talk['hear']>[] = []
    const opened = await openLine(
      {
        url,
        clientId: clientIdOf(tenant, kiosk),
        username: kiosk,
        credentials: credentials(),
        will: {
          topic: topicOf(tenant, kiosk, 'state'),
          text: stateText({ st: 'offline', bd, ts: clock.now(), why: 'will' }),
        },
        clock,
        onMessage: (topic, bytes) => {
          if (talk === null) early.push([topic, bytes])
          else talk.hear(topic, bytes)
        },
      },
      signal,
    )
    if (opened.kind === 'failed') return opened.why
    const of = { ...parts, turned, askedIntervalMs: () => askedIntervalMs }
    talk = conversation(of, opened.line, bd)
    for (const each of early) talk.hear(...each)
    return onLine(opened.line, bd, signal)
  }
  const record = () => {
    const { now, monotonic, ids } = clock
    return { id: ids.request(), seq: null, ts: now(), up: Math.floor(monotonic()) }
  }

  return {
    run: async (signal) => {
      let failures = 0
      while (!signal.aborted) {
        const began = clock.monotonic()
        const why = await connect(signal).catch(whyOf)
        if (signal.aborted) return
        if (clock.monotonic() - began >= standingMs) failures = 0
        const pause = pauseMs(failures++, clock.chance())
        log.warn({ why, pauseMs: Math.round(pause) }, 'the fleet is not reached')
        turned(pause)
        await clock.wait(pause, signal)
      }
    },
    tell: async (event) => {
      const off = talk === null || !talk.isAnswered()
      await outbox.put({ topic: 'ev', ...record(), off, n: 1, event })
      talk?.send()
    },
    answer: async (answer) => {
      await outbox.put({ topic: 'res', ...record(), answer })
      talk?.send()
    },
    look: () => talk?.look(),
    state: () => ({
      joined: talk?.isAnswered() ?? false,
      clockOffMs: talk?.clockOffMs() ?? null,
    }),
    lateMs: () => Math.max(0, clock.monotonic() - dueAt),
    report: () => talk?.report(),
    beatEvery: (seconds) => {
      askedIntervalMs = seconds * 1000
      // It says itself when the next one is to be missed.
      talk?.beat()
    },
    resend: async (topic, from) => {
      const kept = await outbox.underWay()
      const first = kept.find((each) => each.topic === topic && each.seq >= from)
      if (first === undefined) return null
      talk?.again(topic, from)
      return first.seq
    },
  }
}

/** Null once the signal aborts. */
const abortOf = (signal: AbortSignal) => {
  const { promise, resolve } = Promise.withResolvers<null>()
  const onAbort = () => resolve(null)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return { whenAborted: promise, forget: () => signal.removeEventListener('abort', onAbort) }
}
