import { describe, expect, it } from 'vitest'
import { CardSerial, CustomerNumber, MeterNumber } from '../../domain/identifiers.ts'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import {
  cardKind,
  cardType,
  channel,
  meterStatus,
  noUpdate,
  purchaseUnit,
  readCardRecord,
  readWriteBack,
  unitFlag,
  updateFlag,
  writeBackFlag,
  type Parameters,
  type Prices,
  type PurchaseFields,
} from '../../domain/power-card/files.ts'
import { meterKeyOf } from '../../domain/power-card/keys.ts'
import { isRecordSealed, isWriteBackSealed, sealPurchase } from '../../domain/power-card/seals.ts'
import { writePurchase } from '../../domain/power-card/files.ts'
import {
  publishedCustomer,
  publishedFiles,
  publishedMasters,
  publishedMeter,
  publishedMeterWrites,
  publishedOthers,
  publishedSerial,
  run,
  secondSerial,
} from '../../domain/power-card/vectors.ts'
import { foreignCard } from './simulated-card-foreign.ts'
import { issuedCard, newCard, type IssuedCard } from './simulated-card-issuing.ts'
import { simulatedCard, type CardInSlot } from './simulated-card.ts'
import type { CardState } from './simulated-card-state.ts'
import { newMeter, type MeterState } from './simulated-meter-state.ts'
import { simulatedMeter } from './simulated-meter.ts'

const seconds = (iso: string): number => Date.parse(iso) / 1000
const insertionTime = seconds('2026-11-23T10:00:00Z')

const masterKeys = {
  cards: new Map([[1, publishedMasters]]),
  meters: new Map([
    [1, publishedMasters.MK_MT],
    [2, publishedMasters.MK_MT],
  ]),
}

/** The meter of 15.7 before the insertion. */
const wornMeter: MeterState = newMeter({
  number: publishedMeter,
  area: 755,
  opened: true,
  customer: publishedCustomer,
  serial: publishedSerial,
  count: 6,
  remaining: 1_234,
  totalCredited: 45_210,
  totalUsed: 43_976,
  limits: { alarm1: 0, alarm2: 0, hoarding: 100_000, overdraft: 1_500 },
  month: { name: '2611', used: 656, before: 31_210 },
  clock: { aheadSeconds: 0, utcOffsetMinutes: 480, doubtful: false, poweredUpAt: 0 },
})

const meterWith = (changes: Partial<MeterState> = {}, options: { now?: number } = {}) => {
  const clock = { seconds: options.now ?? insertionTime }
  const meter = simulatedMeter({
    state: { ...wornMeter, ...changes },
    masterKeys,
    now: () => clock.seconds * 1000,
  })
  return { ...meter, clock }
}

const parameters: Omit<Parameters, 'keyVersion'> = {
  kind: cardKind.user,
  type: cardType.purchase,
  updateFlags: 0,
  unitFlags: unitFlag.energyMode,
  currency: 156,
  standbyRatesFrom: null,
  alarm1: 5_000,
  alarm2: 1_000,
  ctRatio: 1,
  ptRatio: 1,
  meter: publishedMeter,
  customer: publishedCustomer,
  hoardingLimit: 100_000,
  overdraftLimit: 1_500,
  issueNumber: 0,
  area: 755,
}

const purchase: PurchaseFields = {
  amount: 13_300,
  count: 7,
  energy: 8_910,
  orderNumber: '2611230000000042',
  time: seconds('2026-11-23T08:45:00Z'),
  unit: purchaseUnit.energy,
  channel: channel.kiosk,
  flags: 2,
  arrears: 5_700,
}

type Told = {
  parameters?: Partial<Parameters>
  purchase?: Partial<PurchaseFields>
  card?: Partial<Omit<IssuedCard, 'parameters' | 'purchase'>>
  /** Changes to the finished card. */
  state?: (state: CardState) => void
  random?: (length: number) => Uint8Array
}

const cardWith = (told: Told = {}) => {
  const state = issuedCard({
    masterKeys: publishedMasters,
    serial: publishedSerial,
    parameters: { ...parameters, ...told.parameters },
    purchase: { ...purchase, ...told.purchase },
    ...told.card,
  })
  told.state?.(state)
  return simulatedCard({ state, ...(told.random === undefined ? {} : { random: told.random }) })
}

const K_MT = meterKeyOf(publishedMasters.MK_MT, { meter: publishedMeter, keyVersion: 1 })
const serial = fromHex(publishedSerial)

const ef05Of = (card: { state: () => CardState }) => fromHex(card.state().files[5])
const writeBackOf = (card: { state: () => CardState }) => {
  const read = readWriteBack(ef05Of(card))
  return read.kind === 'record' ? read.record : read.kind
}
const newestRecord = (card: { state: () => CardState }) => {
  const [first = ''] = card.state().journal
  const read = readCardRecord(fromHex(first))
  return read.kind === 'record' ? read.record : null
}
const heldOf = (meter: { state: () => MeterState }) => {
  const { count, remaining, totalCredited } = meter.state()
  return { count, remaining, totalCredited }
}
const untouched = { count: 6, remaining: 1_234, totalCredited: 45_210 }
const creditedOnce = { count: 7, remaining: 10_144, totalCredited: 54_120 }

/** Reports every command it is sent. */
const spied = (card: CardInSlot) => {
  const heard: string[] = []
  const transmit = (apdu: Uint8Array) => {
    heard.push(toHex(apdu))
    return card.transmit(apdu)
  }
  return { ...card, transmit, heard }
}

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

const otherMeter = MeterNumber.parse('000012345679')
const otherCustomer = CustomerNumber.parse('000000700124')

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
