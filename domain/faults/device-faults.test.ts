// The vocabulary of faults agrees with itself: what a fault asks for, who can do it, and how grave it is.
import { describe, expect, it } from 'vitest'
import { allFaults } from './device-faults.ts'
import type { ClearedBy, FaultWords } from './words.ts'

const faults = Object.entries(allFaults).flatMap(([part, kinds]) =>
  Object.entries(kinds).map(([kind, words]: [string, FaultWords]) => ({ part, kind, ...words })),
)

/** fleet.md 9.2. */
const whoActs: Record<FaultWords['act'], ClearedBy[]> = {
  reset: ['itself', 'technician'],
  softwareError: ['technician', 'office'],
  configuration: ['technician', 'office'],
  clear: ['person on site'],
  maintenance: ['technician'],
  suspend: ['itself', 'office'],
}

describe('every fault', () => {
  it.each(faults)(
    '$part: $kind asks for an act of those who can clear it',
    ({ act, clearedBy }) => {
      expect(whoActs[act]).toContain(clearedBy)
    },
  )

  it.each(faults)('$part: $kind is as grave as what it may do to money', ({ sev, risk, word }) => {
    // What passes unseen is no place for money of unknown fate; what may be a thief is the gravest there is.
    if (risk !== 'no') expect(sev).toBeGreaterThanOrEqual(3)
    if (word === 'fraudAttempt') expect(sev).toBe(4)
    expect(sev).toBeGreaterThan(0)
  })
})

it('somebody on the way with paper or a key of the box can clear what needs no tools', () => {
  const onSite = faults.filter(({ clearedBy }) => clearedBy === 'person on site')
  expect(onSite.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['paper out', 'cover open', 'cash box full', 'card left inside']),
  )
})
