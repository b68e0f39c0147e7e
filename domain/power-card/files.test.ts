// Power-card.md 15.3, 15.6, 15.7, 15.8 and 15.9: what the files say, and the same bytes again.
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CustomerNumber, MeterNumber } from '../identifiers.ts'
import { energy } from '../energy.ts'
import { checksum, fromHex, toHex } from './bytes.ts'
import { readCardRecord, writeCardRecord } from './card-record.ts'
import { kindAgrees, noUpdate, readParameters, writeParameters } from './parameters.ts'
import { readPrices, writePrices } from './prices.ts'
import { readPurchase, writePurchase, writeServiceOrder } from './purchase.ts'
import { readWriteBack, writeWriteBack } from './write-back.ts'
import {
  publishedCustomer,
  publishedFiles,
  publishedMeter,
  publishedMeterWrites,
  publishedOpening,
  publishedOthers,
  publishedScript,
  publishedStandby,
  publishedUndo,
} from './vectors.ts'

/** Seconds since 1970. */
const seconds = (moment: string): number => Date.parse(moment) / 1000

const nobody = CustomerNumber.parse('000000000000')
const anyMeter = MeterNumber.parse('000000000000')

const usual = {
  kind: 3,
  type: 2,
  updateFlags: 0,
  unitFlags: 1,
  currency: 156,
  standbyRatesFrom: null,
  alarm1: 5000,
  alarm2: 1000,
  ctRatio: 1,
  ptRatio: 1,
  meter: publishedMeter,
  customer: publishedCustomer,
  hoardingLimit: 100_000,
  overdraftLimit: 1500,
  issueNumber: 0,
  area: 755,
  keyVersion: 1,
}
const bare = { alarm1: 0, alarm2: 0, ctRatio: 0, ptRatio: 0, hoardingLimit: 0, overdraftLimit: 0 }
const service = { ...usual, ...bare, kind: 5, customer: nobody }

describe('EF01', () => {
  const energyMode = publishedFiles.ef01
  const moneyMode = `${energyMode.slice(0, 14)}00${energyMode.slice(16, 116)}c316`
  it.each([
    ['15.3', energyMode, usual],
    ['15.3 in money mode', moneyMode, { ...usual, unitFlags: 0 }],
    ['15.6 with standby prices', publishedStandby.ef01, { ...usual, updateFlags: 8 }],
    ['15.8 opening card', publishedOpening.ef01, { ...usual, type: 1, updateFlags: 0x80 }],
    [
      '15.9 replacement card',
      publishedOthers.replacementEF01,
      { ...usual, type: 3, issueNumber: 1 },
    ],
    ['15.9 read all', publishedOthers.readAllEF01, { ...service, type: 0x51, meter: anyMeter }],
    ['15.9 zero', publishedOthers.zeroEF01, { ...service, type: 0x52 }],
  ])('%s', (_, hex, parameters) => {
    expect(readParameters(fromHex(hex))).toEqual({ kind: 'parameters', parameters })
    expect(toHex(writeParameters(parameters))).toBe(hex)
    expect(kindAgrees(parameters)).toBe(true)
  })

  test('a switch time travels as ten digits', () => {
    const later = { ...usual, standbyRatesFrom: '2701010000', updateFlags: noUpdate }
    const bytes = writeParameters(later)
    expect(toHex(bytes.subarray(10, 15))).toBe('2701010000')
    expect(readParameters(bytes)).toEqual({ kind: 'parameters', parameters: later })
  })

  const altered = (at: number, byte: number, { summed = true } = {}): Uint8Array => {
    const bytes = fromHex(publishedFiles.ef01).with(at, byte)
    return summed ? bytes.with(58, checksum(bytes.subarray(1, 58))) : bytes
  }
  it.each([
    ['not 60 bytes', fromHex(publishedFiles.ef01).subarray(0, 59)],
    ['not 60 bytes', new Uint8Array()],
    ['frame', new Uint8Array(60)],
    ['frame', altered(0, 0x69)],
    ['frame', altered(3, 0x37)],
    ['frame', altered(59, 0x17)],
    ['checksum', altered(43, 9, { summed: false })],
    ['layout version', altered(4, 2)],
    ['crypto profile', altered(6, 3)],
    ['not decimal', altered(8, 0xa1)],
    ['not decimal', altered(10, 0x2f)],
    ['not decimal', altered(26, 0x0c)],
    ['not decimal', altered(29, 0xc0)],
    ['not decimal', altered(35, 0xff)],
    ['not decimal', altered(41, 0x1a)],
  ])('is malformed: %s', (problem, bytes) => {
    expect(readParameters(bytes)).toEqual({ kind: 'malformed', problem })
  })

  it.each([
    [3, 1, true],
    [3, 3, true],
    [3, 4, false],
    [3, 0x51, false],
    [4, 4, true],
    [4, 2, false],
    [5, 0x50, true],
    [5, 0x5f, true],
    [5, 0x60, false],
    [5, 2, false],
    [6, 2, false],
  ])('kind %i and type %i agree: %s', (kind, type, agree) => {
    expect(kindAgrees({ kind, type })).toBe(agree)
  })

  test('what does not fit its field is not written', () => {
    expect(() => writeParameters({ ...usual, area: 2 ** 32 })).toThrow(RangeError)
    expect(() => writeParameters({ ...usual, ctRatio: 1_000_000 })).toThrow(RangeError)
    expect(() => writeParameters({ ...usual, issueNumber: -1 })).toThrow(RangeError)
    expect(() => writeParameters({ ...usual, alarm1: 0.5 })).toThrow(RangeError)
  })
})

describe('EF02', () => {
  const before = {
    amount: 10_000,
    count: 6,
    energy: 7042,
    orderNumber: '2610280000000017',
    time: seconds('2026-10-28T09:12:00Z'),
    unit: 1,
    channel: 6,
    flags: 0,
    arrears: 0,
  }
  const sale = {
    amount: 13_300,
    count: 7,
    energy: 8910,
    orderNumber: '2611230000000042',
    time: seconds('2026-11-23T08:45:00Z'),
    unit: 1,
    channel: 1,
    flags: 2,
    arrears: 5700,
  }
  const none = { ...before, amount: 0, count: 0, energy: 0, orderNumber: '0000000000000000' }
  it.each([
    ['15.3 before', publishedFiles.ef02Before, before],
    ['15.3 of the sale', publishedFiles.ef02Sale, sale],
    [
      '15.3 in money mode',
      publishedFiles.ef02Money,
      { ...sale, amount: 20_000, energy: 5840, unit: 0, flags: 0, arrears: 0 },
    ],
    ['15.3 remote', publishedFiles.ef02Remote, { ...sale, channel: 7 }],
    [
      '15.8 count 0',
      publishedOpening.ef02,
      { ...none, time: seconds('2026-01-15T02:30:00Z'), channel: 6 },
    ],
    ['15.9 replacement', publishedOthers.replacementEF02, { ...sale, channel: 6 }],
  ])('%s', (_, hex, purchase) => {
    const bytes = fromHex(hex)
    expect(readPurchase(bytes)).toEqual({ ...purchase, seal: bytes.subarray(32), problem: null })
    expect(toHex(writePurchase(purchase))).toBe(hex.slice(0, 64))
  })

  test('15.9 of a service card', () => {
    const validUntil = seconds('2026-12-31T15:59:59Z')
    const order = writeServiceOrder({ technician: '4711', validUntil, command: 0 })
    expect(toHex(order)).toBe(publishedOthers.serviceEF02)
    expect(readPurchase(order)).toMatchObject({
      orderNumber: '0000000000004711',
      time: validUntil,
      unit: 0xff,
      flags: 0,
      problem: null,
    })
  })

  const whole = fromHex(publishedFiles.ef02Sale)
  it.each([
    ['not 40 bytes', whole.subarray(0, 39)],
    ['not 40 bytes', new Uint8Array(41)],
    ['layout version', whole.with(24, 2)],
    ['unit', whole.with(25, 2)],
    ['order number not decimal', whole.with(12, 0x2f)],
  ])('says what is wrong: %s', (problem, bytes) => {
    expect(readPurchase(bytes).problem).toBe(problem)
  })

  test('a piece of the file never passes for a card without purchases', () => {
    for (let length = 0; length < 8; length++) {
      expect(readPurchase(new Uint8Array(length)).count).not.toBe(0)
    }
    expect(readPurchase(new Uint8Array())).toMatchObject({
      count: 0xffffffff,
      orderNumber: 'ffffffffffffffff',
    })
  })
})

describe('EF04', () => {
  const standby = {
    which: 'standby' as const,
    rates: [],
    thresholds: [energy(10_000), energy(40_000)],
    ladderPrices: [13_800, 17_250, 24_150],
    resetDates: ['990100'],
    standbyLadderFrom: '2701010000',
  }

  test('15.6', () => {
    expect(readPrices(fromHex(publishedStandby.ef04))).toEqual({ kind: 'prices', prices: standby })
    expect(toHex(writePrices(standby))).toBe(publishedStandby.ef04)
  })

  const whole = writePrices(standby)
  it.each([
    ['not 201 bytes', whole.subarray(0, 200)],
    ['frame', whole.with(0, 0x67)],
    ['frame', whole.with(1, 3)],
    ['too many rates or thresholds', whole.with(2, 33)],
    ['too many rates or thresholds', whole.with(3, 7)],
    ['thresholds do not rise', whole.with(133, 0xff)],
    ['not decimal', whole.with(184, 0x9a)],
    ['not decimal', whole.with(200, 0x0a)],
  ])('is malformed: %s', (problem, bytes) => {
    expect(readPrices(bytes)).toEqual({ kind: 'malformed', problem })
  })

  test('zeros are a file that is not used', () => {
    expect(readPrices(new Uint8Array(201))).toEqual({ kind: 'unused' })
  })

  test('what does not fit is not written', () => {
    expect(() => writePrices({ ...standby, ladderPrices: [1, 2] })).toThrow(RangeError)
    expect(() => writePrices({ ...standby, thresholds: [energy(2), energy(2)] })).toThrow(
      RangeError,
    )
    expect(() => writePrices({ ...standby, rates: Array<number>(33).fill(1) })).toThrow(RangeError)
    expect(() => writePrices({ ...standby, resetDates: ['1', '2', '3', '4'] })).toThrow(RangeError)
  })
})

describe('EF05', () => {
  const before = {
    ctRatio: 1,
    ptRatio: 1,
    meter: publishedMeter,
    customer: publishedCustomer,
    remaining: 1890,
    count: 6,
    overdraftUsed: 0,
    illegalInsertions: 0,
    localTime: '2610281930',
    relayClosed: true,
    result: 0,
    flags: 9,
    totalCredited: 45_210,
    totalUsed: 43_320,
    usedThisMonth: energy(31_210),
    usedLastMonth: energy(12_110),
    coverOpenings: 0,
    terminalCoverOpenings: 0,
    magneticFieldEvents: 0,
    reverseEnergyEvents: 0,
    status: 0,
    time: seconds('2026-10-28T11:30:00Z'),
  }
  const after = {
    ...before,
    remaining: 10_144,
    count: 7,
    localTime: '2611231800',
    totalCredited: 54_120,
    totalUsed: 43_976,
    usedThisMonth: energy(656),
    usedLastMonth: energy(31_210),
    time: seconds('2026-11-23T10:00:00Z'),
  }
  it.each([
    ['15.3 before the sale', publishedFiles.ef05Before, before],
    ['15.7 credited', publishedMeterWrites.ef05After, after],
    [
      '15.7 refused for the hoarding limit',
      publishedMeterWrites.ef05Refused,
      { ...after, remaining: 1234, count: 6, result: 21, flags: 1, totalCredited: 45_210 },
    ],
  ])('%s', (_, hex, record) => {
    expect(readWriteBack(fromHex(hex))).toEqual({ kind: 'record', record })
    expect(toHex(writeWriteBack(record))).toBe(hex.slice(0, 200))
    expect(record.totalCredited - record.totalUsed).toBe(record.remaining - record.overdraftUsed)
  })

  test('every field has its place', () => {
    const full = {
      ...before,
      remaining: 0,
      overdraftUsed: 12_345_678,
      illegalInsertions: 87_654_321,
      relayClosed: false,
      coverOpenings: 1,
      terminalCoverOpenings: 2,
      magneticFieldEvents: 3,
      reverseEnergyEvents: 0xffff,
      status: 0x7f,
    }
    const bytes = new Uint8Array(128)
    bytes.set(writeWriteBack(full))
    expect(readWriteBack(bytes)).toEqual({ kind: 'record', record: full })
    expect(toHex(bytes.subarray(31, 42))).toBe('1234567800000087654321')
    expect(toHex(bytes.subarray(84, 96))).toBe('000100020003ffff0000007f')
  })

  test('a new card and a cleared file are empty, whatever stands behind', () => {
    expect(readWriteBack(new Uint8Array(128))).toEqual({ kind: 'empty' })
    const cleared = fromHex(publishedFiles.ef05Before)
    cleared.fill(0, 0, 8)
    expect(readWriteBack(cleared)).toEqual({ kind: 'empty' })
  })

  const whole = fromHex(publishedFiles.ef05Before)
  it.each([
    ['not 128 bytes', whole.subarray(0, 127)],
    ['frame', whole.with(0, 0)],
    ['frame', whole.with(1, 0x12)],
    ['frame', whole.with(3, 0x2c)],
    ['frame', whole.with(48, 0)],
    ['frame', whole.with(7, 0)],
    ['checksum', whole.with(30, 7)],
    ['extension version', whole.with(64, 2)],
    ['not decimal', whole.with(38, 0xaa).with(47, (checksum(whole.subarray(1, 47)) + 0xaa) & 0xff)],
  ])('is invalid: %s', (problem, bytes) => {
    expect(readWriteBack(bytes)).toEqual({ kind: 'invalid', problem })
  })
})

describe('EF06', () => {
  const time = seconds('2026-11-23T08:45:00Z')
  const kiosk = '000000000101'
  const order = '2611230000000042'
  const none = '0000000000000000'
  it.each([
    [
      '15.3 credited',
      publishedFiles.record,
      {
        time: seconds('2026-10-28T11:30:00Z'),
        channel: 0,
        event: 2,
        terminal: publishedMeter,
        orderNumber: '2610280000000017',
        amount: 10_000,
        count: 6,
      },
    ],
    [
      '15.4 load',
      publishedScript.append.slice(10, 74),
      { time, channel: 1, event: 1, terminal: kiosk, orderNumber: order, amount: 13_300, count: 7 },
    ],
    [
      '15.5 undone',
      publishedUndo.append.slice(10, 74),
      {
        time: time + 40,
        channel: 1,
        event: 6,
        terminal: kiosk,
        orderNumber: order,
        amount: 13_300,
        count: 6,
      },
    ],
    [
      '15.7 credited',
      publishedMeterWrites.record,
      {
        time: seconds('2026-11-23T10:00:00Z'),
        channel: 0,
        event: 2,
        terminal: publishedMeter,
        orderNumber: order,
        amount: 13_300,
        count: 7,
      },
    ],
    [
      '15.7 hoarding limit',
      publishedMeterWrites.recordRefused,
      {
        time: seconds('2026-11-23T10:00:00Z'),
        channel: 0,
        event: 7,
        terminal: publishedMeter,
        orderNumber: none,
        amount: 21,
        count: 6,
      },
    ],
    [
      '15.7 other meter',
      publishedMeterWrites.recordOtherMeter,
      {
        time,
        channel: 0,
        event: 7,
        terminal: '000012345679',
        orderNumber: none,
        amount: 11,
        count: 0,
      },
    ],
    [
      '15.8 issued',
      publishedOpening.record,
      {
        time: seconds('2026-01-15T02:30:00Z'),
        channel: 6,
        event: 5,
        terminal: '000000000001',
        orderNumber: none,
        amount: 0,
        count: 0,
      },
    ],
  ])('%s', (_, hex, record) => {
    expect(readCardRecord(fromHex(hex))).toEqual({ kind: 'record', record })
    expect(toHex(writeCardRecord(record))).toBe(hex.slice(0, 56))
  })

  const whole = fromHex(publishedFiles.record)
  it.each([
    ['not 32 bytes', whole.subarray(0, 31)],
    ['event', whole.with(5, 0)],
    ['event', whole.with(5, 9)],
    ['not decimal', whole.with(6, 0xaa)],
    ['not decimal', whole.with(19, 0x0b)],
  ])('is malformed: %s', (problem, bytes) => {
    expect(readCardRecord(bytes)).toEqual({ kind: 'malformed', problem })
  })
})

describe('any bytes', () => {
  const sizes = [40, 60, 201, 128, 32]
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 260 }),
    ...sizes.map((size) => fc.uint8Array({ minLength: size, maxLength: size })),
  )

  test('are read or explained, never thrown at', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        expect(['parameters', 'malformed']).toContain(readParameters(bytes).kind)
        expect(readPurchase(bytes).count).toBeGreaterThanOrEqual(0)
        expect(['unused', 'prices', 'malformed']).toContain(readPrices(bytes).kind)
        expect(['empty', 'record', 'invalid']).toContain(readWriteBack(bytes).kind)
        expect(['record', 'malformed']).toContain(readCardRecord(bytes).kind)
      }),
    )
  })

  test('a purchase that reads well is written back as the same bytes', () => {
    const field = fc.uint8Array({ minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(field, fc.constantFrom(0, 1, 0xff), fc.bigInt(0n, 10n ** 16n - 1n), (...of) => {
        const [noise, unit, order] = of
        const bytes = noise.with(24, 1).with(25, unit)
        bytes.set(fromHex(String(order).padStart(16, '0')), 12)
        const purchase = readPurchase(bytes)
        expect(purchase.problem).toBeNull()
        expect(writePurchase(purchase)).toEqual(bytes.subarray(0, 32))
      }),
    )
  })
})
