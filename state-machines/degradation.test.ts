// Every combination of what can be wrong: what it closes, that no money goes where a fault has it at risk, and what a
// customer is told of it.
//
// All combinations at once are too many to go through (some 10^12), and need not be. Each state of each device, with every
// subset of its faults, does one of a few kinds of damage: what it closes. The first test shows that this is all that counts,
// whatever the other devices do; so every kind of damage of every device, times every state of the kiosk and every set of
// tenders, are all there is.
import { describe, expect, it } from 'vitest'
import { deviceFaults } from '../domain/faults/device-faults.ts'
import { languages } from '../domain/language.ts'
import type { Tender } from '../ui/kiosk/screen.ts'
import { formatFor } from '../ui/parts/format.ts'
import { textsOf as arabic } from '../ui/texts/ar.ts'
import { textsOf as english } from '../ui/texts/en.ts'
import { textsOf as chinese } from '../ui/texts/zh.ts'
import { noDevices, type DeviceStates } from './device-states.ts'
import {
  openServices,
  printsPaper,
  tenderOffers,
  whyNotServing,
  type ServiceFacts,
} from './open-services.ts'

type Device = keyof DeviceStates
const devices: Device[] = ['cardReader', 'noteAcceptor', 'receiptPrinter', 'bankTerminal']
const allTenders: Tender[] = ['cash', 'bank card', 'bank account', 'account']

const well: ServiceFacts = {
  devices: {
    cardReader: { ...noDevices.cardReader, ready: true },
    noteAcceptor: { ...noDevices.noteAcceptor, ready: true },
    receiptPrinter: { ...noDevices.receiptPrinter, ready: true },
    bankTerminal: { ready: true, faults: [], vending: true, canAskPin: true },
  },
  tenders: allTenders,
  paymentsOpen: false,
  journalTrouble: null,
  diskFull: false,
  centre: 'reached',
  closed: null,
  boxOpen: false,
}
const withDevice = (device: Device, state: DeviceStates[Device], facts = well): ServiceFacts => ({
  ...facts,
  devices: { ...facts.devices, [device]: state },
})

const subsetsOf = <Item>(items: readonly Item[]): Item[][] =>
  items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

const kindsOf = (device: Device): string[] => Object.keys(deviceFaults[device])
const withFaults = (device: Device, faults: string[]): DeviceStates[Device] =>
  ({ ...well.devices[device], faults }) as DeviceStates[Device]

/** Every state a device can be in. */
const statesOf = (device: Device): DeviceStates[Device][] =>
  subsetsOf(kindsOf(device)).flatMap((faults) => {
    const state = withFaults(device, faults)
    const heard = [state, { ...state, ready: false }] as DeviceStates[Device][]
    if (!('vending' in state)) return heard
    return heard.flatMap((one) =>
      [true, false].flatMap((vending) =>
        [true, false].map((canAskPin) => ({ ...one, vending, canAskPin })),
      ),
    )
  })

/** All that the rest of the kiosk can see of it. */
const damage = (facts: ServiceFacts): string =>
  JSON.stringify([tenderOffers(facts), printsPaper(facts.devices), whyNotServing(facts)])

const alone = (device: Device, state: DeviceStates[Device]): string =>
  damage(withDevice(device, state))

/** One state for each kind of damage a device can do. */
const damagesOf = (device: Device): DeviceStates[Device][] => [
  ...new Map(statesOf(device).map((state) => [alone(device, state), state])).values(),
]
const damages: Record<Device, DeviceStates[Device][]> = {
  cardReader: damagesOf('cardReader'),
  noteAcceptor: damagesOf('noteAcceptor'),
  receiptPrinter: damagesOf('receiptPrinter'),
  bankTerminal: damagesOf('bankTerminal'),
}

/** Every state of the kiosk itself, the devices being well. */
const kioskStates: ServiceFacts[] = [false, true].flatMap((paymentsOpen) =>
  [false, true].flatMap((diskFull) =>
    [false, true].flatMap((boxOpen) =>
      [null, 'it broke'].flatMap((journalTrouble) =>
        (['reached', 'lost', 'not asked yet'] as const).flatMap((centre) =>
          ([null, 'finish only', 'out of service'] as const).map((closed) => ({
            ...well,
            paymentsOpen,
            diskFull,
            boxOpen,
            journalTrouble,
            centre,
            closed,
          })),
        ),
      ),
    ),
  ),
)
const kioskDamages = [...new Map(kioskStates.map((facts) => [damage(facts), facts])).values()]

const open = (facts: ServiceFacts): string[] =>
  openServices(facts).map((one) => (one.kind === 'purchase' ? `purchase: ${one.with}` : one.kind))

describe('the faults of one device, in every combination', () => {
  it.each(devices)(
    'of the %s: what they close says all of them, whatever is wrong elsewhere',
    (device) => {
      const like = new Map(damages[device].map((state) => [alone(device, state), state]))
      const states = statesOf(device).map((state) => ({ state, kind: alone(device, state) }))
      const others = devices.filter((other) => other !== device)
      const elsewhere = [
        ...kioskDamages,
        ...others.flatMap((other) => damages[other].map((state) => withDevice(other, state))),
      ]
      for (const facts of elsewhere) {
        const told = new Map(
          [...like].map(([kind, state]) => [kind, damage(withDevice(device, state, facts))]),
        )
        for (const { state, kind } of states) {
          const here = damage(withDevice(device, state, facts))
          if (here !== told.get(kind)) throw new Error(here)
        }
      }
      expect(elsewhere.length).toBeGreaterThan(7)
    },
  )

  it.each(devices)('of the %s: together they leave open what each of them alone does', (device) => {
    const alone = new Map(
      kindsOf(device).map((kind) => [kind, open(withDevice(device, withFaults(device, [kind])))]),
    )
    for (const faults of subsetsOf(kindsOf(device))) {
      const together = open(withDevice(device, withFaults(device, faults)))
      const left = open(well).filter((service) =>
        faults.every((fault) => alone.get(fault)?.includes(service)),
      )
      expect(together, faults.join(', ')).toEqual(left)
    }
  })

  const takesMoney: Record<Device, Tender[]> = {
    cardReader: allTenders,
    noteAcceptor: ['cash'],
    receiptPrinter: [],
    bankTerminal: ['bank card', 'bank account'],
  }
  it.each(devices)('of the %s: none of it takes money while money may be at risk', (device) => {
    let risky = 0
    for (const [kind, { risk }] of Object.entries(deviceFaults[device])) {
      if (risk === 'no') continue
      risky++
      const left = open(withDevice(device, withFaults(device, [kind])))
      for (const tender of takesMoney[device])
        expect(left, kind).not.toContain(`purchase: ${tender}`)
      if (takesMoney[device].includes('cash')) expect(left, kind).not.toContain('deposit')
    }
    expect(risky > 0, device).toBe(device !== 'receiptPrinter')
  })
})

describe('what a customer is left with', () => {
  it.each([
    ['nothing is wrong', well, ['purchase: cash', 'deposit', 'receipt on paper']],
    ['the acceptor is jammed', wrong('noteAcceptor', 'jam'), ['purchase: bank card', 'claim']],
    ['the cash box is full', wrong('noteAcceptor', 'cash box full'), ['purchase: account']],
    ['the bank is not reached', wrong('bankTerminal', 'no connection'), ['purchase: bank card']],
    ['paper is low', wrong('receiptPrinter', 'paper low'), ['receipt on paper']],
    ['there is no paper', wrong('receiptPrinter', 'paper out'), ['purchase: cash', 'enquiry']],
    ['a payment is open', { ...well, paymentsOpen: true }, ['purchase: cash', 'purchase: account']],
  ] as const)('when %s', (_, facts, some) => {
    expect(open(facts)).toEqual(expect.arrayContaining([...some]))
  })

  it.each([
    ['the acceptor is jammed', wrong('noteAcceptor', 'jam'), ['purchase: cash', 'deposit']],
    ['there is no paper', wrong('receiptPrinter', 'paper out'), ['receipt on paper']],
    [
      'the terminal has a card in it',
      wrong('bankTerminal', 'card left inside'),
      ['purchase: bank card'],
    ],
    [
      'a payment is open',
      { ...well, paymentsOpen: true },
      ['purchase: bank card', 'purchase: bank account'],
    ],
    [
      'a note is jammed and the cash is all that is taken',
      { ...wrong('noteAcceptor', 'jam'), tenders: ['cash'] as Tender[] },
      ['purchase: cash'],
    ],
  ] as const)('and not with, when %s', (_, facts, none) => {
    for (const service of none) expect(open(facts)).not.toContain(service)
    expect(open(facts)).toContain('enquiry')
  })
})

function wrong(device: Device, fault: string): ServiceFacts {
  return withDevice(device, withFaults(device, [fault]))
}

describe('every kind of damage of every device, in every state of the kiosk', () => {
  const format = { currency: { code: 'CNY', symbol: '¥' }, timeZone: 'Asia/Shanghai' }
  const sources = { en: english, zh: chinese, ar: arabic }
  const texts = languages.map((language) =>
    sources[language](formatFor({ language, ...format }), () => 0),
  )

  const everything = function* (): Generator<ServiceFacts> {
    for (const tenders of subsetsOf(allTenders)) {
      let all: ServiceFacts[] = kioskDamages.map((state) => ({ ...state, tenders }))
      for (const device of devices) {
        all = all.flatMap((facts) =>
          damages[device].map((state) => withDevice(device, state, facts)),
        )
      }
      yield* all
    }
  }

  /** What stands on the screen that invites, or on the one that says it is closed. */
  const saidIn = (facts: ServiceFacts, words: (typeof texts)[number]): string[] => {
    const why = whyNotServing(facts)
    if (why !== null) return [words.outOfService[why].title, words.outOfService[why].todo]
    const offers = tenderOffers(facts)
    const sells = offers.some(({ works }) => works)
    return [
      words.attract.receipts[printsPaper(facts.devices) ? 'on paper' : 'on screen'],
      ...offers.flatMap((offer) => (offer.works ? [] : [words.tenderTrouble[offer.why]])),
      ...(sells ? [] : [words.outOfService['no tender works'].todo]),
    ]
  }

  it('an enquiry stays open wherever a card can be read, and nothing that is closed takes money; each is said in three languages', () => {
    let seen = 0
    for (const facts of everything()) {
      seen++
      const left = open(facts)
      const { cardReader, noteAcceptor } = facts.devices
      const canServe =
        cardReader.ready &&
        cardReader.faults.length === 0 &&
        facts.journalTrouble === null &&
        !facts.diskFull &&
        facts.centre === 'reached' &&
        facts.closed !== 'out of service'
      const mayTakeNotes = noteAcceptor.ready && noteAcceptor.faults.length === 0 && !facts.boxOpen
      const fail = (what: string): never => {
        throw new Error(`${what}: ${JSON.stringify(facts)}`)
      }
      if (left.includes('enquiry') !== canServe) fail('an enquiry')
      if (left.length > 0 !== canServe) fail('open')
      if (left.includes('purchase: cash') && !mayTakeNotes) fail('notes')
      if (left.some((one) => one.startsWith('purchase')) && facts.closed !== null) {
        fail('a purchase while nothing new is sold')
      }
      if (left.includes('purchase: bank card') && facts.paymentsOpen) {
        fail('a payment beside an open one')
      }
      for (const words of texts) {
        if (saidIn(facts, words).some((text) => !text)) fail('nothing said')
      }
    }
    const kinds = devices.map((device) => damages[device].length)
    expect(kinds).toEqual([3, 3, 2, 4])
    // Open or closed for one of four reasons, selling or not, payments open or not; and sixteen sets of tenders.
    expect(seen).toBe(3 * 3 * 2 * 4 * kioskDamages.length * 16)
  })
})
