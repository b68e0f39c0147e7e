// Pure: messages of the fleet as the bytes of their topics, and back. UTF-8 JSON objects; what does not fit is a value.
import type { z } from 'zod'
import { problemsOf } from '../schema.ts'
import { AckMessage, CommandMessage, HostMessage } from './host-messages.ts'
import {
  BirthMessage,
  EventMessage,
  HeartbeatMessage,
  ResultMessage,
  StateMessage,
} from './kiosk-messages.ts'

/** By the name of the topic. */
export const fleetMessages = {
  state: StateMessage,
  birth: BirthMessage,
  hb: HeartbeatMessage,
  ev: EventMessage,
  res: ResultMessage,
  ack: AckMessage,
  cmd: CommandMessage,
  host: HostMessage,
} as const

export type FleetMessages = typeof fleetMessages
export type FleetName = keyof FleetMessages
export type Message<Name extends FleetName> = z.infer<FleetMessages[Name]>

/** No message is longer: what is goes unread, however much of it there is. */
export const longestBytes = 4_096

/** Throws on a message that is none: sending it would only have it refused (F22). */
export const encode = <Name extends FleetName>(name: Name, message: Message<Name>): string => {
  const schema: z.ZodType<Message<Name>> = schemas[name]
  const text = JSON.stringify(schema.parse(message))
  const bytes = Buffer.byteLength(text)
  if (bytes > longestBytes) throw new RangeError(`${name} would be ${bytes} bytes long`)
  return text
}

export type Decoded<Name extends FleetName> =
  | { kind: 'message'; message: Message<Name> }
  | { kind: 'unreadable'; problem: string }

/** A message is not answered at length. */
const mostProblems = 3

export const decode = <Name extends FleetName>(name: Name, bytes: Uint8Array): Decoded<Name> => {
  if (bytes.length > longestBytes) return unreadable(`it is ${bytes.length} bytes long`)
  const read = jsonOf(bytes)
  if (read === null) return unreadable('it is not JSON')
  const schema: z.ZodType<Message<Name>> = schemas[name]
  const parsed = schema.safeParse(read.value)
  return parsed.success
    ? { kind: 'message', message: parsed.data }
    : unreadable(problemsOf(parsed.error, read.value).slice(0, mostProblems).join('; '))
}

const schemas: { [Name in FleetName]: z.ZodType<Message<Name>> } = fleetMessages

const unreadable = (problem: string) => ({ kind: 'unreadable', problem }) as const

const utf8 = new TextDecoder('utf-8', { fatal: true })

const jsonOf = (bytes: Uint8Array): { value: unknown } | null => {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) }
  } catch {
    return null
  }
}
