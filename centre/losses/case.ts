// A finding with whom it is about, as it is kept: one fingerprint for each pattern and meter, kiosk or person.
import type { LossPattern, LossWhy } from '../../domain/console/losses.ts'
import { minor, type Minor } from '../../domain/money.ts'
import type { EvidenceKeys, HomeFinding } from './found.ts'
import type { Home } from './home.ts'
import type { FindingRow } from './losses-tables.ts'
import type { CashFinding } from './short-boxes.ts'

export type Case = Pick<
  FindingRow,
  'binding' | 'customer' | 'meter' | 'area' | 'since' | 'score' | 'through' | 'neighbours'
> & {
  fingerprint: string
  pattern: LossPattern
  kiosk: string | null
  person: string | null
  loss: Minor
  why: LossWhy
  evidence: EvidenceKeys
}

/** `price`: minor units for 1 kWh. `neighbours`: the group that a chart of it shows. */
export const caseOfHome = (
  finding: HomeFinding,
  of: { home: Home['binding']; price: number; neighbours: string | null },
): Case => {
  const { pattern, since, score, lostEnergy, why, evidence, through } = finding
  const { binding, customer, meter, area } = of.home
  return {
    fingerprint: `${pattern}/${binding}`,
    pattern,
    binding,
    customer,
    meter,
    area,
    kiosk: null,
    person: null,
    since,
    score,
    loss: minor(Math.round((lostEnergy * of.price) / 100)),
    why,
    evidence,
    through,
    neighbours: of.neighbours,
  }
}

export const caseOfCash = (finding: CashFinding): Case => {
  const { pattern, kiosk, person, why } = finding
  const of = kiosk === null ? `person ${person ?? ''}` : `kiosk ${kiosk}`
  // One kiosk may refuse notes of several values.
  const more = why.kind === 'notes refused' ? `/${why.value}` : ''
  return {
    ...finding,
    fingerprint: `${pattern}/${of}${more}`,
    kiosk,
    person,
    loss: minor(finding.loss),
    binding: null,
    customer: null,
    meter: null,
    area: null,
    neighbours: null,
  }
}

/** What it costs if it is true, as likely as it is: by it the list is sorted. */
export const likelyLoss = ({ loss, score }: Pick<Case, 'loss' | 'score'>): Minor =>
  minor(Math.round((loss * score) / 100))
