// Days and months of a tariff: which version is in force, where the ladder starts again, what has fallen due.
//
// Days and months are text of the town's calendar, `YYYY-MM-DD` and `YYYY-MM`; they sort as text.
import { noEnergy, type Energy } from '../../domain/energy.ts'
import { minor, nothing, plus, type Minor } from '../../domain/money.ts'
import { fixedChargeWithVat } from './tariff-ladder.ts'
import type { Tariff } from './tariff-rules.ts'

/** The day that a moment is on the calendar of a time zone (IANA name). */
export const localDayOf = (moment: Date, timeZone: string): string => {
  const known = calendars.get(timeZone)
  // The Swedish locale writes ISO 8601 dates.
  const calendar = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  if (known === undefined) calendars.set(timeZone, calendar)
  return calendar.format(moment)
}

/** A calendar takes longer to make than a sale has time for; there are as many as there are zones in use. */
const calendars = new Map<string, Intl.DateTimeFormat>()

export const monthOf = (day: string): string => day.slice(0, 7)

/** The day on which the ladder's running period began: the 1st of the month, or of January. */
export const ladderStart = ({ ladder }: Tariff, day: string): string =>
  ladder.period === 'month' ? `${monthOf(day)}-01` : `${day.slice(0, 4)}-01-01`

/** The version of a tariff in force on a day; null when none is yet. */
export const tariffInForce = (
  tariffs: readonly Tariff[],
  of: { code: string; day: string },
): Tariff | null => versionsOf(tariffs, of.code).findLast((t) => t.validFrom <= of.day) ?? null

/** The version that comes next: its prices may travel to the meter on EF04 (power-card.md 10.5). */
export const tariffToCome = (
  tariffs: readonly Tariff[],
  of: { code: string; day: string },
): Tariff | null => versionsOf(tariffs, of.code).find((t) => t.validFrom > of.day) ?? null

/**
 * Fixed charges due on a day: what earlier tenders did not cover (`unpaid`), and one month's charges for each month
 * after `chargedThrough`, the running month included, but no more months than the tariff's policy. VAT included.
 */
export const fixedChargesDue = (of: {
  tariff: Tariff
  chargedThrough: string
  unpaid: Minor
  day: string
}): { amount: Minor; period: string } => {
  const now = monthNumber(monthOf(of.day))
  const passed = Math.max(0, now - monthNumber(of.chargedThrough))
  const months = Math.min(passed, of.tariff.mostMonthsOfFixedCharges)
  const monthly = plus(...of.tariff.fixedCharges.map((it) => fixedChargeWithVat(of.tariff, it)))
  const amount = plus(of.unpaid, minor(monthly * months))
  if (amount === nothing) return { amount, period: monthOf(of.day) }
  const first = of.unpaid > nothing ? of.chargedThrough : monthText(now - Math.max(0, months - 1))
  const last = months > 0 ? monthOf(of.day) : of.chargedThrough
  return { amount, period: first === last ? last : `${first}/${last}` }
}

/** Free units due with a purchase on a day: the month's units, unless this month has had them. They do not add up. */
export const freeUnitsDue = (of: {
  tariff: Tariff
  lastGiven: string | null
  day: string
}): Energy =>
  of.lastGiven !== null && of.lastGiven >= monthOf(of.day) ? noEnergy : of.tariff.freeUnitsPerMonth

const versionsOf = (tariffs: readonly Tariff[], code: string): Tariff[] =>
  tariffs
    .filter((tariff) => tariff.code === code)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))

const monthNumber = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
