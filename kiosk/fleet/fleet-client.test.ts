// A kiosk and its fleet over a real line: births, wills, heartbeats and records, on every broker that is here.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mostConnections, type FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { topicOf } from '../../domain/fleet/topics.ts'
import { RequestId, ulidOf } from '../../domain/identifiers.ts'
import { breakableLine } from '../../test/fleet/breakable-line.ts'
import { brokerKinds, tenant, type RunningBroker } from '../../test/fleet/brokers.ts'
import { kioskA } from '../../test/fleet/fleet-store.ts'
import { passing, startKioskSide } from '../../test/fleet/kiosk-side.ts'
import { plainCentre } from '../../test/fleet/plain-centre.ts'
import { keepaliveSeconds } from './mqtt-line.ts'
import { longestPauseMs } from './reconnecting.ts'

const kiosk = kioskA
const jam: FleetEvent = { kind: 'raise', about: 'fault', sev: 3, dev: 'notes', code: 'jam' }

let folder = ''
const atEnd: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-'))
})
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end()
  await rm(folder, { recursive: true, force: true })
})

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 15_000, interval: 5 })

/** A kiosk in this test's folder, stopped when the test is over. */
const startKiosk = async (port: number, { at = folder, seed = 1 } = {}) => {
  const kiosk = await startKioskSide({ port, folder: at, seed })
  atEnd.push(kiosk.stop)
  return kiosk
}

describe.each(brokerKinds)('over $name', ({ isHere, run }) => {
  const onBroker = it.skipIf(!isHere)
  const world = async () => {
    const broker: RunningBroker = await run()
    atEnd.push(broker.stop)
    const line = await breakableLine(broker.port)
    atEnd.push(line.close)
    const centre = await plainCentre(broker.port, kiosk)
    atEnd.push(centre.close)
    return { broker, line, centre, heard: centre.heard }
  }

  onBroker('B3: says who it is, then that it is there, then how it is', async () => {
    const { line, heard } = await world()
    await startKiosk(line.port)
    await until(() => heard.hb.length > 0)
    expect(heard.order.slice(0, 3)).toEqual(['birth', 'state', 'hb'])
    expect(heard.birth[0]).toMatchObject({ bd: 1, kiosk, state: 'commissioned' })
    expect(heard.state).toMatchObject([{ st: 'online', bd: 1, why: 'birth' }])
    expect(heard.hb[0]).toMatchObject({ bd: 1, seq: 1, svc: 'inService', ui: { age: 2 } })
  })

  onBroker(
    'B1, B2: a line that is cut leaves a will of its own connection; the next has another number',
    async () => {
      const { line, heard } = await world()
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      line.cut()
      await until(() => heard.state.length === 2)
      expect(heard.state[1]).toMatchObject({ st: 'offline', bd: 1, why: 'will' })
      await passing(kiosk, () => heard.state.length === 3)
      expect(heard.state[2]).toMatchObject({ st: 'online', bd: 2 })
      expect(heard.birth.at(-1)).toMatchObject({ bd: 2 })
    },
  )

  onBroker('B5: a kiosk that stops says so itself, and no will follows', async () => {
    const { line, heard } = await world()
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length > 0)
    await kiosk.stop()
    const next = await startKiosk(line.port)
    await until(() => heard.state.length === 3)
    expect(heard.state).toMatchObject([
      { st: 'online', bd: 1 },
      { st: 'offline', bd: 1, why: 'shutdown' },
      { st: 'online', bd: 2 },
    ])
    await next.stop()
  })

  onBroker(
    'O2, O3: what happened while there was no line arrives in order and without a gap',
    async () => {
      const { line, centre, heard } = await world()
      line.refuse(true)
      const kiosk = await startKiosk(line.port)
      for (let each = 0; each < 45; each++) await kiosk.client.tell(jam)
      line.refuse(false)
      await passing(kiosk, () => kiosk.outbox.waiting().n === 0)
      expect(heard.ev.map(({ seq }) => seq)).toEqual(Array.from({ length: 45 }, (_, at) => at + 1))
      expect(heard.ev.every(({ off }) => off)).toBe(true)
      await kiosk.client.tell({ ...jam, kind: 'clear' })
      await until(() => centre.has.ev === 46)
      expect(heard.ev.at(-1)).toMatchObject({ kind: 'clear', off: false })
    },
  )

  onBroker('beats on after a beat that could not be made', async () => {
    const { line, heard } = await world()
    const kiosk = await startKiosk(line.port)
    const { facts } = kiosk.facts
    await until(() => heard.hb.length > 0)
    const { system } = facts
    let failures = 0
    facts.system = () => {
      failures += 1
      facts.system = system
      return Promise.reject(new Error('EIO: i/o error, statfs'))
    }
    const { length } = heard.hb
    kiosk.client.beatEvery(15)
    await passing(kiosk, () => heard.hb.length > length)
    expect(failures).toBe(1)
  })

  onBroker('is late once its beats stop coming, and not because the broker is away', async () => {
    const { line, heard } = await world()
    const kiosk = await startKiosk(line.port)
    const { client, facts, clock } = kiosk
    await until(() => heard.hb.length > 0)
    line.refuse(true)
    line.cut()
    const goneAt = clock.monotonic()
    await passing(kiosk, () => {
      expect(client.lateMs()).toBe(0)
      return clock.monotonic() - goneAt > 90_000
    })
    line.refuse(false)
    const { length } = heard.hb
    await passing(kiosk, () => heard.hb.length > length && client.state().joined)
    // A question that is never answered, as on a disk that hangs.
    facts.facts.system = () => new Promise(() => undefined)
    client.beatEvery(15)
    await passing(kiosk, () => client.lateMs() > 0)
    expect(client.state().joined).toBe(true)
  })

  onBroker('F12: what the broker took and lost arrives again', async () => {
    const { broker, line, centre, heard } = await world()
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length > 0)
    centre.settings.answers = false
    await kiosk.client.tell(jam)
    await until(() => heard.ev.length === 1)
    await broker.stop()
    await broker.start()
    centre.settings.answers = true
    await passing(kiosk, () => kiosk.outbox.waiting().n === 0)
    expect(heard.ev.length).toBeGreaterThan(1)
    expect(new Set(heard.ev.map(({ id, seq }) => `${seq} ${id}`)).size).toBe(1)
    // Whatever the broker forgot is told to it again.
    expect(heard.birth.at(-1)?.bd).toBeGreaterThan(1)
  })

  onBroker(
    'O3: a record that the centre never answers is sent again on the same line',
    async () => {
      const { line, centre, heard } = await world()
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      centre.settings.answers = false
      await kiosk.client.tell(jam)
      await until(() => heard.ev.length === 1)
      await passing(kiosk, () => heard.ev.length === 2)
      expect(heard.ev[1]).toEqual(heard.ev[0])
      centre.settings.answers = true
      await passing(kiosk, () => kiosk.outbox.waiting().n === 0)
      expect(heard.birth.at(-1)?.bd).toBe(1)
    },
  )

  onBroker(
    'B6: a centre that was away gets what it missed as soon as it says that it is back',
    async () => {
      const { line, centre, heard } = await world()
      await centre.host('online')
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      await centre.host('offline')
      centre.settings.answers = false
      await kiosk.client.tell(jam)
      await until(() => heard.ev.length === 1)
      centre.settings.answers = true
      await centre.host('online')
      await until(() => kiosk.outbox.waiting().n === 0)
      expect(heard.ev.map(({ seq }) => seq)).toEqual([1, 1])
    },
  )

  onBroker(
    'a centre that was restored from a backup gets all that happens from then on',
    async () => {
      const { line, centre, heard } = await world()
      await centre.host('online')
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      for (let each = 0; each < 5; each++) await kiosk.client.tell(jam)
      await until(() => kiosk.outbox.waiting().n === 0)
      await centre.host('offline')
      centre.settings.answers = false
      await kiosk.client.tell({ ...jam, code: 'path open' })
      await until(() => heard.ev.length === 6)
      centre.has.ev = 2
      centre.settings.answers = true
      await centre.host('online')
      await until(() => kiosk.outbox.waiting().n === 0)
      await kiosk.client.tell({ ...jam, kind: 'clear' })
      await until(() => kiosk.outbox.waiting().n === 0)
      expect(heard.ev.slice(6).map(({ seq, code, kind }) => `${seq} ${code} ${kind}`)).toEqual([
        '3 path open raise',
        '4 jam clear',
      ])
    },
  )

  onBroker('F11: an answer that comes twice, late or to nothing changes nothing', async () => {
    const { line, centre, heard } = await world()
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length > 0)
    await kiosk.client.tell(jam)
    await until(() => kiosk.outbox.waiting().n === 0)
    await centre.ack(null)
    await centre.tell('ack', { v: 1, ts: 0, ev: 0, res: 0 })
    await centre.publish(topicOf(tenant, kioskA, 'ack'), 'no answer')
    await kiosk.client.tell(jam)
    await until(() => kiosk.outbox.waiting().n === 0)
    expect(heard.ev.map(({ seq }) => seq)).toEqual([1, 2])
  })

  onBroker(
    'a dead line without a word is found by the keepalive, and another is made',
    async () => {
      const { line, heard } = await world()
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      line.die()
      await kiosk.client.tell(jam)
      const from = kiosk.clock.monotonic()
      // Nobody has told the kiosk anything: it is its own question that got no answer.
      await passing(kiosk, () => line.taken() === 2)
      const noticedMs = kiosk.clock.monotonic() - from
      expect(noticedMs).toBeGreaterThan(keepaliveSeconds * 1_000)
      expect(noticedMs).toBeLessThan(keepaliveSeconds * 2_000)
      line.heal()
      await passing(kiosk, () => heard.ev.length > 0)
      expect(heard.ev[0]).toMatchObject({ seq: 1 })
      expect(heard.birth.at(-1)?.bd).toBeGreaterThan(1)
    },
  )

  onBroker(
    'a change of service is told at once, and how it is as long after the last message as the centre wants',
    async () => {
      const { line, centre, heard } = await world()
      // All of it stays below the keepalive: a clock that leaps past it has a dead line.
      centre.settings.interval = 15
      const kiosk = await startKiosk(line.port)
      await kiosk.client.tell(jam)
      await until(() => heard.hb.length === 1 && kiosk.outbox.waiting().n === 0)
      kiosk.facts.now.service = 'outOfService'
      kiosk.client.look()
      await until(() => heard.hb.length === 2)
      expect(heard.hb[1]).toMatchObject({ svc: 'outOfService', seq: 2 })
      kiosk.client.look()
      await kiosk.clock.advance(14_000)
      await kiosk.client.tell(jam)
      await until(() => heard.ev.length === 2)
      await kiosk.clock.advance(14_000)
      expect(heard.hb).toHaveLength(2)
      await kiosk.clock.advance(1_000)
      await until(() => heard.hb.length === 3)
    },
  )

  onBroker(
    'the centre says how often it wants to hear of a kiosk, and what time it is',
    async () => {
      const { line, centre, heard } = await world()
      centre.settings.interval = 15
      const kiosk = await startKiosk(line.port)
      centre.settings.now = () => kiosk.clock.now() + 90_000
      await until(() => heard.hb.length === 1)
      await kiosk.client.tell(jam)
      await until(() => kiosk.outbox.waiting().n === 0)
      await kiosk.clock.advance(15_000)
      await until(() => heard.hb.length === 2)
      expect(heard.hb[1]?.clk.off).toBe(90_000)
    },
  )

  onBroker('a kiosk that is to be heard less often says so before it is silent', async () => {
    const { line, heard } = await world()
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length === 1)
    expect(heard.hb[0]).toMatchObject({ every: 60 })
    kiosk.client.beatEvery(300)
    await until(() => heard.hb.length === 2)
    expect(heard.hb[1]).toMatchObject({ every: 300 })
  })

  onBroker(
    'F8: a wall clock that is set back a year changes neither order nor delivery',
    async () => {
      const { line, heard } = await world()
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      await kiosk.client.tell(jam)
      kiosk.clock.setWall(kiosk.clock.now() - 365 * 86_400_000)
      await kiosk.client.tell({ ...jam, kind: 'clear' })
      kiosk.facts.now.service = 'degraded'
      kiosk.client.look()
      await until(() => kiosk.outbox.waiting().n === 0 && heard.hb.length === 2)
      expect(heard.ev.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(['1 raise', '2 clear'])
      expect(heard.hb[1]?.q.oldest).toBe(0)
    },
  )

  onBroker(
    'a kiosk whose count of connections was lost goes on above the one that the centre knows',
    async () => {
      const { line, centre, heard } = await world()
      centre.settings.known = 400
      const kiosk = await startKiosk(line.port)
      await passing(kiosk, () => heard.state.at(-1)?.bd === 401)
      expect(heard.state.at(-1)).toMatchObject({ st: 'online' })
      expect(heard.birth.at(-1)).toMatchObject({ bd: 401 })
    },
  )

  onBroker(
    'a count of connections that somebody drove to its end begins anew, and the kiosk is heard',
    async () => {
      const { line, centre, heard } = await world()
      centre.settings.known = mostConnections
      const kiosk = await startKiosk(line.port)
      await until(() => heard.birth.length > 0)
      centre.settings.known = 0
      await kiosk.client.tell(jam)
      await passing(kiosk, () => heard.ev.length === 1)
      expect(heard.birth.map(({ bd }) => bd)).toEqual([1, 1])
    },
  )

  onBroker('a kiosk that the centre does not know keeps what it has to tell', async () => {
    const { line, centre, heard } = await world()
    centre.settings.accept = 'rejected'
    const kiosk = await startKiosk(line.port)
    await kiosk.client.tell(jam)
    await until(() => heard.hb.length > 0)
    expect(heard.ev).toEqual([])
    centre.settings.accept = 'accepted'
    await passing(kiosk, () => kiosk.outbox.waiting().n === 0)
    expect(heard.ev).toHaveLength(1)
  })

  onBroker('a command is heard, and its answer goes before every event', async () => {
    const { line, centre, heard } = await world()
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length > 0)
    centre.settings.answers = false
    await centre.tell('cmd', { v: 1, kid: 'a', body: '{"op":"report"}', sig: '0'.repeat(128) })
    await until(() => kiosk.commands.length === 1)
    line.refuse(true)
    await kiosk.client.tell(jam)
    const command = RequestId.parse(ulidOf(5, new Uint8Array(10)))
    await kiosk.client.answer({ command, st: 'refused', code: 'unknownOp' })
    heard.order.length = 0
    centre.settings.answers = true
    line.refuse(false)
    await passing(kiosk, () => kiosk.outbox.waiting().n === 0)
    expect(heard.res).toMatchObject([{ seq: 1, command, st: 'refused', code: 'unknownOp' }])
    const records = heard.order.filter((name) => name === 'ev' || name === 'res')
    expect(records).toEqual(['res', 'ev'])
  })

  onBroker('an answer to what was told before this connection tells no time', async () => {
    const { line, centre, heard } = await world()
    await centre.host('online')
    centre.settings.answers = false
    const kiosk = await startKiosk(line.port)
    await until(() => heard.hb.length === 1)
    await centre.tell('ack', { v: 1, ts: kiosk.clock.now() - 3_600_000, ev: 0, res: 0 })
    await centre.host('offline')
    await centre.host('online')
    await until(() => heard.hb.length === 2)
    expect(heard.hb[1]?.clk.off).toBeNull()
  })

  onBroker(
    'a command that comes before the birth is answered waits for it, and is judged by the time that it tells',
    async () => {
      const { line, centre, heard } = await world()
      const kiosk = await startKiosk(line.port)
      await until(() => heard.hb.length > 0)
      line.refuse(true)
      await until(() => heard.state.at(-1)?.st === 'offline')
      const now = kiosk.clock.now()
      // An answer of the connection before, which the broker gives first; it is an hour old.
      const old = { bd: 1, accept: 'accepted' as const, hb: 60 }
      await centre.tell('ack', { v: 1, ts: now - 3_600_000, ev: 0, res: 0, birth: old })
      await centre.tell('cmd', { v: 1, kid: 'a', body: '{"op":"report"}', sig: '0'.repeat(128) })
      centre.settings.now = () => kiosk.clock.now() + 90_000
      line.refuse(false)
      await passing(kiosk, () => kiosk.commands.length > 0)
      // The clock goes on while the answer is under way.
      expect(kiosk.clocksOff[0]).toBeGreaterThan(60_000)
      expect(kiosk.clocksOff[0]).toBeLessThanOrEqual(90_000)
    },
  )

  onBroker(
    'B8: of two kiosks with one number the broker lets one speak at a time; neither gives up',
    async () => {
      const { line, heard } = await world()
      const one = await startKiosk(line.port)
      await until(() => heard.birth.length === 1)
      const other = await startKiosk(line.port, { at: join(folder, 'other'), seed: 2 })
      await until(() => heard.birth.length === 2)
      await passing(one, () => heard.birth.length >= 3)
      await passing(other, () => heard.birth.length >= 4)
    },
  )
})

describe('a kiosk without a broker', () => {
  it('tries again for ever, after longer and longer pauses, and stops at once when it is told to', async () => {
    const line = await breakableLine(1)
    atEnd.push(line.close)
    line.refuse(true)
    const kiosk = await startKiosk(line.port)
    const pauses: number[] = []
    for (let each = 0; each < 12; each++) {
      await until(() => kiosk.clock.waiting().length === 1)
      pauses.push(kiosk.clock.waiting()[0] ?? 0)
      await kiosk.clock.advanceToNext()
      await until(() => kiosk.clock.waiting().length !== 1 || kiosk.clock.waiting()[0] !== 0)
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longestPauseMs)
    expect(Math.max(...pauses)).toBeGreaterThan(20_000)
    await kiosk.stop()
  })
})
