// Local civil time as meters keep it: ten decimal digits of this century (power-card.md 1.3).
import { bcd, digitsAt } from './bytes.ts'

/** `YYMMDDhhmm` in the local time of the meter's area, ten digits. */
export type LocalTime = string

/** Five bytes from `at`. All digits zero means "not set": null. Undefined if a digit is none. */
export const localTimeAt = (bytes: Uint8Array, at: number): LocalTime | null | undefined => {
  const digits = digitsAt(bytes, at, 5)
  if (digits === null) return undefined
  return /^0*$/.test(digits) ? null : digits
}

export const writeLocalTime = (time: LocalTime | null): Uint8Array => bcd(time ?? '0', 5)
