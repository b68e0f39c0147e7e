// A fleet that cannot be opened is an alarm of the centre itself, and opens once it can.
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { tenant } from '../../test/fleet/brokers.ts'
import { fleetStore } from '../../test/fleet/fleet-store.ts'
import { unheardMs } from '../alerts/bounds.ts'
import { fleetBesideSales } from './beside-sales.ts'
import { FleetConfig } from './fleet-config.ts'

it('a fleet that cannot be opened is told after two minutes, and is watched as soon as its port is free', async () => {
  const kept = await fleetStore()
  const other = createServer()
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const { port } = other.address() as AddressInfo
  const broker = { kind: 'inside', listen: { host: '127.0.0.1', port }, tls: null }
  let now = 1_790_000_000_000
  const fleet = await fleetBesideSales({
    config: FleetConfig.parse({ tenant, broker }),
    store: kept.store,
    now: () => now,
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
  })
  const standing = async () =>
    (await kept.alerts()).filter(({ cleared_at }) => cleared_at === null).map(({ code }) => code)
  now += unheardMs
  await fleet.sweep()
  expect(await standing()).toEqual([])
  now += 1
  await fleet.sweep()
  expect(await standing()).toEqual(['fleet not watched'])
  other.close()
  await once(other, 'close')
  await vi.waitUntil(
    async () => {
      await fleet.sweep()
      return (await standing()).length === 0
    },
    { timeout: 15_000, interval: 20 },
  )
  await fleet.close()
  await kept.store.close()
})
