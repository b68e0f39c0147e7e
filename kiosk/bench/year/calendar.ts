// The days of the year: which are holidays, how cold or hot they are, and when people go to buy.
import type { Chance } from './chance.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** Asia/Shanghai, which has no summer time. */
const zoneMs = 8 * hourMs

export type Day = {
  /** `YYYY-MM-DD`. */
  day: string
  /** Its first moment, ms since 1970. */
  from: number
  isHoliday: boolean
  isWeekend: boolean
  /** 0 to 1: how much heating, and how much cooling, a day of its season asks for. */
  cold: number
  heat: number
}

export type Calendar = {
  days: readonly Day[]
  /** Where the year begins and ends, ms since 1970. */
  from: number
  until: number
  /** The day of a moment, counted from the first; days go on after the end, for what is planned beyond it. */
  placeOf: (at: number) => number
  /** First moments of the months after a moment and up to another, the earlier first. */
  monthsBetween: (after: number, through: number) => readonly number[]
}

/** `YYYY-MM-DD` of the town. */
export const dayOf = (at: number): string => new Date(at + zoneMs).toISOString().slice(0, 10)
export const monthOf = (at: number): string => dayOf(at).slice(0, 7)
/** `YYMMDDhhmm` of the town. */
export const localTimeOf = (at: number): string =>
  new Date(at + zoneMs).toISOString().replace(/\D/g, '').slice(2, 12)

/** The month before one, `YYYY-MM`; or so many months before. */
export const monthBefore = (month: string, months = 1): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 - months, 1)).toISOString().slice(0, 7)
}

/** The first moment of a day, or of a month, of the town. */
export const momentOf = (day: string): number =>
  Date.parse(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`) - zoneMs

/** The days before `now`, whole ones, and what is left of its own day. */
export const calendarOf = ({ now, days }: { now: number; days: number }): Calendar => {
  const from = momentOf(dayOf(now - days * dayMs))
  const all = Array.from({ length: days + 40 }, (_, place) => dayAt(from + place * dayMs))
  const months = all.filter(({ day }) => day.endsWith('-01')).map((each) => each.from)
  return {
    days: all,
    from,
    until: now,
    placeOf: (at) => Math.min(all.length - 1, Math.max(0, Math.floor((at - from) / dayMs))),
    monthsBetween: (after, through) =>
      months.filter((moment) => moment > after && moment <= through),
  }
}

const dayAt = (from: number): Day => {
  const day = dayOf(from)
  const weekday = new Date(from + zoneMs).getUTCDay()
  return {
    day,
    from,
    isHoliday: isHoliday(day),
    isWeekend: weekday === 0 || weekday === 6,
    cold: Math.max(0, seasonal(from, coldest)) ** 1.5,
    heat: Math.max(0, seasonal(from, hottest)) ** 2,
  }
}

/** Days of the year. */
const coldest = 20
const hottest = 205

/** 1 on the peak day, -1 half a year from it. */
const seasonal = (at: number, peak: number): number => {
  const newYear = Date.parse(`${dayOf(at).slice(0, 4)}-01-01T00:00:00Z`) - zoneMs
  return Math.cos((2 * Math.PI * ((at - newYear) / dayMs - peak)) / 365.25)
}

/** New Year, Labour Day and the national week, and the week of the spring festival of those years that are known. */
const isHoliday = (day: string): boolean => {
  const monthDay = day.slice(5)
  if (monthDay === '01-01') return true
  if (monthDay >= '05-01' && monthDay <= '05-03') return true
  if (monthDay >= '10-01' && monthDay <= '10-07') return true
  const festival = springFestivals[day.slice(0, 4)] ?? '02-05'
  const since = (Date.parse(day) - Date.parse(`${day.slice(0, 4)}-${festival}`)) / dayMs
  return since >= -1 && since <= 6
}

const springFestivals: Readonly<Record<string, string>> = {
  2024: '02-10',
  2025: '01-29',
  2026: '02-17',
  2027: '02-06',
  2028: '01-26',
}

/** How many of a day's buyers come in each hour, from 0 to 23. */
const workingDay = [
  1, 1, 0, 0, 0, 1, 3, 8, 12, 9, 8, 9, 12, 8, 6, 6, 8, 14, 19, 18, 14, 9, 5, 2,
] as const
const freeDay = [
  2, 1, 1, 0, 0, 0, 1, 3, 6, 10, 14, 15, 12, 9, 10, 11, 12, 12, 11, 10, 9, 7, 5, 3,
] as const

/** A moment of that day at which somebody may come. */
export const comingOn = ({ from, isHoliday, isWeekend }: Day, chance: Chance): number => {
  const hours = isHoliday || isWeekend ? freeDay : workingDay
  const hour = chance.weighted(hours.map((weight, place) => [place, weight] as const))
  return from + hour * hourMs + chance.whole(0, hourMs - 1)
}
