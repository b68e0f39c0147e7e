// EF05: the news from the meter, carried back to the office by the card (power-card.md 4.4).
import { energy, type Energy } from '../energy.ts'
import { CustomerNumber, MeterNumber } from '../identifiers.ts'
import {
  bcd,
  checksum,
  concat,
  digitsAt,
  isZero,
  u16,
  u16At,
  u32,
  u32At,
  u8,
  u8At,
} from './bytes.ts'
import { cardFiles } from './layout.ts'
import { localTimeAt, writeLocalTime, type LocalTime } from './local-time.ts'

/** Bits of the flags of a write-back. */
export const writeBackFlag = {
  energyMode: 0x01,
  standbyPricesTaken: 0x02,
  parametersTaken: 0x04,
  purchaseCredited: 0x08,
  overdraftInUse: 0x10,
} as const

/** Bits of the status word. */
export const meterStatus = {
  suspended: 0x01,
  batteryLow: 0x02,
  clockDoubtful: 0x04,
  overdraftInUse: 0x08,
  belowAlarm1: 0x10,
  belowAlarm2: 0x20,
  relayDoesNotFollow: 0x40,
} as const

/** `remaining`, `overdraftUsed`, `totalCredited` and `totalUsed` are in the unit of the mode. */
export type WriteBack = {
  ctRatio: number
  ptRatio: number
  meter: MeterNumber
  /** As the meter has it stored. */
  customer: CustomerNumber
  /** 0 when in overdraft. */
  remaining: number
  /** Purchase count of the meter. */
  count: number
  overdraftUsed: number
  illegalInsertions: number
  localTime: LocalTime | null
  relayClosed: boolean
  /** Of this insertion, in the codes of power-card.md 10.6; 0 = ok. */
  result: number
  /** Bits of `writeBackFlag`. */
  flags: number
  totalCredited: number
  totalUsed: number
  usedThisMonth: Energy
  usedLastMonth: Energy
  coverOpenings: number
  terminalCoverOpenings: number
  magneticFieldEvents: number
  reverseEnergyEvents: number
  /** Bits of `meterStatus`. */
  status: number
  /** Meter time, seconds since 1970. */
  time: number
}

export type WriteBackRead =
  /** Says nothing: above all not that a purchase is unused (9.2). */
  | { kind: 'empty' }
  /** A frame and a checksum; whether a meter wrote it is asked of its seal (seals.ts). */
  | { kind: 'record'; record: WriteBack }
  | { kind: 'invalid'; problem: WriteBackProblem }

export type WriteBackProblem =
  | 'not 128 bytes'
  /** Bytes 0 to 3 or 48, or a CT ratio of zero. */
  | 'frame'
  | 'checksum'
  | 'extension version'
  | 'not decimal'

export const readWriteBack = (bytes: Uint8Array): WriteBackRead => {
  const invalid = (problem: WriteBackProblem): WriteBackRead => ({ kind: 'invalid', problem })
  if (bytes.length !== cardFiles.writeBack.size) return invalid('not 128 bytes')
  const nameless = isZero(bytes.subarray(5, 8))
  if (bytes[0] !== 0x68 && nameless) return { kind: 'empty' }
  const framed = bytes[0] === 0x68 && bytes[1] === 0x11 && u16At(bytes, 2) === 43
  if (!framed || bytes[48] !== 0x16 || nameless) return invalid('frame')
  if (bytes[47] !== checksum(bytes.subarray(1, 47))) return invalid('checksum')
  if (bytes[64] !== 1) return invalid('extension version')
  const record = fieldsOf(bytes)
  return record === null ? invalid('not decimal') : { kind: 'record', record }
}

const fieldsOf = (bytes: Uint8Array): WriteBack | null => {
  const ctRatio = digitsAt(bytes, 5, 3)
  const ptRatio = digitsAt(bytes, 8, 3)
  const meter = MeterNumber.safeParse(digitsAt(bytes, 11, 6))
  const customer = CustomerNumber.safeParse(digitsAt(bytes, 17, 6))
  const overdraftUsed = digitsAt(bytes, 31, 4)
  const illegalInsertions = digitsAt(bytes, 38, 4)
  const localTime = localTimeAt(bytes, 42)
  if (ctRatio === null || ptRatio === null || !meter.success || !customer.success) return null
  if (overdraftUsed === null || illegalInsertions === null || localTime === undefined) {
    return null
  }
  return {
    ctRatio: Number(ctRatio),
    ptRatio: Number(ptRatio),
    meter: meter.data,
    customer: customer.data,
    remaining: u32At(bytes, 23),
    count: u32At(bytes, 27),
    overdraftUsed: Number(overdraftUsed),
    illegalInsertions: Number(illegalInsertions),
    localTime,
    relayClosed: bytes[65] === 1,
    result: u8At(bytes, 66),
    flags: u8At(bytes, 67),
    totalCredited: u32At(bytes, 68),
    totalUsed: u32At(bytes, 72),
    usedThisMonth: energy(u32At(bytes, 76)),
    usedLastMonth: energy(u32At(bytes, 80)),
    coverOpenings: u16At(bytes, 84),
    terminalCoverOpenings: u16At(bytes, 86),
    magneticFieldEvents: u16At(bytes, 88),
    reverseEnergyEvents: u16At(bytes, 90),
    status: u32At(bytes, 92),
    time: u32At(bytes, 96),
  }
}

/** The first 100 bytes of EF05: what the meter MAC is made over (seals.ts). Throws when a value does not fit. */
export const writeWriteBack = (back: WriteBack): Uint8Array => {
  const body = concat(
    concat(0x11, u16(43), 0x00, bcd(back.ctRatio, 3), bcd(back.ptRatio, 3)),
    concat(bcd(back.meter, 6), bcd(back.customer, 6), u32(back.remaining), u32(back.count)),
    concat(bcd(back.overdraftUsed, 4), new Uint8Array(3), bcd(back.illegalInsertions, 4)),
    writeLocalTime(back.localTime),
  )
  return concat(
    concat(0x68, body, checksum(body), 0x16, new Uint8Array(15)),
    concat(1, back.relayClosed ? 1 : 0, u8(back.result), u8(back.flags)),
    concat(u32(back.totalCredited), u32(back.totalUsed)),
    concat(u32(back.usedThisMonth), u32(back.usedLastMonth)),
    concat(u16(back.coverOpenings), u16(back.terminalCoverOpenings)),
    concat(u16(back.magneticFieldEvents), u16(back.reverseEnergyEvents)),
    concat(u32(back.status), u32(back.time)),
  )
}
