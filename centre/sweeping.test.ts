// Sales, fleet and alarms are looked after side by side.
import { expect, it } from 'vitest'
import { sweepingAll } from './sweeping.ts'

const later = () => new Promise((resolve) => setImmediate(resolve))

it('alarms go out although the broker of the fleet never takes a command', async () => {
  const begun = { fleet: 0, alarms: 0 }
  const { promise, resolve } = Promise.withResolvers<void>()
  const sweep = sweepingAll(
    [
      () => {
        begun.fleet++
        return promise
      },
      async () => void begun.alarms++,
    ],
    () => undefined,
  )
  for (let each = 0; each < 3; each++) {
    sweep()
    await later()
  }
  expect(begun).toEqual({ fleet: 1, alarms: 3 })
  resolve()
  await later()
  sweep()
  expect(begun.fleet).toBe(2)
})

it('one that fails is told, and is tried again with the next', async () => {
  const told: unknown[] = []
  const sweep = sweepingAll([async () => Promise.reject(new Error('no disk'))], (error) => {
    told.push(error)
  })
  sweep()
  await later()
  sweep()
  await later()
  expect(told).toHaveLength(2)
})
