// A short form of `npm run day`: some hundred sales with faults of every family, and the same seed makes the same day.
import { describe, expect, it } from 'vitest'
import { faultKinds, type FaultKind } from './faults.ts'
import { runWorld, type WorldDone } from './world.ts'

const seeds = [12, 13]
const salesOfEach = 35

/** Where something can go wrong: at least one kind of each family has to happen in a short day. */
const families: Record<string, FaultKind[]> = {
  'the program of a kiosk ends': ['kiosk killed'],
  'the power goes': ['power cut'],
  'the disk fails': ['disk fails'],
  'the line to the centre fails': ['request lost', 'answer lost', 'answer late', 'request doubled'],
  'the centre ends': ['centre ends before it is done', 'centre ends after it is done'],
  'a card is pulled or torn': ['card pulled', 'card torn at a byte', 'card torn at its commit'],
  'the reader fails': [
    'reader says an error',
    'reader answer cut short',
    'reader hangs',
    'reader unplugged',
    'card service ends',
    'card mute',
  ],
  'a note goes astray': [
    'note jammed',
    'note told late',
    'note taken unasked',
    'note nobody knows of',
    'command to stack lost',
  ],
  'the acceptor loses its power': ['acceptor without power'],
  'the printer fails': ['paper out', 'printed and not told', 'printer gone in the middle'],
}

describe('a day in virtual time', () => {
  const worlds: WorldDone[] = []

  it('P2, P3, P5: adds up after every sale and at rest, whatever goes wrong', async () => {
    for (const seed of seeds) {
      const world = await runWorld({ seed, sales: salesOfEach, faults: 100 })
      worlds.push(world)
      const replay = `npm run day -- --seed ${seed} --sales ${salesOfEach} --faults 100 --trace`
      expect(world.flaws, replay).toEqual([])
      expect(world.sales).toBe(salesOfEach)
    }
  }, 120_000)

  it.each(Object.keys(families))('has met that %s', (family) => {
    const met = (kind: FaultKind) => worlds.reduce((sum, { faults }) => sum + faults[kind], 0)
    const kinds = families[family] ?? []
    expect(kinds.reduce((sum, kind) => sum + met(kind), 0)).toBeGreaterThan(0)
  })

  it('knows every kind that a family names', () => {
    for (const kind of Object.values(families).flat()) expect(faultKinds).toContain(kind)
  })

  it('is the same day with the same seed', async () => {
    const days = [0, 0, 1].map((more) => runWorld({ seed: 5 + more, sales: 6, faults: 100 }))
    const [first, again, other] = (await Promise.all(days)).map(({ digest }) => digest)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  }, 60_000)
})
