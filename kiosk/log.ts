// The diagnostic log: technical evidence that may be lost. Never money, never a person, never a card number in full.
import { pino, type Logger } from 'pino'
import type { KioskConfig } from './config.ts'

export type Log = Logger

/** Members of this name are struck out wherever they are logged: they say who somebody is. */
const personal = ['serial', 'customer', 'meter', 'card', 'name', 'address', 'proof', 'look', 'body']

export const openLog = ({ log, kiosk }: Pick<KioskConfig, 'log' | 'kiosk'>): Log =>
  pino(
    {
      level: log.level,
      base: { kiosk: kiosk.number },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: personal.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: 'removed',
      },
    },
    log.file === null ? pino.destination(1) : pino.destination({ dest: log.file, mkdir: true }),
  )
