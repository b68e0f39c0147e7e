// What a meter does beyond the conformance cases: prices, troubles, service cards, and a day at home.
import { describe, expect, it } from 'vitest'
import { CardSerial, CustomerNumber, MeterNumber } from '../../../domain/identifiers.ts'
import { cardKind, cardType, noUpdate, updateFlag } from '../../../domain/power-card/parameters.ts'
import type { Prices } from '../../../domain/power-card/prices.ts'
import { channel, purchaseUnit, type PurchaseFields } from '../../../domain/power-card/purchase.ts'
import { meterStatus, writeBackFlag } from '../../../domain/power-card/write-back.ts'
import { meterKeyOf } from '../../../domain/power-card/keys.ts'
import { isWriteBackSealed } from '../../../domain/power-card/seals.ts'
import {
  publishedCustomer,
  publishedMasters,
  publishedMeter,
  publishedSerial,
} from '../../../domain/power-card/vectors.ts'
import type { CardState } from '../simulated-card/state.ts'

import {
  seconds,
  insertionTime,
  meterWith,
  type Told,
  cardWith,
  serial,
  ef05Of,
  writeBackOf,
  newestRecord,
  heldOf,
  untouched,
  otherMeter,
  wornMeter,
} from './cases.ts'

describe('what a card brings besides power (10.5)', () => {
  const ladder = { thresholds: [], ladderPrices: [5_000], resetDates: ['990100'] }
  const current: Prices = { which: 'current', rates: [1], ...ladder, standbyLadderFrom: null }
  const standby: Prices = {
    which: 'standby',
    rates: [2],
    ...ladder,
    standbyLadderFrom: '2612010000',
  }
  const everything = { currentPrices: current, standbyPrices: standby }
  const allFlags = 0x8f

  it('opens a meter: customer, serial, limits and prices are taken, whatever the flag of the parameters says', () => {
    const meter = meterWith({
      opened: false,
      customer: null,
      serial: null,
      count: 0,
      remaining: 0,
      totalCredited: 0,
      totalUsed: 0,
    })
    const card = cardWith({
      parameters: {
        type: cardType.opening,
        updateFlags: allFlags & ~updateFlag.parameters,
        standbyRatesFrom: '2612010000',
      },
      purchase: { count: 1 },
      card: everything,
    })
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 8_910 })
    expect(meter.state()).toMatchObject({
      opened: true,
      customer: publishedCustomer,
      serial: publishedSerial,
      count: 1,
      limits: { hoarding: 100_000 },
      prices: { rates: [1], standbyRates: { from: '2612010000', rates: [2] } },
    })
  })

  it('never takes current prices from a purchase card', () => {
    const meter = meterWith()
    const card = cardWith({ parameters: { updateFlags: allFlags }, card: everything })
    expect(meter.insert(card).code).toBe(0)
    expect(meter.state().prices).toMatchObject({ rates: [], standbyLadder: { from: '2612010000' } })
    expect(writeBackOf(card)).toMatchObject({
      flags:
        writeBackFlag.energyMode |
        writeBackFlag.standbyPricesTaken |
        writeBackFlag.parametersTaken |
        writeBackFlag.purchaseCredited,
    })
  })

  it('changes to standby prices at their time', () => {
    const meter = meterWith()
    meter.insert(cardWith({ parameters: { updateFlags: allFlags }, card: everything }))
    meter.clock.seconds = seconds('2026-11-30T15:59:59Z')
    expect(meter.state().prices.standbyLadder).not.toBeNull()
    meter.clock.seconds++
    expect(meter.state().prices).toMatchObject({ ladder: { prices: [5_000] }, standbyLadder: null })
  })

  it('honours flags when nothing is credited, and none when all bits are set (D33)', () => {
    const meter = meterWith()
    meter.insert(
      cardWith({ purchase: { count: 6 }, parameters: { updateFlags: noUpdate, hoardingLimit: 1 } }),
    )
    expect(meter.state().limits.hoarding).toBe(100_000)
    meter.insert(
      cardWith({
        purchase: { count: 6 },
        parameters: { updateFlags: updateFlag.parameters, hoardingLimit: 1 },
      }),
    )
    expect(meter.state().limits.hoarding).toBe(1)
  })

  it('takes a preset once, and stays nobody’s meter', () => {
    const nobody = CustomerNumber.parse('000000000000')
    const preset = (count = 0) =>
      cardWith({
        parameters: { kind: cardKind.preset, type: cardType.preset, customer: nobody },
        purchase: { count, energy: 500 },
      })
    const meter = meterWith({
      opened: false,
      customer: null,
      serial: null,
      count: 0,
      remaining: 0,
      totalCredited: 0,
      totalUsed: 0,
    })
    expect(meter.insert(preset(1))).toMatchObject({ code: 17, credited: 0 })
    expect(meter.insert(preset())).toMatchObject({ code: 0, credited: 500 })
    expect(meter.insert(preset())).toMatchObject({ code: 0, credited: 0 })
    expect(meter.state()).toMatchObject({ opened: false, remaining: 500, count: 0, serial: null })
  })
})

describe('troubles of a meter (10.9)', () => {
  it('takes a purchase made under its previous K_MT, and writes under the present one', () => {
    const meter = meterWith({ keyVersions: { present: 2, previous: 1 } })
    const card = cardWith()
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 8_910 })
    const present = meterKeyOf(publishedMasters.MK_MT, { meter: publishedMeter, keyVersion: 2 })
    expect(isWriteBackSealed(present, ef05Of(card), serial)).toBe(true)
  })

  it('refuses a purchase under a K_MT it does not have yet', () => {
    const card = cardWith({ card: { meterKeyVersion: 2 } })
    expect(meterWith().insert(card).code).toBe(10)
  })

  it('counts again from an earlier memory: the count goes back, as the centre must notice', () => {
    const meter = meterWith()
    const earlier = meter.state()
    const card = cardWith()
    meter.insert(card)
    meter.change(earlier)
    meter.insert(card)
    expect(writeBackOf(card)).toMatchObject({ count: 6, result: 18 })
  })

  it('tells a wrong clock as it is', () => {
    const meter = meterWith({
      clock: { ...wornMeter.clock, aheadSeconds: -86_400, doubtful: true },
    })
    const card = cardWith()
    meter.insert(card)
    expect(writeBackOf(card)).toMatchObject({
      time: insertionTime - 86_400,
      localTime: '2611221800',
      status: meterStatus.clockDoubtful,
    })
  })

  it('tells of a relay that does not follow', () => {
    const meter = meterWith({ relay: { ...wornMeter.relay, stuck: 'open' } })
    const card = cardWith()
    meter.insert(card)
    expect(writeBackOf(card)).toMatchObject({
      relayClosed: false,
      status: meterStatus.relayDoesNotFollow,
    })
  })

  it('keeps its state as JSON', () => {
    const meter = meterWith()
    meter.insert(cardWith())
    expect(JSON.parse(JSON.stringify(meter.state()))).toEqual(meter.state())
  })
})

describe('a service card (11)', () => {
  const technician: Partial<PurchaseFields> = {
    amount: 0,
    count: 0,
    energy: 0,
    orderNumber: '0000000000004711',
    time: seconds('2026-12-31T15:59:59Z'),
    unit: purchaseUnit.service,
    channel: channel.office,
    flags: 0,
    arrears: 0,
  }
  const anyMeter = MeterNumber.parse('000000000000')
  const nobody = CustomerNumber.parse('000000000000')
  const service = (type: number, told: Told = {}) =>
    cardWith({
      ...told,
      parameters: {
        kind: cardKind.service,
        type,
        meter: anyMeter,
        customer: nobody,
        ...told.parameters,
      },
      purchase: { ...technician, ...told.purchase },
    })

  it('51 reads everything and changes nothing', () => {
    const meter = meterWith()
    const card = service(0x51)
    expect(meter.insert(card)).toEqual({
      code: 0,
      credited: 0,
      writtenBack: true,
      journalled: true,
    })
    expect(heldOf(meter)).toEqual(untouched)
    expect(writeBackOf(card)).toMatchObject({ remaining: 1_234, customer: publishedCustomer })
    expect(newestRecord(card)).toMatchObject({
      event: 8,
      amount: 0x51,
      count: 6,
      orderNumber: '0'.repeat(16),
    })
  })

  it('50 suspends and resumes', () => {
    const meter = meterWith()
    meter.insert(service(0x50, { purchase: { flags: 1 } }))
    expect(meter.relay()).toBe('open')
    expect(meter.use(10)).toBe(0)
    meter.insert(service(0x50, { purchase: { flags: 2 } }))
    expect(meter.relay()).toBe('closed')
  })

  it('53 opens the relay for five seconds', () => {
    const meter = meterWith()
    meter.insert(service(0x53))
    expect(meter.relay()).toBe('open')
    meter.clock.seconds += 5
    expect(meter.relay()).toBe('closed')
  })

  it('52 zeroes within two minutes of power-up, and takes the last figures home', () => {
    const meter = meterWith()
    const card = service(0x52, { parameters: { meter: publishedMeter } })
    expect(meter.insert(card).code).toBe(23)
    meter.powerCycle()
    meter.clock.seconds += 120
    expect(meter.insert(card).code).toBe(0)
    expect(writeBackOf(card)).toMatchObject({
      remaining: 1_234,
      count: 6,
      customer: publishedCustomer,
    })
    expect(newestRecord(card)).toMatchObject({ event: 8, count: 0 })
    expect(meter.state()).toMatchObject({
      opened: false,
      remaining: 0,
      count: 0,
      totalCredited: 0,
      totalUsed: 0,
      serial: null,
      customer: null,
    })
  })

  it.each([
    [11, 'another meter', 0x51, { parameters: { meter: otherMeter } }],
    [11, 'any meter, where one must be named', 0x52, {}],
    [23, 'a card that has expired', 0x51, { purchase: { time: insertionTime - 1 } }],
    [23, 'an unknown command', 0x50, { purchase: { flags: 3 } }],
    [14, 'an order that is none', 0x51, { purchase: { unit: purchaseUnit.energy } }],
    [
      14,
      'an order with a seal',
      0x51,
      {
        state: (state: CardState) => {
          state.files[2] = `${state.files[2].slice(0, -2)}01`
        },
      },
    ],
    [8, 'a type that is reserved', 0x55, {}],
  ])('is refused with %i: %s', (code, _what, type, told) => {
    const meter = meterWith()
    const card = service(type, told)
    const before = card.state()
    expect(meter.insert(card)).toEqual({ code, credited: 0, writtenBack: false, journalled: false })
    expect(meter.state().illegalInsertions).toBe(1)
    expect(card.state()).toEqual(before)
  })
})

describe('a day at home (10.8)', () => {
  const low = { limits: { alarm1: 2_000, alarm2: 1_000, hoarding: 0, overdraft: 500 } }

  it('opens at alarm 2 until a card was in, and again where the overdraft begins and ends', () => {
    const meter = meterWith({ ...low, remaining: 1_234 })
    const card = cardWith({ purchase: { count: 6 } })
    expect(meter.use(10_000)).toBe(234)
    expect(meter.relay()).toBe('open')
    meter.insert(card)
    expect(meter.relay()).toBe('closed')
    expect(meter.use(10_000)).toBe(1_000)
    meter.insert(card)
    expect(meter.use(10_000)).toBe(500)
    meter.insert(card)
    expect(meter.relay()).toBe('open')
    expect(meter.state()).toMatchObject({ remaining: -500, totalUsed: 43_976 + 1_734 })
  })

  it('tells the overdraft in the write-back, and a purchase repays it first', () => {
    const meter = meterWith({ ...low, remaining: 0, totalUsed: 45_210 })
    const looking = cardWith({ purchase: { count: 6 } })
    meter.insert(looking)
    meter.use(300)
    meter.insert(looking)
    expect(writeBackOf(looking)).toMatchObject({
      remaining: 0,
      overdraftUsed: 300,
      flags: writeBackFlag.energyMode | writeBackFlag.overdraftInUse,
      status: meterStatus.overdraftInUse | meterStatus.belowAlarm1 | meterStatus.belowAlarm2,
    })
    meter.insert(cardWith())
    expect(meter.state().remaining).toBe(8_610)
  })

  it('turns the month at midnight of local time', () => {
    const meter = meterWith()
    meter.clock.seconds = seconds('2026-11-30T15:59:59Z')
    expect(meter.state().month).toEqual({ name: '2611', used: 656, before: 31_210 })
    meter.clock.seconds++
    expect(meter.state().month).toEqual({ name: '2612', used: 0, before: 656 })
    meter.clock.seconds = seconds('2027-02-01T00:00:00Z')
    expect(meter.state().month).toEqual({ name: '2702', used: 0, before: 0 })
  })

  it('keeps its books: credited less used is what remains', () => {
    const meter = meterWith(low)
    for (const count of [7, 8, 9]) {
      meter.insert(cardWith({ purchase: { count } }))
      meter.use(5_000)
    }
    const { totalCredited, totalUsed, remaining } = meter.state()
    expect(totalCredited - totalUsed).toBe(remaining)
  })

  it('in money mode uses money by rate and ladder', () => {
    const meter = meterWith({
      mode: 'money',
      prices: {
        ...wornMeter.prices,
        rates: [3_800],
        ladder: { thresholds: [700], prices: [10_000, 13_450], resetDates: [] },
      },
    })
    // 44 pulses at 1.3800, then 56 at 1.7250 a kWh: 60.72 and 96.60 hundredths.
    expect(meter.use(100)).toBe(100)
    expect(meter.state()).toMatchObject({ remaining: 1_234 - 157, month: { used: 756 } })
    const card = cardWith({
      parameters: { unitFlags: 0 },
      purchase: { unit: purchaseUnit.money, amount: 20_000 },
    })
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 20_000 })
  })
})

describe('two cards at one meter', () => {
  it('are never credited for the same count', () => {
    const other = CardSerial.parse('0102030405060708')
    const meter = meterWith()
    meter.insert(cardWith())
    expect(meter.insert(cardWith({ card: { serial: other } }))).toMatchObject({
      code: 13,
      credited: 0,
    })
  })
})
