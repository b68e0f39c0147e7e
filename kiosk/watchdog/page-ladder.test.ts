import { expect, test } from 'vitest'
import { pageActDue, pageGivenUpMs, type PageAct } from './page-ladder.ts'

/** All acts of a silence that is looked at every 5 s. */
const actsOf = (of: { hasAnswered: boolean; untilMs: number }): [number, PageAct][] => {
  const acts: [number, PageAct][] = []
  for (let silentMs = 0; silentMs <= of.untilMs; silentMs += 5_000) {
    const { hasAnswered } = of
    const act = pageActDue({ hasAnswered, silentMs, beforeMs: Math.max(0, silentMs - 5_000) })
    if (act !== null) acts.push([silentMs / 1_000, act])
  }
  return acts
}

test('a page that falls silent is loaded anew at 20 s, and its browser is ended at 30 s and again', () => {
  expect(actsOf({ hasAnswered: true, untilMs: 600_000 })).toEqual([
    [20, 'reload'],
    [30, 'end browser'],
    [90, 'end browser'],
    [150, 'end browser'],
    [300, 'end browser'],
    [600, 'end browser'],
  ])
  expect(pageGivenUpMs).toBeGreaterThan(150_000)
})

test('a screen that comes up late has its time', () => {
  expect(actsOf({ hasAnswered: false, untilMs: 130_000 })).toEqual([
    [120, 'reload'],
    [130, 'end browser'],
  ])
})

test('a look that comes late does the last thing that is due, once', () => {
  expect(pageActDue({ hasAnswered: true, silentMs: 40_000, beforeMs: 10_000 })).toBe('end browser')
  expect(pageActDue({ hasAnswered: true, silentMs: 45_000, beforeMs: 40_000 })).toBe(null)
})

test('a page that has answered in between begins at the foot of the ladder', () => {
  expect(pageActDue({ hasAnswered: true, silentMs: 21_000, beforeMs: 25_000 })).toBe('reload')
  expect(pageActDue({ hasAnswered: true, silentMs: 3_000, beforeMs: 25_000 })).toBe(null)
})
