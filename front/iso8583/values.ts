// Values that stand in fields in a form of their own: amounts, times, and the message a reversal is about.
import { minor, type Minor } from '../../domain/money.ts'
import type { IsoFields } from './fields.ts'
import type { IsoMessage } from './message.ts'

/** Field 4: minor units as 12 digits. Throws on a negative amount and on one that does not fit. */
export const amountField = (amount: Minor): string => digits(amount, 12)

/** Null when the field is not there. */
export const amountIn = (field: string | undefined): Minor | null =>
  field === undefined ? null : minor(Number(field))

/** Field 7, in UTC: MMDDhhmmss. */
export const transmissionTime = (nowMs: number): string =>
  new Date(nowMs).toISOString().replaceAll(/[-T:]/g, '').slice(4, 14)

/** Field 15 of a business date `YYYY-MM-DD`: MMDD. */
export const businessDateField = (businessDate: string): string =>
  businessDate.slice(5).replace('-', '')

/**
 * The business date `YYYY-MM-DD` that a field 15 means: the one nearest to now, since the field has no year. Null when there
 * is no such day.
 */
export const businessDateOf = (field: string | undefined, nowMs: number): string | null => {
  if (field === undefined) return null
  const year = new Date(nowMs).getUTCFullYear()
  const near = [year - 1, year, year + 1]
    .map((candidate) => `${candidate}-${field.slice(0, 2)}-${field.slice(2)}`)
    .filter(isDay)
    .map((day) => ({ day, away: Math.abs(Date.parse(day) - nowMs) }))
    .sort((a, b) => a.away - b.away)
  return near[0]?.day ?? null
}

const isDay = (day: string): boolean => {
  const moment = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day)
}

/** The message that field 90 names, as far as it names it: whoever reverses repeats 15, 41 and 42 of it. */
export type Original = { mti: string; stan: string; time: string }

/** Field 90: MTI 4, STAN 6, time of field 7 10, acquirer and forwarder 11 each, which are not used. */
export const originalField = ({ mti, fields }: Pick<IsoMessage, 'mti' | 'fields'>): string => {
  const { 11: stan, 7: time } = fields
  if (stan === undefined || time === undefined) {
    throw new RangeError('a message without fields 7 and 11 cannot be named in field 90')
  }
  return `${mti}${stan}${time}${'0'.repeat(22)}`
}

/** Null when the field is not there. */
export const originalIn = ({ 90: field }: IsoFields): Original | null =>
  field === undefined
    ? null
    : { mti: field.slice(0, 4), stan: field.slice(4, 10), time: field.slice(10, 20) }

/** Field 3 (domain.md 13.2). */
export const processingCode = {
  sale: '000000',
  return: '200000',
  enquiry: '310000',
  topUp: '500000',
  cardWrite: '900000',
} as const

/** Field 70 (domain.md 13.2). */
export const networkCode = {
  signOn: '001',
  signOff: '002',
  keyChange: '161',
  cutOver: '201',
  echo: '301',
} as const

/** The last three digits of field 60 in an advice about a card write (domain.md 13.1, types 05 and 06). */
export const deliveryFunction = { loaded: '005', notLoaded: '006' } as const

const digits = (value: number, size: number): string => {
  const text = String(value)
  if (!/^\d+$/.test(text) || text.length > size)
    throw new RangeError(`${text} is not ${size} digits`)
  return text.padStart(size, '0')
}
