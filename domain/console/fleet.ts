// What the pages ask of the fleet: all kiosks at a glance, one of them in depth, and what stands at them.
import { z } from 'zod'
import type { ActionWord, DeviceWord, Severity, StartWord, SupplyWord } from '../fleet/words.ts'
import { KioskNumber } from '../identifiers.ts'
import type { AlarmDeeds, AlarmQuestions, AlarmTold } from './fleet-alarms.ts'
import type { CashQuestions } from './fleet-cash.ts'
import type { CommandDeeds, CommandQuestions } from './fleet-commands.ts'
import {
  kioskStates,
  type KioskState,
  type Need,
  type TimelineKind,
  type WearKind,
} from './fleet-words.ts'

const flag = z.enum(['yes', 'no']).default('no')

export const FleetAsked = z.object({
  /** `yes`: only where an alarm stands that nobody has acknowledged and no visit mutes. */
  needed: flag,
  state: z.enum(kioskStates).optional(),
  /** An alarm of this severity or above stands. */
  severity: z.coerce.number().int().min(1).max(4).optional(),
  area: z.coerce.number().int().nonnegative().optional(),
  /** A fault of this device stands. */
  device: z.string().max(40).optional(),
  version: z.string().max(60).optional(),
  /** Part of its number or place. */
  search: z.string().trim().max(80).optional(),
  /** So many rows were shown before. */
  from: z.coerce.number().int().min(0).max(100_000).default(0),
})

/** What stands first at a kiosk, and how much more. */
export type FleetTrouble = {
  need: Need
  severity: Severity
  device: string
  code: string
  since: number
  /** Other alarms that stand there. */
  more: number
  acknowledged: boolean
  /** A visit keeps it quiet. */
  muted: boolean
}

export type FleetRow = {
  kiosk: string
  place: string
  area: string | null
  state: KioskState
  /** ms since 1970; null when it was never heard. */
  heardAt: number | null
  version: string | null
  onVisit: boolean
  trouble: FleetTrouble | null
  /** Percent of the cash box, as far as known, and the paper. */
  box: { percent: number; assumed: boolean } | null
  paper: SupplyWord | null
}

export type FleetCounts = {
  kiosks: number
  needed: number
  /** How many there are in each state. */
  states: Record<KioskState, number>
  /** How many have this as the first thing that somebody has to look at. */
  needs: Record<Need, number>
}

export type FleetTold = {
  at: number
  counts: FleetCounts
  rows: FleetRow[]
  /** All that the filters leave. */
  found: number
  /** Where the next page begins; null on the last. */
  next: number | null
  choices: { areas: { area: number; name: string; kiosks: number }[]; versions: string[] }
}

export const KioskAsked = z.object({ kiosk: KioskNumber })

export type DeviceTold = {
  role: string
  model: string | null
  word: DeviceWord
  /** Seconds since its loop had a good answer, as of the last heartbeat; null when it never had, or has none. */
  age: number | null
  faults: {
    code: string
    severity: Severity
    act: ActionWord | null
    moneyAtRisk: 'yes' | 'no' | 'unknown'
    since: number | null
  }[]
  /** Of its line since the program started, where it counts. */
  line: { broken: number; again: number } | null
  /** The last fault that is over. */
  last: { code: string; raisedAt: number; clearedAt: number } | null
}

/** The days are `YYYY-MM-DD`; `early` and `late` hold four out of five times, if the kiosk goes on as it did. */
export type Forecast =
  | {
      kind: 'known'
      day: string
      early: string
      late: string | null
      pace: number
      overDays: number
    }
  /** Too little is known, or nothing is used. */
  | { kind: 'unknown'; why: 'too few days' | 'nothing is used' | 'never changed' | 'empty now' }

export type KioskTold = {
  at: number
  kiosk: string
  place: string
  area: string | null
  state: KioskState
  line: {
    st: 'online' | 'offline'
    since: number
    why: string
    heardAt: number | null
    every: number
  }
  visitSince: number | null
  /** What the kiosk is doing, and what the page shows: kinds of screens, nothing of whoever stands there. */
  now: {
    activity: string
    forSeconds: number
    screen: string
    screenAge: number | null
    /** A screen of this kind may stand while money is between customer and box. */
    moneyAtRisk: boolean
  } | null
  /** Acts whose outcome a person may have to find out. */
  unresolved: number
  devices: DeviceTold[]
  cash: {
    notes: number
    /** Minor units; null for whoever may not see it. */
    value: number | null
    accuracy: string
    /** How many notes the box holds; `assumed` where no kiosk has said so. */
    capacity: number
    assumed: boolean
    percent: number
    full: Forecast
    lastExchange: number | null
  } | null
  paper: {
    word: SupplyWord | null
    receipts: { since: number | null; changedAt: number | null; usual: number | null }
    empty: Forecast
  }
  system: {
    version: string | null
    node: string | null
    os: string | null
    configuration: string | null
    serials: Record<string, string>
    clockOffMs: number | null
    /** Since a time server last held its clock; 0 while one does, null where nobody knows. */
    clockFreeSeconds: number | null
    /** Bytes. */
    diskFree: number | null
    diskSize: number | null
    readOnly: boolean
    /** Differences of the machine from how it was set up, and seconds since they were looked for. */
    drift: { n: number; age: number; firewall: boolean } | null
    /** Milliseconds since 1970. */
    certificateEnds: number | null
    startedBy: StartWord | null
    memory: number | null
    upSeconds: number | null
    waiting: { records: number; oldestSeconds: number } | null
    unreadable: number
    journalThrough: number | null
    journalHead: number | null
  }
  alarms: AlarmTold[]
}

export const TimelineAsked = z.object({
  kiosk: KioskNumber,
  kinds: z.union([z.string(), z.array(z.string())]).optional(),
  /** The last row that was shown. */
  after: z.string().max(80).optional(),
})

export type TimelineRow = {
  id: string
  at: number
  kind: TimelineKind
} & (
  | {
      what: 'raised' | 'cleared'
      device: string
      code: string
      severity: Severity
      /** How often, where repeats were merged on the way; and whether it arose while there was no line. */
      times: number
      offline: boolean
      by: string | null
    }
  | { what: 'acknowledged'; device: string; code: string; by: string; note: string | null }
  | { what: 'done on site'; device: string; code: string }
  | { what: 'ordered'; op: string; by: string; command: string }
  | { what: 'answered'; op: string; st: string; code: string | null; command: string }
  | { what: 'line'; st: 'online' | 'offline'; why: string }
  | { what: 'box'; state: string; box: string | null; person: string | null }
)

export const TrendsAsked = z.object({
  kiosk: KioskNumber,
  days: z.coerce.number().int().min(14).max(366).default(90),
})

/** `bad`: clearly above what the kiosk had before, and above what the fleet has. */
export type Wear = {
  kind: WearKind
  /** Rejects: per 100 notes presented; all others: per day. Of the last 7 days, of the 28 before them, and of the fleet. */
  recent: number | null
  before: number | null
  fleet: number | null
  judged: 'well' | 'rising' | 'bad' | 'unknown'
}

export type DayTold = {
  day: string
  notes: number
  /** Of 100 notes presented in the seven days to this one; null where fewer than 20 were. */
  rejectsPer100: number | null
  receipts: number
  broken: number
  again: number
  connections: number
  faults: number
}

export type TrendsTold = { days: DayTold[]; wear: Wear[] }

export type FleetQuestions = {
  fleet: { asked: z.input<typeof FleetAsked>; told: FleetTold }
  /** The numbers of all that the filters leave, in the order of the list. */
  'fleet/numbers': { asked: z.input<typeof FleetAsked>; told: { kiosks: string[] } }
  'fleet/kiosk': { asked: z.input<typeof KioskAsked>; told: KioskTold }
  'fleet/timeline': {
    asked: z.input<typeof TimelineAsked>
    told: { rows: TimelineRow[]; next: string | null }
  }
  'fleet/trends': { asked: z.input<typeof TrendsAsked>; told: TrendsTold }
}

/** All that the console asks of the fleet and does there. */
export type FleetAreaQuestions = FleetQuestions & AlarmQuestions & CommandQuestions & CashQuestions
export type FleetAreaDeeds = AlarmDeeds & CommandDeeds
