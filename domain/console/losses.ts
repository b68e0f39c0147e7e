// What is found where energy or money may be lost: each finding with its evidence, how sure it is, and what to look at on site.
import { z } from 'zod'

/** What a finding is of (domain.md 16, power-card.md 13.2). */
export const lossPatterns = [
  /** A meter count above any count given out: somebody makes credit, or a key leaked (domain.md 8). */
  'count too high',
  'count gap',
  'remaining more than bought',
  'use more than bought',
  'credited not sold',
  'meter went back',
  'meter touched',
  'card in two places',
  'zero buyer',
  'low buyer',
  'unread purchase',
  'boxes short',
  'notes refused',
] as const
export const LossPattern = z.enum(lossPatterns)
export type LossPattern = z.infer<typeof LossPattern>

/** Evidence of these is an event that stays true; the others last as long as the figures say so. */
export const eventPatterns: readonly LossPattern[] = [
  'count too high',
  'count gap',
  'remaining more than bought',
  'use more than bought',
  'credited not sold',
  'meter went back',
  'meter touched',
  'card in two places',
]

export const lossStates = [
  'new',
  'seen',
  'task ordered',
  'confirmed',
  'innocent',
  'closed',
] as const
export const LossState = z.enum(lossStates)
export type LossState = z.infer<typeof LossState>

/** Why a finding is innocent: it is not raised again while nothing but this reason speaks for it. */
export const innocentReasons = [
  'vacant',
  'moved away',
  'holiday home',
  'own generation',
  'building gone',
  'uses little',
  'meter fault',
  'wrong card tried',
  'office work',
  'worn notes',
  'counted wrongly',
  'other',
] as const
export const InnocentReason = z.enum(innocentReasons)
export type InnocentReason = z.infer<typeof InnocentReason>

/** What somebody looks at on site. */
export const fieldChecks = [
  'is it lived in',
  'meter number',
  'seals',
  'covers',
  'bypass',
  'turns under load',
  'read registers',
  'meter clock',
  'card in meter',
  'other supply',
  'second card',
  'keep the meter',
  'count with two',
  'box and seal',
  'note acceptor',
] as const
export type FieldCheck = (typeof fieldChecks)[number]

/** The numbers a finding rests on. Energy in 0.01 kWh, money in minor units, days `YYYY-MM-DD`. */
export type LossWhy =
  | {
      kind: 'zero buyer'
      /** Null: nothing was ever bought here. */
      lastBought: string | null
      purchases: number
      /** What it had after the last purchase, and what it uses on a day by its own habit and the neighbours' season. */
      held: number
      usedPerDay: number
      ranOut: string
      overdueDays: number
      longestGapDays: number
      neighbours: number
    }
  | {
      kind: 'low buyer'
      /** `fell`: against its own time before, at the season of the neighbours. `always`: against the neighbours themselves. */
      against: 'own past' | 'neighbours'
      from: string
      months: number
      bought: number
      /** What nine of ten of the neighbours would have bought, from and to. */
      least: number
      most: number
      usual: number
      neighbours: number
      /** How far below the middle, in tenths of the neighbours' own scatter. */
      scatterTenths: number
    }
  | {
      kind: 'unread purchase'
      order: string
      loaded: string
      ageDays: number
      energy: number
      /** How often the card was seen since, with the purchase still on it. */
      seenSince: number
      longestGapDays: number
    }
  | { kind: 'count gap'; before: number; now: number; missing: number[] }
  | { kind: 'count too high'; count: number; given: number }
  | {
      kind: 'registers'
      /** What cannot be: there was `before`, `sold` was added, `used` went out, and `now` is left. */
      before: number
      sold: number
      credited: number
      used: number
      now: number
      /** Energy that came from nowhere. */
      excess: number
      times: number
    }
  | { kind: 'meter went back'; what: 'count' | 'clock'; before: number; now: number }
  | {
      kind: 'meter touched'
      illegalBefore: number
      illegalNow: number
      tamperBefore: number
      tamperNow: number
      times: number
    }
  | { kind: 'card in two places'; times: number; kiosks: string[]; shortestMinutes: number }
  | {
      kind: 'boxes short'
      boxes: number
      short: number
      lost: number
      /** Of 1,000 boxes of all others, so many were short. */
      usualPerMille: number
      /** Likelihood that chance alone makes as many short: one in so many. */
      oneIn: number
    }
  | {
      kind: 'notes refused'
      value: number
      refused: number
      shown: number
      ownPerMille: number
      usualPerMille: number
      oneIn: number
    }

export type LossRow = {
  finding: number
  pattern: LossPattern
  state: LossState
  /** Whether the newest look at the books still says so. */
  holds: boolean
  since: string
  firstSeen: string
  /** 0 to 100: how likely it is that something is wrong. */
  score: number
  /** Minor units lost so far if it is true; and the same times the score: by it the list is sorted. */
  loss: number
  likely: number
  customer: string | null
  meter: string | null
  kiosk: string | null
  person: string | null
  area: number | null
  areaName: string | null
  /** Partly masked, as a kiosk may show it; a kiosk's place. */
  place: string | null
  why: LossWhy
}

export type LossHistoryLine = {
  at: number
  what:
    | 'raised'
    | 'grew'
    | 'seen'
    | 'task ordered'
    | 'task withdrawn'
    | 'confirmed'
    | 'innocent'
    | 'not settled'
    | 'closed'
    | 'no longer holds'
  by: string | null
  note: string
}

export type FieldTask = {
  task: number
  finding: number
  pattern: LossPattern
  orderedAt: number
  orderedBy: string
  due: string
  checks: FieldCheck[]
  note: string
  place: string | null
  areaName: string | null
  customer: string | null
  customerName: string | null
  meter: string | null
  kiosk: string | null
  person: string | null
  why: LossWhy
  answer: {
    result: TaskResult | 'withdrawn'
    reason: InnocentReason | null
    note: string
    at: number
    by: string
  } | null
}

/** A row that a finding is made of. */
export type EvidenceRow =
  | {
      kind: 'write-back'
      writeBack: number
      at: number
      meterTime: number
      count: number
      remaining: number
      overdraftUsed: number
      totalCredited: number
      totalUsed: number
      illegalInsertions: number
      tamperEvents: number
      kiosk: string | null
    }
  | {
      kind: 'order'
      order: string
      at: number
      count: number
      state: string
      energy: number
      tender: number
      kiosk: string
    }
  | {
      kind: 'insertion'
      insertion: string
      kiosk: string
      place: string
      begunAt: number
      endedAt: number | null
      serial: string
    }
  | {
      kind: 'exchange'
      exchange: string
      kiosk: string
      person: string
      at: number
      expected: number
      counted: number
    }
  | { kind: 'alarm'; alarm: number; at: number; alarmKind: string; kiosk: string | null }

/** Energy bought in each month, and that of the neighbours: nine of ten lie between `least` and `most`. 0.01 kWh. */
export type LossChart = {
  neighbours: number
  /** How far beyond itself this one had to look for enough neighbours. */
  group: 'area, tariff and size' | 'tariff and size' | 'tariff' | 'all'
  months: { month: string; own: number; least: number; middle: number; most: number }[]
}

/** With `-`: the largest, or the newest, first. */
export const lossSorts = [
  '-likely',
  'likely',
  '-loss',
  'loss',
  '-score',
  'score',
  '-since',
  'since',
] as const

export const LossesAsked = z.object({
  pattern: LossPattern.optional(),
  /** Left out: all that is not over. */
  state: LossState.optional(),
  area: z.coerce.number().int().nonnegative().optional(),
  /** Part of a customer, meter, kiosk or person number. */
  of: z.string().trim().max(40).optional(),
  sort: z.enum(lossSorts).default('-likely'),
  /** So many rows have been shown. */
  after: z.coerce.number().int().nonnegative().max(1_000_000).default(0),
})
export const SummaryAsked = z.object({ area: z.coerce.number().int().nonnegative().optional() })
export const FindingAsked = z.object({ finding: z.coerce.number().int().positive() })
export const TasksAsked = z.object({ state: z.enum(['open', 'answered']).default('open') })
export const TaskAsked = z.object({ task: z.coerce.number().int().positive() })

export const LossSeen = z.object({ deedId: z.uuid(), finding: z.int().positive() })
export const TaskOrder = z.object({
  deedId: z.uuid(),
  finding: z.int().positive(),
  /** `YYYY-MM-DD`. */
  due: z.iso.date(),
  checks: z.array(z.enum(fieldChecks)).min(1).max(fieldChecks.length),
  note: z.string().trim().max(400).default(''),
})
export const taskResults = ['confirmed', 'innocent', 'not settled'] as const
export const TaskResult = z.enum(taskResults)
export type TaskResult = z.infer<typeof TaskResult>

/** What was found on site, or decided at the desk where `task` is null. `reason` goes with `innocent` and with nothing else. */
export const LossJudgement = z
  .object({
    deedId: z.uuid(),
    finding: z.int().positive(),
    task: z.int().positive().nullable(),
    result: TaskResult,
    reason: InnocentReason.nullable().default(null),
    note: z.string().trim().min(1, 'must say what was found').max(400),
  })
  .refine(({ result, reason }) => (result === 'innocent') === (reason !== null), {
    path: ['reason'],
    message: 'must be given with the result innocent, and only with it',
  })

/** How the nightly look at the books stands. */
export type LossRun = {
  day: string
  begunAt: number
  endedAt: number | null
  done: number
  total: number
  found: number
}

export type LossSums = { pattern: LossPattern; open: number; likely: number; confirmed: number }
/** Purchases that no meter is known to have taken, by age. */
export type UnreadAges = {
  fromDays: number
  toDays: number | null
  count: number
  energy: number
}[]

export type LossesQuestions = {
  /** In parts: `next` is the `after` of the next one. */
  'losses/export': {
    asked: z.input<typeof LossesAsked>
    told: { name: string; text: string; next: string | null }
  }
  losses: {
    asked: z.input<typeof LossesAsked>
    told: {
      rows: LossRow[]
      total: number
      likely: number
      next: number | null
      run: LossRun | null
    }
  }
  'losses/summary': {
    asked: z.input<typeof SummaryAsked>
    told: {
      patterns: LossSums[]
      areas: {
        area: number
        name: string
        open: number
        likely: number
        patterns: { pattern: LossPattern; open: number }[]
      }[]
      unread: UnreadAges
      /** Of what people looked into: how often each pattern was right. */
      judged: { pattern: LossPattern; confirmed: number; innocent: number }[]
      run: LossRun | null
    }
  }
  'losses/finding': {
    asked: z.input<typeof FindingAsked>
    told: {
      row: LossRow
      customerName: string | null
      history: LossHistoryLine[]
      evidence: EvidenceRow[]
      chart: LossChart | null
      tasks: FieldTask[]
      /** What to look at on site for this pattern, to begin with. */
      checks: FieldCheck[]
      /** Others of the same customer, kiosk or person. */
      others: LossRow[]
    }
  }
  'losses/tasks': { asked: z.input<typeof TasksAsked>; told: { tasks: FieldTask[] } }
  'losses/task': { asked: z.input<typeof TaskAsked>; told: { task: FieldTask } }
}
export type LossesDeeds = {
  'losses/seen': { asked: z.input<typeof LossSeen>; told: { row: LossRow } }
  'losses/order-task': { asked: z.input<typeof TaskOrder>; told: { task: FieldTask } }
  'losses/judge': { asked: z.input<typeof LossJudgement>; told: { row: LossRow } }
}
