// Messages of the fleet: what is sent is read again, what is newer is understood, and what is none is said to be none.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KioskNumber, ulidOf } from '../identifiers.ts'
import { minor } from '../money.ts'
import { decode, encode, fleetMessages, longestBytes, type FleetName } from './codec.ts'
import type { BirthMessage, EventMessage, HeartbeatMessage } from './kiosk-messages.ts'
import { ActionWord, DeviceWord, EventAbout, MoneyAtRisk, ServiceWord } from './words.ts'

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))
const hash = 'ab'.repeat(32)
const id = ulidOf(1_790_000_000_000, new Uint8Array(10))

const birth: BirthMessage = {
  v: 1,
  bd: 41,
  ts: 1_790_000_000_000,
  kiosk: KioskNumber.parse('000000000017'),
  serials: { noteAcceptor: '1873452' },
  sw: { runtime: '0.1.0', node: 'v24.21.0', os: 'linux 6.1' },
  cfg: hash,
  devices: [{ role: 'noteAcceptor', model: 'ssp' }],
  locale: 'en',
  tz: 'Asia/Shanghai',
  state: 'commissioned',
  head: { sequence: 12, hash },
}
const heartbeat: HeartbeatMessage = {
  v: 1,
  bd: 41,
  seq: 9023,
  ts: 1_790_000_000_000,
  up: 120_000,
  svc: 'degraded',
  st: { name: 'idle', for: 300 },
  ui: { age: 2, screen: 'attract' },
  dev: { receiptPrinter: { st: 'userError', age: 1, faults: ['no paper'] } },
  cash: { n: 212, value: minor(1_060_000), cur: 'CNY', acc: 'accurate', pct: 35, cap: 600 },
  sup: { paper: 'out' },
  q: { n: 0, oldest: 0 },
  clk: { off: -120, free: 0 },
  sys: { disk: 1, mem: 2, size: 3, ro: false },

  head: { sequence: 12, hash },
  unresolved: 0,
}
const examples = {
  state: { v: 1, st: 'offline', bd: 7, ts: 0, why: 'will' },
  birth,
  hb: heartbeat,
  ev: {
    v: 1,
    id,
    seq: 1,
    ts: 5,
    up: 5,
    off: false,
    n: 1,
    kind: 'raise',
    about: 'fault',
    sev: 2,
    dev: 'receiptPrinter',
    code: 'no paper',
  },
  res: { v: 1, id, seq: 1, ts: 5, up: 5, command: id, st: 'refused', code: 'unknownOp' },
  ack: { v: 1, ts: 5, ev: 4, res: 0, birth: { bd: 41, accept: 'accepted', hb: 60 } },
  cmd: { v: 1, kid: 'a', body: '{}', sig: '0'.repeat(128) },
  host: { v: 1, st: 'online', ts: 5, why: 'birth' },
} as const
const names = Object.keys(fleetMessages) as FleetName[]

const anyEvent: fc.Arbitrary<EventMessage> = fc
  .record({
    ts: fc.nat(),
    up: fc.nat(),
    seq: fc.integer({ min: 1 }),
    n: fc.integer({ min: 1 }),
    off: fc.boolean(),
    kind: fc.constantFrom('raise' as const, 'clear' as const, 'note' as const),
    about: fc.constantFrom(...EventAbout.options),
    sev: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const),
    dev: fc.string({ minLength: 1, maxLength: 40 }),
    code: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    more: fc.record(
      {
        act: fc.constantFrom(...ActionWord.options),
        risk: fc.constantFrom(...MoneyAtRisk.options),
      },
      { requiredKeys: [] },
    ),
  })
  .filter(({ code }) => code.length <= 40)
  .map(({ more, ...event }) => ({ v: 1 as const, id, ...event, ...more }))

describe('a message of the fleet', () => {
  it.each(names)('%s comes back as it was sent', (name) => {
    const message = fleetMessages[name].parse(examples[name])
    expect(decode(name, Buffer.from(encode(name, message)))).toEqual({ kind: 'message', message })
  })

  it('comes back as it was sent, whatever the event', () => {
    fc.assert(
      fc.property(anyEvent, (message) => {
        const read = decode('ev', Buffer.from(encode('ev', message)))
        expect(read).toEqual({ kind: 'message', message })
      }),
    )
  })

  it('is read although a newer kiosk has added to it', () => {
    for (const name of names) {
      const newer = bytesOf({ ...examples[name], added: { later: true } })
      expect(decode(name, newer)).toEqual({ kind: 'message', message: examples[name] })
    }
  })

  it('is unreadable without any one of its required members, and the sentence names it', () => {
    const optional = new Set(['birth of ack', 'code of res'])
    for (const name of names) {
      for (const member of Object.keys(examples[name])) {
        if (optional.has(`${member} of ${name}`)) continue
        const less = Object.fromEntries(
          Object.entries(examples[name]).filter(([each]) => each !== member),
        )
        const read = decode(name, bytesOf(less))
        if (read.kind === 'message') expect.unreachable(`${name} without ${member} was read`)
        expect(read.problem).toContain(`${member}: found nothing`)
      }
    }
  })

  it('of another wire version is unreadable', () => {
    expect(decode('hb', bytesOf({ ...heartbeat, v: 2 }))).toMatchObject({ kind: 'unreadable' })
  })

  it('with a number that would leave a count without a next one, or a text without an end, is unreadable', () => {
    const forged = Number.MAX_SAFE_INTEGER
    for (const name of ['state', 'birth', 'hb'] as const) {
      const bytes = Buffer.from(JSON.stringify({ ...examples[name], bd: forged }))
      expect(decode(name, bytes).kind, name).toBe('unreadable')
    }
    const ack = { ...examples.ack, birth: { ...examples.ack.birth, bd: forged } }
    expect(decode('ack', Buffer.from(JSON.stringify(ack))).kind).toBe('unreadable')
    const res = { ...examples.res, data: { part: 1, of: forged, gz: '' } }
    expect(decode('res', Buffer.from(JSON.stringify(res))).kind).toBe('unreadable')
  })

  it('is never anything but a message or unreadable, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
        expect(decode(name, bytes).kind).toMatch(/^(message|unreadable)$/)
      }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.json(), (name, json) => {
        expect(decode(name, Buffer.from(json)).kind).toMatch(/^(message|unreadable)$/)
      }),
    )
  })

  it('longer than the wire takes goes unread, and is not sent', () => {
    const long = { ...heartbeat, padding: 'x'.repeat(longestBytes) }
    expect(decode('hb', bytesOf(long))).toMatchObject({ kind: 'unreadable' })
    const role = (at: number) => 'é'.repeat(30) + String(at)
    const devices = Array.from({ length: 20 }, (_, at) => ({
      role: role(at),
      model: 'é'.repeat(60),
    }))
    expect(() => encode('birth', { ...birth, devices })).toThrow(/bytes long/)
  })

  it('F22: one that does not fit its schema is not sent', () => {
    expect(() => encode('hb', { ...heartbeat, unresolved: -1 })).toThrow('unresolved')
  })

  it('F21: what is not in the schema does not leave the kiosk', () => {
    const told = { ...heartbeat, customer: '000012345678', card: 'secret' }
    expect(encode('hb', told)).not.toMatch(/customer|secret/)
  })

  it('sizes stay within those of the table of topics', () => {
    const sizeOf = (name: FleetName) => bytesOf(examples[name]).length
    expect(sizeOf('state')).toBeLessThanOrEqual(200)
    expect(sizeOf('birth')).toBeLessThanOrEqual(4_096)
    const drift = { n: 1, age: 600, firewall: true }
    const cert = { from: 1_790_000_000_000, to: 1_797_000_000_000 }
    expect(bytesOf({ ...heartbeat, drift, cert }).length).toBeLessThanOrEqual(700)
    expect(sizeOf('ev')).toBeLessThanOrEqual(600)
    expect(sizeOf('ack')).toBeLessThanOrEqual(200)
    expect(DeviceWord.options).toHaveLength(10)
    expect(ServiceWord.options).toContain('starting')
  })
})
