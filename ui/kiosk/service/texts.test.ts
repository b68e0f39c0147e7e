import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../../domain/language.ts'
import { formatFor } from '../../parts/format.ts'
import { bytesInWords, type ServiceTexts } from './texts.ts'
import { serviceTextsOf as arabic } from './texts.ar.ts'
import { serviceTextsOf as english } from './texts.en.ts'
import { serviceTextsOf as chinese } from './texts.zh.ts'

const sources = { en: english, zh: chinese, ar: arabic }
const textsIn = (language: Language): ServiceTexts =>
  sources[language](
    formatFor({ language, currency: { code: 'CNY', symbol: '¥' }, timeZone: 'Asia/Shanghai' }),
  )

/** Every plain text of a language with its path. */
const plain = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => plain(part, `${path}.${key}`))
      : []

/** Whoever looks for their language knows its own name alone. */
const ownNames = new Set(['.choice.english', '.choice.chinese', '.choice.arabic'])

describe.each(languages)('the words of the maintenance mode in %s', (language) => {
  const script = {
    en: /\p{Script=Latin}/u,
    zh: /\p{Script=Han}/u,
    ar: /\p{Script=Arabic}/u,
  }

  it('are in their own script, and never say "error"', () => {
    const all = plain(textsIn(language))
    expect(all.length).toBeGreaterThan(300)
    for (const [path, text] of all) {
      expect(text, path).not.toMatch(/error|错误|خطأ/i)
      if (!ownNames.has(path)) expect(script[language].test(text), `${path}: ${text}`).toBe(true)
    }
  })

  it('tell apart what can be chosen on one page', () => {
    const { choice } = textsIn(language)
    const said = Object.values(choice)
    expect(new Set(said).size).toBe(said.length)
  })
})

describe('figures', () => {
  it('are as short as one reads them', () => {
    const { duration, ago } = textsIn('en')
    expect([
      duration(0, 0, 0),
      duration(0, 15, 0),
      duration(0, 1, 15),
      ago(duration(3, 20, 0)),
    ]).toEqual(['0 s', '15 min', '1 min 15 s', '3 h 20 min ago'])
    expect(
      [999, 1_240, 11_840_000_000].map((count) => bytesInWords(count).replace('\u00a0', ' ')),
    ).toEqual(['999 B', '1.2 kB', '12 GB'])
  })
})
