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

const open = (facts: ServiceFacts): string[] =>
  openServices(facts).map((one) => (one.kind === 'purchase' ? `purchase: ${one.with}` : one.kind))

describe('the faults of one device, in every combination', () => {
  it.each(devices)(
    'of the %s: what they close says all of them, whatever is wrong elsewhere',
    (device) => {
      const like = new Map(damagesOf(device).map((state) => [alone(device, state), state]))
      const others = devices.filter((other) => other !== device)
      const elsewhere = others.flatMap((other) =>
        damagesOf(other).map((state) => withDevice(other, state)),
      )
      for (const state of statesOf(device)) {
        const same = like.get(alone(device, state))
        if (same === undefined) throw new Error('a state has a damage')
        for (const facts of elsewhere) {
          const told = damage(withDevice(device, state, facts))
          if (told !== damage(withDevice(device, same, facts))) throw new Error(told)
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
    const [readers = [], acceptors = [], printers = [], terminals = []] = devices.map(damagesOf)
    for (const tenders of subsetsOf(allTenders))
      for (const cardReader of readers)
        for (const noteAcceptor of acceptors)
          for (const receiptPrinter of printers)
            for (const bankTerminal of terminals)
              for (const paymentsOpen of [false, true])
                for (const journalTrouble of [null, 'it broke'])
                  for (const diskFull of [false, true])
                    for (const centre of ['reached', 'lost', 'not asked yet'] as const)
                      yield {
                        devices: {
                          cardReader,
                          noteAcceptor,
                          receiptPrinter,
                          bankTerminal,
                        } as DeviceStates,
                        tenders,
                        paymentsOpen,
                        journalTrouble,
                        diskFull,
                        centre,
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
        facts.centre === 'reached'
      const mayTakeNotes = noteAcceptor.ready && noteAcceptor.faults.length === 0
      const told = JSON.stringify(facts)
      if (left.includes('enquiry') !== canServe) throw new Error(`an enquiry: ${told}`)
      if (left.length > 0 !== canServe) throw new Error(`open: ${told}`)
      if (left.includes('purchase: cash') && !mayTakeNotes) throw new Error(`notes: ${told}`)
      if (left.includes('purchase: bank card') && facts.paymentsOpen) {
        throw new Error(`a payment beside an open one: ${told}`)
      }
      for (const words of texts) {
        if (saidIn(facts, words).some((text) => !text)) throw new Error(`nothing said of ${told}`)
      }
    }
    // 3 kinds of damage of the reader, 3 of the acceptor, 2 of the printer, 4 of the terminal; 24 states; 16 sets of tenders.
    expect(seen).toBe(3 * 3 * 2 * 4 * 24 * 16)
  })
})
