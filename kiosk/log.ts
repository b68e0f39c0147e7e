// The diagnostic log: technical evidence that may be lost. Never money, never a person, never a card number in full.
import { pino, type DestinationStream, type Logger } from 'pino'
import type { KioskConfig } from './config.ts'

export type Log = Logger

/** Members of this name are struck out at any depth: they say who somebody is, or carry what does. */
const personal = new Set([
  'account',
  'address',
  'body',
  'card',
  'customer',
  'fci',
  'files',
  'insertion',
  'look',
  'meter',
  'name',
  'proof',
  'qr',
  'receipt',
  'receiptProof',
  'reply',
  'serial',
  'shortName',
  'texts',
])

/** Nothing that is worth logging is nested deeper. */
const deepest = 4

/** `to` takes the lines instead of the configured file. */
export const openLog = (
  { log, kiosk }: Pick<KioskConfig, 'log' | 'kiosk'>,
  to: DestinationStream = destinationOf(log),
): Log =>
  pino(
    {
      level: log.level,
      base: { kiosk: kiosk.number },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors are told by `without`, wherever they are.
      serializers: { err: (told: unknown) => told },
      formatters: {
        log: (members) =>
          Object.fromEntries(
            Object.entries(members).map(([name, value]) => [name, without(name, value, deepest)]),
          ),
      },
    },
    to,
  )

const destinationOf = ({ file }: KioskConfig['log']): DestinationStream =>
  file === null ? pino.destination(1) : pino.destination({ dest: file, mkdir: true })

/** A member as it may be logged. */
const without = (name: string, value: unknown, depth: number): unknown => {
  if (personal.has(name)) return 'removed'
  // What else an error carries may be anything: the message it was refused for, with all that stood in it.
  if (value instanceof Error) {
    return { type: value.constructor.name, message: value.message, stack: value.stack }
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return 'too deep'
  if (Array.isArray(value)) return value.map((each) => without('', each, depth - 1))
  return Object.fromEntries(
    Object.entries(value).map(([inner, each]) => [inner, without(inner, each, depth - 1)]),
  )
}
