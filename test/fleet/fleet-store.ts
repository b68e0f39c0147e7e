// A store of the centre in memory that knows two kiosks, and what stands in it of the fleet.
import { readingFleet } from '../../centre/fleet/fleet-tables.ts'
import { openStore } from '../../centre/store.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { openMade } from '../made-store.ts'
import { placed } from '../postgres/placed.ts'

export const kioskA = KioskNumber.parse('000000000017')
export const kioskB = KioskNumber.parse('000000000018')

export const fleetStore = async () => {
  const store = await openMade(openStore, await placed({ kind: 'memory' }))
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
    alerts: () => read.selectFrom('alerts').selectAll().orderBy('alert').execute(),
    changes: () => read.selectFrom('alert_changes').selectAll().orderBy('change').execute(),
    notices: () => read.selectFrom('alert_notices').selectAll().orderBy('notice').execute(),
  }
}
