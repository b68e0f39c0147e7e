// Business days of the town as moments: when one begins, which one a moment is in, and which hour of it.
import { dateShifted } from '../reconciliation/dates.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'

const minuteMs = 60_000
const starts = new Map<string, number>()

/** The first minute that is of this day on the calendar of the zone, ms since 1970; also where clocks change at night. */
export const startOfDay = (day: string, timeZone: string): number => {
  const key = `${timeZone} ${day}`
  const known = starts.get(key)
  if (known !== undefined) return known
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // No zone is further than 14 hours from UTC.
  let [before, within] = [midnight / minuteMs - 15 * 60, midnight / minuteMs + 15 * 60]
  while (within - before > 1) {
    const between = Math.floor((before + within) / 2)
    if (localDayOf(new Date(between * minuteMs), timeZone) < day) before = between
    else within = between
  }
  starts.set(key, within * minuteMs)
  return within * minuteMs
}

export const startOfNext = (day: string, timeZone: string): number =>
  startOfDay(dateShifted(day, 1), timeZone)

/** The day a moment is in, and its hour there. Quick for moments that follow each other. */
export const calendarOf = (
  timeZone: string,
): ((moment: number) => { day: string; hour: number }) => {
  let [day, from, until] = ['', 0, 0]
  return (moment) => {
    if (moment < from || moment >= until) {
      day = localDayOf(new Date(moment), timeZone)
      from = startOfDay(day, timeZone)
      until = startOfNext(day, timeZone)
    }
    return { day, hour: hourOf(moment, timeZone) }
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>()
const hoursKnown = new Map<string, number>()

/** Zones differ from UTC by quarters of an hour, and change only at one. */
const hourOf = (moment: number, timeZone: string): number => {
  const quarter = `${timeZone} ${Math.floor(moment / (15 * minuteMs))}`
  const known = hoursKnown.get(quarter)
  if (known !== undefined) return known
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' })
  clocks.set(timeZone, clock)
  const hour = Number(clock.format(new Date(moment))) % 24
  if (hoursKnown.size > 50_000) hoursKnown.clear()
  hoursKnown.set(quarter, hour)
  return hour
}
