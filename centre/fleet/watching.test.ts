// What stands at a kiosk although nobody told it: read from its heartbeats, its connections and its journal (fleet.md 10).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encode, type Message } from '../../domain/fleet/codec.ts'
import type { FromKiosk } from '../../domain/fleet/topics.ts'
import { ulidOf } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import { fleetStore, kioskA } from '../../test/fleet/fleet-store.ts'
import {
  clockFarOffMs,
  journalLateMs,
  loopOverMs,
  loopWithinMs,
  queueLineMs,
  queueOldSeconds,
  silentMs,
} from '../alerts/bounds.ts'
import { clearByPerson } from '../alerts/alarm-office.ts'
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

const tell = <Name extends FromKiosk>(name: Name, message: Message<Name>) => {
  const bytes = Buffer.from(encode(name, message))
  const told = { kiosk: kioskA, name, bytes, retained: false }
  return kept.store.transact((work) => takeIn({ work, now, timeZone: 'UTC' }, told))
}
const birth = (bd: number) =>
  tell('birth', {
    v: 1,
    bd,
    ts: now,
    kiosk: kioskA,
    serials: { machine: 'A1' },
    sw: { runtime: '1', node: '1', os: '1' },
    cfg: '',
    devices: [],
    locale: 'en',
    tz: 'UTC',
    state: 'commissioned',
    head: { sequence: 0, hash: '' },
  })
const beat = (more: Partial<Message<'hb'>> = {}) =>
  tell('hb', {
    v: 1,
    bd: 1,
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
const event = (seq: number, more: Partial<Message<'ev'>>) =>
  tell('ev', {
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
    dev: 'cabinet',
    code: 'door open',
    ...more,
  })
const open = async () =>
  (await kept.alerts())
    .filter(({ cleared_at }) => cleared_at === null)
    .map(({ device, code, severity }) => `${device} ${code} ${severity}`)
const linesHere = (through: number) =>
  kept.store.transact(async (work) => {
    const nothing = { hash: '', head_hash: '', answer: 0, answered_at: 0, posting_checked: 0 }
    const row = { ...nothing, whole_at: null, finding: null, through, head_sequence: through }
    await work
      .insertInto('journals')
      .values({ kiosk: kioskA, ...row })
      .onConflict((it) => it.column('kiosk').doUpdateSet({ through, head_sequence: through }))
      .execute()
  })

describe('a kiosk', () => {
  it('that connects three times more within a quarter of an hour is in a loop, until it holds for an hour', async () => {
    await birth(1)
    now += loopWithinMs / 3
    await birth(2)
    now += loopWithinMs / 3
    await birth(3)
    expect(await open()).toEqual([])
    now += loopWithinMs / 3
    await birth(4)
    expect(await open()).toEqual(['kiosk rebootLoop 3'])
    const look = () => kept.store.transact((work) => lookForSilence({ work, now }, now))
    now += loopOverMs
    await look()
    expect(await open()).toContain('kiosk rebootLoop 3')
    now += 1
    await look()
    expect(await open()).not.toContain('kiosk rebootLoop 3')
  })

  it('that connects now and then is in none', async () => {
    for (let bd = 1; bd < 10; bd++) {
      await birth(bd)
      now += loopWithinMs / 2 + 1
    }
    expect(await open()).toEqual([])
  })

  it('F8: whose clock is set back a year is heard by the order of its numbers, and its clock is told', async () => {
    await beat()
    const off = 365 * 86_400_000
    await beat({ ts: start - off, clk: { off } })
    expect(await open()).toEqual(['kiosk clock 2'])
    await beat({ clk: { off: clockFarOffMs } })
    await beat({ clk: { off: 0 } })
    expect(await open()).toEqual([])
  })

  it('whose clock drifts further is told the graver way', async () => {
    await beat({ clk: { off: clockFarOffMs } })
    expect(await open()).toEqual(['kiosk clock 1'])
    await beat({ clk: { off: -clockFarOffMs - 1 } })
    expect(await open()).toEqual(['kiosk clock 2'])
  })

  it('whose heartbeat comes once more after a newer one says nothing with it', async () => {
    await beat({ head: { sequence: 5, hash: '' } })
    await beat({ head: { sequence: 9, hash: '' } })
    await beat({ seq: beats - 1, head: { sequence: 5, hash: '' }, unresolved: 1 })
    expect(await open()).toEqual([])
  })

  it('whose journal goes back is told, and no later heartbeat makes it good', async () => {
    await beat({ head: { sequence: 9, hash: '' } })
    await beat({ head: { sequence: 8, hash: '' } })
    await beat({ head: { sequence: 10, hash: '' } })
    expect(await open()).toEqual(['kiosk chainBroken 4'])
  })

  it('a line of whose journal does not reach us in half an hour is told, and over when it is here', async () => {
    await linesHere(3)
    await beat({ head: { sequence: 5, hash: '' } })
    now += journalLateMs
    await beat({ head: { sequence: 6, hash: '' } })
    expect(await open()).toEqual([])
    now += 1
    await beat({ head: { sequence: 6, hash: '' } })
    expect(await open()).toEqual(['kiosk journalLate 3'])
    await linesHere(5)
    await beat({ head: { sequence: 6, hash: '' } })
    expect(await open()).toEqual([])
  })

  it('that sells all day is never late although its last line is always on its way', async () => {
    for (let line = 1; line < 100; line++) {
      await beat({ head: { sequence: line, hash: '' } })
      await linesHere(line)
      now += journalLateMs / 2
    }
    expect(await kept.alerts()).toEqual([])
  })

  it('whose records wait for half an hour on a line that stands is told, and one that has just come back is not', async () => {
    const q = { n: 3, oldest: queueOldSeconds + 1 }
    await beat({ q })
    now += queueLineMs
    await beat({ q })
    expect(await open()).toEqual([])
    now += 1
    await beat({ q })
    expect(await open()).toEqual(['kiosk queueOld 3'])
    await beat()
    expect(await open()).toEqual([])
  })

  it('whose cash box fills up is told twice, and once more when it is empty', async () => {
    const cash = (pct: number) =>
      beat({ cash: { n: 1, value: minor(100), cur: 'CNY', acc: 'accurate', pct } })
    await cash(84)
    expect(await open()).toEqual([])
    await cash(85)
    expect(await open()).toEqual(['kiosk boxNearly 2'])
    await cash(100)
    expect(await open()).toEqual(['kiosk boxFull 3'])
    await cash(0)
    expect(await open()).toEqual([])
  })

  it('whose disk is nearly full is told', async () => {
    await beat({ sys: { disk: 499_999_999, mem: 1 } })
    expect(await open()).toEqual(['kiosk disk 2'])
    await beat()
    expect(await open()).toEqual([])
  })

  it('whose disk takes no writes is told, and one that says nothing of it stays as it was', async () => {
    await beat({ sys: { disk: 2_000_000_000, mem: 1, ro: true } })
    expect(await open()).toEqual(['kiosk readOnly 3'])
    await beat()
    expect(await open()).toEqual(['kiosk readOnly 3'])
    await beat({ sys: { disk: 2_000_000_000, mem: 1, ro: false } })
    expect(await open()).toEqual([])
  })

  it('that is not as it was set up is told, its firewall by itself', async () => {
    await beat({ drift: { n: 2, age: 60, firewall: false } })
    expect(await open()).toEqual(['kiosk drift 2'])
    await beat({ drift: { n: 3, age: 60, firewall: true } })
    expect(await open()).toEqual(['kiosk drift 2', 'kiosk firewallMissing 3'])
    await beat()
    expect(await open()).toHaveLength(2)
    await beat({ drift: { n: 0, age: 60, firewall: false } })
    expect(await open()).toEqual([])
  })

  it('whose clock no time server has held for a day is told', async () => {
    const day = 24 * 60 * 60
    await beat({ clk: { off: 0, free: day } })
    expect(await open()).toEqual([])
    await beat({ clk: { off: null, free: day + 1 } })
    expect(await open()).toEqual(['kiosk clock 1'])
    await beat({ clk: { off: null } })
    expect(await open()).toEqual(['kiosk clock 1'])
    await beat({ clk: { off: 0, free: 0 } })
    expect(await open()).toEqual([])
  })

  it('whose certificate is not renewed a day after it was due is told, and more gravely when it is over', async () => {
    const day = 24 * 60 * 60_000
    const cert = { from: now - 60 * day, to: now + 30 * day }
    await beat({ cert })
    expect(await open()).toEqual([])
    now += day + 1
    await beat({ cert })
    expect(await open()).toEqual(['kiosk certificate 2'])
    now = cert.to
    await beat({ cert })
    expect(await open()).toEqual(['kiosk certificate 3'])
    await beat({ cert: { from: now, to: now + 90 * day } })
    expect(await open()).toEqual([])
  })

  it('without a device that had a fault is freed of it by a person, and of no fault of one that it has', async () => {
    const reader = { dev: 'cardReader', code: 'no answer' }
    const well = { st: 'online', age: 1 } as const
    const has = (faults: string[]) => ({ cardReader: { ...well, faults } })
    const clear = () =>
      kept.store.transact((work) =>
        clearByPerson({ work: withFleet(work), now }, { alarm: 1, by: 'A. Bell' }),
      )
    await event(1, reader)
    await beat({ dev: has(['no answer']) })
    expect(await clear()).toMatchObject({ kind: 'problem' })
    await beat({ dev: {} })
    expect(await open()).toEqual(['cardReader no answer 3'])
    expect(await clear()).toMatchObject({ kind: 'done' })
    expect(await kept.alerts()).toMatchObject([{ cleared_by: 'A. Bell' }])
  })

  it('that was scrapped is down until a person says so, and again only when it was heard meanwhile', async () => {
    const look = () => kept.store.transact((work) => lookForSilence({ work, now }, start))
    const alarm = 1
    await beat()
    now += silentMs() + 1
    await look()
    expect(await open()).toEqual(['kiosk down 3'])
    const said = await kept.store.transact((work) =>
      clearByPerson({ work: withFleet(work), now }, { alarm, by: 'A. Bell' }),
    )
    expect(said).toMatchObject({ kind: 'done' })
    now += 24 * 3_600_000
    await look()
    expect(await open()).toEqual([])
    await beat()
    now += silentMs() + 1
    await look()
    expect(await open()).toEqual(['kiosk down 3'])
  })

  it('whose door is opened while nobody is on a visit is told for a person to look into', async () => {
    const visit = { kind: 'note', about: 'maintenance', dev: 'kiosk' } as const
    await event(1, { ...visit, code: 'visit begun' })
    await event(2, {})
    await event(3, { kind: 'clear' })
    expect(await open()).toEqual([])
    await event(4, { ...visit, code: 'visit ended' })
    await event(5, {})
    await event(6, { kind: 'clear' })
    expect(await open()).toEqual(['kiosk doorOutsideVisit 4'])
  })

  it('neither raises nor clears by itself what only the centre finds out', async () => {
    await beat({ unresolved: 1 })
    await event(1, { kind: 'clear', dev: 'kiosk', code: 'moneyUnresolved' })
    await event(2, { dev: 'kiosk', code: 'duplicateId' })
    expect(await open()).toEqual(['kiosk moneyUnresolved 4'])
  })
})
