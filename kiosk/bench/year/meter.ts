// A meter of the town: what it credits, what runs through it, and what it writes on the card (power-card.md 4.4, 10).
import type { CardSerial, CustomerNumber, MeterNumber } from '../../../domain/identifiers.ts'
import { energy } from '../../../domain/energy.ts'
import { meterKeyOf } from '../../../domain/power-card/keys.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { sealWriteBack } from '../../../domain/power-card/seals.ts'
import {
  meterStatus,
  writeBackFlag,
  writeWriteBack,
  type WriteBack,
} from '../../../domain/power-card/write-back.ts'
import { townKeys } from '../town/keys.ts'
import { localTimeOf, type Calendar } from './calendar.ts'
import type { UseSoFar } from './households.ts'

/** Energy in 0.01 kWh. What it may not hold above or below zero is of the binding. */
export type Meter = {
  number: MeterNumber
  customer: CustomerNumber
  overdraftLimit: number
  alarm1: number
  alarm2: number
  /** Until when its registers are. */
  at: number
  count: number
  totalCredited: number
  totalUsed: number
  usedThisMonth: number
  usedLastMonth: number
  /** Use that is less than 0.01 kWh so far. */
  rest: number
  illegalInsertions: number
  coverOpenings: number
  magneticFieldEvents: number
  reverseEnergyEvents: number
  /** By how much somebody, or a fault, has moved registers and clock. */
  forged: { remaining: number; used: number; clockMs: number }
}

export const remainingOf = ({ totalCredited, totalUsed, forged }: Meter): number =>
  totalCredited - totalUsed + forged.remaining

/** Lets energy run through it until a moment. `perDay`: on a usual day, in 0.01 kWh. Nothing runs once it has switched off. */
export const runUntil = (
  meter: Meter,
  at: number,
  of: { perDay: number; soFar: UseSoFar; calendar: Calendar },
): void => {
  if (at <= meter.at) return
  for (const moment of [...of.calendar.monthsBetween(meter.at, at), at]) {
    const used = of.perDay * (of.soFar(moment) - of.soFar(meter.at)) + meter.rest
    const left = remainingOf(meter) + meter.overdraftLimit
    const whole = Math.min(Math.floor(used), Math.max(0, left))
    meter.rest = Math.min(1, used - whole)
    meter.totalUsed += whole
    meter.usedThisMonth += whole
    meter.at = moment
    if (moment === at) break
    meter.usedLastMonth = meter.usedThisMonth
    meter.usedThisMonth = 0
  }
}

/** It takes a purchase from the card: one count, and the energy of it. */
export const credit = (meter: Meter, of: { count: number; energy: number }): void => {
  meter.count = of.count
  meter.totalCredited += of.energy
}

/** What it writes on the card now. `credited`: it has just taken a purchase from it. */
export const writeBackOf = (meter: Meter, { credited }: { credited: boolean }): WriteBack => {
  const left = remainingOf(meter)
  const clock = meter.at + meter.forged.clockMs
  const remaining = Math.max(0, left)
  const overdraftUsed = Math.max(0, -left)
  return {
    ctRatio: 1,
    ptRatio: 1,
    meter: meter.number,
    customer: meter.customer,
    remaining,
    count: meter.count,
    overdraftUsed,
    illegalInsertions: meter.illegalInsertions,
    localTime: localTimeOf(clock),
    relayClosed: left > -meter.overdraftLimit,
    result: 0,
    flags:
      writeBackFlag.energyMode |
      (credited ? writeBackFlag.purchaseCredited : 0) |
      (overdraftUsed > 0 ? writeBackFlag.overdraftInUse : 0),
    totalCredited: meter.totalCredited,
    totalUsed: meter.totalUsed + meter.forged.used,
    usedThisMonth: energy(meter.usedThisMonth),
    usedLastMonth: energy(meter.usedLastMonth),
    coverOpenings: meter.coverOpenings,
    terminalCoverOpenings: 0,
    magneticFieldEvents: meter.magneticFieldEvents,
    reverseEnergyEvents: meter.reverseEnergyEvents,
    status:
      (overdraftUsed > 0 ? meterStatus.overdraftInUse : 0) |
      (remaining < meter.alarm1 ? meterStatus.belowAlarm1 : 0) |
      (remaining < meter.alarm2 ? meterStatus.belowAlarm2 : 0),
    time: Math.floor(clock / 1000),
  }
}

/** Bytes 0 to 107 of EF05 as hex: the record, and the MAC of the meter. */
export const sealedBytes = (meter: Meter, serial: CardSerial, back: WriteBack): string => {
  return toHex(sealWriteBack(keyOf(meter.number), writeWriteBack(back), fromHex(serial))).slice(
    0,
    216,
  )
}

/** K_MT of a meter, derived once however often it seals. */
export const keyOf = (meter: MeterNumber): Uint8Array => {
  const known = keys.get(meter) ?? meterKeyOf(townKeys.MK_MT, { meter, keyVersion: 1 })
  keys.set(meter, known)
  return known
}

const keys = new Map<MeterNumber, Uint8Array>()
