// Customers of the console: found, known, and changed; every change has a reason and is in a history that never changes.
import { z } from 'zod'
import { CustomerNumber } from '../identifiers.ts'
import type { OrderState } from '../order.ts'
import type { Approval } from './approvals.ts'
import { planBounds } from './plan-bounds.ts'
import type { CardDeeds, CardInOffice, CardQuestions } from './customer-cards.ts'

export const customerFilters = [
  'blocked',
  'frozen',
  'in arrears',
  'with a plan',
  'inquiry',
] as const
export type CustomerFilter = (typeof customerFilters)[number]

export const CustomersAsked = z.object({
  /** Customer number, meter, card serial, or part of name or address; in whatever case, with or without spaces. */
  find: z.string().trim().max(80).default(''),
  only: z.enum(customerFilters).optional(),
  /** Where the page before ended. */
  after: z.string().max(200).optional(),
})

export type CustomerRow = {
  customer: string
  shortName: string
  address: string
  meters: string[]
  /** Minor units; below zero within an overdraft; null: no capital account. */
  balance: number | null
  arrears: number
  blocked: boolean
  frozen: boolean
  inquiry: boolean
}

/** How old debt is repaid: shares in 1/10000, cap in minor units a purchase. */
export type Plan = { share: number; cap: number | null; leastEnergyShare: number }

export const PlanAsked = z.object({
  share: z.int().min(planBounds.share.least).max(planBounds.share.most),
  cap: z.int().min(planBounds.cap.least).nullable(),
  leastEnergyShare: z
    .int()
    .min(planBounds.leastEnergyShare.least)
    .max(planBounds.leastEnergyShare.most),
})

export type BindingInOffice = {
  binding: string
  meter: string
  area: number
  areaName: string | null
  tariff: { code: string; names: Names | null }
  /** To come, the earliest first. */
  assigned: { from: string; code: string }[]
  /** Why books and card contradict each other; null when they do not. */
  inquiry: string | null
  credited: number
  hoardingLimit: number
  soldThisPeriod: number
  /** Energy that comes with the next purchase, 0.01 kWh. */
  makeUpDue: number
  /** The newest authentic write-back. */
  reading: { remaining: number; at: number; usedThisMonth: number; usedLastMonth: number } | null
  /** Bought and, as far as is known, in no meter yet. */
  unread: { orderNumber: string; energy: number } | null
  /** Its meter was changed: ms since 1970, and the binding that followed. */
  ended: { at: number; by: string } | null
  cards: CardInOffice[]
}
type Names = { en: string; zh: string; ar: string }

export type CustomerInOffice = {
  customer: string
  shortName: string
  address: string
  hasAccount: boolean
  balance: number
  overdraft: number
  spendable: number
  frozen: boolean
  blocked: boolean
  arrears: {
    owed: number
    /** Of which orders that are still open will repay. */
    promised: number
    /** Null: the plan of the tariff. */
    own: (Plan & { since: number }) | null
    ofTariff: Plan | null
    repaidIn12Months: number
  }
  bindings: BindingInOffice[]
  purchases: { count: number; tender: number; energy: number; last: number | null }
  /** What awaits a second person. */
  waiting: { approval: string; kind: Approval['kind']; subject: string }[]
}

const day = z.iso.date()
export const StatementAsked = z.object({
  customer: CustomerNumber,
  of: z.enum(['account', 'arrears']).default('account'),
  /** Days of the town, both counted; the last twelve months unless told. */
  from: day.optional(),
  through: day.optional(),
})
export type StatementLine = {
  posting: number
  at: number
  kind: string
  /** Minor units: above zero in favour of the customer on the account, above zero more debt on the arrears. */
  amount: number
  balance: number
  orderNumber: string | null
  /** The sale it belongs to, where there is one: leads to Explain. */
  sale: string | null
}
export type Statement = {
  customer: string
  shortName: string
  address: string
  of: 'account' | 'arrears'
  from: string
  through: string
  opening: number
  closing: number
  lines: StatementLine[]
}

export const PurchasesAsked = z.object({
  customer: CustomerNumber,
  before: z.coerce.number().int().positive().optional(),
})
export type PurchaseRow = {
  orderNumber: string
  at: number
  meter: string
  kiosk: string
  place: string
  tender: number
  energy: number
  freeEnergy: number
  arrears: number
  state: OrderState
}

export const HistoryAsked = z.object({
  customer: CustomerNumber,
  before: z.coerce.number().int().positive().optional(),
})
export const changeKinds = [
  'plan',
  'written off',
  'adjusted',
  'overdraft',
  'frozen',
  'blocked',
  'tariff',
  'card blocked',
  'card replaced',
  'meter changed',
] as const
export type ChangeKind = (typeof changeKinds)[number]
export type ChangeRow = {
  change: number
  at: number
  who: string
  /** Who approved it; null where one person was enough. */
  second: string | null
  what: ChangeKind
  /** Meter or card; empty for the customer as a whole. */
  about: string
  /** Field by field: what changed. */
  before: Record<string, string | number | boolean | null>
  after: Record<string, string | number | boolean | null>
  why: string
}

export const ExportAsked = z.object({
  what: z.enum(['customers', 'bindings']),
  after: z.string().max(60).optional(),
})
/** A piece of a file: pieces follow each other as they come. */
export type FilePiece = { text: string; rows: number; next: string | null }

const reason = z.string().trim().min(3, 'must say why').max(400)
const changing = { deedId: z.uuid(), customer: CustomerNumber, reason }

export const PlanChange = z.object({
  ...changing,
  /** Null: as the tariff has it again. */
  plan: PlanAsked.nullable(),
  /** Part of the debt that is given up, minor units: then a second person decides. */
  writeOff: z.int().min(0).default(0),
})
export const OverdraftChange = z.object({ ...changing, overdraft: z.int().min(0).max(10_000_000) })
export const FreezeChange = z.object({ ...changing, frozen: z.boolean() })
export const BlockChange = z.object({ ...changing, blocked: z.boolean() })
export const Adjustment = z.object({
  ...changing,
  /** Into the account; below zero out of it. */
  amount: z.int().refine((amount) => amount !== 0, 'must not be 0'),
  /** The receipt, statement line or order behind it. */
  document: z.string().trim().min(3, 'must name a document').max(80),
})
export const TariffAssignment = z.object({
  ...changing,
  binding: z.string().max(40),
  tariff: z.string().max(16),
  from: day,
})
export const ImportAsked = z.object({
  deedId: z.uuid(),
  /** The file as it is: JSON, UTF-8. */
  text: z
    .string()
    .max(4_000_000, 'must be at most 4 MB: take a larger one in at the centre itself'),
})
export const ImportProposed = ImportAsked.extend({
  name: z.string().trim().min(1).max(120),
  reason,
})

/** `line`: of the file, from 1; null where it is about the file as a whole. `where`: as in `meters.3.customer`. */
export type ImportProblem = { line: number | null; where: string; problem: string }
export type ImportChecked =
  | { kind: 'fits'; counts: Record<string, number>; balances: number; arrears: number }
  | { kind: 'problems'; problems: ImportProblem[]; more: number }

/** One person was enough, or a second one has to decide. */
export type Changed = { kind: 'done' } | { kind: 'proposed'; approval: Approval }

export type CustomerQuestions = CardQuestions & {
  customers: {
    asked: z.input<typeof CustomersAsked>
    told: { rows: CustomerRow[]; next: string | null }
  }
  customer: { asked: { customer: string }; told: CustomerInOffice }
  'customer/statement': { asked: z.input<typeof StatementAsked>; told: Statement }
  'customer/statement-file': { asked: z.input<typeof StatementAsked>; told: { text: string } }
  'customer/purchases': {
    asked: z.input<typeof PurchasesAsked>
    told: { rows: PurchaseRow[]; next: number | null }
  }
  'customer/history': {
    asked: z.input<typeof HistoryAsked>
    told: { rows: ChangeRow[]; next: number | null }
  }
  'customers/file': { asked: z.input<typeof ExportAsked>; told: FilePiece }
}
export type CustomerDeeds = CardDeeds & {
  'customer/plan': { asked: z.input<typeof PlanChange>; told: Changed }
  'customer/overdraft': { asked: z.input<typeof OverdraftChange>; told: Changed }
  'customer/freeze': { asked: z.input<typeof FreezeChange>; told: Changed }
  'customer/block': { asked: z.input<typeof BlockChange>; told: Changed }
  'customer/adjust': { asked: z.input<typeof Adjustment>; told: Changed }
  'customer/tariff': { asked: z.input<typeof TariffAssignment>; told: Changed }
  'customers/check-file': { asked: z.input<typeof ImportAsked>; told: ImportChecked }
  'customers/take-file': {
    asked: z.input<typeof ImportProposed>
    told: ImportChecked | { kind: 'proposed'; approval: Approval }
  }
}
