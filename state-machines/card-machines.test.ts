// The two machines that change a card: nothing goes to it without an intent on disk, and what it carries is only believed
// when it has proven it.
import { describe, expect, it } from 'vitest'
import { takingBackPaths, writingPaths } from '../test/paths/card-paths.ts'
import { endsOf, storyOf } from '../test/paths/machine-paths.ts'
import { writingAttempts } from './writing-card.ts'

type Step = { event: { type: string } & object }
/** The last order state that the centre has answered a proof with; null without an answer. */
const provenState = (steps: readonly Step[]): string | null => {
  const answers = steps.flatMap(({ event }) =>
    event.type.endsWith('.reportingProof') && 'output' in event ? [event.output] : [],
  ) as { kind: string; reply?: { order: { state: string } } }[]
  return answers.at(-1)?.reply?.order.state ?? null
}

describe('on every short path through the writing of a card', () => {
  const ended = writingPaths.filter(({ state }) => state.status === 'done')
  const outcome = ({ state }: (typeof writingPaths)[number]) => state.output?.kind

  it('it ends in each of its four ways', () => {
    expect(new Set(ended.map(outcome))).toEqual(
      new Set(['written', 'not written', 'unknown', 'not begun']),
    )
  })

  it('P3: commands go to the card only after the intent of that attempt is on disk', () => {
    for (const path of writingPaths) {
      const scripts = endsOf(path, 'done', 'journallingIntent')
      if (path.state.value === 'writing')
        expect(scripts, storyOf(path)).toBe(path.state.context.attempt)
      expect(scripts, storyOf(path)).toBeLessThanOrEqual(writingAttempts)
    }
  })

  it('P3: "written" and "not written" are said only when the card has proven it to the centre', () => {
    for (const path of ended) {
      const proven = provenState(path.steps)
      if (outcome(path) === 'written') expect(proven, storyOf(path)).toBe('LOADED')
      if (outcome(path) === 'not written') expect(proven, storyOf(path)).toBe('NOT_LOADED_RETRY')
    }
  })

  it('P3: a second script is asked for only after the first is proven not to be on the card', () => {
    for (const path of writingPaths) {
      if (path.state.context.attempt < 2) continue
      expect(endsOf(path, 'done', 'journallingNotWritten'), storyOf(path)).toBeGreaterThan(0)
    }
  })

  it('P4: once commands may have gone to the card, an outcome is journalled before it is told', () => {
    for (const path of ended) {
      if (endsOf(path, 'done', 'journallingIntent') === 0) continue
      const outcomes = ['journallingWritten', 'journallingNotWritten', 'journallingUnknown'].map(
        (state) => endsOf(path, 'done', state) + endsOf(path, 'error', state),
      )
      expect(Math.max(...outcomes), storyOf(path)).toBeGreaterThan(0)
    }
  })

  it('money is at risk in every state', () => {
    for (const { state } of writingPaths) expect(state.hasTag('money at risk')).toBe(true)
  })
})

describe('on every short path through the taking back of a load', () => {
  const ended = takingBackPaths.filter(({ state }) => state.status === 'done')
  const outcome = ({ state }: (typeof takingBackPaths)[number]) => state.output?.kind

  it('it ends in each of its three ways', () => {
    expect(new Set(ended.map(outcome))).toEqual(new Set(['undone', 'not undone', 'unknown']))
  })

  it('P3: the centre is asked only after the intent is on disk, and the commands go out once', () => {
    for (const path of takingBackPaths) {
      const released = endsOf(path, 'done', 'askingForUndo')
      expect(released, storyOf(path)).toBeLessThanOrEqual(endsOf(path, 'done', 'journallingIntent'))
      expect(released, storyOf(path)).toBeLessThanOrEqual(1)
    }
  })

  it('P3: the money is back only when the card has proven that the load is not on it', () => {
    for (const path of ended) {
      if (outcome(path) !== 'undone') continue
      expect(provenState(path.steps), storyOf(path)).toBe('UNDONE')
      expect(path.state.output).toMatchObject({ order: { state: 'UNDONE' } })
    }
  })

  it('P4: whatever was begun has an outcome in the journal, or was tried with a broken one', () => {
    for (const path of ended) {
      if (endsOf(path, 'done', 'journallingIntent') === 0) continue
      const outcomes = ['journallingUndone', 'journallingNotUndone', 'journallingUnknown'].map(
        (state) => endsOf(path, 'done', state) + endsOf(path, 'error', state),
      )
      expect(Math.max(...outcomes), storyOf(path)).toBe(1)
    }
  })
})
