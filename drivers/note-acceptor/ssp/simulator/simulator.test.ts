// The simulated unit by itself: what devices.md 3 says a validator does, and a truth that outlives its process.
import { expect, test, describe } from 'vitest'
import { minor } from '../../../../domain/money.ts'
import { manualClock } from '../../../../test/manual-clock.ts'
import { memoryCable } from '../../../cables.ts'
import { bytesOfHex, hexOf } from '../bytes.ts'
import { decode, encode, type SequenceBit } from '../codec.ts'
import { seal, sessionKey } from '../encryption.ts'
import { worth, type PhysicalTruth } from './truth.ts'
import { sspSimulator, type SimulatorOptions } from './simulator.ts'

/** A host that speaks hex, in the clear unless it has made a key. */
const setUp = async (options: SimulatorOptions = {}) => {
  const clock = manualClock()
  const unit = sspSimulator({ clock, keysFirst: false, ...options })
  const { device, host } = memoryCable()
  unit.attach(device)
  const answers: string[] = []
  let rest: Uint8Array = Uint8Array.of()
  host.on('data', (chunk: Uint8Array) => {
    const decoded = decode(Uint8Array.of(...rest, ...chunk))
    rest = decoded.rest
    for (const one of decoded.out) if (one.kind === 'frame') answers.push(hexOf(one.data))
  })
  // SYNC goes out with 1; the next new command then has 0.
  let bit: SequenceBit = 0
  const send = async (data: Uint8Array, sequence: SequenceBit): Promise<string | null> => {
    host.write(encode({ sequence, address: 0, data }))
    await clock.advance(0)
    return answers.pop() ?? null
  }
  const self = {
    clock,
    unit,
    /** Sends a new command and gives back the answer; null for none. */
    ask: (hex: string) => {
      bit = bit === 1 ? 0 : 1
      return send(bytesOfHex(hex), bit)
    },
    /** The same bit as last time. */
    askAgain: (hex: string) => send(bytesOfHex(hex), bit),
    /** Data as it stands, as a new command, or with the bit of the last one. */
    askRaw: (data: Uint8Array) => {
      bit = bit === 1 ? 0 : 1
      return send(data, bit)
    },
    askRawAgain: (data: Uint8Array) => send(data, bit),
  }
  await clock.advance(3_000)
  return self
}

/** Open for all notes, its past told. */
const open = async (options: SimulatorOptions = {}) => {
  const it = await setUp(options)
  await it.ask('11')
  await it.ask('02 FF FF')
  await it.ask('0A')
  await it.ask('07')
  return it
}

describe('a note in escrow', () => {
  test('is accepted by a plain POLL: the trap of SSP', async () => {
    const it = await open()
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    expect(await it.ask('07')).toBe('F0 EF 03')
    expect(await it.ask('07')).toBe('F0 CC')
    await it.clock.advance(1_000)
    expect(await it.ask('07')).toBe('F0 CC EE 03')
    await it.clock.advance(1_000)
    expect(await it.ask('07')).toBe('F0 EB')
    expect(worth(it.unit.truth().cashBox.notes)).toBe(2000)
  })

  test('stays while it is held, and goes back when it is rejected', async () => {
    const it = await open()
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    await it.ask('07')
    for (const _ of [1, 2, 3, 4, 5]) {
      await it.clock.advance(5_000)
      expect(await it.ask('18')).toBe('F0')
    }
    expect(await it.ask('08')).toBe('F0')
    expect(await it.ask('07')).toBe('F0 ED')
    await it.clock.advance(1_000)
    expect(await it.ask('07')).toBe('F0 EC')
    expect(await it.ask('17')).toBe('F0 08')
    expect(it.unit.truth().givenBack).toEqual({ 2000: 1 })
  })

  test('goes back when the host says nothing for ten seconds, with reason 13', async () => {
    const it = await open()
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    await it.ask('07')
    await it.clock.advance(12_000)
    expect(await it.ask('07')).toBe('F0 E8 EC')
    expect(await it.ask('17')).toBe('F0 13')
  })

  test('there is none: HOLD and REJECT cannot be processed', async () => {
    const it = await open()
    expect([await it.ask('18'), await it.ask('08')]).toEqual(['F5', 'F5'])
  })
})

describe('the line', () => {
  test('a command with the bit of the last one is answered again, not carried out', async () => {
    const it = await open()
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    expect(await it.ask('07')).toBe('F0 EF 03')
    expect(await it.askAgain('07')).toBe('F0 EF 03')
    await it.clock.advance(5_000)
    expect(await it.askAgain('07')).toBe('F0 EF 03')
    expect(it.unit.truth().note).toMatchObject({ where: 'escrow' })
  })

  test('nothing is answered without power', async () => {
    const it = await open()
    it.unit.powerOff()
    expect(await it.ask('07')).toBeNull()
  })

  test('a unit that wants keys first answers FA to all but the beginning', async () => {
    const it = await setUp({ keysFirst: true })
    expect(await it.ask('11')).toBe('F0')
    for (const command of ['05', '0C', '07', '56', '02 FF FF', '0A']) {
      expect(await it.ask(command)).toBe('FA')
    }
  })

  test('poll with ack is obeyed inside encryption only', async () => {
    const it = await open()
    expect(await it.ask('56')).toBe('FA')
  })
})

describe('encryption', () => {
  /** The worked example of devices.md 3.5: G, M and A of the host; the unit's secret is fixed here. */
  const agreed = async () => {
    const chance = {
      keyNumbers: () => ({ generator: 982451653n, modulus: 1287821n, exponent: 11n }),
      packing: (length: number) => new Uint8Array(length),
    }
    const it = await setUp({ chance })
    await it.ask('11')
    await it.ask('4A C5 05 8F 3A 00 00 00 00')
    await it.ask('4B 8D A6 13 00 00 00 00 00')
    expect(await it.ask('4C D1 45 11 00 00 00 00 00')).toBe('F0 EC 11 10 00 00 00 00 00')
    const key = sessionKey(0x0123456701234567n, 762583n)
    const sealed = (count: number, hex: string) =>
      seal({ count, data: bytesOfHex(hex) }, key, (length) => new Uint8Array(length))
    return { ...it, sealed }
  }

  test('a packet with the wrong count is dropped without a word', async () => {
    const it = await agreed()
    expect(await it.askRaw(it.sealed(5, '07'))).toBeNull()
    expect(await it.askRawAgain(it.sealed(0, '07'))).toMatch(/^7E/)
  })

  test('a packet made with another key puts the unit out of service until it is reset', async () => {
    const it = await agreed()
    const foreign = seal(
      { count: 0, data: bytesOfHex('07') },
      new Uint8Array(16),
      (length) => new Uint8Array(length),
    )
    expect(await it.askRaw(foreign)).toBeNull()
    expect(await it.ask('07')).toBeNull()
    expect(await it.ask('01')).toBe('F0')
    await it.clock.advance(3_000)
    expect(await it.ask('11')).toBe('F0')
  })

  test('a number that is not prime is out of range', async () => {
    const it = await setUp()
    expect(await it.ask('4A 04 00 00 00 00 00 00 00')).toBe('F4')
  })
})

describe('the truth', () => {
  test('is told at each change and taken up by the next process', async () => {
    const kept: { truth: PhysicalTruth | null } = { truth: null }
    const it = await open({ onChange: (truth) => (kept.truth = truth) })
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    await it.ask('07')
    await it.ask('07')
    // The process ends while the note is on its way in; the unit itself only loses power.
    it.unit.dispose()
    expect(kept.truth?.note).toMatchObject({ value: 2000, where: 'stacking' })
    const next = await setUp(kept.truth === null ? {} : { truth: kept.truth })
    expect(await next.ask('07')).toBe('F0 F1 E8 E2 03')
    expect(next.unit.truth().cashBox.notes).toEqual({ 2000: 1 })
    expect(next.unit.truth().counters.stacked).toBe(1)
  })

  test('survives JSON', async () => {
    const it = await open()
    const truth = it.unit.truth()
    expect(JSON.parse(JSON.stringify(truth))).toEqual(truth)
  })

  test('cannot be changed through a copy', async () => {
    const it = await open()
    it.unit.truth().cashBox.notes['2000'] = 99
    expect(it.unit.truth().cashBox.notes).toEqual({})
  })

  test('a note that is credited while the box is out stays in the unit until there is one', async () => {
    const it = await open()
    it.unit.insert(2000)
    await it.clock.advance(1_000)
    await it.ask('07')
    await it.ask('07')
    await it.clock.advance(1_000)
    it.unit.removeCashBox()
    await it.clock.advance(5_000)
    expect(it.unit.truth()).toMatchObject({ note: { where: 'credited' }, cashBox: { notes: {} } })
    it.unit.replaceCashBox()
    expect(it.unit.truth()).toMatchObject({ note: null, cashBox: { notes: { 2000: 1 } } })
  })

  test('a collector takes the notes; the lifelong counter stays', async () => {
    const truth = (await open()).unit.truth()
    truth.cashBox.notes = { 500: 3 }
    truth.counters.stacked = 3
    const it = await open({ truth })
    it.unit.removeCashBox()
    expect(it.unit.replaceCashBox({ emptied: true })).toEqual({ 500: 3 })
    expect(it.unit.truth()).toMatchObject({ cashBox: { notes: {} }, counters: { stacked: 3 } })
  })

  test.each([
    ['the power is off', 'powerOff'],
    ['the box is out', 'removeCashBox'],
    ['the path is open', 'openPath'],
    ['the box is full', 'fillUp'],
  ] as const)('no note is drawn in while %s', async (_, trouble) => {
    const it = await open()
    it.unit[trouble]()
    expect(it.unit.insert(minor(2000))).toBe('not taken')
  })
})
