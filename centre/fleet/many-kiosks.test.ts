// A small town's kiosks at once on the broker inside the centre; `npm run benchmark:fleet` does it with thousands.
import { pino } from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { tenant } from '../../test/fleet/brokers.ts'
import { fleetStore } from '../../test/fleet/fleet-store.ts'
import { numbersOf, thinKiosks } from '../../test/fleet/many-kiosks.ts'
import { FleetConfig } from './fleet-config.ts'
import { openFleet } from './fleet.ts'

const atEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
})

it('200 kiosks at once are all seen, each heartbeat is taken in, and the disk is asked for many at a time', async () => {
  const kept = await fleetStore()
  atEnd.push(kept.store.close)
  const numbers = numbersOf(200)
  await kept.store.transact(async (work) => {
    for (const kiosk of numbers) {
      await work
        .insertInto('kiosks')
        .values({ kiosk, place: '' })
        .onConflict((it) => it.doNothing())
        .execute()
    }
  })
  const transact = vi.spyOn(kept.store, 'transact')
  const fleet = await openFleet({
    config: FleetConfig.parse({
      tenant,
      broker: { kind: 'inside', listen: { host: '127.0.0.1', port: 0 }, tls: null },
    }),
    store: kept.store,
    now: () => 1_790_000_000_000,
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
  })
  atEnd.push(fleet.close)
  const kiosks = await thinKiosks(fleet.port ?? 0, numbers)
  atEnd.push(() => Promise.all(kiosks.map(({ end }) => end())))
  const rounds = 3
  for (let round = 0; round < rounds; round++) await Promise.all(kiosks.map(({ beat }) => beat()))
  const areThere = async () => {
    const rows = await kept.rows()
    const beats = rows.map(({ heartbeat }) => (heartbeat ?? '').includes(`"seq":${rounds},`))
    return rows.length === numbers.length && beats.every(Boolean)
  }
  await vi.waitUntil(areThere, { timeout: 20_000, interval: 50 })
  expect((await kept.rows()).every(({ st }) => st === 'online')).toBe(true)
  await fleet.sweep()
  expect(await kept.alerts()).toEqual([])
  expect(transact.mock.calls.length).toBeLessThan((2 + rounds) * numbers.length)
})
