import { describe, expect, it } from 'vitest'
import { SaleId } from '../domain/identifiers.ts'
import { manualClock } from '../test/manual-clock.ts'
import { systemClock } from './clock.ts'

describe('the clock', () => {
  it('makes ids that are valid, sort by time and never repeat', async () => {
    const clock = manualClock()
    const first = clock.ids.sale()
    await clock.advance(1)
    const second = clock.ids.sale()
    expect(SaleId.safeParse(first).success).toBe(true)
    expect(first < second).toBe(true)
    expect(new Set(Array.from({ length: 1000 }, () => clock.ids.note())).size).toBe(1000)
  })

  it('makes the same ids again from the same seed', () => {
    expect(manualClock(0, 7).ids.request()).toBe(manualClock(0, 7).ids.request())
    expect(manualClock(0, 7).ids.request()).not.toBe(manualClock(0, 8).ids.request())
  })

  it('ends a wait when its time is over, in the order of the times', async () => {
    const clock = manualClock()
    const ended: string[] = []
    void clock.wait(20).then((how) => ended.push(`second ${how}`))
    void clock.wait(10).then((how) => ended.push(`first ${how}`))
    await clock.advance(9)
    expect(ended).toEqual([])
    await clock.advance(11)
    expect(ended).toEqual(['first over', 'second over'])
  })

  it('ends a wait when its signal aborts, before it began as well, and leaves no timer behind', async () => {
    const clock = manualClock()
    const stop = new AbortController()
    const waiting = clock.wait(10, stop.signal)
    stop.abort()
    expect(await waiting).toBe('aborted')
    expect(await clock.wait(10, stop.signal)).toBe('aborted')
    expect(clock.waiting()).toEqual([])
  })

  it('keeps its timers when the wall clock is set back', async () => {
    const clock = manualClock()
    const waiting = clock.wait(1000)
    clock.setWall(0)
    await clock.advance(1000)
    expect(await waiting).toBe('over')
    expect(clock.now()).toBe(1000)
    expect(clock.monotonic()).toBe(1000)
  })

  it('is, on a real kiosk, the time and chance of the operating system', async () => {
    const clock = systemClock()
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
    expect(await clock.wait(0)).toBe('over')
    expect(clock.chance()).toBeGreaterThanOrEqual(0)
    expect(clock.chance()).toBeLessThan(1)
    expect(clock.ids.sale()).not.toBe(clock.ids.sale())
  })
})
