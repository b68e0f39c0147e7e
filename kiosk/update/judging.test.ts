import { expect, test } from 'vitest'
import { isWell, trialMs, verdictOf } from './judging.ts'

const minute = 60_000
const well = { isUp: true, status: 'inService', journal: 'written', pageSilentMs: 100 }

test('A release that is well for half an hour is good, and no sooner', () => {
  const moment = { forMs: 31 * minute, isBusy: false }
  expect(verdictOf({ ...moment, wellForMs: trialMs.good })).toBe('good')
  expect(verdictOf({ ...moment, wellForMs: trialMs.good - 1 })).toBeNull()
})

test('A release that is never well gives way after its longest trial', () => {
  expect(verdictOf({ forMs: trialMs.longest, wellForMs: null, isBusy: false })).toBe('failed')
  expect(verdictOf({ forMs: trialMs.longest - 1, wellForMs: null, isBusy: false })).toBeNull()
})

test('Nobody is interrupted by the end of a trial', () => {
  expect(verdictOf({ forMs: 2 * trialMs.longest, wellForMs: null, isBusy: true })).toBeNull()
  expect(verdictOf({ forMs: trialMs.longest, wellForMs: trialMs.good, isBusy: true })).toBeNull()
})

test.each([
  ['still starts', { isUp: false }],
  ['cannot sell', { status: 'outOfService' }],
  ['cannot write its journal', { journal: 'failed' }],
  ['has a screen that does not answer', { pageSilentMs: 20_000 }],
])('A kiosk that %s is not well', (_, but) => {
  expect(isWell(well)).toBe(true)
  expect(isWell({ ...well, ...but })).toBe(false)
})
