// A store of the centre in memory with the tables of the fleet in it, and two kiosks that it knows.
import { fleet } from '../../centre/migrations/0012-fleet.ts'
import { migrations } from '../../centre/migrations/migrations.ts'
import { readingFleet } from '../../centre/fleet/fleet-tables.ts'
import type { Tables } from '../../centre/tables.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { openStore } from '../../server/store.ts'

export const kioskA = KioskNumber.parse('000000000017')
export const kioskB = KioskNumber.parse('000000000018')

export const fleetStore = async () => {
  const store = await openStore<Tables>(
    { kind: 'memory' },
    { ...migrations, '0012-fleet': { up: fleet } },
  )
  await store.transact(async (work) => {
    for (const kiosk of [kioskA, kioskB]) {
      await work.insertInto('kiosks').values({ kiosk, place: 'Market' }).execute()
    }
  })
  const read = readingFleet(store.read)
  return {
    store,
    rows: () => read.selectFrom('fleet_kiosks').selectAll().orderBy('kiosk').execute(),
    records: () => read.selectFrom('fleet_records').selectAll().orderBy('seq').execute(),
    alerts: () => read.selectFrom('fleet_alerts').selectAll().orderBy('alert').execute(),
  }
}
