// Money, energy, moments, days and counts as each language writes them, in the town's time zone and currency.
import { computed } from '@preact/signals'
import type { Language } from '../../../domain/language.ts'
import { town } from '../signed-in.ts'
import { language } from './language.ts'

/** Digits are 0 to 9 in every language: they are read out, compared and typed again. */
const locales = {
  en: 'en-GB',
  zh: 'zh-CN-u-nu-latn',
  ar: 'ar-u-nu-latn-ca-gregory',
} as const satisfies Record<Language, string>

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const build = (of: { language: Language; currency: string; timeZone: string }) => {
  const locale = locales[of.language]
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options)
    return (value: number): string => format.format(value)
  }
  const moments = (options: Intl.DateTimeFormatOptions, timeZone = of.timeZone) => {
    const format = new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options, timeZone })
    return (at: number | Date): string => format.format(at)
  }
  const money = moneyIn(of.language, of.currency, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const price = moneyIn(of.language, of.currency, {
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  })
  const wholeMoney = moneyIn(of.language, of.currency, { maximumFractionDigits: 0 })
  const shortMoney = moneyIn(of.language, of.currency, {
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  const hundredths = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const whole = numbers({ maximumFractionDigits: 0 })
  const short = numbers({ notation: 'compact', maximumFractionDigits: 1 })
  const percents = numbers({ style: 'percent', maximumFractionDigits: 1 })
  const day = moments({ day: 'numeric', month: 'short', year: 'numeric' }, 'UTC')
  const dayOfYear = moments({ day: 'numeric', month: 'short' }, 'UTC')
  const weekday = moments({ weekday: 'short' }, 'UTC')
  const month = moments({ month: 'long', year: 'numeric' }, 'UTC')
  const shortMonth = moments({ month: 'short' }, 'UTC')
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const plurals = new Intl.PluralRules(locale)
  const energyUnit = { en: 'kWh', zh: '度', ar: 'ك.و.س' }[of.language]

  return {
    locale,
    /** Minor units: `12345` is `¥123.45`. Exact below 2^50 minor units, which no town earns. */
    money: (minorUnits: number): string => money(minorUnits / 100),
    /** Of a kWh, 1/10000: the fourth place is money, over a year. */
    price: (tenThousandths: number): string => price(tenThousandths / 10_000),
    /** For the axis of a chart: without hundredths. */
    wholeMoney: (minorUnits: number): string => wholeMoney(minorUnits / 100),
    /** For the axis of a chart: `¥1.2M`. */
    shortMoney: (minorUnits: number): string => shortMoney(minorUnits / 100),
    /** 0.01 kWh, with the unit. */
    energy: (energyHundredths: number): string =>
      `${hundredths(energyHundredths / 100)} ${energyUnit}`,
    shortEnergy: (energyHundredths: number): string =>
      `${short(energyHundredths / 100)} ${energyUnit}`,
    energyUnit,
    count: whole,
    shortCount: short,
    /** With as many places as are given. */
    number: (value: number, places: number): string =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: places,
        maximumFractionDigits: places,
      }).format(value),
    /** A fraction: `0.125` is `12.5%`. */
    percent: percents,
    /** A moment, to the minute, in the town. */
    when: moments({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
    /** A moment, to the second: for what is compared line by line. */
    exactly: moments({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }),
    time: moments({ hour: '2-digit', minute: '2-digit' }),
    timeToSecond: moments({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    /** The day of a moment in the town. */
    dayOf: moments({ day: 'numeric', month: 'short', year: 'numeric' }),
    /** `YYYY-MM-DD`, and `YYYY-MM` as a month. */
    day: (text: string): string => (text.length === 7 ? month(utc(text)) : day(utc(text))),
    /** Without the year. */
    shortDay: (text: string): string =>
      text.length === 7 ? shortMonth(utc(text)) : dayOfYear(utc(text)),
    /** Of a day `YYYY-MM-DD`. */
    weekday: (text: string): string => weekday(utc(text)),
    /** 0 is Monday. */
    weekdayName: (index: number): string => weekday(Date.UTC(2024, 0, 1 + index)),
    /** How long ago, or in how long, in one unit. */
    ago: (at: number, now: number): string => {
      const apart = at - now
      const far = Math.abs(apart)
      if (far < minuteMs) return relative.format(Math.round(apart / 1_000), 'second')
      if (far < hourMs) return relative.format(Math.round(apart / minuteMs), 'minute')
      if (far < 2 * dayMs) return relative.format(Math.round(apart / hourMs), 'hour')
      return relative.format(Math.round(apart / dayMs), 'day')
    },
    /** A length of time in ms, in its largest whole unit. */
    lasting: (ms: number): string => lasting(locale, ms),
    plural: (count: number): Intl.LDMLPluralRule => plurals.select(count),
    list: (parts: string[]): string => new Intl.ListFormat(locale).format(parts),
  }
}

/** Symbol and number stay together, left to right, also in a line that runs the other way. */
const moneyIn = (language: Language, currency: string, options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat(language === 'zh' ? locales.zh : locales.en, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...options,
  })
  const isolate = language === 'ar' ? isolatedLeftToRight : (text: string) => text
  return (value: number): string => isolate(format.format(value))
}

const isolatedLeftToRight = (text: string): string => `\u2066${text}\u2069`

/** A name or a foreign text inside a sentence: neither turns the other around. */
export const isolated = (text: string): string => `\u2068${text}\u2069`

const utc = (day: string): Date => new Date(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`)

const lasting = (locale: string, ms: number): string => {
  const inUnits = (value: number, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
  if (ms < 1_000) return inUnits(Math.round(ms), 'millisecond')
  if (ms < minuteMs) return inUnits(Math.round(ms / 100) / 10, 'second')
  if (ms < hourMs) return inUnits(Math.round(ms / minuteMs), 'minute')
  if (ms < 2 * dayMs) return inUnits(Math.round(ms / hourMs), 'hour')
  return inUnits(Math.round(ms / dayMs), 'day')
}

export type Format = ReturnType<typeof build>

const current = computed(() => {
  const { currency, timeZone } = town.value
  return build({ language: language.value, currency, timeZone })
})

/** Read while a page is drawn, like `words()`. */
export const format = (): Format => current.value
