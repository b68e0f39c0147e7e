import { describe, expect, it } from 'vitest'
import { testIds } from '../test/test-ids.ts'
import { checkDigitOf, referenceOf } from './reference.ts'
import { referenceWords } from './reference-words.ts'

describe('the reference of a sale', () => {
  it('has 256 words to choose from, no two alike', () => {
    expect(referenceWords).toHaveLength(256)
    expect(new Set(referenceWords).size).toBe(256)
    for (const word of referenceWords) expect(word).toMatch(/^[a-z]{3,8}$/)
  })

  it('is the same each time, and another for another sale', () => {
    const ids = testIds()
    const [one, other] = [ids.sale(), ids.sale()]
    expect(referenceOf(one)).toEqual(referenceOf(one))
    expect(referenceOf(one).number).not.toBe(referenceOf(other).number)
    expect(referenceOf(one).words).not.toEqual(referenceOf(other).words)
  })

  it('is twelve digits in fours, and says when one of them was misheard', () => {
    const { number } = referenceOf(testIds().sale())
    expect(number).toMatch(/^\d{4} \d{4} \d{4}$/)
    const digits = number.replaceAll(' ', '')
    expect(checkDigitOf(digits.slice(0, 11))).toBe(Number(digits[11]))
    for (let at = 0; at < 11; at++) {
      const wrong = Array.from(digits)
      wrong[at] = String((Number(wrong[at]) + 1) % 10)
      expect(checkDigitOf(wrong.slice(0, 11).join(''))).not.toBe(Number(digits[11]))
    }
  })

  it("checks as Luhn's published example does", () => {
    expect(checkDigitOf('7992739871')).toBe(3)
  })
})
