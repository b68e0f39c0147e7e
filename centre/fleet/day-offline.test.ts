// F10: a kiosk that was a whole day without a line has told everything when it is back, in order and without a gap. With
// `EVENTS=5000` before the command it is as long a day as fleet.md 12 asks for; that takes a minute.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import { EventMessage, type FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { breakableLine } from '../../test/fleet/breakable-line.ts'
import { brokerKinds, centrePassword, tenant } from '../../test/fleet/brokers.ts'
import { fleetStore } from '../../test/fleet/fleet-store.ts'
import { passing, startKioskSide } from '../../test/fleet/kiosk-side.ts'
import { listen } from './listening.ts'

const events = Number(process.env['EVENTS'] ?? 300)
const dayMs = 24 * 3_600_000
const paper: FleetEvent = {
  kind: 'raise',
  about: 'supply',
  sev: 2,
  dev: 'receiptPrinter',
  code: 'paper out',
}
const box: FleetEvent = { kind: 'note', about: 'money', sev: 3, dev: 'cashBox', code: 'counted' }

const atEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
})

/** Where a write costs nothing, if there is such a place: what the disk does is tested elsewhere. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

it('F10: a day offline with hundreds of events is told in order, gapless, as of a time without a line, and no money is missing', async () => {
  const folder = await mkdtemp(join(memory, 'fleet-'))
  atEnd.push(() => rm(folder, { recursive: true, force: true }))
  const [inside] = brokerKinds
  if (inside === undefined) throw new Error('there is no broker')
  const broker = await inside.run()
  atEnd.push(broker.stop)
  const line = await breakableLine(broker.port)
  atEnd.push(line.close)
  const kept = await fleetStore()
  atEnd.push(kept.store.close)
  line.refuse(true)
  const side = await startKioskSide({ port: line.port, folder })
  atEnd.push(side.stop)
  for (let each = 0; each < events; each++) {
    await side.client.tell(each % 50 === 0 ? box : { ...paper, kind: each % 2 ? 'raise' : 'clear' })
    await side.clock.advance(dayMs / events)
  }
  const log = pino({ level: 'silent' })
  const url = `mqtt://127.0.0.1:${broker.port}`
  const { now } = side.clock
  const centre = listen({
    store: kept.store,
    now,
    timeZone: 'UTC',
    log,
    tenant,
    url,
    password: centrePassword,
  })
  atEnd.push(centre.close)
  line.refuse(false)
  await passing(side, () => side.outbox.waiting().n === 0)
  const records = await kept.records()
  const told = records.map(({ content }) => EventMessage.parse(JSON.parse(content)))
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, at) => at + 1))
  expect(told.map(({ ts }) => ts)).toEqual(told.map(({ ts }) => ts).toSorted((a, b) => a - b))
  expect(told.every(({ off }) => off)).toBe(true)
  expect(told.filter(({ code }) => code === 'counted')).toHaveLength(events / 50)
  // What may be dropped is counted where it was.
  expect(told.reduce((sum, { n }) => sum + n, 0)).toBe(events)
})
