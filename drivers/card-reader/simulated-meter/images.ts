// What a meter writes on a card: the write-back and a record in the journal (power-card.md 4.4, 4.5).
import { energy } from '../../../domain/energy.ts'
import { CustomerNumber, type MeterNumber } from '../../../domain/identifiers.ts'
import { writeCardRecord } from '../../../domain/power-card/card-record.ts'
import { channel, noOrder } from '../../../domain/power-card/purchase.ts'
import {
  meterStatus,
  writeBackFlag,
  writeWriteBack,
} from '../../../domain/power-card/write-back.ts'
import { meterKeyOf } from '../../../domain/power-card/keys.ts'
import { sealRecord, sealWriteBack } from '../../../domain/power-card/seals.ts'
import { clockOf, localTimeOf, relayOf } from './balance.ts'
import type { MeterState } from './state.ts'

const noCustomer = CustomerNumber.parse('000000000000')

/** K_MT of a meter: it writes with the present one and checks with both (5.3). */
export type MeterKeys = { present: Uint8Array; all: readonly Uint8Array[] }

/** `masters`: MK_MT by the version of K_MT. A real meter holds K_MT alone. */
export const meterKeysOf = (
  masters: ReadonlyMap<number, Uint8Array>,
  { number, keyVersions }: Pick<MeterState, 'number' | 'keyVersions'>,
): MeterKeys => {
  const keyOf = (version: number): Uint8Array => keyOfVersion(masters, number, version)
  const present = keyOf(keyVersions.present)
  const { previous } = keyVersions
  return { present, all: previous === null ? [present] : [present, keyOf(previous)] }
}

const keyOfVersion = (
  masters: ReadonlyMap<number, Uint8Array>,
  meter: MeterNumber,
  keyVersion: number,
): Uint8Array => {
  const master = masters.get(keyVersion)
  if (master === undefined) throw new Error(`there is no MK_MT of version ${keyVersion}`)
  return meterKeyOf(master, { meter, keyVersion })
}

export type Taken = { credited: boolean; standbyPrices: boolean; parameters: boolean }

export const nothingTaken: Taken = { credited: false, standbyPrices: false, parameters: false }

/** EF05 as this meter writes it now, for the card with this serial (8 bytes). */
export const writeBackImage = (
  state: MeterState,
  of: {
    result: number
    taken: Taken
    serial: Uint8Array
    keys: MeterKeys
    nowSeconds: number
  },
): Uint8Array => {
  const { result, taken, serial, keys, nowSeconds } = of
  const relay = relayOf(state, nowSeconds)
  const bytes = writeWriteBack({
    ctRatio: state.ctRatio,
    ptRatio: state.ptRatio,
    meter: state.number,
    customer: state.customer ?? noCustomer,
    remaining: Math.max(state.remaining, 0),
    count: state.count,
    overdraftUsed: Math.max(-state.remaining, 0),
    illegalInsertions: state.illegalInsertions,
    localTime: localTimeOf(state, nowSeconds),
    relayClosed: relay.closed,
    result,
    flags: bitsOf([
      [writeBackFlag.energyMode, state.mode === 'energy'],
      [writeBackFlag.standbyPricesTaken, taken.standbyPrices],
      [writeBackFlag.parametersTaken, taken.parameters],
      [writeBackFlag.purchaseCredited, taken.credited],
      [writeBackFlag.overdraftInUse, state.remaining < 0],
    ]),
    totalCredited: state.totalCredited,
    totalUsed: state.totalUsed,
    usedThisMonth: energy(state.month.used),
    usedLastMonth: energy(state.month.before),
    ...state.tampering,
    status: bitsOf([
      [meterStatus.suspended, state.relay.suspended],
      [meterStatus.batteryLow, state.batteryLow],
      [meterStatus.clockDoubtful, state.clock.doubtful],
      [meterStatus.overdraftInUse, state.remaining < 0],
      [meterStatus.belowAlarm1, state.remaining <= state.limits.alarm1],
      [meterStatus.belowAlarm2, state.remaining <= state.limits.alarm2],
      [meterStatus.relayDoesNotFollow, !relay.follows],
    ]),
    time: clockOf(state, nowSeconds),
  })
  return sealWriteBack(keys.present, bytes, serial)
}

const bitsOf = (bits: readonly (readonly [bit: number, set: boolean])[]): number =>
  bits.reduce((all, [bit, set]) => (set ? all | bit : all), 0)

/** A record of this meter, for the card with this serial. */
export const meterRecord = (
  state: MeterState,
  of: {
    /** Of `cardEvent`. */
    event: number
    orderNumber?: string
    amount?: number
    count: number
    serial: Uint8Array
    keys: MeterKeys
    nowSeconds: number
  },
): Uint8Array => {
  const { event, orderNumber = noOrder, amount = 0, count, serial, keys, nowSeconds } = of
  const bytes = writeCardRecord({
    time: clockOf(state, nowSeconds),
    channel: channel.meter,
    event,
    terminal: state.number,
    orderNumber,
    amount,
    count,
  })
  return sealRecord(keys.present, bytes, serial)
}
