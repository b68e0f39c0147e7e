// A running kiosk in the words of the fleet: what its machine and records say is what the centre hears.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getInitialSnapshot } from 'xstate'
import { decode } from '../../domain/fleet/codec.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { minor } from '../../domain/money.ts'
import exampleConfig from '../../provisioning/config.example.json' with { type: 'json' }
import { noDevices, type DeviceStates } from '../../state-machines/device-states.ts'
import { kiosk as kioskMachine } from '../../state-machines/kiosk.ts'
import { brokerKinds, tenant } from '../../test/fleet/brokers.ts'
import { notingHands, ordering, passingCommandKey } from '../../test/fleet/commanding.ts'
import { plainCentre } from '../../test/fleet/plain-centre.ts'
import { manualClock, type ManualClock } from '../../test/manual-clock.ts'
import { emptyCashBox } from '../cash-box.ts'
import { parseConfig, type KioskConfig } from '../config.ts'
import type { KioskSnapshot } from '../screen-for.ts'
import { standingBook } from '../standing.ts'
import { faultEvents } from './fault-events.ts'
import { FleetConfig } from './fleet-config.ts'
import { fleetOf } from './fleet-of.ts'
import {
  activityOf,
  cashOf,
  descriptionOf,
  devicesOf,
  rolesOf,
  serviceOf,
  suppliesOf,
} from './kiosk-facts.ts'

const configured = parseConfig(JSON.stringify(exampleConfig))
if (configured.kind === 'problems') throw new Error(configured.problems.join('\n'))
const { config } = configured

const ready: DeviceStates = {
  cardReader: { ...noDevices.cardReader, ready: true },
  noteAcceptor: { ...noDevices.noteAcceptor, ready: true },
  receiptPrinter: { ...noDevices.receiptPrinter, ready: true },
  bankTerminal: { ...noDevices.bankTerminal, ready: true, vending: true, canAskPin: true },
}
const snapshotOf = (
  service: KioskSnapshot['value']['service'],
  context: Partial<KioskSnapshot['context']> = {},
): KioskSnapshot => {
  const first = getInitialSnapshot(kioskMachine, {
    ids: manualClock().ids,
    journalTrouble: null,
    openNotes: [],
    lostNotes: [],
    lastStacked: null,
    tenders: ['cash'],
    cashValues: [minor(1000)],
    mostCash: minor(100_000),
    homeLanguage: 'en',
    closed: null,
    boxOpen: false,
    volume: 7,
    devicesFitted: ['cardReader', 'noteAcceptor', 'receiptPrinter'],
    machineActs: ['restart screen', 'restart program'],
    languages: ['en'],
  })
  return {
    ...first,
    value: { ...first.value, service },
    context: { ...first.context, devices: ready, centre: 'reached', ...context },
  }
}
const withDevices = (changed: Partial<DeviceStates>): Partial<KioskSnapshot['context']> => ({
  devices: { ...ready, ...changed },
})
const attract = { screen: { kind: 'attract' } } as Parameters<typeof activityOf>[1]
const paying = { screen: { kind: 'insert notes' } } as Parameters<typeof activityOf>[1]
const jammed = withDevices({ noteAcceptor: { ...ready.noteAcceptor, faults: ['jam'] } })
const paperOut = withDevices({ receiptPrinter: { ...ready.receiptPrinter, faults: ['paper out'] } })
const roles = rolesOf(config)

describe('the service of a kiosk', () => {
  it.each([
    ['all is well', snapshotOf('idle'), 'inService'],
    ['there is no paper', snapshotOf('idle', paperOut), 'degraded'],
    ['the only tender is jammed', snapshotOf('idle', jammed), 'outOfService'],
    [
      'one of two tenders is jammed',
      snapshotOf('idle', { ...jammed, tenders: ['cash', 'account'] }),
      'degraded',
    ],
    ['the centre is away', snapshotOf('outOfService', { centre: 'lost' }), 'outOfService'],
    [
      'the journal cannot be written',
      snapshotOf('idle', { journalTrouble: 'it broke' }),
      'outOfService',
    ],
    ['notes of before are being resolved', snapshotOf('resolvingNotes'), 'starting'],
    [
      'the centre was not asked yet',
      snapshotOf('outOfService', { centre: 'not asked yet' }),
      'starting',
    ],
    [
      'the machine has stopped',
      { ...snapshotOf('idle'), status: 'error' } as KioskSnapshot,
      'outOfService',
    ],
  ])('when %s', (_, snapshot, word) => {
    expect(serviceOf(snapshot)).toBe(word)
  })
})

describe('facts', () => {
  it('name the step a customer is in, so that one that lasts is seen, and rest by its own word', () => {
    const serving = snapshotOf('serving')
    expect(activityOf(serving, paying)).toBe('insert notes')
    expect(activityOf(snapshotOf('idle'), attract)).toBe('idle')
    expect(activityOf(snapshotOf('outOfService'), attract)).toBe('outOfService')
    expect(activityOf(snapshotOf('resolvingNotes'), attract)).toBe('starting')
  })

  it('say of each device what its gravest fault makes of it, and how old its last answer is', () => {
    const faults = ['cash box full', 'fraud attempt'] as const
    const noteAcceptor = { ...ready.noteAcceptor, faults: [...faults] }
    const devices = devicesOf(snapshotOf('idle', withDevices({ noteAcceptor })), roles, {
      noteAcceptor: 40,
    })
    expect(devices['noteAcceptor']).toMatchObject({ word: 'fraudAttempt', ageMs: 40 })
    expect(devices['noteAcceptor']?.faults.map(({ code }) => code)).toEqual(faults)
    expect(devices['cardReader']).toEqual({ word: 'online', ageMs: null, faults: [] })
    const fresh = devicesOf(snapshotOf('idle', { devices: noDevices }), roles, {})
    expect(fresh['cardReader']?.word).toBe('starting')
  })

  it('count a journal that cannot be written as the gravest fault there is', () => {
    const devices = devicesOf(snapshotOf('idle', { journalTrouble: 'it broke' }), roles, {})
    expect(devices['journal']?.faults).toMatchObject([{ sev: 4, about: 'money', risk: 'unknown' }])
  })

  it('leave out the devices that this kiosk does not have', () => {
    const less = { ...config, devices: { ...config.devices, receiptPrinter: null } }
    expect(rolesOf(less)).not.toContain('receiptPrinter')
    expect(Object.keys(devicesOf(snapshotOf('idle'), rolesOf(less), {}))).not.toContain(
      'receiptPrinter',
    )
    expect(suppliesOf(snapshotOf('idle'), rolesOf(less))).not.toHaveProperty('paper')
  })

  it('tell of paper, cash box and cash', () => {
    expect(suppliesOf(snapshotOf('idle', paperOut), roles)).toEqual({
      paper: 'out',
      'cash box': 'ok',
    })
    const notes = [
      { value: minor(1_000), count: 2 },
      { value: minor(5_000), count: 1 },
    ]
    expect(
      cashOf(
        { ...emptyCashBox, notes, notesOfUnknownValue: 1, accuracy: 'inaccurate' },
        { currency: 'CNY', holds: null },
      ),
    ).toEqual({
      n: 4,
      value: 7_000,
      cur: 'CNY',
      acc: 'inaccurate',
    })
    const half = { currency: 'CNY', holds: 6 }
    expect(cashOf({ ...emptyCashBox, notes }, half)).toMatchObject({ n: 3, pct: 50, cap: 6 })
  })

  it('F21: neither a secret of the configuration nor a hash over one is told', () => {
    const of = { version: '1', serials: {}, node: 'v24', os: 'Linux' }
    const secret = (fixedKey: string): KioskConfig => {
      const { noteAcceptor } = config.devices
      if (noteAcceptor === null) throw new Error('the example takes notes')
      return {
        ...config,
        devices: { ...config.devices, noteAcceptor: { ...noteAcceptor, fixedKey } },
      }
    }
    const told = descriptionOf(secret('00000000deadbeef'), of)
    expect(JSON.stringify(told)).not.toContain('deadbeef')
    expect(told.cfg).toBe(descriptionOf(secret('1111111111111111'), of).cfg)
    expect(told.cfg).not.toBe(descriptionOf({ ...config, language: 'ar' }, of).cfg)
  })
})

describe('faults between two looks', () => {
  const look = (context: Partial<KioskSnapshot['context']>) =>
    devicesOf(snapshotOf('idle', context), roles, {})

  it('are raised once and cleared once, with who helps and what it means for money', () => {
    const raised = faultEvents(look({}), look(jammed))
    expect(raised).toEqual([
      {
        kind: 'raise',
        dev: 'noteAcceptor',
        code: 'jam',
        about: 'fault',
        sev: 3,
        act: 'maintenance',
        risk: 'unknown',
      },
    ])
    expect(faultEvents(look(jammed), look(jammed))).toEqual([])
    expect(faultEvents(look(jammed), look({}))).toMatchObject([{ kind: 'clear', code: 'jam' }])
  })

  it('are all raised at a start', () => {
    expect(faultEvents({}, look({ ...jammed, diskFull: true }))).toMatchObject([
      { kind: 'raise', code: 'jam' },
      { kind: 'raise', dev: 'disk', code: 'full' },
    ])
  })
})

describe('the configuration of the line', () => {
  const line = { tenant: 'north', passwordFile: null, tls: null }
  it.each([
    ['mqtts://broker.example:8883', true],
    ['mqtt://127.0.0.1:1883', true],
    ['mqtt://broker.example:1883', false],
    ['https://broker.example', false],
    ['', false],
  ])('%j is taken: %s', (url, taken) => {
    expect(FleetConfig.safeParse({ ...line, url }).success).toBe(taken)
  })
})

describe('a kiosk joined to its fleet', () => {
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
  const [inside] = brokerKinds

  const world = async () => {
    const broker = await inside?.run()
    if (broker === undefined) throw new Error('there is no broker')
    atEnd.push(broker.stop)
    const centre = await plainCentre(broker.port, config.kiosk.number)
    atEnd.push(centre.close)
    const now = { snapshot: snapshotOf('idle'), view: attract, screenAgeMs: 3_000 }
    const clock: ManualClock = manualClock()
    centre.settings.now = clock.now
    const key = passingCommandKey()
    const order = ordering({ key, kiosk: config.kiosk.number, clock })
    const hands = notingHands()
    const journalled: JournalEntry[] = []
    const fleet = await fleetOf({
      config: { ...config, dataFolder: folder },
      fleet: FleetConfig.parse({
        url: `mqtt://127.0.0.1:${broker.port}`,
        tenant,
        passwordFile: null,
        tls: null,
        commandKeys: [key.key],
      }),
      clock,
      log: pino({ level: 'silent' }),
      version: '1.2.3',
      snapshot: () => now.snapshot,
      view: () => now.view,
      records: {
        standing: () => standingBook().standing(),
        cashBox: () => emptyCashBox,
        uploadable: null,
      },
      serials: { machine: 'A1' },
      screenAgeMs: () => now.screenAgeMs,
      loopAgesMs: () => ({ cardReader: 1_500 }),
      startedBy: 'power',
      machineFacts: () =>
        Promise.resolve({
          drift: { n: 1, checkedAt: clock.now() - 90_000, firewall: true },
          clockFreeMs: 5_500,
          disk: { size: 7, ro: true },
          certificate: { from: 1, to: 2 },
        }),
      commanded: {
        hands: hands.hands,
        configFile: join(folder, 'kiosk.json'),
        append: async (entries) => void journalled.push(...entries),
      },
    })
    atEnd.push(fleet.stop)
    return { centre, heard: centre.heard, fleet, now, order, hands, journalled }
  }

  it('tells who it is and how it is, with the age of its page and of its loops', async () => {
    const { heard } = await world()
    await until(() => heard.hb.length > 0)
    expect(heard.birth[0]).toMatchObject({
      kiosk: config.kiosk.number,
      serials: { machine: 'A1' },
      sw: { runtime: '1.2.3' },
      head: { sequence: 0 },
      start: 'power',
    })
    expect(heard.hb[0]).toMatchObject({
      svc: 'inService',
      st: { name: 'idle' },
      ui: { age: 3, screen: 'attract' },
      dev: { cardReader: { st: 'online', age: 1 } },
      cash: { n: 0, acc: 'accurate', pct: 0, cap: 600 },
      clk: { free: 5 },
      sys: { size: 7, ro: true },
      drift: { n: 1, firewall: true },
      cert: { from: 1, to: 2 },
    })
    expect(heard.hb[0]?.drift?.age).toBeGreaterThanOrEqual(90)
  })

  it('raises a fault once, tells at once that the service changed, and clears it', async () => {
    const { heard, fleet, now } = await world()
    await until(() => heard.hb.length > 0)
    now.snapshot = snapshotOf('idle', jammed)
    fleet.look()
    fleet.look()
    await until(() => heard.ev.length === 1 && heard.hb.length === 2)
    expect(heard.hb[1]).toMatchObject({ svc: 'outOfService' })
    now.snapshot = snapshotOf('idle')
    fleet.look()
    await until(() => heard.ev.length === 2)
    expect(heard.ev).toMatchObject([
      { seq: 1, kind: 'raise', dev: 'noteAcceptor', code: 'jam' },
      { seq: 2, kind: 'clear', dev: 'noteAcceptor', code: 'jam' },
    ])
  })

  it('C10: does a command of the office, and says of one that nobody built that it is none', async () => {
    const { centre, heard, order, hands, journalled } = await world()
    await until(() => heard.hb.length > 0)
    const closing = order({ op: 'outOfService', args: { reason: 'fault' } })
    const unknown = order({ op: 'update', args: {} })
    await centre.tell('cmd', { ...unknown.message, body: 'no body' })
    await centre.tell('cmd', unknown.message)
    await until(() => heard.res.length === 1)
    await centre.tell('cmd', closing.message)
    await until(() => heard.res.length === 3)
    expect(heard.res).toMatchObject([
      { command: unknown.id, st: 'refused', code: 'unknownOp' },
      { command: closing.id, st: 'running' },
      { command: closing.id, st: 'done' },
    ])
    expect(hands.asked).toEqual(['close: out of service, fault, command'])
    expect(journalled.map(({ type }) => type)).toEqual([
      'command.taken',
      'command.ended',
      'command.taken',
      'command.ended',
    ])
  })

  it('an event of another hand is on the disk before it is told to be so', async () => {
    const { heard, fleet } = await world()
    await fleet.tell({ kind: 'note', about: 'maintenance', sev: 1, dev: 'kiosk', code: 'opened' })
    await until(() => heard.ev.length === 1)
    expect(decode('ev', Buffer.from(JSON.stringify(heard.ev[0]))).kind).toBe('message')
    expect(fleet.isNearlyFull()).toBe(false)
  })
})
