// Conformance cases M1 to M8 (power-card.md 16).
import { assert, nat, oneof, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MeterNumber } from '../../../domain/identifiers.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardKind, cardType, updateFlag } from '../../../domain/power-card/parameters.ts'
import { channel, purchaseUnit, type PurchaseFields } from '../../../domain/power-card/purchase.ts'
import { readWriteBack, writeBackFlag } from '../../../domain/power-card/write-back.ts'
import {
  isRecordSealed,
  isWriteBackSealed,
  sealPurchase,
} from '../../../domain/power-card/seals.ts'
import { writePurchase } from '../../../domain/power-card/purchase.ts'
import {
  publishedCustomer,
  publishedFiles,
  publishedMeter,
  publishedMeterWrites,
  publishedOthers,
  publishedSerial,
  run,
  secondSerial,
} from '../../../domain/power-card/vectors.ts'
import { foreignCard } from '../simulated-card/foreign.ts'
import { newCard } from '../simulated-card/issuing.ts'
import { simulatedCard, type CardInSlot } from '../simulated-card/simulated-card.ts'
import type { CardState } from '../simulated-card/state.ts'
import { type MeterState } from './state.ts'
import { simulatedMeter } from './simulated-meter.ts'

import {
  seconds,
  insertionTime,
  masterKeys,
  wornMeter,
  meterWith,
  purchase,
  cardWith,
  K_MT,
  serial,
  ef05Of,
  writeBackOf,
  newestRecord,
  heldOf,
  untouched,
  creditedOnce,
  spied,
  otherMeter,
  otherCustomer,
} from './cases.ts'

/** The card of 15.4 after the sale, to the byte. */
const publishedCard = (options: { protocol?: 'T=0' | 'T=1' } = {}) =>
  cardWith({
    card: options,
    random: () => run(0xe0),
    state: (state) => {
      state.files[1] = publishedFiles.ef01
      state.files[2] = publishedFiles.ef02Sale
      state.files[5] = '00'.repeat(8) + publishedFiles.ef05Before.slice(16)
    },
  })

const publishedRandom = () => {
  const drawn = [0xf0, 0x30, 0x40, 0x50]
  return () => run(drawn.shift() ?? 0)
}

const publishedInsertion = (
  changes: Partial<MeterState>,
  card: CardInSlot,
  now = insertionTime,
) => {
  const meter = simulatedMeter({
    state: { ...wornMeter, ...changes },
    masterKeys,
    now: () => now * 1000,
    random: publishedRandom(),
  })
  return { meter, inserted: meter.insert(card) }
}

describe('M1: the published insertion (15.7)', () => {
  it.each(['T=0', 'T=1'] as const)(
    'credits, writes back and notes to the byte, in %s',
    (protocol) => {
      const card = publishedCard({ protocol })
      const { heard, ...slot } = spied(card)
      const { meter, inserted } = publishedInsertion({}, { ...slot })
      expect(inserted).toEqual({ code: 0, credited: 8_910, writtenBack: true, journalled: true })
      expect(heard.filter((command) => !command.startsWith('00c0'))).toEqual([
        '00a404000af050504d532e454c4331',
        '00b081003c',
        '0084000008',
        '0082000310f0f1f2f3f4f5f6f726088d4a54c4e182',
        '04b08100083031323334353637',
        '04b08200084041424344454647',
        '04b08500085051525354555657',
        `04d6850088${publishedMeterWrites.ef05After}26887bc723cc1eed`,
        `04e2003028${publishedMeterWrites.record}ce1446a5560a1c4a`,
      ])
      expect(card.state().files[5]).toBe(publishedMeterWrites.ef05After)
      expect(card.state().journal[0]).toBe(publishedMeterWrites.record)
      expect(meter.state()).toMatchObject({ ...creditedOnce, totalUsed: 43_976 })
    },
  )

  it('refuses for the hoarding limit to the byte, and credits after 5.00 kWh of use', () => {
    const card = publishedCard()
    const limits = { ...wornMeter.limits, hoarding: 10_000 }
    const { meter, inserted } = publishedInsertion({ limits }, card)
    expect(inserted.code).toBe(21)
    expect(card.state().files[5]).toBe(publishedMeterWrites.ef05Refused)
    expect(card.state().journal[0]).toBe(publishedMeterWrites.recordRefused)
    expect(heldOf(meter)).toEqual(untouched)
    expect(meter.use(500)).toBe(500)
    expect(meter.insert(card).code).toBe(0)
    expect(meter.state()).toMatchObject({ remaining: 9_644, count: 7 })
  })

  it('turns the card away in another meter of the area, and the card tells of it', () => {
    const card = publishedCard()
    const number = MeterNumber.parse('000012345679')
    const now = seconds('2026-11-23T08:45:00Z')
    const { meter, inserted } = publishedInsertion({ number }, card, now)
    expect(inserted).toEqual({ code: 11, credited: 0, writtenBack: false, journalled: true })
    expect(card.state().journal[0]).toBe(publishedMeterWrites.recordOtherMeter)
    expect(meter.state().illegalInsertions).toBe(1)
  })

  it('writes nothing in a meter of another area, and the card loses no try', () => {
    const card = publishedCard()
    const before = card.state()
    const { inserted } = publishedInsertion({ area: 756 }, card)
    expect(inserted.code).toBe(22)
    expect(card.state()).toEqual(before)
  })
})

/** How many commands an undisturbed insertion takes. */
const commandsOf = (): number => {
  const { heard, ...card } = spied(cardWith())
  meterWith().insert({ ...card })
  return heard.length
}

describe('M2: pulled at every command', () => {
  const commands = commandsOf()
  const cases = Array.from({ length: commands + 1 }, (_, at) => at).flatMap((at) =>
    (['answered', 'not answered'] as const).map((last) => ({ at, last })),
  )
  it.each(cases)(
    'after $at commands, the last $last: credited once, written back in the end',
    ({ at, last }) => {
      const meter = meterWith()
      const card = cardWith()
      const first = meter.insert(card, { pullAfter: { commands: at, last } })
      expect(heldOf(meter)).toEqual(first.credited > 0 ? creditedOnce : untouched)
      // The credit stays when the card is pulled after it: code 20, or 0 when nothing was left to do.
      expect(first.code).toBe(
        first.credited === 0
          ? 19
          : at > commands || (at === commands && last === 'answered')
            ? 0
            : 20,
      )
      expect(meter.insert(card).code).toBe(0)
      expect(heldOf(meter)).toEqual(creditedOnce)
      expect(writeBackOf(card)).toMatchObject({ count: 7, remaining: 10_144, result: 0 })
      expect(isWriteBackSealed(K_MT, ef05Of(card), serial)).toBe(true)
    },
  )
})

const atr = fromHex('3b6d0000500011223344556677454c4331')
const silent: CardInSlot = {
  atr: () => new Uint8Array(),
  powerUp: () => {},
  powerDown: () => {},
  reset: () => {},
  transmit: () => new Uint8Array(),
}

/** Has every file of a card and none of its keys: says yes to every cryptogram and makes up every MAC. */
const imitation = (of: CardInSlot): CardInSlot => ({
  ...of,
  transmit: (apdu) => {
    const command = toHex(apdu)
    if (command.startsWith('0082')) return fromHex('9000')
    if (!command.startsWith('04b0')) return of.transmit(apdu)
    const sfi = (apdu[2] ?? 0) & 0x1f
    const size = sfi === 1 ? '3c' : sfi === 2 ? '28' : '80'
    const plain = of.transmit(fromHex(`00b0${(0x80 | sfi).toString(16)}00${size}`))
    return fromHex(`${toHex(plain.subarray(0, -2))}${'5a'.repeat(8)}9000`)
  },
})

/** Which of write-back, journal record and illegal-insertion count follow. */
type Expected = { writtenBack?: boolean; journalled?: boolean; illegal?: boolean }

const provoked: [
  code: number,
  what: string,
  Partial<MeterState>,
  CardInSlot & Partial<{ state: () => CardState }>,
  Expected,
][] = [
  [1, 'the voltage is low', { voltage: 175 }, cardWith(), {}],
  [2, 'the security module is dead', { securityModule: 'dead' }, cardWith(), {}],
  [3, 'the security module does not reset', { securityModule: 'reset fails' }, cardWith(), {}],
  [4, 'a piece of metal is put in', {}, silent, { illegal: true }],
  [5, 'the card is imitated', {}, imitation(cardWith()), { illegal: true }],
  [
    5,
    'the answer to reset names another card',
    {},
    { ...cardWith(), atr: () => fromHex(publishedFiles.atrT0.replace('0011', '0012')) },
    { illegal: true },
  ],
  [
    6,
    'the card does not accept the meter',
    {},
    cardWith({
      state: (state) => {
        state.keys.K_EM = '00'.repeat(16)
      },
    }),
    { illegal: true },
  ],
  [
    7,
    'the card is not issued',
    {},
    simulatedCard({
      state: newCard({ serial: publishedSerial, transportKey: new Uint8Array(16) }),
    }),
    { illegal: true },
  ],
  [8, 'it is a bank card', {}, foreignCard({ atr }), { illegal: true }],
  [
    8,
    'it is a preset card in a meter that is opened',
    {},
    cardWith({ parameters: { kind: cardKind.preset, type: cardType.preset } }),
    { illegal: true },
  ],
  [
    8,
    'it is a card to change meter numbers',
    {},
    cardWith({ parameters: { kind: cardKind.service, type: 0x54 } }),
    { illegal: true },
  ],
  [9, 'the key version is unknown', {}, cardWith({ card: { keyVersion: 2 } }), { illegal: true }],
  [
    9,
    'a re-keying was interrupted',
    {},
    cardWith({
      state: (state) => {
        state.keyVersion = 2
      },
    }),
    { illegal: true },
  ],
  [
    10,
    'the purchase was made for another customer',
    {},
    cardWith({
      state: (state) => {
        state.files[2] = cardWith({ parameters: { customer: otherCustomer } }).state().files[2]
      },
    }),
    { illegal: true },
  ],
  [
    11,
    'the card is of another meter',
    {},
    cardWith({ parameters: { meter: otherMeter } }),
    { journalled: true, illegal: true },
  ],
  [
    12,
    'the card is of another customer',
    {},
    cardWith({ parameters: { customer: otherCustomer } }),
    { journalled: true, illegal: true },
  ],
  [
    13,
    'the card is not the newest',
    { serial: secondSerial, issueNumber: 1 },
    cardWith(),
    { journalled: true, illegal: true },
  ],
  [
    14,
    'EF01 has a wrong checksum',
    {},
    cardWith({
      state: (state) => {
        state.files[1] = state.files[1].replace(/..16$/, '0016')
      },
    }),
    { illegal: true },
  ],
  [
    14,
    'kind and type disagree',
    {},
    cardWith({ parameters: { kind: cardKind.preset } }),
    { illegal: true },
  ],
  [
    14,
    'the card counts money and the meter energy',
    {},
    cardWith({ parameters: { unitFlags: 0 } }),
    { illegal: true },
  ],
  [
    14,
    'the purchase counts money and the meter energy',
    {},
    cardWith({ purchase: { unit: purchaseUnit.money } }),
    { illegal: true },
  ],
  [
    14,
    'the image is for remote delivery',
    {},
    cardWith({ purchase: { channel: channel.remoteDelivery } }),
    { illegal: true },
  ],
  [
    14,
    'prices are announced that are not there',
    {},
    cardWith({ parameters: { updateFlags: updateFlag.standbyLadder } }),
    { illegal: true },
  ],
  [
    14,
    'a preset card names a customer',
    { opened: false },
    cardWith({ parameters: { kind: cardKind.preset, type: cardType.preset } }),
    { illegal: true },
  ],
  [
    15,
    'a purchase card comes before the opening card',
    { opened: false },
    cardWith(),
    { journalled: true, illegal: true },
  ],
  [
    16,
    'a replacement card comes before the opening card',
    { opened: false },
    cardWith({ parameters: { type: cardType.replacement } }),
    { journalled: true, illegal: true },
  ],
  [
    17,
    'a purchase was left out',
    {},
    cardWith({ purchase: { count: 8 } }),
    { writtenBack: true, journalled: true },
  ],
  [
    18,
    'the last write-back was not collected',
    {},
    cardWith({
      state: (state) => {
        state.files[5] = publishedFiles.ef05Before
      },
    }),
    { writtenBack: true, journalled: true },
  ],
  [
    19,
    'the card falls silent before the credit',
    {},
    { ...cardWith(), transmit: () => new Uint8Array() },
    {},
  ],
  [
    21,
    'the meter may not hold so much',
    { limits: { ...wornMeter.limits, hoarding: 10_000 } },
    cardWith(),
    { writtenBack: true, journalled: true },
  ],
  [22, 'the card is of another area', { area: 756 }, cardWith(), { illegal: true }],
]

describe('M3: each code of 10.6', () => {
  it.each(provoked)('%i: %s', (code, _what, changes, card, expected) => {
    const meter = meterWith(changes)
    const before = card.state?.()
    const held = heldOf(meter)
    const { illegal = false, writtenBack = false, journalled = false } = expected
    expect(meter.insert(card)).toEqual({ code, credited: 0, writtenBack, journalled })
    expect(heldOf(meter)).toEqual(held)
    expect(meter.state()).toMatchObject({ illegalInsertions: illegal ? 1 : 0, lastResult: code })
    const after = card.state?.()
    if (before === undefined || after === undefined) return
    if (!writtenBack) expect(after.files).toEqual(before.files)
    if (!journalled) expect(after.journal).toEqual(before.journal)
    if (writtenBack)
      expect(writeBackOf({ state: () => after })).toMatchObject({
        result: code,
        flags: writeBackFlag.energyMode,
      })
    if (journalled) {
      expect(newestRecord({ state: () => after })).toMatchObject({
        event: 7,
        channel: channel.meter,
        terminal: publishedMeter,
        orderNumber: '0'.repeat(16),
        amount: code,
        count: writtenBack ? 6 : 0,
      })
      expect(isRecordSealed(K_MT, fromHex(after.journal[0] ?? ''), serial)).toBe(true)
    }
  })

  it('20: pulled after the credit; the write-back of the next insertion says what the meter holds', () => {
    const meter = meterWith()
    const card = cardWith()
    const all = commandsOf()
    expect(meter.insert(card, { pullAfter: { commands: all - 1, last: 'answered' } })).toEqual({
      code: 20,
      credited: 8_910,
      writtenBack: true,
      journalled: false,
    })
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 0, writtenBack: true })
  })

  it('keeps 17, 18 and 21 when the card is pulled while they are written back', () => {
    const meter = meterWith()
    const card = cardWith({ purchase: { count: 8 } })
    const { heard, ...slot } = spied(card)
    meter.insert({ ...slot })
    const inserted = meter.insert(card, {
      pullAfter: { commands: heard.length - 2, last: 'answered' },
    })
    expect(inserted).toEqual({ code: 17, credited: 0, writtenBack: false, journalled: false })
  })

  it('brings the illegal insertions home with the next write-back', () => {
    const meter = meterWith()
    meter.insert(foreignCard({ atr }))
    meter.insert(foreignCard({ atr }))
    const card = cardWith()
    meter.insert(card)
    expect(writeBackOf(card)).toMatchObject({ illegalInsertions: 2 })
  })
})

describe('M4: one purchase after the other', () => {
  it.each([
    ['−1', 5, 0, 0],
    ['0', 6, 0, 0],
    ['+1', 7, 0, 8_910],
    ['+2', 8, 17, 0],
  ])('with a count %s above the meter’s', (_what, count, code, credited) => {
    const meter = meterWith()
    const card = cardWith({ purchase: { count } })
    expect(meter.insert(card)).toMatchObject({ code, credited, writtenBack: true })
    expect(writeBackOf(card)).toMatchObject({
      result: code,
      flags: writeBackFlag.energyMode | (credited > 0 ? writeBackFlag.purchaseCredited : 0),
    })
    expect(meter.insert(card).credited).toBe(0)
  })

  it('does not fill the card’s journal when its owner looks at the balance', () => {
    const meter = meterWith()
    const card = cardWith({ purchase: { count: 6 } })
    expect(meter.insert(card).journalled).toBe(true)
    expect(meter.insert(card)).toEqual({
      code: 0,
      credited: 0,
      writtenBack: true,
      journalled: false,
    })
    expect(card.state().journal).toHaveLength(1)
  })
})

describe('M5: an imitated card', () => {
  it('with the right image and no keys brings no credit', () => {
    const meter = meterWith()
    expect(meter.insert(imitation(cardWith()))).toMatchObject({ code: 5, credited: 0 })
    expect(heldOf(meter)).toEqual(untouched)
  })

  it('that answers anything at all brings no credit, and the meter goes on', () => {
    const mangled = oneof(
      uint8Array({ maxLength: 258 }).map((bytes) => () => bytes),
      nat(200).map(
        (at) => (answer: Uint8Array) =>
          answer.map((byte, place) => (place === at % answer.length ? byte ^ 0x01 : byte)),
      ),
    )
    assert(
      property(nat(20), mangled, (from, mangle) => {
        const card = cardWith()
        let sent = 0
        const noisy: CardInSlot = {
          ...card,
          transmit: (apdu) => (sent++ === from ? mangle(card.transmit(apdu)) : card.transmit(apdu)),
        }
        const meter = meterWith()
        const inserted = meter.insert(noisy)
        // Only an answer after the credit may be disturbed without stopping it.
        expect(heldOf(meter)).toEqual(inserted.credited === 0 ? untouched : creditedOnce)
        meter.insert(cardWith())
        expect(heldOf(meter)).toEqual(creditedOnce)
      }),
    )
  })

  it('that shows another EF01 in the session than before it brings none', () => {
    const card = cardWith()
    const plain = fromHex(cardWith({ parameters: { hoardingLimit: 0 } }).state().files[1])
    const lying: CardInSlot = {
      ...card,
      transmit: (apdu) =>
        toHex(apdu) === '00b081003c' ? Uint8Array.of(...plain, 0x90, 0x00) : card.transmit(apdu),
    }
    expect(meterWith().insert(lying)).toMatchObject({ code: 14, credited: 0 })
  })
})

describe('M6: a replacement card', () => {
  const replacement = () =>
    cardWith({
      card: { serial: secondSerial },
      parameters: { type: cardType.replacement, issueNumber: 1 },
      purchase: { channel: channel.office },
    })

  it('is the one of 15.9', () => {
    const { files } = replacement().state()
    expect(files[1]).toBe(publishedOthers.replacementEF01)
    expect(files[2]).toBe(publishedOthers.replacementEF02)
  })

  it('brings the purchase that the lost card did not bring any more', () => {
    const meter = meterWith()
    expect(meter.insert(replacement())).toMatchObject({ code: 0, credited: 8_910 })
    expect(heldOf(meter)).toEqual(creditedOnce)
    expect(meter.state()).toMatchObject({ serial: secondSerial, issueNumber: 1 })
  })

  it('brings nothing when the lost card was in the meter before', () => {
    const meter = meterWith()
    meter.insert(cardWith())
    expect(meter.insert(replacement())).toMatchObject({ code: 0, credited: 0 })
    expect(heldOf(meter)).toEqual(creditedOnce)
    expect(meter.state().serial).toBe(secondSerial)
  })

  it('is not taken from another chip with the same issue number', () => {
    const meter = meterWith({ issueNumber: 1 })
    expect(meter.insert(replacement())).toMatchObject({ code: 13, credited: 0 })
    expect(heldOf(meter)).toEqual(untouched)
  })

  it('shuts out the old card when that is found again', () => {
    const meter = meterWith()
    meter.insert(replacement())
    expect(meter.insert(cardWith())).toMatchObject({ code: 13, credited: 0 })
    expect(heldOf(meter)).toEqual(creditedOnce)
  })
})

describe('M7: the hoarding limit', () => {
  it('keeps the purchase on the card until enough is used', () => {
    const meter = meterWith({ limits: { ...wornMeter.limits, hoarding: 10_000 } })
    const card = cardWith()
    expect(meter.insert(card).code).toBe(21)
    expect(meter.insert(card).code).toBe(21)
    meter.use(143)
    expect(meter.insert(card).code).toBe(21)
    meter.use(1)
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: 8_910 })
    expect(meter.state().remaining).toBe(10_000)
  })

  it('is that of the card when the card brings limits', () => {
    const meter = meterWith({ limits: { ...wornMeter.limits, hoarding: 10_000 } })
    const card = cardWith({ parameters: { updateFlags: updateFlag.parameters } })
    expect(meter.insert(card).code).toBe(0)
    expect(writeBackOf(card)).toMatchObject({
      flags:
        writeBackFlag.energyMode | writeBackFlag.parametersTaken | writeBackFlag.purchaseCredited,
    })
    expect(meter.state().limits).toEqual({
      alarm1: 5_000,
      alarm2: 1_000,
      hoarding: 100_000,
      overdraft: 1_500,
    })
  })

  it('does not take its own record of a full meter for news when its count has grown since', () => {
    const meter = meterWith({ limits: { ...wornMeter.limits, hoarding: 10_000 } })
    const card = cardWith()
    expect(meter.insert(card).code).toBe(21)
    meter.change({ count: 7 })
    const next = cardWith({
      purchase: { count: 8 },
      state: (state) => {
        state.files[5] = card.state().files[5]
      },
    })
    expect(meter.insert(next).code).toBe(18)
  })

  it('does not take another meter’s record of a full meter for its own', () => {
    const meter = meterWith()
    const card = cardWith({
      state: (state) => {
        const forged = publishedMeterWrites.ef05Refused
        state.files[5] = `${forged.slice(0, 200)}00${forged.slice(202)}`
      },
    })
    expect(meter.insert(card).code).toBe(18)
  })
})

describe('M8: by network and by card', () => {
  it('is credited once when the network is first', () => {
    const meter = meterWith()
    const delivered = meter.deliver(fromHex(publishedFiles.ef02Remote))
    expect(delivered).toMatchObject({ code: 0, credited: 8_910 })
    expect(heldOf(meter)).toEqual(creditedOnce)
    expect(meter.insert(cardWith())).toMatchObject({ code: 0, credited: 0 })
    expect(heldOf(meter)).toEqual(creditedOnce)
  })

  it('is credited once when the card is first', () => {
    const meter = meterWith()
    meter.insert(cardWith())
    expect(meter.deliver(fromHex(publishedFiles.ef02Remote))).toMatchObject({
      code: 0,
      credited: 0,
    })
    expect(heldOf(meter)).toEqual(creditedOnce)
  })

  it('answers with a write-back that proves itself', () => {
    const { answer } = meterWith().deliver(fromHex(publishedFiles.ef02Remote))
    expect(answer).toHaveLength(108)
    const whole = Uint8Array.of(...answer, ...new Uint8Array(20))
    expect(isWriteBackSealed(K_MT, whole, serial)).toBe(true)
    expect(readWriteBack(whole)).toMatchObject({ kind: 'record', record: { count: 7, result: 0 } })
  })

  const remote = (fields: Partial<PurchaseFields>, customer = publishedCustomer) =>
    sealPurchase(K_MT, writePurchase({ ...purchase, channel: channel.remoteDelivery, ...fields }), {
      meter: publishedMeter,
      customer,
      serial,
    })

  it.each([
    [14, 'an image for a card', {}, fromHex(publishedFiles.ef02Sale)],
    [14, 'an image that counts money', {}, remote({ unit: purchaseUnit.money })],
    [10, 'an image for another customer', {}, remote({}, otherCustomer)],
    [
      10,
      'any image before the meter is opened',
      { opened: false, customer: null, serial: null },
      remote({}),
    ],
    [17, 'an image after a gap', {}, remote({ count: 8 })],
    [
      21,
      'an image that is too much',
      { limits: { ...wornMeter.limits, hoarding: 10_000 } },
      remote({}),
    ],
  ])('answers %i to %s and credits nothing', (code, _what, changes, image) => {
    const meter = meterWith(changes)
    expect(meter.deliver(image)).toMatchObject({ code, credited: 0 })
    expect(heldOf(meter)).toEqual(untouched)
  })
})
