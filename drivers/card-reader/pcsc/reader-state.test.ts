import { describe, expect, it } from 'vitest'
import { atStart, driverDelays, step, type Effect, type Happened } from './reader-state.ts'

const status = (present: boolean, changes: number): Happened => ({
  kind: 'status',
  status: { present, changes, atr: new Uint8Array() },
})
const foreign: Happened = {
  kind: 'card examined',
  event: { type: 'card.unusable', why: 'foreign card' },
}
const appeared: Happened = { kind: 'reader appeared', name: 'Slot' }

const shown = (effect: Effect): string => {
  switch (effect.kind) {
    case 'tell':
      return effect.event.type === 'card-reader.failed'
        ? `failed: ${effect.event.fault.kind}`
        : effect.event.type === 'card-reader.cleared'
          ? `cleared: ${effect.event.fault}`
          : effect.event.type
    case 'end insertion':
      return `end: ${effect.why}`
    case 'reopen':
      return `reopen in ${effect.inMs}`
    default:
      return effect.kind
  }
}

/** What the last of these brings about. */
const lastOf = (...happened: Happened[]): string[] => {
  let state = atStart
  let effects: Effect[] = []
  for (const each of happened) ({ state, effects } = step(state, each))
  return effects.map(shown)
}

describe('the state of the card reader', () => {
  const { reopenMs, reopenMostMs } = driverDelays
  const noService: Happened = { kind: 'no service' }
  const opened: Happened = { kind: 'service opened' }

  it.each<[string, Happened[], string[]]>([
    ['waits for a reader', [opened], ['await reader']],
    ['is ready with a reader', [opened, appeared], ['card-reader.ready']],
    [
      'misses a reader',
      [opened, { kind: 'reader missed' }],
      ['failed: no reader', `reopen in ${reopenMs}`],
    ],
    ['misses the daemon', [noService], ['failed: no card service', `reopen in ${reopenMs}`]],
    [
      'raises a fault once, and is slower to try again',
      [noService, noService],
      [`reopen in ${2 * reopenMs}`],
    ],
    ['keeps the fault until a reader shows', [noService, opened], ['await reader']],
    [
      'clears it then',
      [noService, opened, appeared],
      ['cleared: no card service', 'card-reader.ready'],
    ],
    [
      'has one fault at a time, also when the reader was missed before its daemon',
      [appeared, { kind: 'reader lost' }, noService],
      ['failed: no card service', 'cleared: no reader', `reopen in ${2 * reopenMs}`],
    ],
    [
      'says so when the daemon is back and the reader is not',
      [noService, opened, { kind: 'reader missed' }],
      ['failed: no reader', 'cleared: no card service', `reopen in ${2 * reopenMs}`],
    ],
    ['looks at a card', [appeared, status(true, 1)], ['examine card']],
    ['looks at it once', [appeared, status(true, 1), status(true, 1)], []],
    ['says nothing of an empty slot', [appeared, status(false, 0)], []],
    ['tells of the card', [appeared, status(true, 1), foreign], ['card.unusable']],
    [
      'ends silently what was never told',
      [appeared, status(true, 1), status(false, 2)],
      ['end: card removed'],
    ],
    [
      'tells of the removal',
      [appeared, status(true, 1), foreign, status(false, 2)],
      ['end: card removed', 'card.removed'],
    ],
    [
      'notices a swap that was never seen',
      [appeared, status(true, 1), foreign, status(true, 3)],
      ['end: card removed', 'card.removed', 'examine card'],
    ],
    [
      'ends the insertion when the reader goes',
      [appeared, status(true, 1), foreign, { kind: 'reader lost' }],
      ['end: reader lost', 'card.removed', 'failed: no reader', `reopen in ${reopenMs}`],
    ],
    [
      'ends the insertion when the daemon goes',
      [appeared, status(true, 1), foreign, noService],
      ['end: reader lost', 'card.removed', 'failed: no card service', `reopen in ${reopenMs}`],
    ],
  ])('%s', (_what, happened, effects) => {
    expect(lastOf(...happened)).toEqual(effects)
  })

  it('never waits longer than the limit before it tries again', () => {
    const tries = Array.from({ length: 40 }, () => noService)
    expect(lastOf(...tries)).toEqual([`reopen in ${reopenMostMs}`])
  })

  it('begins with short pauses again once a reader was there', () => {
    expect(lastOf(noService, noService, noService, opened, appeared, noService)).toContain(
      `reopen in ${reopenMs}`,
    )
  })
})
