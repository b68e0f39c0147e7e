import { expect, it } from 'vitest'
import { manualClock } from '../test/manual-clock.ts'
import { watchDay } from './end-of-day.ts'

const hourMs = 3_600_000

it('the end of the day is due once on each local date, in its hour', async () => {
  // 16:45 UTC is 00:45 of the next day in Shanghai.
  const clock = manualClock()
  const due: string[] = []
  const stop = new AbortController()
  const watched = watchDay(
    { hour: 2, timeZone: 'Asia/Shanghai' },
    clock,
    () => due.push(new Date(clock.now()).toISOString()),
    stop.signal,
  )
  await clock.advance(40 * hourMs)
  expect(due).toEqual(['2026-11-23T18:00:00.000Z', '2026-11-24T18:00:00.000Z'])
  stop.abort()
  await watched
  await clock.advance(48 * hourMs)
  expect(due).toHaveLength(2)
})
