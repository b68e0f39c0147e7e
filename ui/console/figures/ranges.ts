// Which days and which sales a page shows: all of it stands in the address.
import { channels, tenders } from '../../../domain/console/figure-names.ts'
import type { Chosen } from '../../../domain/console/figures.ts'
import { hrefTo, where } from '../router.ts'
import { town } from '../signed-in.ts'

export type Range = { from: string; to: string }

/** The day it is in the town. */
export const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: town.value.timeZone, dateStyle: 'short' }).format(
    new Date(),
  )

export const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const lastDayOf = (month: string): string =>
  shifted(`${shifted(`${month}-28`, 4).slice(0, 7)}-01`, -1)

export const monthBefore = (month: string): string => shifted(`${month}-01`, -1).slice(0, 7)
export const monthAfter = (month: string): string => shifted(`${month}-28`, 4).slice(0, 7)

export const presets = ['today', 'yesterday', 'week', 'month', 'lastMonth', 'year'] as const
export type Preset = (typeof presets)[number]

export const rangeOf = (preset: Preset): Range => {
  const now = today()
  const month = now.slice(0, 7)
  switch (preset) {
    case 'today':
      return { from: now, to: now }
    case 'yesterday':
      return { from: shifted(now, -1), to: shifted(now, -1) }
    case 'week':
      return { from: shifted(now, -6), to: now }
    case 'lastMonth':
      return { from: `${monthBefore(month)}-01`, to: lastDayOf(monthBefore(month)) }
    case 'year':
      return {
        from: `${monthAfter(`${Number(month.slice(0, 4)) - 1}${month.slice(4)}`)}-01`,
        to: now,
      }
    default:
      return { from: `${month}-01`, to: now }
  }
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text)

/** As the address has it; else this month so far, or whatever the page begins with. */
export const rangeAsked = (otherwise: Preset = 'month'): Range => {
  const { query } = where.value
  const [from, to] = [query.get('from'), query.get('to')]
  const usual = rangeOf(otherwise)
  return { from: isDay(from) ? from : usual.from, to: isDay(to) ? to : usual.to }
}

export const chosenAsked = (): Chosen => {
  const { query } = where.value
  const [kiosk, tariff, area] = [query.get('kiosk'), query.get('tariff'), query.get('area')]
  const channel = channels.find((each) => each === query.get('channel'))
  const tender = tenders.find((each) => each === query.get('tender'))
  return {
    ...(kiosk === null ? {} : { kiosk }),
    ...(channel === undefined ? {} : { channel }),
    ...(tariff === null ? {} : { tariff }),
    ...(area === null || !/^-?\d+$/.test(area) ? {} : { area: Number(area) }),
    ...(tender === undefined ? {} : { tender }),
  }
}

/** The transactions behind a figure. */
export const linesHref = (
  of: Range & Chosen & { show?: string; hour?: number | undefined },
): string => hrefTo(['figures', 'transactions'], { ...of, hour: of.hour ?? null })
