// The configuration of a kiosk: its schema, and how a file becomes one. A wrong one does not start (design.md 11).
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { checkConfig, closedObject } from '../domain/config-problems.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { languages } from '../domain/language.ts'
import { Money } from '../domain/schema.ts'
import { readerServerPort } from '../drivers/card-reader/pcsc/remote-service.ts'
import { printerModels, type PrinterModelName } from '../drivers/receipt-printer/escpos/models.ts'
import { inputCodeOf } from '../drivers/service-switch/evdev/codec.ts'
import type { SlotPlace, Slots, Tender } from '../ui/kiosk/screen.ts'
import { currencyNumber } from './currency-numbers.ts'
import { ServiceConfig } from './service/service-config.ts'
import { whyOf } from './disk.ts'
import { MachineConfig } from './fleet/commands/machine.ts'
import { FleetConfig, withPaths } from './fleet/fleet-config.ts'

const text = z.string().trim().min(1, 'must not be empty').max(80)

/** A device name (`/dev/kiosk/notes`), or `tcp:host:port` for a serial device server. */
const port = z
  .string()
  .regex(
    /^(\/.+|tcp:[^:\s]+:\d{1,5})$/,
    'must be a device such as /dev/kiosk/notes, or tcp:host:port for a serial device server',
  )

/** Which contact of an encoder, as Linux numbers it. */
const inputCode = z
  .string()
  .refine(
    (code) => inputCodeOf(code) !== null,
    'must be key: or switch: and a number of input-event-codes.h, such as key:148',
  )

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

const isCentreUrl = (value: string): boolean => {
  const url = URL.parse(value)
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return false
  // Money goes over HTTPS; on the machine itself there is no line to listen on.
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

const slotPlaces = [
  'left-high',
  'left-mid',
  'left-low',
  'right-high',
  'right-mid',
  'right-low',
  'bottom',
] as const satisfies readonly SlotPlace[]
const slotPlace = z.enum(slotPlaces) satisfies z.ZodType<SlotPlace>

const tenderNames = [
  'cash',
  'bank card',
  'bank account',
  'account',
] as const satisfies readonly Tender[]

const devices = closedObject({
  /** Null where the kiosk takes no notes. */
  noteAcceptor: closedObject({
    driver: z.literal('ssp'),
    port,
    /** Serial number of the enrolled unit; another one does not work (money-safety.md 10, T1). `any` on the bench only. */
    serial: z.string().regex(/^(any|\d{1,10})$/, 'must be the serial number of the unit, or "any"'),
    /** The lower half of the eSSP key, where it was changed at commissioning (devices.md 2.4). */
    fixedKey: z
      .string()
      .regex(/^[0-9a-f]{16}$/i, 'must be 8 bytes as 16 hexadecimal digits')
      .optional(),
  }).nullable(),
  /** Null, or not named, where the kiosk takes no bank cards. */
  bankTerminal: closedObject({
    driver: z.literal('zvt'),
    port,
    /** `tcp`: a terminal that speaks the protocol on its own network port, without frames. */
    framing: z.enum(['serial', 'tcp']).optional(),
    /** Of the enrolled terminal; another one does not work: its money would go elsewhere. `any` on the bench only. */
    terminalId: z.string().regex(/^(any|\d{8})$/, 'must be the terminal id, 8 digits, or "any"'),
    /** As the acquirer has set it. */
    password: z.string().regex(/^\d{6}$/, 'must be 6 digits'),
    /** Whose text the customer's slip has: ours, or the one of the bank where its contract says so. */
    slip: z.enum(['own layout', 'text of the bank']).optional(),
    /** Numbers in every message, where the acquirer wants them. */
    sequence: z.boolean().optional(),
    /** Local hour at which it ends its business day, as soon as nobody is being served. */
    endOfDayHour: z.int().min(0).max(23),
  })
    .nullable()
    .default(null),
  cardReader: closedObject({
    driver: z.literal('pcsc'),
    /** The beginning of the reader's name, where there is more than one. */
    reader: text.optional(),
    /** A card reader server instead of the card daemon; on this machine, as a card is not spoken to over a network. */
    service: z
      .string()
      .refine(
        (address) => readerServerPort(address) !== null,
        'must be tcp:127.0.0.1:port, a card reader server on this machine',
      )
      .optional(),
  }),
  /** Null where receipts are shown on the screen only. */
  receiptPrinter: closedObject({
    driver: z.literal('escpos'),
    port,
    model: z.custom<PrinterModelName>(
      (name) => typeof name === 'string' && Object.hasOwn(printerModels, name),
      `must be one of ${Object.keys(printerModels).join(', ')}`,
    ),
  }).nullable(),
  /** The maintenance key and the contacts of the doors; null, or not named, where the kiosk has none. */
  serviceSwitch: closedObject({
    driver: z.literal('evdev'),
    port: z.string().regex(/^\/./, 'must be an input device such as /dev/kiosk/key'),
    key: inputCode,
    /** Null where no contact is wired to the door. */
    cabinetDoor: inputCode.nullable(),
    cashDoor: inputCode.nullable(),
  })
    .nullable()
    .default(null),
})

/** Milliseconds a person is waited for. */
const patience = z.int().min(5_000).max(600_000)

export const KioskConfig = closedObject({
  kiosk: closedObject({ number: KioskNumber, place: text, phone: text }),
  /** What stands at the head of every receipt. */
  utility: closedObject({ name: text, taxNumber: text }),
  /** `authority`: customers have capital accounts. `bank`: a bank sells for the authority (design.md 7). */
  edition: z.enum(['authority', 'bank']),
  centre: closedObject({
    url: z
      .string()
      .refine(
        isCentreUrl,
        'must be an https:// address (http:// only on this machine) and no more',
      ),
    /** Where the kiosk enrols and renews its certificate, where that is not `url`: the front machine of a bank does not. */
    enrolment: z
      .string()
      .refine((url) => isCentreUrl(url) && url.startsWith('https:'), 'must be an https:// address')
      .nullable()
      .default(null),
  }),
  /** Where the kiosk reports (fleet.md); null reports nowhere. */
  fleet: FleetConfig.nullable().default(null),
  /** How the machine under the kiosk is started anew and switched off. */
  machine: MachineConfig.prefault({ reboot: null, shutdown: null }),
  /** Journal and counters live here. Relative to the configuration file. */
  dataFolder: text,
  currency: closedObject({
    code: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters such as CNY'),
    symbol: z.string().min(1).max(4),
  }),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  /** Offered on the first screen, in this order. */
  languages: z
    .array(z.enum(languages))
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'must name each language once'),
  /** The one before anybody has chosen. */
  language: z.enum(languages),
  devices,
  slots: closedObject({
    card: slotPlace,
    notes: slotPlace,
    bankTerminal: slotPlace,
    receipt: slotPlace,
  }) satisfies z.ZodType<Slots>,
  screen: closedObject({
    /** Loopback only: the page is of this machine (money-safety.md 10, T12). */
    host: z.literal('127.0.0.1'),
    /** 0 takes a free one and tells which. */
    port: z.int().min(0).max(65_535),
  }),
  /** Who may open the maintenance mode; null where nobody may. */
  service: ServiceConfig.nullable().default(null),
  patience: closedObject({
    /** A step may take so long before the warning. */
    customerMs: patience,
    /** From the warning to the end: 20 s at least (accessibility.md 2). */
    warningMs: patience.min(20_000),
  }),
  tenders: z
    .array(z.enum(tenderNames))
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'must name each tender once'),
  cash: closedObject({
    /** Notes that are taken, in minor units: those of them that the acceptor knows. */
    values: z.array(Money.refine((value) => value > 0, 'must be above 0')).max(24),
    /** The most one sale may hold, in minor units. */
    most: Money,
    /** How many notes the cash box holds; null where nobody says. */
    boxHolds: z.int().min(1).max(20_000).nullable().default(null),
  }),
  /** Whole amounts offered on the amount screen: currency units and kWh. */
  suggestions: closedObject({
    money: z.array(z.int().min(1).max(99_999)).max(6),
    energy: z.array(z.int().min(1).max(99_999)).max(6),
  }),
  log: closedObject({
    level: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    /** Null: to standard output, for the system's own log. Relative to the configuration file. */
    file: text.nullable(),
  }),
}).superRefine((config, issues) => {
  const { language, languages, tenders, devices, cash, edition, currency } = config
  const say = (path: string[], input: unknown, message: string) =>
    issues.addIssue({ code: 'custom', path, input, message })
  if (!languages.includes(language)) {
    say(['language'], language, `must be one of "languages": ${languages.join(', ')}`)
  }
  // Customers of a bank have no account at the authority, and only a bank has theirs (design.md 7).
  const elsewhere = edition === 'bank' ? 'account' : 'bank account'
  if (tenders.includes(elsewhere)) {
    say(['tenders'], tenders, `must not name "${elsewhere}" in the edition "${edition}"`)
  }
  for (const way of ['bank card', 'bank account'] as const) {
    if (way !== elsewhere && tenders.includes(way) && devices.bankTerminal === null) {
      say(['devices', 'bankTerminal'], null, `must be there while "tenders" has "${way}"`)
    }
  }
  if (devices.bankTerminal !== null && currencyNumber(currency.code) === null) {
    say(
      ['currency', 'code'],
      currency.code,
      'must be a currency that a bank terminal has a number for',
    )
  }
  if (!tenders.includes('cash')) return
  if (devices.noteAcceptor === null) {
    say(['devices', 'noteAcceptor'], null, 'must be there while "tenders" has "cash"')
  }
  const smallest = Math.min(...cash.values)
  if (cash.values.length === 0) {
    say(['cash', 'values'], cash.values, 'must name a note while "tenders" has "cash"')
  } else if (cash.most < smallest) {
    say(['cash', 'most'], cash.most, `must be at least the smallest note, ${smallest}`)
  }
})
export type KioskConfig = z.infer<typeof KioskConfig>

export type ReadConfig =
  | { kind: 'config'; config: KioskConfig }
  /** One sentence a problem: the key, what was found, what is allowed. */
  | { kind: 'problems'; problems: string[] }

/** Reads a configuration file; the paths in it become absolute. Never rejects. */
export const readConfig = async (path: string): Promise<ReadConfig> => {
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch (error) {
    return { kind: 'problems', problems: [`${path}: cannot be read; ${whyOf(error)}`] }
  }
  const read = parseConfig(content)
  if (read.kind === 'problems') {
    return { kind: 'problems', problems: read.problems.map((problem) => `${path}: ${problem}`) }
  }
  const { dataFolder, log, fleet } = read.config
  const beside = (name: string): string => resolve(dirname(path), name)
  return {
    kind: 'config',
    config: {
      ...read.config,
      dataFolder: beside(dataFolder),
      fleet: fleet === null ? null : withPaths(fleet, beside),
      log: { ...log, file: log.file === null ? null : beside(log.file) },
    },
  }
}

/** The text of a configuration file as a configuration. */
export const parseConfig = (content: string): ReadConfig => {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    // The message repeats what stands there, and that may be a key.
    const [where = 'somewhere'] = /line \d+ column \d+/.exec(whyOf(error)) ?? []
    return { kind: 'problems', problems: [`found an error at ${where}; must be JSON`] }
  }
  return checkConfig(KioskConfig, value, ['fixedKey', 'password', 'pin'])
}
