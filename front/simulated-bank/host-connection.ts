// One connection as the simulated bank sees it: bytes to requests, sign-on and keys, answers to bytes.
import type { Duplex } from 'node:stream'
import { concat } from '../../domain/power-card/bytes.ts'
import type { Sealed } from '../iso8583/body.ts'
import {
  answerTypeOf,
  pack,
  pendingAction,
  splitFrames,
  unpack,
  type IsoMessage,
} from '../iso8583/message.ts'
import { networkCode } from '../iso8583/values.ts'
import { wrapWorkingKey } from '../iso8583/working-key.ts'
import { answerTo, decide } from './answering.ts'
import type { Behaviour, Chunk } from './behaviours.ts'
import type { Counter } from './booking.ts'
import { hostKeys, type HostKeys } from './host-keys.ts'
import { refusal, type Decision } from './request.ts'

/** What a connection needs of the bank it belongs to. */
export type Host = {
  exchangeKey: Uint8Array
  /** A new key of 16 bytes. */
  newKey: () => Uint8Array
  clock: { after: (ms: number, call: () => void) => () => void }
  counter: (forced: Decision | null) => Counter
  /** The books may have changed. */
  changed: () => void
  behaviours: () => readonly Behaviour[]
  /** Called for every request that was read, in order. */
  heard: (request: IsoMessage) => void
  /** Put on the next answers, until it is taken back. */
  asks: () => number
}

export type HostConnection = { cut: () => void }

export const hostConnection = (port: Duplex, host: Host, gone: () => void): HostConnection => {
  const cut = () => {
    if (!connection.open) return
    connection.open = false
    port.off('data', onData)
    for (const takeBack of connection.takeBacks) takeBack()
    port.destroy()
    gone()
  }
  const connection: Connected = {
    port,
    host,
    keys: hostKeys(),
    open: true,
    takeBacks: new Set(),
    cut,
  }
  let rest: Uint8Array = new Uint8Array()
  const onData = (chunk: Uint8Array) => {
    const split = splitFrames(concat(rest, chunk))
    rest = split.rest
    for (const payload of split.out) if (connection.open) hear(connection, payload)
    if (split.broken) cut()
  }
  port.on('error', cut).on('end', cut).on('close', cut).on('data', onData)
  return { cut }
}

type Connected = {
  port: Duplex
  host: Host
  keys: HostKeys
  open: boolean
  /** Answers that are still to go out. */
  takeBacks: Set<() => void>
  cut: () => void
}

type Sealing = { answer: IsoMessage; key: Uint8Array | null }

const hear = (connection: Connected, payload: Uint8Array): void => {
  const { host, keys } = connection
  const read = unpack(payload)
  if (read.kind === 'malformed') {
    // Whoever cannot be named cannot be answered.
    if (read.mti === null || answerTypeOf(read.mti) === null) return undefined
    const why = `${read.problem.why}${read.problem.field === null ? '' : ` in field ${read.problem.field}`}`
    const request: IsoMessage = { mti: read.mti, pendingAction: 0, fields: read.fields }
    const answer = answerTo(request, refusal('30', why))
    return send(connection, request, { answer, key: keys.inUse() })
  }
  const { message: request, sealed } = read
  if (answerTypeOf(request.mti) === null) return undefined
  const fate = first(host, ({ onRequest }) => onRequest?.(request))
  if (fate === 'cut') return connection.cut()
  if (fate === 'lost') return undefined
  host.heard(request)
  return send(connection, request, carryOut(connection, request, sealed))
}

const carryOut = (
  { host, keys }: Connected,
  request: IsoMessage,
  sealed: Sealed | null,
): Sealing => {
  const network = request.mti === '0800' ? request.fields[70] : undefined
  if (network === networkCode.signOn) {
    const key = host.newKey()
    keys.begin(key)
    // Sealed with the key it brings: so the answer belongs to this STAN and time, and to no other sign-on.
    return { answer: answerTo(request, bringing(host, key), host.asks()), key }
  }
  const key = keys.keyOf(sealed)
  if (key === null) {
    const refused = refusal('A0', keys.inUse() === null ? 'not signed on' : 'wrong MAC')
    return { answer: answerTo(request, refused, pendingAction.signOnAgain), key: keys.inUse() }
  }
  const forced = first(host, ({ onDecision }) => onDecision?.(request)) ?? null
  const decision = changeOfKeys(host, keys, network) ?? decide(host.counter(forced), request)
  host.changed()
  return { answer: answerTo(request, decision, host.asks()), key }
}

/** What concerns the keys of this connection; null for anything else. */
const changeOfKeys = (host: Host, keys: HostKeys, network: string | undefined): Decision | null => {
  switch (network) {
    case networkCode.keyChange: {
      const key = host.newKey()
      keys.offer(key)
      return bringing(host, key)
    }
    case networkCode.signOff:
      keys.forget()
      return { code: '00' }
    default:
      return null
  }
}

const bringing = ({ exchangeKey }: Host, key: Uint8Array): Decision => ({
  code: '00',
  fields: { 62: wrapWorkingKey(exchangeKey, key) },
})

const send = (connection: Connected, request: IsoMessage, { answer, key }: Sealing): void => {
  const { host } = connection
  const frame = pack(answer, key)
  const chunks = first(host, ({ onAnswer }) => onAnswer?.(frame, request)) ?? [{ bytes: frame }]
  if (chunks === 'cut') return connection.cut()
  for (const chunk of chunks) write(connection, chunk)
}

const write = (connection: Connected, { bytes, afterMs = 0 }: Chunk): void => {
  if (afterMs === 0) return void connection.port.write(bytes)
  const takeBack = connection.host.clock.after(afterMs, () => {
    connection.takeBacks.delete(takeBack)
    connection.port.write(bytes)
  })
  connection.takeBacks.add(takeBack)
}

/** What the first behaviour says that says anything. */
const first = <Said>(
  host: Host,
  ask: (behaviour: Behaviour) => Said | undefined,
): Said | undefined => {
  for (const behaviour of host.behaviours()) {
    const said = ask(behaviour)
    if (said !== undefined) return said
  }
  return undefined
}
