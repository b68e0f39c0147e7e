// The memory of the recorder never outgrows its bounds, and what is in it is what was pushed last.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ring, type Entry } from './ring.ts'

const pushes = fc.array(
  fc.record({
    passed: fc.nat({ max: 50 }),
    tag: fc.nat({ max: 255 }),
    payload: fc.uint8Array({ maxLength: 60 }),
  }),
  { maxLength: 60 },
)
const limits = { bytes: 200, ms: 300 }
const sizeOf = (entries: readonly Entry[]) =>
  entries.reduce((sum, { payload }) => sum + payload.length + 13, 0)

describe('the ring', () => {
  it('holds the newest of what was pushed, whole and in order, and never more than its bounds', () => {
    fc.assert(
      fc.property(pushes, (all) => {
        const kept = ring(limits)
        const pushed: Entry[] = []
        let now = 0
        for (const { passed, tag, payload } of all) {
          now += passed
          kept.push(now, tag, payload)
          pushed.push({ at: now, tag, payload: Buffer.from(payload) })
          const held = kept.since(0)
          expect(kept.used()).toBe(sizeOf(held))
          expect(kept.used()).toBeLessThanOrEqual(limits.bytes)
          expect(held).toEqual(pushed.slice(pushed.length - held.length))
          expect(held.every(({ at }) => at >= now - limits.ms)).toBe(true)
          // No more is dropped than has to be.
          const next = pushed.at(-held.length - 1)
          const hasRoom = next !== undefined && sizeOf([...held, next]) <= limits.bytes
          expect(hasRoom && next.at >= now - limits.ms).toBe(false)
          expect(kept.gone()).toBe(next?.at ?? null)
        }
      }),
    )
  })

  it('gives what is not older than a moment', () => {
    const kept = ring(limits)
    for (const at of [10, 20, 30]) kept.push(at, at, Uint8Array.of(at))
    expect(kept.since(20).map(({ tag }) => tag)).toEqual([20, 30])
  })

  it('leaves out what is longer than all of it', () => {
    const kept = ring(limits)
    kept.push(1, 1, Uint8Array.of(1))
    kept.push(2, 2, new Uint8Array(200))
    expect(kept.since(0).map(({ tag }) => tag)).toEqual([1])
  })
})
