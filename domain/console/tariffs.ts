// Tariffs of the console: versions with their days, one version as a person reads it, a new one tried on real sales, and the simulator.
import { z } from 'zod'
import { CustomerNumber } from '../identifiers.ts'
import type { PricedTender } from '../quote.ts'
import type { Approval } from './approvals.ts'
import type { Plan } from './customers.ts'
import type { FieldReason } from './refusals.ts'

export type TariffNames = { en: string; zh: string; ar: string }

/** A version as the books have it: prices in 1/10000 per kWh, shares in 1/10000, energy in 0.01 kWh, money in minor units. */
export type TariffRules = {
  code: string
  names: TariffNames
  validFrom: string
  vat: { rate: number; included: boolean }
  ladder: { period: 'month' | 'year'; blocks: { upTo: number | null; price: number }[] }
  levies: (
    | { kind: 'per kWh with VAT' | 'per kWh without VAT'; names: TariffNames; price: number }
    | { kind: 'share of the price'; names: TariffNames; share: number }
  )[]
  fixedCharges: { names: TariffNames; amount: number; vat: 'included' | 'on top' }[]
  mostMonthsOfFixedCharges: number
  arrears: Plan
  channelFee: { flat: number; share: number; cap: number | null }
  freeUnitsPerMonth: number
  sale: { least: number; most: number }
}

export type VersionState = 'past' | 'in force' | 'to come'
export type TariffVersion = { validFrom: string; state: VersionState; through: string | null }
export type TariffRow = {
  code: string
  names: TariffNames
  versions: TariffVersion[]
  /** Bindings that have it today. */
  bindings: number
  /** What a kWh costs with everything, block by block, today or from its first day; 1/10000. */
  prices: number[]
}

/** One thing that differs: `where` as in `ladder.blocks.1.price`; null: it is not there. */
export type Difference = { where: string; before: Plainly; after: Plainly }
export type Plainly = string | number | boolean | null

/** All of them: they are few. */
export const TariffsAsked = z.object({})
export const TariffAsked = z.object({
  code: z.string().max(16),
  validFrom: z.iso.date().optional(),
})
export type TariffInOffice = {
  rules: TariffRules
  state: VersionState
  versions: TariffVersion[]
  before: TariffRules | null
  differences: Difference[]
  /** How it came into the books; null for one that came with a file. */
  taken: { by: string; approvedBy: string; at: number; why: string } | null
  bindings: number
  prices: number[]
  drafts: { draft: string; validFrom: string; by: string; at: number }[]
}

export const NewVersion = z.object({
  deedId: z.uuid(),
  /** A version as `docs/import.md` has it. */
  rules: z.unknown(),
})
export type FieldProblem = { where: string; why: FieldReason }
export const DraftAsked = z.object({ draft: z.string().max(40) })
export type DraftInOffice = {
  draft: string
  rules: TariffRules
  before: TariffRules | null
  differences: Difference[]
  prices: number[]
  by: string
  at: number
  state: 'draft' | 'proposed' | 'taken'
}

export const TrialAsked = z.object({
  draft: z.string().max(40),
  /** Where the step before ended; left out at the first. */
  after: z.string().max(60).optional(),
})
/** What one sale was, and what it would have been for the same money. */
export type TriedSale = {
  orderNumber: string
  at: number
  tender: number
  energy: number
  wouldBe: number
  /** Money the customer would have gained (above zero) or lost for the energy, at the price that was paid. */
  gain: number
}
/** One step of a trial: steps add up. */
export type TrialStep = {
  /** The month that is tried, `YYYY-MM`. */
  month: string
  /** Customers' meters tried so far, of all. */
  done: number
  of: number
  sales: number
  tender: number
  /** Energy as it was sold, and as it would have been. */
  energy: number
  wouldBeEnergy: number
  /** What stays with the authority without VAT: energy, levies, charges and fees. */
  revenue: number
  wouldBeRevenue: number
  vat: number
  wouldBeVat: number
  more: number
  less: number
  same: number
  /** Sales that the rules which made them, run again, give exactly as they were: shows that the trial is right. */
  reproduced: number
  /** Sales that would have bought nothing, or that would not have been allowed. */
  refused: number
  winners: TriedSale[]
  losers: TriedSale[]
  next: string | null
}

export const SimulationAsked = z.object({
  customer: CustomerNumber,
  /** Of several meters of a customer. */
  binding: z.string().max(40).optional(),
  by: z.enum(['money', 'energy']),
  /** Minor units, or 0.01 kWh. */
  wanted: z.coerce.number().int().min(1).max(100_000_000),
  /** Today or later. */
  day: z.iso.date().optional(),
})
export type Simulation = {
  day: string
  shortName: string
  meter: string
  binding: string
  bindings: { binding: string; meter: string }[]
  tariff: { code: string; names: TariffNames; validFrom: string }
  /** What the price rests on. */
  from: {
    soldThisPeriod: number
    fixedDue: number
    fixedPeriod: string
    arrears: number
    plan: Plan
    ownPlan: boolean
    freeUnits: number
    headroom: number | null
  }
  limits: { least: number; most: number; mostEnergy: number | null }
  outcome: { kind: 'priced'; priced: PricedTender } | { kind: 'refused'; why: string }
}

export const TariffProposed = z.object({
  deedId: z.uuid(),
  draft: z.string().max(40),
  reason: z.string().trim().min(3, 'must say why').max(400),
})

export type TariffQuestions = {
  tariffs: { asked: z.input<typeof TariffsAsked>; told: { tariffs: TariffRow[] } }
  tariff: { asked: z.input<typeof TariffAsked>; told: TariffInOffice }
  'tariff/draft': { asked: z.input<typeof DraftAsked>; told: DraftInOffice }
  'tariff/trial': { asked: z.input<typeof TrialAsked>; told: TrialStep }
  simulation: { asked: z.input<typeof SimulationAsked>; told: Simulation }
}
export type TariffDeeds = {
  'tariff/new-version': {
    asked: z.input<typeof NewVersion>
    told: { kind: 'kept'; draft: string } | { kind: 'problems'; problems: FieldProblem[] }
  }
  'tariff/propose': {
    asked: z.input<typeof TariffProposed>
    told: { kind: 'proposed'; approval: Approval }
  }
}
