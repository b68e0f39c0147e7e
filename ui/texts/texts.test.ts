import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../domain/language.ts'
import { minor } from '../../domain/money.ts'
import { formatFor } from '../parts/format.ts'
import { textsOf as arabic } from './ar.ts'
import { textsOf as english } from './en.ts'
import { directions, insertCard, oneMoment, ownNames } from './first-words.ts'
import type { Texts } from './texts.ts'
import { textsOf as chinese } from './zh.ts'

const now = Date.UTC(2026, 10, 24, 6, 5)
const sources = { en: english, zh: chinese, ar: arabic }
const textsIn = (language: Language): Texts =>
  sources[language](
    formatFor({
      language,
      currency: { code: 'CNY', symbol: '¥' },
      timeZone: 'Asia/Shanghai',
    }),
    () => now,
  )
const read = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ')

/** Every plain text of a language with its path. */
const plain = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => plain(part, `${path}.${key}`))
      : []

describe.each(languages)('the words in %s', (language) => {
  const texts = textsIn(language)
  const script = {
    en: /\p{Script=Latin}/u,
    zh: /\p{Script=Han}/u,
    ar: /\p{Script=Arabic}/u,
  }

  it('are all there, in their own script, and never say "error"', () => {
    const all = plain(texts)
    expect(all.length).toBeGreaterThan(140)
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe('')
      expect(script[language].test(text), `${path}: ${text}`).toBe(true)
      expect(text, path).not.toMatch(/error|错误|خطأ/i)
    }
  })

  it('keep a refused note to four words', () => {
    for (const why of [
      'not recognised',
      'not accepted now',
      'two notes',
      'pulled back',
      'held too long',
      'cannot stack',
      'too much',
    ] as const) {
      const words = texts.notes.state({ kind: 'refused', why })
      expect(words.split(' ').length, words).toBeLessThanOrEqual(4)
      expect(words.length, words).toBeLessThanOrEqual(26)
    }
  })

  it('say of every mishap what happened, what to do, and where the money is', () => {
    for (const name of Object.keys(texts.mishap.title) as (keyof Texts['mishap']['title'])[]) {
      const { title, happened, todo } = texts.mishap
      expect(new Set([title[name], happened[name], todo[name]]).size).toBe(3)
    }
    expect(read(texts.mishap.money({ kind: 'held', amount: minor(5_000) }))).toContain('¥50.00')
    expect(read(texts.mishap.call('0800 123 456'))).toContain('0800 123 456')
  })

  it('say what happens to the money before it happens', () => {
    const account = texts.confirmCancel.told(minor(12_000), 'account')
    const claim = texts.confirmCancel.told(minor(12_000), 'claim')
    expect(account).not.toBe(claim)
    for (const text of [account, claim, texts.warning.otherwise(minor(12_000), 'account')]) {
      expect(read(text)).toContain('¥120.00')
    }
  })

  it('greet before anybody has chosen a language', () => {
    expect(insertCard[language]).not.toBe('')
    expect(oneMoment[language]).not.toBe('')
    expect(ownNames[language]).not.toBe('')
    expect(directions[language]).toBe(language === 'ar' ? 'rtl' : 'ltr')
  })
})

describe('numbers in words', () => {
  it('are English up to ten', () => {
    const { daysLeft } = textsIn('en').account
    expect([1, 3, 10, 11].map(daysLeft)).toEqual([
      'About one day at your usual pace.',
      'About three days at your usual pace.',
      'About ten days at your usual pace.',
      'About 11 days at your usual pace.',
    ])
  })

  it('take the six forms of Arabic', () => {
    const days = (count: number) => read(textsIn('ar').account.daysLeft(count))
    expect(days(0)).toContain('نفدت')
    expect(days(1)).toContain('يوماً واحداً')
    expect(days(2)).toContain('يومين')
    expect(days(3)).toContain('3 أيام')
    expect(days(11)).toContain('11 يوماً')
    expect(days(100)).toContain('100 يوم ')
    const { seconds } = textsIn('ar').warning
    expect([20, 7, 2, 1].map(seconds)).toEqual(['ثانية', 'ثوانٍ', 'ثانيتان', 'ثانية'])
  })
})
