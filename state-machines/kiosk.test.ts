import { describe, expect, it } from 'vitest'
import { serviceOf, servicePaths, startPaths } from '../test/paths/kiosk-paths.ts'
import { endsOf, storyOf } from '../test/paths/machine-paths.ts'
import { saleToTell } from './kiosk-context.ts'
import { whyNotServing } from './open-services.ts'

const verdicts = ['journallingStacked', 'journallingReturned', 'journallingUnknown']
const inService = ['idle', 'serving', 'closingSession']

describe('on every short path through a start with two notes that were moving', () => {
  it('each service state of a start is reached', () => {
    expect(new Set(startPaths.map(({ state }) => serviceOf(state)))).toEqual(
      new Set([
        'resolvingNotes',
        'askingCounters',
        ...verdicts,
        'tellingInterrupted',
        'outOfService',
        'idle',
        'serving',
      ]),
    )
  })

  it('P2 P4: nobody is served before each of them has its verdict on disk', () => {
    for (const path of startPaths) {
      const { context } = path.state
      const given = verdicts.reduce((sum, state) => sum + endsOf(path, 'done', state), 0)
      expect(given, storyOf(path)).toBe(2 - context.openNotes.length)
      if (inService.includes(serviceOf(path.state))) expect(given, storyOf(path)).toBe(2)
    }
  })

  it('P4: a verdict that cannot be journalled takes the kiosk out of service, and it says so', () => {
    const broken = startPaths.filter((path) =>
      verdicts.some((state) => endsOf(path, 'error', state) > 0),
    )
    expect(broken.length).toBeGreaterThan(0)
    for (const path of broken) {
      expect(serviceOf(path.state), storyOf(path)).toBe('outOfService')
      expect(whyNotServing(path.state.context), storyOf(path)).toBe('journal')
    }
  })

  it('money that is moving is at risk, and the state says so', () => {
    for (const path of startPaths) {
      const { context } = path.state
      if (context.openNotes.length === 0 || context.journalTrouble !== null) continue
      expect(path.state.hasTag('money at risk'), storyOf(path)).toBe(true)
    }
  })

  it('P4 P7: whoever was served when the kiosk stopped is told where the money is, unless the card of another is in', () => {
    let told = 0
    for (const path of startPaths) {
      for (const { event, state } of path.steps) {
        const found = event.type.endsWith('tellingInterrupted.finding')
        if (!found || saleToTell(state.context) === null || state.context.card !== null) continue
        told++
        expect(JSON.stringify(state.value), storyOf(path)).toContain('"telling":"shown"')
      }
    }
    expect(told).toBeGreaterThan(0)
  })
})

describe('on every short path through a day of service', () => {
  const beside = [
    'tellingInterrupted',
    'outOfService',
    'showingUnusable',
    'cardLeft',
    'awaitingParties',
    'servicing',
    'doingMachineAct',
    'restarting',
  ]

  it('each service state is reached', () => {
    expect(new Set(servicePaths.map(({ state }) => serviceOf(state)))).toEqual(
      new Set([...inService, ...beside]),
    )
  })

  it('P1: a sale begins only with a card, a journal that works, and room on the disk', () => {
    for (const path of servicePaths) {
      const last = path.steps.at(-1)
      if (last === undefined || serviceOf(path.state) !== 'serving') continue
      const before = path.steps.at(-2)?.state
      if (before !== undefined && serviceOf(before) === 'serving') continue
      const { context } = path.state
      expect(context.saleId, storyOf(path)).not.toBeNull()
      expect(context.card, storyOf(path)).not.toBeNull()
      expect([context.journalTrouble, context.diskFull], storyOf(path)).toEqual([null, false])
    }
  })

  it('P4: the end of a sale is journalled before the next begins, or the kiosk goes out of service', () => {
    for (const path of servicePaths) {
      const served = path.steps.filter(({ event }) => event.type.endsWith('.actor.sale')).length
      const closed =
        endsOf(path, 'done', 'closingSession') + endsOf(path, 'error', 'closingSession')
      expect(served - closed, storyOf(path)).toBe(
        serviceOf(path.state) === 'closingSession' ? 1 : 0,
      )
      if (endsOf(path, 'error', 'closingSession') === 0) continue
      expect(whyNotServing(path.state.context), storyOf(path)).toBe('journal')
    }
  })

  it('nobody is served, and no one is invited, while something is wrong', () => {
    for (const path of servicePaths) {
      if (serviceOf(path.state) !== 'idle') continue
      expect(whyNotServing(path.state.context), storyOf(path)).toBeNull()
    }
  })
})
