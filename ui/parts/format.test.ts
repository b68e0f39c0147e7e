import { describe, expect, it } from 'vitest'
import { energy } from '../../domain/energy.ts'
import { languages } from '../../domain/language.ts'
import { minor } from '../../domain/money.ts'
import { formatFor } from './format.ts'

const yuan = { code: 'CNY', symbol: '¥' }
const at = (language: 'en' | 'zh' | 'ar', currency = yuan, timeZone = 'Asia/Shanghai') =>
  formatFor({ language, currency, timeZone })

/** Isolates are for the eye of the browser; what is read is the rest. */
const read = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ')

describe('money and energy', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [12_345, '¥123.45'],
    [123_456_789, '¥1,234,567.89'],
    [-5, '¥−0.05'],
  ])('%i minor units are %s', (amount, words) => {
    expect(at('en').money(minor(amount))).toBe(words)
    expect(at('zh').money(minor(amount))).toBe(words)
    expect(read(at('ar').money(minor(amount)))).toBe(words)
  })

  it('put a currency of letters behind the number', () => {
    expect(read(at('en', { code: 'EGP', symbol: 'EGP' }).money(minor(5_000)))).toBe('50.00 EGP')
    expect(at('en', { code: 'EGP', symbol: 'EGP' }).moneyParts(minor(5_000))).toEqual({
      before: '',
      number: '50.00',
      unit: 'EGP',
    })
  })

  it('name the unit of energy as each language does', () => {
    expect(languages.map((language) => read(at(language).energy(energy(112_435))))).toEqual([
      '1,124.35 kWh',
      '1,124.35 度',
      '1,124.35 ك.و.س',
    ])
  })

  it('say a price with all its four places, and a rate in per cent', () => {
    expect(at('en').price(7_575)).toBe('¥0.7575')
    expect(at('en').price(103_000)).toBe('¥10.3000')
    expect(at('en').rate(1_300)).toBe('13%')
    expect(at('en').rate(1_550)).toBe('15.5%')
  })

  it('isolate every amount in Arabic, so that no neighbour turns it round', () => {
    expect(at('ar').money(minor(5_000))).toBe('\u2066¥50.00\u2069')
    expect(at('ar').energy(energy(5_840))).toBe('\u206758.40\u00a0ك.و.س\u2069')
  })
})

describe('days and times', () => {
  /** Tuesday, 24 November 2026, 06:05 UTC. */
  const now = Date.UTC(2026, 10, 24, 6, 5)
  const hours = (count: number) => now - count * 60 * 60 * 1000

  it('are those of the kiosk, not of the browser', () => {
    expect(at('en').time(now)).toBe('14:05')
    expect(at('en', yuan, 'Africa/Cairo').time(now)).toBe('08:05')
    expect(at('ar').time(now)).toBe('14:05')
  })

  it('are said as people do', () => {
    expect(at('en').day(hours(3), now)).toEqual({ kind: 'today' })
    expect(at('en').day(hours(15), now)).toEqual({ kind: 'yesterday' })
    expect(at('en').day(hours(72), now)).toEqual({ kind: 'weekday', name: 'Saturday' })
    expect(at('zh').day(hours(72), now)).toEqual({ kind: 'weekday', name: '星期六' })
    expect(at('en').day(hours(24 * 40), now)).toEqual({ kind: 'date', date: '15 October' })
  })

  it('call midnight in Shanghai a new day, though it is the same one in Cairo', () => {
    const [evening, morning] = [Date.UTC(2026, 10, 23, 15, 30), Date.UTC(2026, 10, 23, 16, 30)]
    expect(at('en').day(evening, morning)).toEqual({ kind: 'yesterday' })
    expect(at('en', yuan, 'Africa/Cairo').day(evening, morning)).toEqual({ kind: 'today' })
  })
})
