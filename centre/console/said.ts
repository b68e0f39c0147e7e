// What the console says over HTTP.
import type { Told } from './asking.ts'

/** HTTP status and what is told as JSON. */
export type Said = { status: number; body: unknown }

export const problem = (status: number, said: string): Said => ({ status, body: { problem: said } })

export const said = (told: Told<unknown>): Said =>
  told.kind === 'told' ? { status: 200, body: told.told } : problem(told.status, told.problem)
