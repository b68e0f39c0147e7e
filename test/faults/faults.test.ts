// The short form of `npm run faults`: one place for each kind of fault on each boundary, and some pairs.
import { describe, expect, it } from 'vitest'
import { pairs } from './pairs.ts'
import { run } from './run.ts'
import { boundaries, kindsOf, nameOf, type Boundary, type Fault } from './traps.ts'

/** Places in the middle of things: a note on its way, the card being written, the order asked for. */
const places: Record<Boundary, number[]> = {
  notes: [38, 41, 44, 47],
  printer: [2, 3],
  card: [9, 11, 13, 15],
  journal: [7, 12, 15, 20, 26],
  counters: [3, 4, 5, 6],
  network: [3, 4, 5, 6],
  'centre store': [9, 22, 33, 46],
}

const faultsOf = (boundary: Boundary): Fault[] =>
  kindsOf[boundary].map((kind, at) => {
    const all = places[boundary]
    return { boundary, kind, n: all[at % all.length] ?? 1 }
  })

/** Paper and counters come last: a sale that gets over its first fault meets another there, and one run tries both. */
const late = [...faultsOf('printer'), ...faultsOf('counters')]
const isMild = ({ boundary, kind }: Fault) =>
  (boundary === 'network' || boundary === 'centre store' || boundary === 'notes') &&
  !kind.startsWith('crash')
const first = boundaries
  .filter((boundary) => boundary !== 'printer' && boundary !== 'counters')
  .flatMap(faultsOf)
const runs = first
  .toSorted((a, b) => Number(isMild(b)) - Number(isMild(a)))
  .map((fault, at) => [fault, ...late.slice(at, at + 1)])

// Several kiosks at once share the processor, and each starts three times.
const options = { timeout: 180_000 }

describe('P1 P2 P3 P4 P5 P7: a sale in which something goes wrong', options, () => {
  it('is tried with every kind of fault on every boundary', () => {
    const tried = new Set(runs.flat().map(({ boundary, kind }) => `${boundary}, ${kind}`))
    const all = boundaries.flatMap((each) => kindsOf[each].map((kind) => `${each}, ${kind}`))
    expect(tried).toEqual(new Set(all))
  })

  it.concurrent.each(runs.map((faults) => [faults.map(nameOf).join(' and '), faults] as const))(
    '(%s) loses nothing and doubles nothing',
    async (_, faults) => {
      const { flaws, met } = await run(faults, 'cash')
      expect(flaws).toEqual([])
      expect(met).not.toContain('')
    },
  )

  it.concurrent('is not reached any more by a fault after its end', async () => {
    const { flaws, met } = await run([{ boundary: 'network', kind: 'error', n: 500 }], 'account')
    expect({ flaws, met }).toEqual({ flaws: [], met: [''] })
  })
})

describe('P1 P2 P3 P5: a sale in which two things go wrong', options, () => {
  it.concurrent.each(pairs(3, 3).map((pair) => [pair.map(nameOf).join(' and '), pair] as const))(
    '(%s) loses nothing and doubles nothing',
    async (_, pair) => {
      expect((await run(pair, 'cash')).flaws).toEqual([])
    },
  )
})
