// The chips of the sample town, as office and meters have left them.
import { energy } from '../../../domain/energy.ts'
import { CustomerNumber, MeterNumber, type CardSerial } from '../../../domain/identifiers.ts'
import { checksum, fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardEvent, type CardRecord } from '../../../domain/power-card/card-record.ts'
import {
  cardKind,
  cardType,
  unitFlag,
  type Parameters,
} from '../../../domain/power-card/parameters.ts'
import {
  channel,
  noOrder,
  purchaseUnit,
  type PurchaseFields,
} from '../../../domain/power-card/purchase.ts'
import { writeBackFlag, type WriteBack } from '../../../domain/power-card/write-back.ts'
import { issuedCard } from '../../../drivers/card-reader/simulated-card/issuing.ts'
import type { CardState } from '../../../drivers/card-reader/simulated-card/state.ts'
import { localTimeOf, orderNumberOf, type Household, type Purchase } from './household.ts'
import { otherKeys, townKeys } from './keys.ts'
import type { CardStory } from './story.ts'

export type Neighbours = {
  /** The meter of another story, by its id. */
  meterOf: (id: string) => MeterNumber
  /** The kiosk that the town's purchases were made at. */
  kiosk: string
  now: number
}

/** The card of a household. */
export const cardOf = (home: Household, town: Neighbours): CardState => {
  const { story, serial } = home
  const { card = {} } = story
  const ahead = card.flaw === 'count ahead'
  const state = issuedCard({
    masterKeys: card.flaw === 'other keys' ? otherKeys : townKeys,
    keyVersion: card.flaw === 'unknown key version' ? 9 : 1,
    serial,
    parameters: parametersOf(home, card),
    ...(ahead ? { purchase: aheadOf(home, town) } : purchaseOn(home.purchases, home.onCard.truly)),
    ...writeBackOn(home, card),
    journal: journalOf(home, town),
  })
  return flawed(state, card.flaw)
}

/** The card before the present one: as it was when it was lost. */
export const predecessorOf = (home: Household, town: Neighbours): CardState => {
  if (home.predecessor === null) throw new Error(`${home.story.id} has no card before`)
  const before = { ...home, serial: home.predecessor }
  return issuedCard({
    masterKeys: townKeys,
    serial: home.predecessor,
    parameters: parametersOf(before, { issueNumber: 0 }),
    ...purchaseOn(home.purchases, home.last),
    ...writeBackOn(before, {}),
    journal: journalOf(before, town),
  })
}

const typeOf = ({ type }: CardStory): number =>
  type === 'opening'
    ? cardType.opening
    : type === 'replacement'
      ? cardType.replacement
      : cardType.purchase

export const parametersOf = (home: Household, card: CardStory): Omit<Parameters, 'keyVersion'> => ({
  kind: cardKind.user,
  type: typeOf(card),
  updateFlags: 0,
  unitFlags: unitFlag.energyMode,
  currency: 156,
  standbyRatesFrom: null,
  alarm1: home.limits.alarm1,
  alarm2: home.limits.alarm2,
  ctRatio: 1,
  ptRatio: 1,
  meter: home.meter,
  customer: card.flaw === 'other customer' ? CustomerNumber.parse('000000699001') : home.customer,
  hoardingLimit: home.limits.hoarding,
  overdraftLimit: home.limits.overdraft,
  issueNumber: card.issueNumber ?? 0,
  area: home.area,
})

const purchaseOn = (
  purchases: readonly Purchase[],
  count: number,
): { purchase?: PurchaseFields } => {
  const found = purchases.find((each) => each.count === count)
  return found === undefined ? {} : { purchase: fieldsOf(found) }
}

const fieldsOf = (of: Purchase): PurchaseFields => ({
  amount: of.tender,
  count: of.count,
  energy: of.energy,
  orderNumber: of.orderNumber,
  time: Math.floor(of.at / 1000),
  unit: purchaseUnit.energy,
  channel: channel.kiosk,
  flags: 0,
  arrears: 0,
})

/** A purchase nobody sold, two counts on. */
const aheadOf = ({ last }: Household, { now }: Neighbours): PurchaseFields =>
  fieldsOf({
    count: last + 2,
    orderNumber: orderNumberOf(now, 9_999),
    at: now,
    tender: 50_000,
    energy: 36_231,
  })

const writeBackOn = (home: Household, card: CardStory): { writeBack?: WriteBack } => {
  const { writeBack = 'there', openOrder } = card
  if (writeBack === 'lost') return {}
  const result = typeof writeBack === 'object' ? writeBack.result : 0
  const { registers } = home
  const isCredited = result === 0 && openOrder === undefined && home.last > 0
  return {
    writeBack: {
      ctRatio: 1,
      ptRatio: 1,
      meter: home.meter,
      customer: home.customer,
      remaining: Math.max(registers.remaining, 0),
      count: home.credited.meter,
      overdraftUsed: Math.max(-registers.remaining, 0),
      illegalInsertions: 0,
      localTime: localTimeOf(registers.at),
      relayClosed: registers.remaining > 0,
      result,
      flags:
        writeBackFlag.energyMode |
        (isCredited ? writeBackFlag.purchaseCredited : 0) |
        (registers.remaining < 0 ? writeBackFlag.overdraftInUse : 0),
      totalCredited: registers.totalCredited,
      totalUsed: registers.totalUsed,
      usedThisMonth: energy(registers.usedThisMonth),
      usedLastMonth: energy(registers.usedLastMonth),
      coverOpenings: 0,
      terminalCoverOpenings: 0,
      magneticFieldEvents: 0,
      reverseEnergyEvents: 0,
      status: 0,
      time: Math.floor(registers.at / 1000),
    },
  }
}

/** The newest first, at most eight: loads, credits, and what a meter refused. */
const journalOf = (home: Household, town: Neighbours): CardRecord[] => {
  const { story, meter, credited, registers } = home
  const { card = {} } = story
  const records: CardRecord[] = []
  for (const purchase of home.purchases.filter(({ count }) => count <= home.onCard.truly)) {
    const { count, orderNumber, at, tender } = purchase
    const load = { channel: channel.kiosk, event: cardEvent.load, terminal: town.kiosk }
    records.push({ ...load, time: seconds(at), orderNumber, amount: tender, count })
    const isLast = count === home.last
    if (count > credited.meter || (isLast && card.writeBack === 'lost')) continue
    const creditedAt = Math.max(at + 3_600_000, Math.min(at + 86_400_000, registers.at))
    const taken = { channel: channel.meter, event: cardEvent.credited, terminal: meter }
    records.push({ ...taken, time: seconds(creditedAt), orderNumber, amount: tender, count })
  }
  const { refused } = card
  if (refused !== undefined) {
    const { code, otherMeter } = refused
    records.push({
      channel: channel.meter,
      event: cardEvent.refused,
      orderNumber: noOrder,
      time: seconds(town.now - 5 * 3_600_000),
      terminal: otherMeter === undefined ? meter : town.meterOf(otherMeter),
      amount: code,
      count: otherMeter === undefined ? credited.meter : 0,
    })
  }
  return records.reverse().slice(0, 8)
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

const flawed = (state: CardState, flaw: CardStory['flaw']): CardState => {
  switch (flaw) {
    case 'K_EA blocked':
      return { ...state, tries: { ...state.tries, K_EA: 0 } }
    case 'write-back altered':
      return { ...state, files: { ...state.files, 5: altered(state.files[5]) } }
    default:
      return state
  }
}

/** More energy left than the meter wrote, with a checksum that fits; the MAC does not. */
const altered = (ef05: string): string => {
  const bytes = fromHex(ef05)
  bytes[24] = 0x7f
  bytes[47] = checksum(bytes.subarray(1, 47))
  return toHex(bytes)
}

/** `management` is the first step into a kiosk's maintenance mode; the other one reads any meter of the area (power-card.md 11). */
export const serviceType = { management: 0x50, readAll: 0x51 } as const

export const serviceCard = (serial: CardSerial, type: number, now: number): CardState =>
  issuedCard({
    masterKeys: townKeys,
    serial,
    parameters: { ...officeParameters, kind: cardKind.service, type },
    purchase: {
      ...noPurchase,
      orderNumber: '0000000000004711',
      time: seconds(now + 30 * 86_400_000),
      unit: purchaseUnit.service,
    },
  })

/** A preset card: gives a new meter its first energy before anybody has bought any (10.3). */
export const presetCard = (serial: CardSerial, meter: MeterNumber): CardState =>
  issuedCard({
    masterKeys: townKeys,
    serial,
    parameters: { ...officeParameters, kind: cardKind.preset, type: cardType.preset, meter },
    purchase: { ...noPurchase, energy: 2_000 },
  })

const officeParameters: Omit<Parameters, 'keyVersion' | 'kind' | 'type'> = {
  updateFlags: 0,
  unitFlags: unitFlag.energyMode,
  currency: 156,
  standbyRatesFrom: null,
  alarm1: 0,
  alarm2: 0,
  ctRatio: 1,
  ptRatio: 1,
  meter: MeterNumber.parse('000000000000'),
  customer: CustomerNumber.parse('000000000000'),
  hoardingLimit: 0,
  overdraftLimit: 0,
  issueNumber: 0,
  area: 755,
}

const noPurchase: PurchaseFields = {
  amount: 0,
  count: 0,
  energy: 0,
  orderNumber: noOrder,
  time: 0,
  unit: purchaseUnit.energy,
  channel: channel.office,
  flags: 0,
  arrears: 0,
}
