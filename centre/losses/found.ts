// What a detector hands on: one finding as the books show it now, and the rows it is made of.
import type { LossPattern, LossWhy } from '../../domain/console/losses.ts'

/** Keys of the rows a finding is made of, the earlier first. */
export type EvidenceKeys = {
  writeBacks?: number[]
  orders?: string[]
  insertions?: string[]
  exchanges?: string[]
  alarms?: number[]
}

/** A finding of one meter. `loss`: what it may have cost so far, energy in 0.01 kWh. */
export type HomeFinding = {
  pattern: LossPattern
  /** `YYYY-MM-DD`. */
  since: string
  /** 0 to 100. */
  score: number
  lostEnergy: number
  why: LossWhy
  evidence: EvidenceKeys
  /** The newest row of the evidence, sortable as text. */
  through: string
}

/** A number of a row as text that sorts as the number does. */
export const placeOf = (row: number): string => String(row).padStart(12, '0')

/** Into 0 to 100, whole. */
export const scoreOf = (score: number): number =>
  Math.max(0, Math.min(100, Math.round(Number.isFinite(score) ? score : 100)))
