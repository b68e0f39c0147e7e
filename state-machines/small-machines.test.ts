// The machines that live beside the sale, on every short path: no stray note is forgotten, no slip is told to be on paper
// that is not.
import { describe, expect, it } from 'vitest'
import { endsOf, storyOf } from '../test/paths/machine-paths.ts'
import { slipPaths, strayPaths } from '../test/paths/small-paths.ts'

describe('on every short path of notes that nobody waits for', () => {
  it('P2: each note that turned up in the box is journalled, or was journalled before and is known again', () => {
    for (const path of strayPaths) {
      let paying = false
      let tested = false
      let turnedUp = 0
      for (const { event } of path.steps) {
        if (event.type === 'paying.begun') paying = true
        if (event.type === 'paying.ended' || event.type === 'sale.ended') paying = false
        if (event.type === 'testing.note') tested = event.note === 'held'
        if (event.type === 'sale.ended') tested = false
        const inBox =
          event.type === 'note.stacked' ||
          (event.type === 'note.found' && event.where === 'stacked')
        if (inBox && !paying && !tested) turnedUp++
      }
      const acted = ['journallingFound', 'journallingUnexpected'].reduce(
        (sum, state) => sum + endsOf(path, 'done', state) + endsOf(path, 'error', state),
        0,
      )
      const again = path.steps.filter(
        ({ event, state }, at) =>
          state.value === 'listening' &&
          path.steps[at - 1]?.state.value === 'comparingCounters' &&
          event.type !== 'note.stacked',
      ).length
      const underWay =
        path.state.value === 'listening' || path.state.value === 'journallingReturned' ? 0 : 1
      expect(acted + again + underWay, storyOf(path)).toBe(turnedUp)
    }
  })

  it('a note in hand means money at risk', () => {
    for (const { state } of strayPaths) {
      if (state.value !== 'listening') expect(state.hasTag('money at risk')).toBe(true)
    }
  })
})

describe('on every short path of a slip that is owed', () => {
  it('P7: it is asked for again until it is on paper, and what the printer said is journalled', () => {
    for (const path of slipPaths) {
      const said = path.steps.filter(
        ({ event, state }) =>
          (event.type === 'receipt.printed' || event.type === 'receipt.not-printed') &&
          state.value.startsWith('journalling') &&
          'jobId' in event &&
          event.jobId === 'S1',
      ).length
      const late = path.steps.filter(({ event }) =>
        event.type.includes('after.printingPatience'),
      ).length
      const journalled = ['journallingPrinted', 'journallingNotPrinted'].reduce(
        (sum, state) => sum + endsOf(path, 'done', state) + endsOf(path, 'error', state),
        0,
      )
      const underWay = path.state.value.startsWith('journalling') ? 1 : 0
      expect(journalled + underWay, storyOf(path)).toBeGreaterThanOrEqual(Math.max(said, late))
    }
    const rest = slipPaths.filter(({ state }) => state.value === 'waiting')
    expect(rest.length).toBeGreaterThan(0)
  })
})
