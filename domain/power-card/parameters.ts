// EF01: who this card is for, and what its meter is to be told (power-card.md 4.1).
import { CustomerNumber, MeterNumber } from '../identifiers.ts'
import { bcd, checksum, concat, digitsAt, u16, u16At, u32, u32At, u8, u8At } from './bytes.ts'
import { cardFiles, cryptoProfile, layoutVersion } from './layout.ts'
import { localTimeAt, writeLocalTime, type LocalTime } from './local-time.ts'

export const cardKind = { user: 3, preset: 4, service: 5 } as const

/** Types 50 to 5F are service cards (11). */
export const cardType = { opening: 1, purchase: 2, replacement: 3, preset: 4 } as const

/** Bits of the update flags: what the meter takes over from this card (10.5). */
export const updateFlag = {
  currentRates: 0x01,
  standbyRates: 0x02,
  currentLadder: 0x04,
  standbyLadder: 0x08,
  parameters: 0x80,
} as const
/** Stands for no flag at all, though every bit is set. */
export const noUpdate = 0xff

/** Bits of the unit flags. Without `energyMode` the card carries money (1.3). */
export const unitFlag = {
  energyMode: 0x01,
  prices: 0x02,
  remoteDelivery: 0x04,
  queue: 0x08,
} as const

export type Parameters = {
  /** Of `cardKind`. */
  kind: number
  /** Of `cardType`, or a service card; that it agrees with the kind is asked of `kindAgrees`. */
  type: number
  /** Bits of `updateFlag`, or `noUpdate`. */
  updateFlags: number
  /** Bits of `unitFlag`. */
  unitFlags: number
  /** ISO 4217 number. */
  currency: number
  standbyRatesFrom: LocalTime | null
  /** Limits in the unit of the mode: 0.01 kWh, or minor units of money. */
  alarm1: number
  alarm2: number
  /** Transformer ratios, at most 999999. */
  ctRatio: number
  ptRatio: number
  meter: MeterNumber
  customer: CustomerNumber
  /** The most the meter may hold; 0 = no limit. */
  hoardingLimit: number
  /** 0 = none. */
  overdraftLimit: number
  /** 0 for the first card of a binding, one more for each replacement. */
  issueNumber: number
  area: number
  keyVersion: number
}

export type ParametersRead =
  | { kind: 'parameters'; parameters: Parameters }
  | { kind: 'malformed'; problem: ParametersProblem }

export type ParametersProblem =
  | 'not 60 bytes'
  /** Bytes 0, 2 to 3 or 59. */
  | 'frame'
  | 'checksum'
  | 'layout version'
  /** A generation of cards that is not supported (14). */
  | 'crypto profile'
  /** A digit that is none in a decimal field. */
  | 'not decimal'

export const readParameters = (bytes: Uint8Array): ParametersRead => {
  const malformed = (problem: ParametersProblem): ParametersRead => ({ kind: 'malformed', problem })
  if (bytes.length !== cardFiles.parameters.size) return malformed('not 60 bytes')
  if (bytes[0] !== 0x68 || u16At(bytes, 2) !== 54 || bytes[59] !== 0x16) return malformed('frame')
  if (bytes[58] !== checksum(bytes.subarray(1, 58))) return malformed('checksum')
  if (bytes[4] !== layoutVersion) return malformed('layout version')
  if (bytes[6] !== cryptoProfile) return malformed('crypto profile')
  const parameters = fieldsOf(bytes)
  return parameters === null ? malformed('not decimal') : { kind: 'parameters', parameters }
}

const fieldsOf = (bytes: Uint8Array): Parameters | null => {
  const currency = digitsAt(bytes, 8, 2)
  const standbyRatesFrom = localTimeAt(bytes, 10)
  const ctRatio = digitsAt(bytes, 24, 3)
  const ptRatio = digitsAt(bytes, 27, 3)
  const meter = MeterNumber.safeParse(digitsAt(bytes, 30, 6))
  const customer = CustomerNumber.safeParse(digitsAt(bytes, 36, 6))
  if (currency === null || ctRatio === null || ptRatio === null) return null
  if (standbyRatesFrom === undefined || !meter.success || !customer.success) return null
  return {
    kind: u8At(bytes, 1),
    type: u8At(bytes, 42),
    updateFlags: u8At(bytes, 5),
    unitFlags: u8At(bytes, 7),
    currency: Number(currency),
    standbyRatesFrom,
    alarm1: u32At(bytes, 16),
    alarm2: u32At(bytes, 20),
    ctRatio: Number(ctRatio),
    ptRatio: Number(ptRatio),
    meter: meter.data,
    customer: customer.data,
    hoardingLimit: u32At(bytes, 43),
    overdraftLimit: u32At(bytes, 47),
    issueNumber: u8At(bytes, 51),
    area: u32At(bytes, 52),
    keyVersion: u16At(bytes, 56),
  }
}

/** The 60 bytes of EF01. Throws when a value does not fit its field. */
export const writeParameters = (parameters: Parameters): Uint8Array => {
  const { kind, type, updateFlags, unitFlags, currency, standbyRatesFrom } = parameters
  const body = concat(
    concat(u8(kind), u16(54), layoutVersion, u8(updateFlags), cryptoProfile, u8(unitFlags)),
    concat(bcd(currency, 2), writeLocalTime(standbyRatesFrom), 0x00),
    concat(u32(parameters.alarm1), u32(parameters.alarm2)),
    concat(bcd(parameters.ctRatio, 3), bcd(parameters.ptRatio, 3)),
    concat(bcd(parameters.meter, 6), bcd(parameters.customer, 6), u8(type)),
    concat(u32(parameters.hoardingLimit), u32(parameters.overdraftLimit)),
    concat(u8(parameters.issueNumber), u32(parameters.area), u16(parameters.keyVersion)),
  )
  return concat(0x68, body, checksum(body), 0x16)
}

export const isServiceType = (type: number): boolean => type >= 0x50 && type <= 0x5f

/** 03 with the types 01 to 03, 04 with 04, 05 with the service types. */
export const kindAgrees = ({ kind, type }: Pick<Parameters, 'kind' | 'type'>): boolean => {
  if (kind === cardKind.user) return type >= cardType.opening && type <= cardType.replacement
  if (kind === cardKind.preset) return type === cardType.preset
  return kind === cardKind.service && isServiceType(type)
}
