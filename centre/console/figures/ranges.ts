// Ranges of days that are compared with each other.
import type { Compared } from '../../../domain/console/figures.ts'
import { lastDayOf, type Range } from '../../figures/adding-up.ts'
import { dateShifted } from '../../reconciliation/dates.ts'

/** The range before, as long; whole months are compared with as many whole months. */
export const rangeBefore = ({ from, to }: Range): Range => {
  const end = dateShifted(from, -1)
  if (from.endsWith('-01') && lastDayOf(to.slice(0, 7)) === to) {
    const months = monthNumber(to) - monthNumber(from) + 1
    return { from: `${monthText(monthNumber(from) - months)}-01`, to: end }
  }
  const days = (Date.parse(to) - Date.parse(from)) / (24 * 3_600_000)
  return { from: dateShifted(end, -days), to: end }
}

/** The same days a year earlier; of a leap day the one before it. */
export const yearBefore = ({ from, to }: Range): Range => ({
  from: sameDay(from),
  to:
    lastDayOf(to.slice(0, 7)) === to
      ? lastDayOf(sameDay(`${to.slice(0, 7)}-01`).slice(0, 7))
      : sameDay(to),
})

const sameDay = (day: string): string => {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0')
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`
}

const monthNumber = (day: string): number =>
  Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`

export const rangesOf = (range: Range): Compared['ranges'] => ({
  before: rangeBefore(range),
  yearBefore: yearBefore(range),
})

/** 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
