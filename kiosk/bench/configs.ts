// The configuration files of kiosk, centre and front machine as the bench writes them: only what a wire is called differs from the field.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import type { CentreConfig } from '../../centre/config.ts'
import type { CommandKey } from '../../domain/fleet/commands.ts'
import type { FrontConfig } from '../../front/config.ts'
import type { InputCode } from '../../drivers/service-switch/evdev/codec.ts'
import type { KioskConfig } from '../config.ts'
import { enrolledTerminal } from './bank-terminal.ts'
import { benchKid } from './command-key.ts'
import type { BenchPaths } from './folder.ts'
import { enrolledSerial, noteValues } from './note-acceptor.ts'
import { benchPersons } from './persons.ts'
import { printerModel } from './receipt-printer.ts'
import { switchCodes } from './service-switch.ts'
import { townKiosks, townPolicy, type Edition } from './town/town.ts'

export const currency = { code: 'CNY', symbol: '¥' }

const codeOf = ({ of, code }: InputCode): string => `${of}:${code}`

export const benchTenant = 'town'

export const kioskConfigOf = (of: {
  kiosk: { number: string; place: string }
  edition: Edition
  /** Of the centre, or of the front machine, which speaks like it. */
  centrePort: number
  /** Of the centre itself, where certificates are renewed. */
  enrolmentPort: number
  /** Of the line to the broker inside the centre. */
  fleetPort: number
  /** Whose commands are believed. */
  commandKey: CommandKey
  screenPort: number
  /** `key`: null where the bench has no maintenance key. */
  ports: { notes: string; bank: string; receipt: string; key: string | null }
  /** The card reader server; null where the card daemon is asked. */
  cardService: string | null
  dataFolder: string
  logFile: string
  patience: { customerMs: number; warningMs: number }
}): z.input<typeof KioskConfig> => ({
  kiosk: { ...of.kiosk, phone: '0800 123 456' },
  utility: { name: 'Energy of Town', taxNumber: '914403001922' },
  edition: of.edition,
  centre: {
    url: `https://127.0.0.1:${of.centrePort}`,
    enrolment: `https://127.0.0.1:${of.enrolmentPort}`,
  },
  fleet: {
    url: `mqtts://127.0.0.1:${of.fleetPort}`,
    tenant: benchTenant,
    passwordFile: null,
    tls: 'identity',
    commandKeys: [of.commandKey],
  },
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
    bankTerminal: {
      driver: 'zvt',
      port: of.ports.bank,
      terminalId: enrolledTerminal,
      password: '000000',
      slip: 'text of the bank',
      endOfDayHour: 3,
    },
    receiptPrinter: { driver: 'escpos', port: of.ports.receipt, model: printerModel },
    serviceSwitch:
      of.ports.key === null
        ? null
        : {
            driver: 'evdev',
            port: of.ports.key,
            key: codeOf(switchCodes.key),
            cabinetDoor: codeOf(switchCodes.cabinet),
            cashDoor: codeOf(switchCodes.cash),
          },
  },
  // Where they are drawn (ui/bench/slots.tsx).
  slots: { bankTerminal: 'right-high', notes: 'right-mid', card: 'right-low', receipt: 'bottom' },
  screen: { host: '127.0.0.1', port: of.screenPort },
  service: benchPersons,
  patience: of.patience,
  tenders: ['cash', 'bank card', of.edition === 'bank' ? 'bank account' : 'account'],
  cash: { values: [...noteValues], most: 100_000, boxHolds: 600 },
  suggestions: { money: [20, 50, 100, 200], energy: [20, 50, 100, 200] },
  log: { level: 'info', file: of.logFile },
})

export const centreConfigOf = (of: {
  port: number
  /** Of the broker inside it. */
  fleetPort: number
  /** Of the console beside it; null where nobody looks. */
  consolePort?: number | null
  dataFolder: string
  keyFile: string
  commandKeyFile: string
  /** Whether kiosks speak over mutual TLS with it; a town that is only looked at has none. */
  tls: boolean
}): z.input<typeof CentreConfig> => ({
  dataFolder: of.dataFolder,
  listen: { host: '127.0.0.1', port: of.port },
  tls: of.tls ? { hosts: ['127.0.0.1'] } : null,
  keys: { file: of.keyFile, bench: true },
  policy: townPolicy,
  fleet: {
    tenant: benchTenant,
    broker: {
      kind: 'inside',
      listen: { host: '127.0.0.1', port: of.fleetPort },
      tls: of.tls ? 'authority' : null,
    },
    commandKey: { kid: benchKid, file: of.commandKeyFile },
  },
  console:
    of.consolePort === undefined || of.consolePort === null
      ? null
      : { listen: { host: '127.0.0.1', port: of.consolePort }, name: 'Energy of Town' },
  log: 'info',
})

/** Both sides of the line to the bank were given it by hand: a bench may print it. */
export const exchangeKey = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
/** When a business day of this bank begins. */
export const bankDay = { timeZone: townPolicy.timeZone, cutOver: '23:00' }

/** What the front machine of the bench is called. */
export const benchFront = 'bench'

export const frontConfigOf = (of: {
  port: number
  centrePort: number
  bankPort: number
  paths: Pick<BenchPaths, 'frontData' | 'frontFiles' | 'linkedAccounts' | 'exchangeKey'>
}): z.input<typeof FrontConfig> => ({
  dataFolder: of.paths.frontData,
  listen: { host: '127.0.0.1', port: of.port },
  centre: { url: `https://127.0.0.1:${of.centrePort}` },
  tls: { name: benchFront },
  bank: {
    host: '127.0.0.1',
    port: of.bankPort,
    tls: null,
    exchangeKey: of.paths.exchangeKey,
    terminal: 'FRONT001',
    merchant: 'ENERGYOFTOWN',
    currency: currency.code,
    refusesLateOriginals: true,
  },
  terminals: [{ kiosk: townKiosks[0].kiosk, terminal: 'KIOSK101', channel: 'kiosk' }],
  accounts: of.paths.linkedAccounts,
  businessDay: bankDay,
  filesFolder: of.paths.frontFiles,
  log: 'info',
})

export const writeConfig = (path: string, config: unknown): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`)
}
