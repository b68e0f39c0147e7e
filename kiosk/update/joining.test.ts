// What a release tells the updater, and when it makes place for the next.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { trialMs } from './judging.ts'
import { joinUpdates } from './joining.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'updates-'))
  mkdirSync(join(home, 'incoming'))
})
afterEach(() => rmSync(home, { recursive: true }))

const put = (name: string, what: object) => writeFileSync(join(home, name), JSON.stringify(what))
const told = (name: string): unknown => {
  const path = join(home, 'incoming', name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/** Release `number` runs in this home, in service unless told. */
const running = (number: number) => {
  put('release.json', { number })
  const clock = manualClock()
  const now = { isBusy: false, status: 'inService', restarts: 0 }
  const updates = joinUpdates({
    clock,
    log: pino({ level: 'silent' }),
    vitals: {
      isUp: () => true,
      status: () => now.status,
      isIdle: () => !now.isBusy,
      facts: () => ({
        machineRuns: true,
        page: { silentMs: 0, hasAnswered: true },
        journal: 'written',
        outboxLateMs: 0,
        step: { forMs: 0, mostMs: 1 },
        isBusy: now.isBusy,
      }),
    },
    restart: () => {
      now.restarts++
    },
    release: home,
    home,
  })
  updates.stop()
  return { clock, now, look: updates.look }
}

const trials = { floor: 1, trial: null, failed: null }

test('A release that is ready starts when nobody is being served', async () => {
  put('trials.json', trials)
  put('taken.json', { ready: { number: 2 } })
  const { now, look } = running(1)
  now.isBusy = true
  await look()
  expect({ wish: told('wish.json'), restarts: now.restarts }).toEqual({ wish: null, restarts: 0 })
  now.isBusy = false
  await look()
  expect({ wish: told('wish.json'), restarts: now.restarts }).toEqual({
    wish: { number: 2 },
    restarts: 1,
  })
})

test('A release that was put back here is not wished again', async () => {
  put('trials.json', { ...trials, failed: 2 })
  put('taken.json', { ready: { number: 2 } })
  const { now, look } = running(1)
  await look()
  expect({ wish: told('wish.json'), restarts: now.restarts }).toEqual({ wish: null, restarts: 0 })
})

test('A release on trial that is well says that it is good, and goes on', async () => {
  put('trials.json', { ...trials, trial: { number: 2 } })
  const { clock, now, look } = running(2)
  await look()
  expect(told('health.json')).toBeNull()
  await clock.advance(trialMs.good)
  await look()
  expect(told('health.json')).toEqual({ number: 2, verdict: 'good' })
  expect(now.restarts).toBe(0)
})

test('A release on trial that cannot sell says so and makes place', async () => {
  put('trials.json', { ...trials, trial: { number: 2 } })
  const { clock, now, look } = running(2)
  now.status = 'outOfService'
  await look()
  await clock.advance(trialMs.longest)
  await look()
  expect(told('health.json')).toEqual({ number: 2, verdict: 'failed' })
  expect(now.restarts).toBe(1)
})

test('A kiosk in a checkout has no updates', async () => {
  const { now, look } = running(1)
  await look()
  expect(now.restarts).toBe(0)
})
