import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { testWrites } from './test-write.ts'

/** Test writes on a disk that does as it is told, on a clock moved by hand. */
const writing = (code: string | null) => {
  const clock = manualClock()
  const now = { code, hangs: false }
  const paths: string[] = []
  const writes = testWrites({
    folder: '/data',
    disk: {
      replaceFile: (path) => {
        paths.push(path)
        if (now.hangs) return new Promise(() => undefined)
        if (now.code === null) return Promise.resolve()
        return Promise.reject(Object.assign(new Error(now.code), { code: now.code }))
      },
    },
    clock,
    log: pino({ level: 'silent' }),
  })
  return { clock, now, paths, writes }
}

test('a disk that takes what it is given is asked every 20 s, in a file of its own', async () => {
  const { clock, paths, writes } = writing(null)
  await clock.advance(60_000)
  expect(paths).toEqual(Array.from({ length: 4 }, () => '/data/watchdog/written'))
  expect(writes.ageMs()).toBe(0)
  writes.stop()
  await clock.advance(60_000)
  expect(paths).toHaveLength(4)
})

test('a disk that becomes read-only, and one that hangs, are known by the age of the last write', async () => {
  const { clock, now, writes } = writing(null)
  await clock.advance(1_000)
  now.code = 'EROFS'
  await clock.advance(60_000)
  expect(writes.ageMs()).toBe(61_000)
  now.code = null
  await clock.advance(20_000)
  expect(writes.ageMs()).toBeLessThan(20_000)
  now.hangs = true
  await clock.advance(100_000)
  expect(writes.ageMs()).toBeGreaterThan(60_000)
  writes.stop()
})

test('one that took nothing since the start has no age; a full one is not broken', async () => {
  const broken = writing('EIO')
  await broken.clock.advance(60_000)
  expect(broken.writes.ageMs()).toBe(null)
  broken.writes.stop()
  const full = writing('ENOSPC')
  await full.clock.advance(60_000)
  expect(full.writes.ageMs()).toBe(0)
  full.writes.stop()
})
