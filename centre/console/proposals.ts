// Every kind of act that needs two persons, and what carries it out.
import type { Kinds } from './approvals.ts'

export const proposals: Kinds = {}
