// The fleet as its pages ask for it: who is looked at first, what is told to whom, and one line of time without a gap.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FleetTold, KioskTold, TimelineRow } from '../../../domain/console/fleet.ts'
import type { AlarmHistory } from '../../../domain/console/fleet-alarms.ts'
import type { RolloutTold } from '../../../domain/console/fleet-commands.ts'
import type { CollectionTold } from '../../../domain/console/fleet-cash.ts'
import type { StaffRole } from '../../../domain/console/staff.ts'
import { encode, type Message } from '../../../domain/fleet/codec.ts'
import { judged } from '../../../domain/fleet/commands.ts'
import { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import type { FromKiosk } from '../../../domain/fleet/topics.ts'
import { KioskNumber, ulidOf } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { consoleKit, type Browser, type ConsoleKit } from '../../../test/console-kit.ts'
import { heartbeatOf } from '../../../test/fleet/many-kiosks.ts'
import { makeCommandKey, openCommandKey } from '../../fleet/commands/command-key.ts'
import { readingCommands } from '../../fleet/commands/command-tables.ts'
import { FleetConfig } from '../../fleet/fleet-config.ts'
import { takeIn } from '../../fleet/taking-in.ts'
import { withFleet } from '../../fleet/fleet-tables.ts'

const number = (which: number) => KioskNumber.parse(String(which).padStart(12, '0'))
const [market, harbour, station, clinic] = [number(1), number(2), number(3), number(4)] as const
const places = new Map([
  [market, 'Market'],
  [harbour, 'Harbour'],
  [station, 'Station'],
  [clinic, 'Clinic'],
])

let kit: ConsoleKit
let seq = 0
let beats = 0
const folders: string[] = []
const browsers = new Map<StaffRole, Browser>()
beforeEach(async () => {
  kit = await consoleKit()
  seq = 0
  beats = 0
  browsers.clear()
  await kit.store.transact(async (work) => {
    await work.insertInto('areas').values({ area: 7, name: 'Old Town' }).execute()
    for (const [kiosk, place] of places) {
      await work
        .insertInto('kiosks')
        .values({ kiosk, place, area: kiosk === market ? 7 : null })
        .execute()
    }
    // Somebody behind a counter, whom nobody watches.
    await work
      .insertInto('kiosks')
      .values({ kiosk: number(99), place: 'Hall', channel: 'payment hall' })
      .execute()
  })
  for (const kiosk of [market, harbour, station]) await beat(kiosk)
})
afterEach(async () => {
  await kit.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const tell = <Name extends FromKiosk>(kiosk: KioskNumber, name: Name, message: Message<Name>) =>
  kit.store.transact((work) =>
    takeIn(
      { work, now: kit.clock.now, timeZone: 'Asia/Shanghai' },
      { kiosk, name, bytes: Buffer.from(encode(name, message)), retained: false },
    ),
  )
const beat = (kiosk: KioskNumber, more: Partial<Message<'hb'>> = {}) =>
  tell(kiosk, 'hb', { ...JSON.parse(heartbeatOf(++beats)), ...more })
const event = (kiosk: KioskNumber, more: Partial<Message<'ev'>> = {}) => {
  seq += 1
  const base: Message<'ev'> = {
    v: 1,
    id: ulidOf(kit.clock.now, new Uint8Array(10).fill(seq)),
    seq,
    ts: kit.clock.now,
    up: 0,
    off: false,
    n: 1,
    kind: 'raise',
    about: 'fault',
    sev: 3,
    dev: 'noteAcceptor',
    code: 'jam',
  }
  return tell(kiosk, 'ev', { ...base, ...more })
}
const paperOut = { about: 'supply', sev: 2, dev: 'receiptPrinter', code: 'paper out' } as const
const faults = (...codes: string[]) => ({
  dev: { receiptPrinter: { st: 'userError' as const, age: 1, faults: codes } },
})

const asked = async (url: string, role: StaffRole = 'operator') => {
  const [name = '', query = ''] = url.split('?')
  return (await browserOf(role)).ask(name, Object.fromEntries(new URLSearchParams(query)))
}
const browserOf = async (role: StaffRole): Promise<Browser> => {
  const known = browsers.get(role) ?? (await kit.signIn(role))
  browsers.set(role, known)
  return known
}
const ask = async <Told>(url: string, role?: StaffRole): Promise<Told> => {
  const { status, body } = await asked(url, role)
  if (status !== 200) throw new Error(`${url}: ${JSON.stringify(body)}`)
  return body as Told
}
const deed = async (name: string, body: Record<string, unknown>, role: StaffRole = 'operator') =>
  (await browserOf(role)).perform(name, body)

describe('the fleet at a glance', () => {
  it('has first what is gravest, then money, silence, faults and supplies; what somebody knows of comes behind', async () => {
    await event(market, { ...paperOut, sev: 3 })
    await event(harbour, { sev: 3 })
    await beat(station, { unresolved: 1 })
    const { rows, counts } = await ask<FleetTold>('fleet')
    expect(rows.map(({ place, trouble }) => [place, trouble?.need ?? null])).toEqual([
      ['Station', 'money'],
      ['Harbour', 'fault'],
      ['Market', 'supplies'],
      ['Clinic', null],
    ])
    expect(counts).toMatchObject({
      kiosks: 4,
      needed: 3,
      needs: { money: 1, fault: 1, supplies: 1 },
    })
    expect(counts.states).toMatchObject({ inService: 3, never: 1 })
    await deed('fleet/alarms/acknowledge', { alarm: 3, note: '' })
    const after = await ask<FleetTold>('fleet')
    expect(after.rows.map(({ place }) => place)).toEqual(['Harbour', 'Market', 'Station', 'Clinic'])
    expect(after.counts.needed).toBe(2)
  })

  it('has whoever was not heard for three heartbeats as silent, and leaves a visit in peace', async () => {
    await event(market)
    await event(market, {
      kind: 'note',
      about: 'maintenance',
      sev: 1,
      dev: 'kiosk',
      code: 'visit begun',
    })
    kit.clock.now += 10 * 60_000
    await beat(market, { dev: { noteAcceptor: { st: 'hardwareError', age: 1, faults: ['jam'] } } })
    const { rows, counts } = await ask<FleetTold>('fleet')
    expect(rows.find(({ kiosk }) => kiosk === harbour)?.state).toBe('silent')
    expect(rows.find(({ kiosk }) => kiosk === market)).toMatchObject({
      onVisit: true,
      trouble: { code: 'jam', muted: true },
    })
    expect(counts.needed).toBe(0)
  })

  it.each([
    ['needed=yes', ['Market']],
    ['state=never', ['Clinic']],
    ['severity=4', []],
    ['severity=3', ['Market']],
    ['area=7', ['Market']],
    ['device=noteAcceptor', ['Market']],
    ['device=receiptPrinter', []],
    ['search=harb', ['Harbour']],
    ['search=000000000003', ['Station']],
    ['version=9.9', []],
  ])('filtered by %s', async (query, expected) => {
    await event(market)
    const { rows, found } = await ask<FleetTold>(`fleet?${query}`)
    expect(rows.map(({ place }) => place)).toEqual(expected)
    expect(found).toBe(expected.length)
  })
})

describe('one kiosk in depth', () => {
  it('tells the screen by its kind, its devices with what to do, and no sum to those who count or plan', async () => {
    await event(market, paperOut)
    await beat(market, {
      ...faults('paper out'),
      st: { name: 'insert notes', for: 12 },
      ui: { age: 1, screen: 'insert notes' },
      link: { noteAcceptor: { broken: 3, again: 1 } },
    })
    const told = await ask<KioskTold>(`fleet/kiosk?kiosk=${market}`)
    expect(told.now).toMatchObject({ screen: 'insert notes', moneyAtRisk: true })
    expect(told.devices).toMatchObject([
      { role: 'receiptPrinter', word: 'userError', faults: [{ code: 'paper out', act: 'clear' }] },
    ])
    expect(told.cash).toMatchObject({ notes: 212, value: null, assumed: true })
    expect(told.area).toBe('Old Town')
    const seen = await ask<KioskTold>(`fleet/kiosk?kiosk=${market}`, 'accounts')
    expect(seen.cash?.value).toBe(1_060_000)
  })

  it('tells what the kiosk says of its machine, and of its box what it holds', async () => {
    await beat(market, {
      cash: { n: 0, value: minor(0), cur: 'CNY', acc: 'accurate', pct: 0, cap: 800 },
      clk: { off: 0, free: 70 },
      sys: { disk: 5, mem: 1, size: 9, ro: true },
      drift: { n: 2, age: 60, firewall: true },
      cert: { from: 1, to: 2 },
    })
    const { cash, system } = await ask<KioskTold>(`fleet/kiosk?kiosk=${market}`)
    expect(cash).toMatchObject({ capacity: 800, assumed: false, percent: 0 })
    expect(system).toMatchObject({
      clockFreeSeconds: 70,
      diskSize: 9,
      readOnly: true,
      drift: { n: 2, age: 60, firewall: true },
      certificateEnds: 2,
      startedBy: null,
    })
  })

  it('that was never heard says so, and one that nobody knows is not there', async () => {
    expect(await ask<KioskTold>(`fleet/kiosk?kiosk=${clinic}`)).toMatchObject({
      state: 'never',
      now: null,
      devices: [],
      cash: null,
    })
    const answer = await asked('fleet/kiosk?kiosk=000000000777')
    expect(answer.status).toBe(404)
  })
})

describe('the line of time', () => {
  it('has each thing once, in one order, however it is cut into pages', async () => {
    // A day offline: seventy records come in one moment, and some at the same moment as other things.
    for (let each = 0; each < 70; each++) {
      await event(market, { kind: each % 2 === 0 ? 'raise' : 'clear', off: true })
    }
    await event(market, {
      kind: 'note',
      about: 'maintenance',
      sev: 1,
      dev: 'kiosk',
      code: 'visit begun',
    })
    await tell(market, 'state', { v: 1, st: 'offline', bd: 1, ts: 0, why: 'will' })
    kit.clock.now += 5_000
    await beat(market, { unresolved: 1 })
    const seen: TimelineRow[] = []
    let next: string | null = null
    do {
      const after = next === null ? '' : `&after=${next}`
      const page: { rows: TimelineRow[]; next: string | null } = await ask(
        `fleet/timeline?kiosk=${market}${after}`,
      )
      seen.push(...page.rows)
      next = page.next
    } while (next !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.map(({ at }) => at)).toEqual(
      seen.map(({ at }) => at).toSorted((one, other) => other - one),
    )
    const counts = Map.groupBy(seen, ({ kind }) => kind)
    expect(counts.get('fault')).toHaveLength(70)
    expect(counts.get('site')).toHaveLength(1)
    // Heard first, torn off, and heard again.
    expect(counts.get('line')).toHaveLength(3)
    expect(counts.get('alarm')).toMatchObject([{ what: 'raised', code: 'moneyUnresolved' }])
  })

  it('of one kind alone goes on to what lies behind much of another', async () => {
    await event(market, {
      kind: 'note',
      about: 'maintenance',
      sev: 1,
      dev: 'kiosk',
      code: 'visit begun',
    })
    kit.clock.now += 1_000
    for (let each = 0; each < 70; each++)
      await event(market, { kind: each % 2 === 0 ? 'raise' : 'clear' })
    const { rows } = await ask<{ rows: TimelineRow[] }>(`fleet/timeline?kiosk=${market}&kinds=site`)
    expect(rows).toMatchObject([{ code: 'visit begun' }])
  })
})

describe('alarms', () => {
  it('are acknowledged once, by name and with a note, and only by those who may', async () => {
    await event(market)
    const note = 'the technician is on the way'
    const done = await deed('fleet/alarms/acknowledge', { alarm: 1, note })
    const told = done.body as AlarmHistory
    expect(told.alarm.acknowledged).toMatchObject({ by: 'Somebody of operator (operator-1)', note })
    expect(told.changes.map(({ what }) => what)).toEqual(['raised', 'acknowledged'])
    expect((await deed('fleet/alarms/acknowledge', { alarm: 1 })).status).toBe(409)
    expect((await deed('fleet/alarms/acknowledge', { alarm: 1 }, 'call centre')).status).toBe(403)
  })

  it('end by a person only where nothing else ends them', async () => {
    await event(market)
    await beat(market, { dev: { noteAcceptor: { st: 'hardwareError', age: 1, faults: ['jam'] } } })
    expect((await deed('fleet/alarms/clear', { alarm: 1 })).body).toMatchObject({
      refusal: { code: 'alarm ends by itself', values: { device: { name: 'noteAcceptor' } } },
    })
    await event(market, { ...paperOut, dev: 'door', code: 'door open' })
    const { rows } = await ask<{ rows: { alarm: number; code: string; ends: string }[] }>(
      'fleet/alarms',
    )
    const opened = rows.find(({ code }) => code === 'doorOutsideVisit')
    expect(opened?.ends).toBe('person')
    const cleared = await deed('fleet/alarms/clear', { alarm: opened?.alarm, note: 'a cleaner' })
    expect((cleared.body as AlarmHistory).changes.at(-1)).toMatchObject({
      what: 'cleared',
      note: 'a cleaner',
    })
  })
})

describe('commands', () => {
  const withKey = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'command-key-'))
    folders.push(folder)
    const file = join(folder, 'command.pem')
    makeCommandKey(file)
    kit.config.fleet = FleetConfig.parse({
      tenant: 'here',
      broker: { kind: 'inside', listen: { host: '127.0.0.1', port: 0 }, tls: null },
      commandKey: { kid: 'office', file },
    })
    return openCommandKey({ kid: 'office', file })
  }
  const ordering = { kiosk: market, operation: { op: 'outOfService', args: { reason: 'fault' } } }

  it('from a page are signed as those of the command line, under the name of whoever is signed in', async () => {
    const key = await withKey()
    const { status, body } = await deed('fleet/commands/order', ordering)
    expect(status).toBe(200)
    const row = await readingCommands(kit.store.read)
      .selectFrom('fleet_commands')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(body).toMatchObject({ command: { command: row.command, st: 'ordered' } })
    expect(row).toMatchObject({
      op: 'outOfService',
      ordered_by: 'Somebody of operator (operator-1)',
    })
    const verdict = judged(CommandMessage.parse(JSON.parse(row.message)), {
      kiosk: market,
      keys: [key.known],
      now: kit.clock.now,
      isClockTrusted: true,
      run: null,
      isKnown: () => false,
      horizon: 0,
    })
    expect(verdict).toMatchObject({ kind: 'accepted', order: { operation: ordering.operation } })
    const { rows, signing } = await ask<{ rows: object[]; signing: object }>(
      `fleet/commands?kiosk=${market}`,
    )
    expect([rows.length, signing]).toEqual([1, { key: 'office' }])
  })

  it('are refused with a reason where no key is configured, and to those who may not', async () => {
    const { status, body } = await deed('fleet/commands/order', ordering)
    expect([status, body['refusal']]).toEqual([409, { code: 'no signing key', values: {} }])
    await withKey()
    expect((await deed('fleet/commands/order', ordering, 'accounts')).status).toBe(403)
  })

  it('bring no configuration but in stages', async () => {
    await withKey()
    const operation = { op: 'applyConfig', args: { config: 'x' } }
    expect((await deed('fleet/commands/order', { kiosk: market, operation })).status).toBe(400)
    const config = JSON.stringify({ kiosk: { number: market } })
    const begun = await deed('fleet/rollouts/start', { what: 'louder', config, kiosks: [market] })
    expect(begun.status).toBe(200)
    const { rollout } = begun.body
    const told = await ask<RolloutTold>(`fleet/rollout?rollout=${String(rollout)}`)
    expect(told).toMatchObject({ state: 'running', stage: 1, kiosks: 1, watchMinutes: 15 })
    const stopped = await deed('fleet/rollouts/stop', { rollout, note: 'not today' })
    expect(stopped.body).toMatchObject({
      state: 'stopped',
      why: { kind: 'person', note: 'not today' },
    })
    expect((await deed('fleet/rollouts/stop', { rollout })).status).toBe(409)
  })
})

describe('cash collection', () => {
  it('has a box on the day before it may be full, the nearly full today, and sums for those who see cash', async () => {
    const day = (which: number) =>
      new Date(kit.clock.now - which * 86_400_000).toISOString().slice(0, 10)
    await kit.store.transact(async (work) => {
      for (let which = 1; which <= 20; which++) {
        for (const [kiosk, notes] of [
          [market, 100],
          [harbour, 1],
        ] as const) {
          await withFleet(work)
            .insertInto('fleet_days')
            .values({ ...quiet, kiosk, day: day(which), notes, taken: minor(notes * 2_000) })
            .execute()
        }
      }
    })
    await beat(station, { cash: { n: 590, value: minor(1_000_000), cur: 'CNY', acc: 'accurate' } })
    const plan = await ask<CollectionTold>('fleet/collection?days=7', 'accounts')
    const stops = plan.days.flatMap(({ day: on, areas }) =>
      areas.flatMap((area) => area.stops.map((stop) => ({ on, ...stop }))),
    )
    expect(stops).toMatchObject([
      { on: day(0), kiosk: station, why: 'full now' },
      // 388 more notes at 100 a day: the fourth day from now it may be full.
      { on: day(-2), kiosk: market, expectedNotes: 412, expectedValue: 1_060_000 + 200 * 2_000 },
    ])
    expect(plan.later).toBe(1)
    expect(plan.unknown).toEqual([])
    const blind = await ask<CollectionTold>('fleet/collection?days=7')
    expect(JSON.stringify(blind)).not.toContain('1060000')
  })
})

const quiet = {
  rejects: 0,
  receipts: 0,
  line_errors: 0,
  retries: 0,
  connections: 0,
  faults: 0,
  unit: null,
  unit_rejected: null,
}
