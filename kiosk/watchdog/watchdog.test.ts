import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { watchdog, type WatchdogParts } from './watchdog.ts'

type Facts = ReturnType<WatchdogParts['facts']>

const well: Facts = {
  machineRuns: true,
  turnedMs: { cardReader: 1_000 },
  page: { silentMs: 1_000, hasAnswered: true },
  journal: 'written',
  syncedMs: 1_000,
  outboxLateMs: 0,
  step: { forMs: 0, mostMs: 600_000 },
  isBusy: false,
}

/** A watchdog that looks every 5 s on a clock moved by hand. */
const watched = ({ isUp } = { isUp: true }) => {
  const clock = manualClock()
  const lines = new PassThrough()
  const told: string[] = []
  const acts: string[] = []
  const kept: (readonly string[])[] = []
  const now = { facts: well, isUp, goesOut: true }
  const { stop } = watchdog({
    clock,
    log: pino({ base: null, timestamp: false }, lines),
    notify: async (words) => {
      if (!now.goesOut) return false
      told.push(words.join(' '))
      return true
    },
    everyMs: 5_000,
    facts: () => now.facts,
    isUp: () => now.isUp,
    status: () => 'inService',
    page: {
      reload: () => void acts.push('reload'),
      'end browser': () => void acts.push('end browser'),
    },
    keepWithheld: async (reasons) => void kept.push(reasons),
  })
  const logged = () => String(lines.read() ?? '').match(/"msg":"[^"]*"/g) ?? []
  return { clock, told, acts, kept, now, stop, logged }
}

test('a kiosk that is well says once that it is ready, and feeds at every look', async () => {
  const { clock, told, kept, stop } = watched()
  await clock.advance(10_000)
  expect(told).toEqual([
    'READY=1 WATCHDOG=1 STATUS=inService',
    'WATCHDOG=1 STATUS=inService',
    'WATCHDOG=1 STATUS=inService',
  ])
  expect(kept).toEqual([])
  stop()
  await clock.advance(60_000)
  expect(told).toHaveLength(3)
})

test('that it is ready is said again when it has not gone out: a kiosk would be ended in the middle of its start', async () => {
  const { clock, told, now, stop } = watched({ isUp: false })
  now.isUp = true
  now.goesOut = false
  await clock.advance(10_000)
  now.goesOut = true
  await clock.advance(10_000)
  expect(told.slice(1)).toEqual([
    'READY=1 WATCHDOG=1 STATUS=inService',
    'WATCHDOG=1 STATUS=inService',
  ])
  stop()
})

test('a start that is well may last; one that is not may not', async () => {
  const { clock, told, now, stop } = watched()
  now.isUp = false
  await clock.advance(5_000)
  // It has been up: from then on it is fed, whatever it does.
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  stop()
  const late = watched({ isUp: false })
  expect(late.told).toEqual(['WATCHDOG=1 EXTEND_TIMEOUT_USEC=30000000 STATUS=inService'])
  late.now.facts = { ...well, step: { forMs: 600_001, mostMs: 600_000 } }
  await late.clock.advance(5_000)
  expect(late.told.at(-1)).toBe('STATUS=withheld: step too long')
  late.stop()
})

test('each withheld beat is in the log; why is on the disk, and that it is over too', async () => {
  const { clock, told, kept, now, stop, logged } = watched()
  now.facts = { ...well, turnedMs: { noteAcceptor: 31_000 } }
  await clock.advance(10_000)
  expect(told.slice(1)).toEqual([
    'STATUS=withheld: noteAcceptor loop hangs',
    'STATUS=withheld: noteAcceptor loop hangs',
  ])
  expect(logged()).toEqual(['"msg":"a beat is withheld"', '"msg":"a beat is withheld"'])
  now.facts = well
  await clock.advance(5_000)
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  expect(kept).toEqual([['noteAcceptor loop hangs'], []])
  stop()
})

test('a look that comes a second late is no beat; the next one is', async () => {
  const { clock, told, stop } = watched()
  // What keeps the loop from its timers: they are called late.
  const { monotonic } = clock
  let stolenMs = 0
  clock.monotonic = () => monotonic() + stolenMs
  stolenMs = 1_500
  await clock.advance(5_000)
  expect(told.at(-1)).toBe('STATUS=withheld: event loop late')
  await clock.advance(5_000)
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  stop()
})

test('nobody is cut off for a page; once they have gone, the beat is withheld', async () => {
  const { clock, told, now, stop, logged } = watched()
  now.facts = { ...well, isBusy: true, page: { silentMs: 300_000, hasAnswered: true } }
  await clock.advance(120_000)
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  expect(logged()).toContain('"msg":"something is wrong and waits until nobody is being served"')
  now.facts = { ...now.facts, isBusy: false }
  await clock.advance(5_000)
  expect(told.at(-1)).toBe('STATUS=withheld: page silent')
  stop()
})

test('a journal that fails leaves a customer a minute for the reference', async () => {
  const { clock, told, now, stop } = watched()
  now.facts = { ...well, isBusy: true, journal: 'failed' }
  await clock.advance(60_000)
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  await clock.advance(5_000)
  expect(told.at(-1)).toBe('STATUS=withheld: journal not written')
  stop()
})

test('a silent page is loaded anew, then its browser is ended; what cannot be done stops nothing', async () => {
  const { clock, acts, now, told, stop } = watched()
  for (let silentMs = 5_000; silentMs <= 35_000; silentMs += 5_000) {
    now.facts = { ...well, page: { silentMs, hasAnswered: true } }
    await clock.advance(5_000)
  }
  expect(acts).toEqual(['reload', 'end browser'])
  expect(told.at(-1)).toBe('WATCHDOG=1 STATUS=inService')
  stop()
})
