// The sample town: from one list of stories both halves of it, what the centre imports and the cards and meters people hold.
import type { KeyFile } from '../../../centre/card-security/key-file.ts'
import type { ImportInput } from '../../../centre/importing/import-file.ts'
import type { Policy } from '../../../centre/config.ts'
import { CustomerNumber, type MeterNumber } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { newCard } from '../../../drivers/card-reader/simulated-card/issuing.ts'
import type { CardState } from '../../../drivers/card-reader/simulated-card/state.ts'
import type { MeterState } from '../../../drivers/card-reader/simulated-meter/state.ts'
import type { RackCard } from '../../../ui/bench/panel.ts'
import { bankAccountsOf, storyAtBank, type TownAccount } from './bank-accounts.ts'
import {
  cardOf,
  predecessorOf,
  presetCard,
  serviceCard,
  serviceType,
  type Neighbours,
} from './cards.ts'
import { household, serialOf, type Household } from './household.ts'
import { importOf } from './import.ts'
import { townKeyFile, townKeys } from './keys.ts'
import { meterOf } from './meters.ts'
import { stories } from './stories.ts'

export type TownCard = Omit<RackCard, 'where'> & {
  /** What the chip keeps; of a card that is not ours only the answer to reset, as hex. */
  state: CardState | { atr: string }
}

export type TownMeter = { number: MeterNumber; owner: string; state: MeterState }

export type Town = {
  import: ImportInput
  /** Content of the key file; only a bench may use these keys. */
  keyFile: KeyFile
  /** What the centre of this town goes by. */
  policy: Policy
  cards: TownCard[]
  meters: TownMeter[]
  /** At the bank; none in the authority's edition. */
  bankAccounts: TownAccount[]
}

/** Of the authority, with an account there for everybody; or of a bank, where customers have theirs (design.md 7). */
export type Edition = 'authority' | 'bank'

export const townPolicy: Policy = {
  timeZone: 'Asia/Shanghai',
  areas: [755],
  stepForEnergy: minor(500),
  lowEnergy: 1_500,
}

/** The kiosk of the bench, and the others of the town. */
export const townKiosks = [
  { kiosk: '000000000101', place: 'Main Street 1' },
  { kiosk: '000000000102', place: 'Central Station' },
  { kiosk: '000000000103', place: 'Harbour Market' },
] as const

/**
 * `now` in ms since 1970: all days of the town are told from it, so that its stories are true. The same `now` makes the
 * same town.
 */
export const sampleTown = ({
  now,
  edition = 'authority',
}: {
  now: number
  edition?: Edition
}): Town => {
  const homes = householdsOf(now)
  const neighbours: Neighbours = {
    now,
    kiosk: townKiosks[1].kiosk,
    meterOf: (id) => homeIn(homes, id).meter,
  }
  return {
    import: importOf(homes, { now, kiosks: townKiosks, edition }),
    keyFile: townKeyFile,
    policy: townPolicy,
    cards: [
      ...homes.flatMap((home) => cardsOf(home, neighbours, edition)),
      ...strangers(now, homes),
    ],
    meters: homes.map((home) => ({
      number: home.meter,
      owner: home.story.shortName,
      state: meterOf(home, now),
    })),
    bankAccounts: edition === 'bank' ? bankAccountsOf(homes) : [],
  }
}

const householdsOf = (now: number): Household[] => {
  const customers = new Map<string, CustomerNumber>()
  return stories.map((story, place) => {
    const own = CustomerNumber.parse(String(700_123 + place).padStart(12, '0'))
    const customer = customers.get(story.customerOf ?? '') ?? own
    customers.set(story.id, customer)
    return household(story, { place, customer, now })
  })
}

const utility = 'Energy of Town'

const cardsOf = (home: Household, neighbours: Neighbours, edition: Edition): TownCard[] => {
  const { story, meter, customer } = home
  const { id, name, look } = story
  const title =
    home.area === 755
      ? `${utility} · ${story.card?.type === 'opening' ? 'opening card' : 'power card'}`
      : 'Valley Electric · power card'
  const present: TownCard = {
    id,
    title,
    name,
    number: customer,
    story: edition === 'bank' ? storyAtBank(home) : story.story,
    look,
    meter,
    state: cardOf(home, neighbours),
  }
  const before = story.card?.predecessor
  if (before === undefined) return [present]
  return [{ ...present, ...before, state: predecessorOf(home, neighbours) }, present]
}

/** Cards that are nobody's power card. */
const strangers = (now: number, homes: readonly Household[]): TownCard[] => {
  const next = homes.length
  return [
    {
      id: 'service-card',
      title: `${utility} · service card`,
      name: 'Technician 4711',
      number: '4711',
      story: 'A technician’s card, reads any meter: no customer can buy with it.',
      look: 'service',
      meter: null,
      state: serviceCard(serialOf(next, 0), serviceType.readAll, now),
    },
    {
      id: 'management-card',
      title: `${utility} · management card`,
      name: 'Technician 4711',
      number: '4711',
      story: 'Opens the maintenance mode of the kiosk, with the PIN 2580.',
      look: 'service',
      meter: null,
      state: serviceCard(serialOf(next + 4, 0), serviceType.management, now),
    },
    {
      id: 'preset-card',
      title: `${utility} · preset card`,
      name: 'Preset 20 kWh',
      number: '0020',
      story: 'Gives a new meter its first 20 kWh: not for buying.',
      look: 'service',
      meter: homeIn(homes, 'opening-new').meter,
      state: presetCard(serialOf(next + 1, 0), homeIn(homes, 'opening-new').meter),
    },
    {
      id: 'blank-card',
      title: `${utility} · not issued`,
      name: 'Blank',
      number: '—',
      story: 'Fresh from the factory, never issued: the office has to do that first.',
      look: 'blank',
      meter: null,
      state: newCard({ serial: serialOf(next + 2, 0), transportKey: townKeys.MK_AD }),
    },
    {
      id: 'bank-card',
      title: 'Seaside Bank · debit',
      name: 'Chen Li',
      number: '•••• 4021',
      story: 'A bank card, in the wrong slot: not one of ours.',
      look: 'foreign',
      meter: null,
      state: { atr: '3b6500002063cb6800' },
    },
    {
      id: 'bus-pass',
      title: 'City Transport · season ticket',
      name: 'Fatima Al-Sayed',
      number: 'Zone A',
      story: 'A bus pass: the kiosk cannot even read what it is for.',
      look: 'foreign',
      meter: null,
      state: { atr: '3b8f8001804f0ca000000306030001000000006a' },
    },
  ]
}

const homeIn = (homes: readonly Household[], id: string): Household => {
  const home = homes.find(({ story }) => story.id === id)
  if (home === undefined) throw new Error(`there is no story ${id}`)
  return home
}
