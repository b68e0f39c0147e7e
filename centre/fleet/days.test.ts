// What a kiosk does on a day, and what wears on it, is added up once for everything that is told, on the day of the town.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encode, type Message } from '../../domain/fleet/codec.ts'
import type { FromKiosk } from '../../domain/fleet/topics.ts'
import { ulidOf } from '../../domain/identifiers.ts'
import { fleetStore, kioskA } from '../../test/fleet/fleet-store.ts'
import { heartbeatOf } from '../../test/fleet/many-kiosks.ts'
import { readingFleet } from './fleet-tables.ts'
import { takeIn } from './taking-in.ts'

const timeZone = 'Asia/Shanghai'
/** An hour before midnight in Shanghai. */
const evening = Date.parse('2026-11-23T15:00:00Z')
const hour = 3_600_000

let kept: Awaited<ReturnType<typeof fleetStore>>
let now = evening
let beats = 0
beforeEach(async () => {
  kept = await fleetStore()
  now = evening
  beats = 0
})
afterEach(() => kept.store.close())

const takeText = (name: FromKiosk, text: string, retained = false) => {
  const told = { kiosk: kioskA, name, bytes: Buffer.from(text), retained }
  return kept.store.transact((work) => takeIn({ work, now, timeZone }, told))
}
const hb = (up: number, lines: Record<string, { broken: number; again: number }>, bd = 1) => {
  const plain: object = JSON.parse(heartbeatOf(++beats, bd))
  return takeText('hb', JSON.stringify({ ...plain, up, link: lines }))
}
const raise = (seq: number): Message<'ev'> => ({
  v: 1,
  id: ulidOf(seq, new Uint8Array(10)),
  seq,
  ts: now,
  up: 0,
  off: false,
  n: 1,
  kind: 'raise',
  about: 'fault',
  sev: 3,
  dev: 'noteAcceptor',
  code: 'jam',
})
const days = () => readingFleet(kept.store.read).selectFrom('fleet_days').selectAll().execute()

describe('the lines of the devices', () => {
  it('count what is new since the heartbeat before, whichever day began meanwhile', async () => {
    await hb(1_000, { noteAcceptor: { broken: 3, again: 1 } })
    await hb(2_000, {
      noteAcceptor: { broken: 5, again: 1 },
      bankTerminal: { broken: 0, again: 4 },
    })
    now += 2 * hour
    await hb(3_000, {
      noteAcceptor: { broken: 6, again: 1 },
      bankTerminal: { broken: 0, again: 4 },
    })
    expect(await days()).toMatchObject([
      { day: '2026-11-23', line_errors: 5, retries: 5 },
      { day: '2026-11-24', line_errors: 1, retries: 0 },
    ])
  })

  it('begin anew with another start of the program: nothing is lost and nothing is counted twice', async () => {
    await hb(9_000, { noteAcceptor: { broken: 4, again: 0 } })
    await hb(500, { noteAcceptor: { broken: 1, again: 0 } }, 2)
    expect(await days()).toMatchObject([{ line_errors: 5 }])
  })

  it('cost no row while nothing happens on them', async () => {
    await hb(1_000, { noteAcceptor: { broken: 0, again: 0 } })
    await takeText('hb', heartbeatOf(++beats))
    expect(await days()).toEqual([])
  })
})

it('a fault that comes twice over the line is one fault of the day', async () => {
  const text = encode('ev', raise(1))
  await takeText('ev', text)
  await takeText('ev', text)
  expect(await days()).toMatchObject([{ faults: 1 }])
})

it('when the line came and went stays to be read, and what the broker repeats is not told twice', async () => {
  const state = (st: 'online' | 'offline', bd: number, why: Message<'state'>['why']) =>
    encode('state', { v: 1, st, bd, ts: now, why })
  await takeText('state', state('online', 1, 'birth'))
  now += hour
  await takeText('state', state('offline', 1, 'will'))
  now += hour
  await takeText('state', state('offline', 1, 'will'), true)
  const lines = await readingFleet(kept.store.read).selectFrom('fleet_lines').selectAll().execute()
  expect(lines).toEqual([
    { kiosk: kioskA, at: evening, bd: 1, st: 'online', why: 'birth' },
    { kiosk: kioskA, at: evening + hour, bd: 1, st: 'offline', why: 'will' },
  ])
})
