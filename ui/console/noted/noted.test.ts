// @vitest-environment happy-dom
// What kiosks and the reconciliation note of a closed set is said in the reader's language; all else stays as it was noted.
import { afterEach, describe, expect, it } from 'vitest'
import { notedReasons } from '../../../domain/console/noted-reasons.ts'
import { languages } from '../../../domain/language.ts'
import { speak } from '../texts/words.ts'
import { reasonSaid } from './noted.ts'

afterEach(() => speak('en'))

const letters = { en: /[a-z]/, zh: /\p{Script=Han}/u, ar: /\p{Script=Arabic}/u } as const

describe.each(languages)('in %s', (language) => {
  it('every reason is said, with its value', async () => {
    await speak(language)
    for (const reason of notedReasons) {
      const text = reason
        .replace('told as …', 'told as kept')
        .replace('on …', 'on 2026-11-26')
        .replace('it …', 'it declined')
        .replace('…', '3')
      expect(reasonSaid(text)).toMatch(letters[language])
      expect(reasonSaid(text)).not.toContain('…')
    }
  })
})

it('remarks that belong together are said together', async () => {
  await speak('zh')
  expect(reasonSaid('sold, and delivered; the front machine does not have it')).toBe(
    '已售并已交付；前置机没有此笔',
  )
})

it('what somebody has noted freely is nobody’s to word', async () => {
  await speak('zh')
  expect(reasonSaid('status 502')).toBeNull()
  expect(reasonSaid('sold, and delivered; who knows')).toBeNull()
})
