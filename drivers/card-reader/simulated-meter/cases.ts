// The meter and the cards of power-card.md 15.7, and what differs from case to case: for the tests of the simulated meter.
import { CustomerNumber, MeterNumber } from '../../../domain/identifiers.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { readCardRecord } from '../../../domain/power-card/card-record.ts'
import {
  cardKind,
  cardType,
  unitFlag,
  type Parameters,
} from '../../../domain/power-card/parameters.ts'
import { channel, purchaseUnit, type PurchaseFields } from '../../../domain/power-card/purchase.ts'
import { readWriteBack } from '../../../domain/power-card/write-back.ts'
import { meterKeyOf } from '../../../domain/power-card/keys.ts'
import {
  publishedCustomer,
  publishedMasters,
  publishedMeter,
  publishedSerial,
} from '../../../domain/power-card/vectors.ts'
import { issuedCard, type IssuedCard } from '../simulated-card/issuing.ts'
import { simulatedCard, type CardInSlot } from '../simulated-card/simulated-card.ts'
import type { CardState } from '../simulated-card/state.ts'
import { newMeter, type MeterState } from './state.ts'
import { simulatedMeter } from './simulated-meter.ts'

export const seconds = (iso: string): number => Date.parse(iso) / 1000
export const insertionTime = seconds('2026-11-23T10:00:00Z')

export const masterKeys = {
  cards: new Map([[1, publishedMasters]]),
  meters: new Map([
    [1, publishedMasters.MK_MT],
    [2, publishedMasters.MK_MT],
  ]),
}

/** The meter of 15.7 before the insertion. */
export const wornMeter: MeterState = newMeter({
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

export const meterWith = (changes: Partial<MeterState> = {}, options: { now?: number } = {}) => {
  const clock = { seconds: options.now ?? insertionTime }
  const meter = simulatedMeter({
    state: { ...wornMeter, ...changes },
    masterKeys,
    now: () => clock.seconds * 1000,
  })
  return { ...meter, clock }
}

export const parameters: Omit<Parameters, 'keyVersion'> = {
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

export const purchase: PurchaseFields = {
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

export type Told = {
  parameters?: Partial<Parameters>
  purchase?: Partial<PurchaseFields>
  card?: Partial<Omit<IssuedCard, 'parameters' | 'purchase'>>
  /** Changes to the finished card. */
  state?: (state: CardState) => void
  random?: (length: number) => Uint8Array
}

export const cardWith = (told: Told = {}) => {
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

export const K_MT = meterKeyOf(publishedMasters.MK_MT, { meter: publishedMeter, keyVersion: 1 })
export const serial = fromHex(publishedSerial)

export const ef05Of = (card: { state: () => CardState }) => fromHex(card.state().files[5])
export const writeBackOf = (card: { state: () => CardState }) => {
  const read = readWriteBack(ef05Of(card))
  return read.kind === 'record' ? read.record : read.kind
}
export const newestRecord = (card: { state: () => CardState }) => {
  const [first = ''] = card.state().journal
  const read = readCardRecord(fromHex(first))
  return read.kind === 'record' ? read.record : null
}
export const heldOf = (meter: { state: () => MeterState }) => {
  const { count, remaining, totalCredited } = meter.state()
  return { count, remaining, totalCredited }
}
export const untouched = { count: 6, remaining: 1_234, totalCredited: 45_210 }
export const creditedOnce = { count: 7, remaining: 10_144, totalCredited: 54_120 }

/** Reports every command it is sent. */
export const spied = (card: CardInSlot) => {
  const heard: string[] = []
  const transmit = (apdu: Uint8Array) => {
    heard.push(toHex(apdu))
    return card.transmit(apdu)
  }
  return { ...card, transmit, heard }
}

export const otherMeter = MeterNumber.parse('000012345679')
export const otherCustomer = CustomerNumber.parse('000000700124')
