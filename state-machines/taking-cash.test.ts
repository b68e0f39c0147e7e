import { describe, expect, it } from 'vitest'
import { cashPaths, inTheBox } from '../test/paths/cash-paths.ts'
import { takingCash } from './taking-cash.ts'

describe('on every short path through taking cash', () => {
  it('there are paths to every state', () => {
    expect(new Set(cashPaths.map((path) => path.state.value))).toEqual(
      new Set(
        Object.keys(takingCash.states).filter(
          (state) => state !== 'opening' && state !== 'finding',
        ),
      ),
    )
  })

  it('P2: a note in the cash box is credited, on its way to the journal, or named unknown', () => {
    for (const { state, steps } of cashPaths) {
      const { notes, unknown, nameless, current } = state.context
      const known = notes.length + unknown.length + nameless + (current === null ? 0 : 1)
      expect(
        known,
        `after ${steps.map((step) => step.event.type).join(', ')}`,
      ).toBeGreaterThanOrEqual(inTheBox(steps.map((step) => step.event)))
    }
  })

  it('P3: no note is credited that is not in the cash box', () => {
    for (const { state, steps } of cashPaths) {
      expect(
        state.context.notes.length,
        `after ${steps.map((step) => step.event.type).join(', ')}`,
      ).toBeLessThanOrEqual(inTheBox(steps.map((step) => step.event)))
    }
  })

  it('a note in hand means money at risk', () => {
    for (const { state } of cashPaths) {
      if (state.context.current !== null) expect(state.hasTag('money at risk')).toBe(true)
    }
  })

  it('more than one sale may hold is never credited', () => {
    for (const { state, steps } of cashPaths) {
      if (steps.some((step) => step.event.type === 'note.escrowed' && step.event.value === 5000)) {
        expect(
          state.context.notes.filter((note) => note.value === 5000).length,
        ).toBeLessThanOrEqual(1)
      }
    }
  })
})
