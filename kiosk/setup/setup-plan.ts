// The plan of an authority for its new kiosks: what is the same at all of them, so that nobody types it at each. A file that
// comes with the image (`--setup FILE`); what it leaves out is asked on the screen.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { checkConfig, closedObject } from '../../domain/config-problems.ts'
import type { SetupQuestion } from '../../domain/setup/questions.ts'
import { KioskConfig } from '../config.ts'
import { whyOf } from '../disk.ts'

const { shape } = KioskConfig

export const SetupPlan = closedObject({
  /**
   * The lines that are asked for devices: `/dev/ttyS0`, `tcp:host:port`. Null: every serial port of this machine. Those of a
   * serial device server have to be named.
   */
  lines: z.array(z.string().min(1)).max(32).nullable().default(null),
  dataFolder: shape.dataFolder,
  /** Where the screen is served, before and after. */
  screen: shape.screen,
  centre: shape.centre.nullable().default(null),
  utility: shape.utility.nullable().default(null),
  phone: shape.kiosk.shape.phone.nullable().default(null),
  edition: shape.edition.default('authority'),
  currency: shape.currency.nullable().default(null),
  timeZone: shape.timeZone.nullable().default(null),
  languages: shape.languages.default(['en', 'zh', 'ar']),
  fleet: shape.fleet,
  machine: shape.machine,
  /** A card reader server instead of the card daemon. */
  cardService: shape.devices.shape.cardReader.shape.service,
  serviceSwitch: shape.devices.shape.serviceSwitch,
  /** What is the same at every terminal of the acquirer. */
  bankTerminal: closedObject({
    password: z.string().regex(/^\d{6}$/, 'must be 6 digits'),
    slip: z.enum(['own layout', 'text of the bank']).optional(),
    sequence: z.boolean().optional(),
    endOfDayHour: z.int().min(0).max(23),
  }).default({ password: '000000', endOfDayHour: 3 }),
  /** Null: every note that the acceptor knows, and the largest of them twenty times in one sale. */
  cash: shape.cash.nullable().default(null),
  suggestions: shape.suggestions.default({ money: [20, 50, 100, 200], energy: [20, 50, 100, 200] }),
  patience: shape.patience.default({ customerMs: 40_000, warningMs: 20_000 }),
  /** Whether it takes two for the cash box. */
  twoForCashBox: z.boolean().default(false),
  log: shape.log.default({ level: 'info', file: null }),
  /** Where technicians bring a file with the code: folders of USB sticks. */
  stickFolders: z.array(z.string().startsWith('/')).max(8).default(['/media', '/run/media']),
})
export type SetupPlan = z.infer<typeof SetupPlan>

export type ReadPlan =
  | { kind: 'plan'; plan: SetupPlan }
  /** One sentence a problem: the key, what was found, what is allowed. */
  | { kind: 'problems'; problems: string[] }

/** Never rejects. */
export const readPlan = async (path: string): Promise<ReadPlan> => {
  try {
    const read = parsePlan(await readFile(path, 'utf8'))
    return read.kind === 'plan'
      ? read
      : { kind: 'problems', problems: read.problems.map((problem) => `${path}: ${problem}`) }
  } catch (error) {
    return { kind: 'problems', problems: [`${path}: cannot be read; ${whyOf(error)}`] }
  }
}

/** The text of a plan. */
export const parsePlan = (content: string): ReadPlan => {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    // The message of the parser repeats what stands there, and that may be a password.
    return { kind: 'problems', problems: ['found an error; must be JSON'] }
  }
  const read = checkConfig(SetupPlan, value, ['password'])
  return read.kind === 'config' ? { kind: 'plan', plan: read.config } : read
}

/** What the plan leaves open. */
export const askedBy = (plan: SetupPlan): SetupQuestion[] => [
  ...(plan.centre === null ? ['centre' as const] : []),
  'kiosk',
  'code',
  'place',
  ...(plan.phone === null ? ['phone' as const] : []),
  ...(plan.utility === null ? ['utility' as const, 'tax number' as const] : []),
  ...(plan.currency === null ? ['currency' as const] : []),
  ...(plan.timeZone === null ? ['time zone' as const] : []),
  'person',
  'name',
  'pin',
  'pin again',
]
