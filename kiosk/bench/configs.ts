// The configuration files of kiosk and centre as the bench writes them: only what a wire is called differs from the field.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import type { CentreConfig } from '../../centre/config.ts'
import type { KioskConfig } from '../config.ts'
import { enrolledSerial, noteValues } from './note-acceptor.ts'
import { printerModel } from './receipt-printer.ts'
import { townPolicy } from './town/town.ts'

export const currency = { code: 'CNY', symbol: '¥' }

export const kioskConfigOf = (of: {
  kiosk: { number: string; place: string }
  centrePort: number
  screenPort: number
  ports: { notes: string; receipt: string }
  /** The card reader server; null where the card daemon is asked. */
  cardService: string | null
  dataFolder: string
  logFile: string
  patience: { customerMs: number; warningMs: number }
}): z.input<typeof KioskConfig> => ({
  kiosk: { ...of.kiosk, phone: '0800 123 456' },
  utility: { name: 'Energy of Town', taxNumber: '914403001922' },
  edition: 'authority',
  centre: { url: `http://127.0.0.1:${of.centrePort}` },
  dataFolder: of.dataFolder,
  currency,
  timeZone: townPolicy.timeZone,
  languages: ['en', 'zh', 'ar'],
  language: 'en',
  devices: {
    noteAcceptor: { driver: 'ssp', port: of.ports.notes, serial: enrolledSerial },
    cardReader: {
      driver: 'pcsc',
      ...(of.cardService !== null && { service: of.cardService }),
    },
    receiptPrinter: { driver: 'escpos', port: of.ports.receipt, model: printerModel },
  },
  // Where they are drawn (ui/bench/slots.tsx).
  slots: { bankTerminal: 'right-high', notes: 'right-mid', card: 'right-low', receipt: 'bottom' },
  screen: { host: '127.0.0.1', port: of.screenPort },
  patience: of.patience,
  tenders: ['cash', 'account'],
  cash: { values: [...noteValues], most: 100_000 },
  suggestions: { money: [20, 50, 100, 200], energy: [20, 50, 100, 200] },
  log: { level: 'info', file: of.logFile },
})

export const centreConfigOf = (of: {
  port: number
  dataFolder: string
  keyFile: string
}): z.input<typeof CentreConfig> => ({
  dataFolder: of.dataFolder,
  listen: { host: '127.0.0.1', port: of.port },
  keys: { file: of.keyFile, bench: true },
  policy: townPolicy,
  log: 'info',
})

export const writeConfig = (path: string, config: unknown): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`)
}
