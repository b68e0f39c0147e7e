// One connection's talk with the centre: who we are, how we are, what has happened; and what the centre has of it.
//
//   hear ack, cmd, host ─► birth ─► state online ─► (ack of the birth) ─► records, heartbeats ─► state offline
//
// Records go out once the centre has answered the birth: its answer says where our numbers stand. A centre that is away
// answers when it is back, as the broker keeps our birth; nothing here makes a sale wait.
import { decode } from '../../domain/fleet/codec.ts'
import {
  heartbeatSeconds,
  type AckMessage,
  type CommandMessage,
} from '../../domain/fleet/host-messages.ts'
import type { StateMessage } from '../../domain/fleet/kiosk-messages.ts'
import {
  hostTopicOf,
  isRetained,
  numbered,
  readTopic,
  topicOf,
  toKiosk,
  type FromKiosk,
  type Numbered,
  type Tenant,
} from '../../domain/fleet/topics.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { ConnectionCount } from './connection-count.ts'
import { fewWarnings } from './few-warnings.ts'
import type { FleetFacts } from './fleet-facts.ts'
import { heldCommands } from './held-commands.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { birthText, heartbeatText, stateText } from './messages.ts'
import type { Line } from './mqtt-line.ts'
import type { Outbox } from './outbox.ts'

export type TalkParts = {
  kiosk: KioskNumber
  tenant: Tenant
  facts: FleetFacts
  outbox: Outbox
  count: ConnectionCount
  clock: Clock
  log: Log
  /** What the centre asks for, once it has answered our birth. `clockOffMs`: its clock minus ours, as last seen. */
  onCommand: (command: CommandMessage, clockOffMs: number | null) => void
  /** Between heartbeats, where the centre has asked for another time than it answered to the birth; null: it has not. */
  askedIntervalMs: () => number | null
  /** Told at every message that goes out, with the time until the next one at the latest. */
  turned: (withinMs: number) => void
}

export type Talk = {
  /** Says who we are; false when the broker does not let us. */
  begin: () => Promise<boolean>
  /** Anything that came in on the line. */
  hear: (topic: string, bytes: Uint8Array) => void
  /** There is something new in the outbox. */
  send: () => void
  /** Facts may have changed: a change of service is told at once. */
  look: () => void
  /** How we are, now. */
  beat: () => void
  /** Who we are and how we are, now. */
  report: () => void
  /** These numbers are sent once more, although they are under way. */
  again: (topic: Numbered, from: number) => void
  /** The centre has answered our birth. */
  isAnswered: () => boolean
  /** The centre's clock minus ours, as last seen; null before it was told. */
  clockOffMs: () => number | null
  /** Says that we leave. */
  leave: (why: StateMessage['why']) => Promise<void>
  /** The line is gone: nothing is sent any more. */
  over: () => void
}

export const conversation = (parts: TalkParts, line: Line, bd: number): Talk => {
  const { kiosk, tenant, facts, outbox, count, clock, log, onCommand } = parts
  let isOver = false
  let answer: AckMessage['birth'] | null = null
  let clockOffMs: number | null = null
  let intervalMs = heartbeatSeconds.usual * 1000
  let beats = 0
  let service: ReturnType<FleetFacts['service']> | null = null
  let host: 'online' | 'offline' | null = null
  /** On this line, and not settled yet. */
  let sent = new Set<string>()
  /** Heartbeats in a row that found records sent and none of them settled. */
  let unsettledBeats = 0
  let stopTimer = () => undefined as void
  const warn = fewWarnings({ clock, log })
  const commands = heldCommands((command) => onCommand(command, clockOffMs), warn)

  const guarded = (doing: () => Promise<void>) => (): void => {
    if (isOver) return
    doing().catch((error: unknown) => log.error({ err: error }, 'the fleet is not told'))
  }
  const everyMs = () => parts.askedIntervalMs() ?? intervalMs
  const countFromHere = () => {
    parts.turned(everyMs())
    stopTimer()
    stopTimer = isOver ? () => undefined : clock.after(everyMs(), guarded(beat))
  }
  const publish = (name: FromKiosk, text: string) => {
    // Every message proves that we live: the next heartbeat is counted from here.
    countFromHere()
    return line.publish(topicOf(tenant, kiosk, name), text, isRetained(name))
  }
  const state = (st: StateMessage['st'], why: StateMessage['why']) =>
    publish('state', stateText({ st, bd, ts: clock.now(), why }))
  const birth = () => publish('birth', birthText(facts, { kiosk, bd, ts: clock.now() }))

  const beat = async () => {
    // A record that got lost behind the broker is sent again, for ever.
    unsettledBeats = sent.size === 0 ? 0 : unsettledBeats + 1
    if (unsettledBeats >= mostUnsettledBeats) sendAllAgain()
    if (beats > 0 && answer?.accept !== 'accepted') void birth()
    service = facts.service()
    const beatOf = { bd, seq: ++beats, clockOffMs, everyMs: everyMs() }
    const text = await heartbeatText({ facts, outbox, clock, ...beatOf }).catch(
      (error: unknown) => {
        // A disk that does not say what is free on it must not be the last that is heard of a kiosk.
        countFromHere()
        throw error
      },
    )
    if (!isOver) void publish('hb', text)
    await records()
  }
  const sendAllAgain = () => {
    sent.clear()
    unsettledBeats = 0
  }
  const records = oneAtATime(async () => {
    if (isOver || answer?.accept !== 'accepted') return
    for (const { topic, seq, text } of await outbox.underWay()) {
      const name = nameOf(topic, seq)
      if (isOver || sent.has(name)) continue
      sent.add(name)
      void publish(topic, text)
    }
  })

  const hearAck = async (ack: AckMessage) => {
    // What the broker kept of an earlier connection tells the time of then.
    if (answer !== null || ack.birth?.bd === bd) clockOffMs = ack.ts - clock.now()
    // Nothing of ours is under way yet: what it says that it has is all that it has.
    const isAll =
      ack.birth?.bd === bd && ack.birth.accept === 'accepted' && answer?.accept !== 'accepted'
    for (const topic of numbered) {
      const through = ack[topic]
      const { n } = outbox.waiting()
      const settled = await outbox.settle(topic, through, { id: ack.ids?.[topic], isAll })
      if (outbox.waiting().n < n) unsettledBeats = 0
      const isLeft = (name: string) => settled === 'settled' && !isUpTo(name, through)
      sent = new Set([...sent].filter((name) => !name.startsWith(`${topic} `) || isLeft(name)))
    }
    if (ack.birth !== undefined) await hearAnswer(ack.birth)
    await records()
  }
  const hearAnswer = async (given: NonNullable<AckMessage['birth']>) => {
    if (given.bd > bd) {
      log.warn({ known: given.bd, ours: bd }, 'the centre knows a later connection of this kiosk')
      await count.atLeast(given.bd)
      return line.end()
    }
    // A late answer to an earlier connection.
    if (given.bd < bd) return undefined
    answer = given
    intervalMs = (given.accept === 'rejected' ? heartbeatSeconds.most : given.hb) * 1000
    if (given.accept !== 'accepted')
      log.warn({ accept: given.accept }, 'the centre does not know us')
    return commands.release()
  }
  const hearHost = (st: 'online' | 'offline') => {
    const isBack = host === 'offline' && st === 'online'
    host = st
    if (!isBack) return
    // It may not be what it was: nothing goes out before it has said once more what it has.
    answer = null
    sendAllAgain()
    guarded(beat)()
  }

  return {
    begin: async () => {
      const topics = [...toKiosk.map((name) => topicOf(tenant, kiosk, name)), hostTopicOf(tenant)]
      if (!(await line.subscribe(topics))) return false
      void birth()
      void state('online', 'birth')
      guarded(beat)()
      return true
    },
    hear: (topic, bytes) => {
      const read = readTopic(topic)
      const name = read.kind === 'of a kiosk' ? read.name : 'host'
      switch (name) {
        case 'ack': {
          const ack = decode('ack', bytes)
          if (ack.kind === 'message') return guarded(() => hearAck(ack.message))()
          return warn('the centre sent what is no answer', { problem: ack.problem })
        }
        case 'cmd': {
          const command = decode('cmd', bytes)
          if (command.kind === 'message') return commands.hear(command.message)
          return warn('the centre sent what is no command', { problem: command.problem })
        }
        case 'host': {
          const told = decode('host', bytes)
          return told.kind === 'message' ? hearHost(told.message.st) : undefined
        }
        default:
          return undefined
      }
    },
    send: guarded(records),
    look: () => {
      if (service !== null && facts.service() !== service) guarded(beat)()
    },
    beat: guarded(beat),
    report: () => {
      if (isOver) return
      void birth()
      guarded(beat)()
    },
    again: (topic, from) => {
      sent = new Set(
        [...sent].filter((name) => !name.startsWith(`${topic} `) || isUpTo(name, from - 1)),
      )
      guarded(records)()
    },
    isAnswered: () => answer !== null,
    clockOffMs: () => clockOffMs,
    leave: async (why) => {
      stopTimer()
      // It is the last word: a heartbeat behind it would say that we live.
      isOver = true
      await state('offline', why)
    },
    over: () => {
      isOver = true
      stopTimer()
    },
  }
}

const mostUnsettledBeats = 2

const nameOf = (topic: string, seq: number): string => `${topic} ${seq}`
const isUpTo = (name: string, through: number): boolean => Number(name.split(' ')[1]) <= through
