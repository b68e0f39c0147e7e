// What the centre makes of a kiosk's messages: gaps, forks, old boots, doubles and silence, each by its name.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encode, type Message } from '../../domain/fleet/codec.ts'
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import { mostConnections } from '../../domain/fleet/kiosk-messages.ts'
import type { FromKiosk } from '../../domain/fleet/topics.ts'
import { ulidOf } from '../../domain/identifiers.ts'
import { fleetStore, kioskA, kioskB } from '../../test/fleet/fleet-store.ts'
import { flapMs, gapMs, graceMs, silentMs } from '../alerts/bounds.ts'
import { withFleet } from './fleet-tables.ts'
import { lookForSilence } from './silence.ts'
import { takeIn } from './taking-in.ts'

const start = 1_790_000_000_000
let kept: Awaited<ReturnType<typeof fleetStore>>
let now = start
let beats = 0
beforeEach(async () => {
  kept = await fleetStore()
  now = start
})
afterEach(() => kept.store.close())

const tell = <Name extends FromKiosk>(
  name: Name,
  message: Message<Name>,
  { kiosk = kioskA, retained = false } = {},
) => {
  const bytes = Buffer.from(encode(name, message))
  return kept.store.transact((work) =>
    takeIn({ work, now, timeZone: 'UTC' }, { kiosk, name, bytes, retained }),
  )
}
const look = (listeningSince = start) =>
  kept.store.transact((work) => lookForSilence({ work, now }, listeningSince))

const birth = (bd: number, machine = 'A1', kiosk = kioskA): Message<'birth'> => ({
  v: 1,
  bd,
  ts: now,
  kiosk,
  serials: { machine },
  sw: { runtime: '1', node: '1', os: '1' },
  cfg: '',
  devices: [],
  locale: 'en',
  tz: 'UTC',
  state: 'commissioned',
  head: { sequence: 0, hash: '' },
})
const state = (
  st: 'online' | 'offline',
  bd: number,
  why: Message<'state'>['why'] = 'will',
): Message<'state'> => ({ v: 1, st, bd, ts: now, why })
const hb = (bd: number, more: Partial<Message<'hb'>> = {}): Message<'hb'> => ({
  v: 1,
  bd,
  seq: ++beats,
  ts: now,
  up: 0,
  svc: 'inService',
  st: { name: 'idle', for: 0 },
  ui: { age: 1, screen: 'attract' },
  dev: {},
  cash: null,
  sup: {},
  q: { n: 0, oldest: 0 },
  clk: { off: 0 },
  sys: { disk: 2_000_000_000, mem: 1 },
  head: { sequence: 0, hash: '' },
  unresolved: 0,
  ...more,
})
const ev = (seq: number, more: Partial<Message<'ev'>> = {}): Message<'ev'> => ({
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
  ...more,
})
const open = async () =>
  (await kept.alerts())
    .filter(({ cleared_at }) => cleared_at === null)
    .map(({ device, code }) => `${device} ${code}`)
const row = async () => {
  const [first] = await kept.rows()
  if (first === undefined) throw new Error('there is no row')
  return first
}

describe('births and wills', () => {
  it('a kiosk that the centre knows is accepted, and told how often to be heard', async () => {
    expect(await tell('birth', birth(1))).toEqual({
      v: 1,
      ts: now,
      ev: 0,
      res: 0,
      ids: { ev: undefined, res: undefined },
      birth: { bd: 1, accept: 'accepted', hb: heartbeatSeconds.usual },
    })
  })

  it('one that the centre does not know is rejected, and leaves nothing behind', async () => {
    const stranger = '000000000099' as typeof kioskA
    const answer = await tell('birth', birth(1, 'A1', stranger), { kiosk: stranger })
    expect(answer?.birth).toMatchObject({ accept: 'rejected' })
    expect(await tell('ev', ev(1), { kiosk: stranger })).toBeNull()
    expect(await kept.rows()).toEqual([])
    expect(await kept.records()).toEqual([])
  })

  it('B4, F4: the will of an earlier connection does not take the kiosk away', async () => {
    await tell('birth', birth(1))
    await tell('state', state('online', 1, 'birth'))
    await tell('birth', birth(2))
    await tell('state', state('online', 2, 'birth'))
    await tell('state', state('offline', 1))
    expect(await row()).toMatchObject({ bd: 2, st: 'online' })
    await tell('state', state('offline', 2))
    expect(await row()).toMatchObject({ st: 'offline', why: 'will' })
  })

  it('a count of connections that somebody drove to its end begins anew', async () => {
    await tell('birth', birth(7))
    await tell('hb', hb(mostConnections))
    const driven = await tell('birth', birth(8))
    expect(driven?.birth).toMatchObject({ bd: 8, accept: 'accepted' })
    await tell('state', state('online', 8, 'birth'))
    await tell('hb', hb(8))
    expect(await row()).toMatchObject({ bd: 8, st: 'online', unreadable: 0 })
    expect((await row()).heartbeat).toContain('"bd":8')
  })

  it('an old boot that still talks changes nothing, and is told which connection is known', async () => {
    await tell('birth', birth(7))
    await tell('hb', hb(7, { svc: 'degraded' }))
    await tell('hb', hb(5, { svc: 'inService' }))
    expect((await row()).heartbeat).toContain('degraded')
    const answer = await tell('birth', birth(5))
    expect(answer?.birth).toMatchObject({ bd: 7, accept: 'accepted' })
    expect(await row()).toMatchObject({ bd: 7 })
    expect(await open()).toEqual([])
  })

  it('B8: serials that change and change back are those of two kiosks with one number', async () => {
    await tell('birth', birth(1, 'A1'))
    await tell('birth', birth(2, 'B2'))
    expect(await open()).toEqual([])
    await tell('birth', birth(3, 'A1'))
    expect(await open()).toEqual(['kiosk duplicateId'])
  })

  it('B8: so are two machines in one connection, or one that comes behind with another count', async () => {
    await tell('birth', birth(4, 'A1'))
    await tell('birth', birth(4, 'B2'))
    expect(await open()).toEqual(['kiosk duplicateId'])
    await tell('birth', birth(9, 'A1', kioskB), { kiosk: kioskB })
    await tell('birth', birth(2, 'B2', kioskB), { kiosk: kioskB })
    expect(await open()).toHaveLength(2)
  })

  it('a machine that was exchanged once alarms nobody, in whatever order its messages come', async () => {
    await tell('birth', birth(1, 'A1'))
    await tell('state', state('online', 2, 'birth'))
    await tell('birth', birth(2, 'B2'))
    await tell('birth', birth(3, 'B2'))
    expect(await open()).toEqual([])
  })

  it('a birth that the broker tells again says nothing of now', async () => {
    await tell('birth', birth(1))
    now += 3_600_000
    await tell('birth', birth(1), { retained: true })
    await tell('state', state('online', 1, 'birth'), { retained: true })
    expect((await row()).heard_at).toBe(start)
  })

  it('a birth under the topic of another kiosk is counted as unreadable, and is none', async () => {
    expect(await tell('birth', birth(1, 'A1', kioskB), { kiosk: kioskA })).toBeNull()
    expect(await row()).toMatchObject({ unreadable: 1, birth: null })
  })

  it('bytes that are no message are counted and change nothing', async () => {
    for (const name of ['birth', 'state', 'hb', 'ev', 'res'] as const) {
      const bytes = Buffer.from('{"v":1}')
      await kept.store.transact((work) =>
        takeIn({ work, now, timeZone: 'UTC' }, { kiosk: kioskA, name, bytes, retained: false }),
      )
    }
    expect(await row()).toMatchObject({ unreadable: 5, bd: 0 })
  })
})

describe('numbered records', () => {
  it('F11: one that comes twice is kept once, and answered twice', async () => {
    expect(await tell('ev', ev(1))).toMatchObject({ ev: 1 })
    expect(await tell('ev', ev(1))).toMatchObject({ ev: 1 })
    expect(await kept.records()).toHaveLength(1)
    expect(await kept.alerts()).toMatchObject([{ count: 1 }])
  })

  it('O2: a number that is missing holds the answer back, and is an alert when it stays away', async () => {
    await tell('ev', ev(1))
    expect(await tell('ev', ev(3, { code: 'paper out' }))).toMatchObject({ ev: 1 })
    now += gapMs
    await look()
    expect(await open()).not.toContain('kiosk sequenceGap')
    now += 1
    await look()
    expect(await open()).toContain('kiosk sequenceGap')
    expect(await tell('ev', ev(2))).toMatchObject({ ev: 3 })
    expect(await open()).not.toContain('kiosk sequenceGap')
  })

  it('a gap in one topic is not filled by another', async () => {
    await tell('ev', ev(2))
    const answer = { command: ulidOf(1, new Uint8Array(10)), st: 'done' as const }
    const id = ulidOf(9, new Uint8Array(10))
    expect(await tell('res', { v: 1, id, seq: 1, ts: 0, up: 0, ...answer })).toMatchObject({
      ev: 0,
      res: 1,
    })
    expect((await row()).gap_since).toBe(start)
  })

  it('two records of one number are two outboxes: both are kept, and somebody is told', async () => {
    await tell('ev', ev(1))
    const other = ev(1, { id: ulidOf(77, new Uint8Array(10)), code: 'path open' })
    // The answer names the first: whoever has told the second knows that it is not settled by this.
    expect(await tell('ev', other)).toMatchObject({ ev: 1, ids: { ev: ev(1).id } })
    expect(await kept.records()).toHaveLength(2)
    expect(await open()).toContain('kiosk duplicateId')
  })

  it('a record of a second kiosk that comes again under a new number is taken like any other', async () => {
    await tell('ev', ev(1))
    const id = ulidOf(77, new Uint8Array(10))
    now += 1
    await tell('ev', ev(1, { id }))
    expect(await tell('ev', ev(2, { id }))).toMatchObject({ ev: 2, ids: { ev: id } })
  })

  it('what was kept is never changed and never removed', async () => {
    await tell('ev', ev(1))
    const change = kept.store.transact((work) =>
      withFleet(work).updateTable('fleet_records').set({ content: '' }).execute(),
    )
    await expect(change).rejects.toThrow('written once')
    const remove = kept.store.transact((work) => withFleet(work).deleteFrom('alerts').execute())
    await expect(remove).rejects.toThrow('kept for ever')
  })
})

describe('alerts', () => {
  it('F18: one fault at two kiosks is two alerts, twice at one kiosk it is one with a count', async () => {
    await tell('ev', ev(1))
    await tell('ev', ev(1), { kiosk: kioskB })
    await tell('ev', ev(2, { n: 4 }))
    expect(await kept.alerts()).toMatchObject([
      { kiosk: kioskA, count: 5 },
      { kiosk: kioskB, count: 1 },
    ])
  })

  it('F19: raised, cleared and raised again, all of it stays to be read', async () => {
    await tell('ev', ev(1))
    now += 1_000
    await tell('ev', ev(2, { kind: 'clear' }))
    now += flapMs
    await tell('ev', ev(3))
    expect(await kept.alerts()).toMatchObject([
      { raised_at: start, cleared_at: start + 1_000, cleared_by: 'device' },
      { raised_at: start + 1_000 + flapMs, cleared_at: null },
    ])
    expect(await kept.changes()).toMatchObject([
      { alert: 1, at: start, what: 'raised' },
      { alert: 1, at: start + 1_000, what: 'cleared', by: 'device' },
      { alert: 2, at: start + 1_000 + flapMs, what: 'raised' },
    ])
  })

  it('F18: a fault that flaps is one alert, with each time it came and went in its history', async () => {
    for (let seq = 1; seq < 20; seq += 2) {
      await tell('ev', ev(seq))
      now += 1_000
      await tell('ev', ev(seq + 1, { kind: 'clear' }))
      now += flapMs - 1
    }
    expect(await kept.alerts()).toMatchObject([{ raised_at: start, count: 10 }])
    expect(await kept.changes()).toHaveLength(20)
  })

  it('what clears and was never raised is told too', async () => {
    await tell('ev', ev(1, { kind: 'clear' }))
    expect(await kept.alerts()).toMatchObject([{ count: 0, cleared_by: 'device' }])
  })

  it('a fault that went away while the kiosk was off clears with the first heartbeat that has nothing left to tell', async () => {
    await tell('ev', ev(1))
    const dev = { noteAcceptor: { st: 'online' as const, age: 1, faults: [] } }
    await tell('hb', hb(1, { dev, q: { n: 2, oldest: 5 } }))
    expect(await open()).toEqual(['noteAcceptor jam'])
    await tell('hb', hb(1, { dev: { noteAcceptor: { ...dev.noteAcceptor, faults: ['jam'] } } }))
    expect(await open()).toEqual(['noteAcceptor jam'])
    await tell('hb', hb(1, { dev }))
    expect(await open()).toEqual([])
  })

  it('F6: a page or a device that hangs is told after two heartbeats, and gone after two good ones', async () => {
    const frozen = hb(1, { ui: { age: 91, screen: 'attract' } })
    await tell('hb', frozen)
    expect(await open()).toEqual([])
    await tell('hb', hb(1, { dev: { cardReader: { st: 'online', age: 91, faults: [] } } }))
    expect(await open()).toEqual(['kiosk wedged'])
    await tell('hb', hb(1))
    expect(await open()).toEqual(['kiosk wedged'])
    await tell('hb', hb(1))
    expect(await open()).toEqual([])
    await tell('hb', frozen)
    await tell('hb', hb(1))
    await tell('hb', frozen)
    expect(await open()).toEqual([])
  })

  it('F7: stuck in a sale at 7 minutes and not at 6:59; idle for a week is nothing', async () => {
    await tell('hb', hb(1, { st: { name: 'serving', for: 419 } }))
    await tell('hb', hb(1, { st: { name: 'idle', for: 604_800 } }))
    expect(await open()).toEqual([])
    await tell('hb', hb(1, { st: { name: 'serving', for: 420 } }))
    expect(await open()).toEqual(['kiosk stuck'])
    await tell('hb', hb(1))
    expect(await open()).toEqual([])
  })

  it('money of which nobody knows, and a clock that is off, stand until they are right', async () => {
    await tell('hb', hb(1, { unresolved: 1, clk: { off: -60_001 } }))
    expect(await open()).toEqual(['kiosk moneyUnresolved', 'kiosk clock'])
    await tell('hb', hb(1, { clk: { off: null } }))
    expect(await open()).toEqual(['kiosk clock'])
    await tell('hb', hb(1, { clk: { off: 60_000 } }))
    expect(await open()).toEqual([])
  })
})

describe('a kiosk that has gone silent', () => {
  it('is down after three heartbeats that did not come, and back with the next one', async () => {
    await tell('birth', birth(1))
    await tell('state', state('online', 1, 'birth'))
    now += silentMs()
    await look()
    expect(await open()).toEqual([])
    now += 1
    await look()
    await look()
    expect(await open()).toEqual(['kiosk down'])
    await tell('hb', hb(1))
    expect(await open()).toEqual([])
    now += silentMs()
    await look()
    expect(await kept.alerts()).toHaveLength(1)
  })

  it('that was told to be heard every five minutes is not down before three of those did not come', async () => {
    await tell('state', state('online', 1, 'birth'))
    await tell('hb', hb(1, { every: 300 }))
    now += silentMs(300)
    await look()
    expect(await open()).toEqual([])
    now += 1
    await look()
    expect(await open()).toEqual(['kiosk down'])
  })

  it('that was told to be heard every quarter of a minute is down after three of those did not come', async () => {
    await tell('state', state('online', 1, 'birth'))
    await tell('hb', hb(1, { every: 15 }))
    now += silentMs(15) + 1
    await look()
    expect(await open()).toEqual(['kiosk down'])
  })

  it('is not down while its records come', async () => {
    await tell('state', state('online', 1, 'birth'))
    for (let seq = 1; seq < 6; seq++) {
      now += 59_000
      await tell('ev', ev(seq, { kind: 'note' }))
      await look()
    }
    expect(await open()).toEqual([])
  })

  it('is down two minutes after its will; one that comes back before alarms nobody', async () => {
    await tell('state', state('online', 1, 'birth'))
    await tell('state', state('offline', 1))
    now += graceMs
    await look()
    await tell('birth', birth(2))
    await tell('state', state('online', 2, 'birth'))
    await tell('hb', hb(2))
    now += 1
    await look()
    expect(await open()).toEqual([])
    await tell('state', state('offline', 2))
    now += graceMs + 1
    await look()
    expect(await open()).toEqual(['kiosk down'])
    await tell('birth', birth(3))
    expect(await open()).toEqual([])
  })

  it('is so only while the centre listens: who was away himself says of nobody that he was silent', async () => {
    await tell('state', state('online', 1, 'birth'))
    now += 10 * silentMs()
    await look(now)
    expect(await open()).toEqual([])
    now += silentMs() + 1
    await look(now - silentMs() - 1)
    expect(await open()).toEqual(['kiosk down'])
  })

  it('that the broker tells again to be offline does not begin to be so again', async () => {
    await tell('state', state('offline', 1))
    now += graceMs
    await tell('state', state('offline', 1), { retained: true })
    now += 1
    await look()
    expect(await open()).toEqual(['kiosk down'])
  })
})
