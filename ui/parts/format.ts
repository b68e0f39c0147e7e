// Money, energy, days and counts as people of each language write them; digits are always 0 to 9.
import type { Energy } from '../../domain/energy.ts'
import type { Language } from '../../domain/language.ts'
import { digitsOfMoney, type Minor } from '../../domain/money.ts'

/** A number and its unit apart, because the number is drawn larger. */
export type Parts = { before: string; number: string; unit: string }

export type Day =
  | { kind: 'today' | 'yesterday' }
  | { kind: 'weekday'; name: string }
  | { kind: 'date'; date: string }

export type Format = {
  language: Language
  money: (amount: Minor) => string
  moneyParts: (amount: Minor) => Parts
  /** A whole amount in main units, such as a choice or a note. */
  whole: (units: number) => string
  wholeParts: (units: number) => Parts
  energy: (amount: Energy) => string
  energyParts: (amount: Energy) => Parts
  /** Whole kWh. */
  wholeEnergy: (units: number) => string
  wholeEnergyParts: (units: number) => Parts
  /** Per kWh; given in 1/10000 of the main unit. */
  price: (tenThousandths: number) => string
  /** Given in 1/10000. */
  rate: (tenThousandths: number) => string
  count: (value: number) => string
  time: (at: number) => string
  date: (at: number) => string
  /** For tables: the month in short. */
  shortDate: (at: number) => string
  /** The day as one would say it at `now`: today, yesterday, a weekday within the week, else a date. */
  day: (at: number, now: number) => Day
  plural: (count: number) => Intl.LDMLPluralRule
}

export type FormatOptions = {
  language: Language
  currency: { code: string; symbol: string }
  /** Absent: that of the machine. */
  timeZone?: string | undefined
}

const locales = { en: 'en-GB', zh: 'zh-CN-u-nu-latn', ar: 'ar-u-nu-latn-ca-gregory' } as const
const energyUnits = { en: 'kWh', zh: '度', ar: 'ك.و.س' } as const

const isolate = (direction: 'ltr' | 'rtl', text: string): string =>
  `${direction === 'ltr' ? '\u2066' : '\u2067'}${text}\u2069`

/** `12345` is `12,345`. */
const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

const minus = '−'

export const formatFor = ({ language, currency, timeZone }: FormatOptions): Format => {
  const locale = locales[language]
  const letters = /\p{L}/u.test(currency.symbol)
  const dated = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone })
  const timeOf = dated({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dateOf = dated({ day: 'numeric', month: 'long' })
  const shortDateOf = dated({ day: 'numeric', month: 'short' })
  const weekdayOf = dated({ weekday: 'long' })
  const dayNumber = dated({ year: 'numeric', month: '2-digit', day: '2-digit' })
  const plurals = new Intl.PluralRules(locale)
  const mirrored = language === 'ar'

  const currencyParts = (number: string): Parts =>
    letters
      ? { before: '', number, unit: currency.symbol }
      : { before: currency.symbol, number, unit: '' }
  const moneyParts = (amount: Minor): Parts => {
    const [whole, hundredths] = digitsOfMoney(amount)
    return currencyParts(`${amount < 0 ? minus : ''}${grouped(whole)}.${hundredths}`)
  }
  const energyNumber = (amount: number): string => {
    const digits = String(Math.abs(amount)).padStart(3, '0')
    return `${amount < 0 ? minus : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
  }
  const inLine = ({ before, number, unit }: Parts): string => {
    const text = `${before}${number}${unit === '' ? '' : `\u00a0${unit}`}`
    if (!mirrored) return text
    return isolate(/\p{Script=Arabic}/u.test(unit) ? 'rtl' : 'ltr', text)
  }
  const withEnergyUnit = (number: string): Parts => ({
    before: '',
    number,
    unit: energyUnits[language],
  })
  const wholeParts = (units: number) => currencyParts(grouped(String(units)))
  const wholeEnergyParts = (units: number) => withEnergyUnit(grouped(String(units)))

  return {
    language,
    moneyParts,
    wholeParts,
    wholeEnergyParts,
    energyParts: (amount) => withEnergyUnit(energyNumber(amount)),
    money: (amount) => inLine(moneyParts(amount)),
    whole: (units) => inLine(wholeParts(units)),
    energy: (amount) => inLine(withEnergyUnit(energyNumber(amount))),
    wholeEnergy: (units) => inLine(wholeEnergyParts(units)),
    price: (tenThousandths) =>
      inLine(
        currencyParts(
          `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`,
        ),
      ),
    rate: (tenThousandths) => {
      const percent = `${tenThousandths / 100}%`
      return mirrored ? isolate('ltr', percent) : percent
    },
    count: (value) => grouped(String(value)),
    time: (at) => timeOf.format(at),
    date: (at) => dateOf.format(at),
    shortDate: (at) => shortDateOf.format(at),
    day: (at, now) => {
      const dayMs = 24 * 60 * 60 * 1000
      if (dayNumber.format(at) === dayNumber.format(now)) return { kind: 'today' }
      if (dayNumber.format(at) === dayNumber.format(now - dayMs)) return { kind: 'yesterday' }
      return now - at > 0 && now - at < 6 * dayMs
        ? { kind: 'weekday', name: weekdayOf.format(at) }
        : { kind: 'date', date: dateOf.format(at) }
    },
    plural: (count) => plurals.select(count),
  }
}
