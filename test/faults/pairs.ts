// Two faults in one sale, drawn by a seed from every place of every boundary.
import { seeded } from '../centre-kit.ts'
import { boundaries, kindsOf, type Boundary, type Fault } from './traps.ts'

/** About how many operations a sale has on each boundary: a place beyond the last is not reached, and costs a run. */
const places: Record<Boundary, number> = {
  notes: 150,
  printer: 25,
  card: 18,
  journal: 45,
  counters: 12,
  network: 8,
  'centre store': 70,
}

export const pairs = (seed: number, count: number): [Fault, Fault][] => {
  const below = seeded(seed)
  const pick = <Each>(of: readonly Each[]): Each => of[below(of.length)] as Each
  const draw = (): Fault => {
    const boundary = pick(boundaries)
    return { boundary, kind: pick(kindsOf[boundary]), n: 1 + below(places[boundary]) }
  }
  return Array.from({ length: count }, () => [draw(), draw()])
}
