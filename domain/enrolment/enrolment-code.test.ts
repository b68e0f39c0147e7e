import { randomBytes } from 'node:crypto'
import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, makeCode, printedCode, readCode } from './enrolment-code.ts'

const authority = Buffer.from('the certificate of an authority')
const code = makeCode(
  Uint8Array.from({ length: 10 }, (_, at) => at * 31),
  authority,
)

describe('a code', () => {
  test('is six groups of four, and holds the fingerprint of its authority', () => {
    expect(printedCode(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(code.fingerprint).toBe(fingerprintOf(authority))
    expect(code.fingerprint).not.toBe(fingerprintOf(Buffer.from('another')))
  })

  test('is read however it is typed', () => {
    const printed = printedCode(code)
    for (const typed of [
      printed,
      printed.toLowerCase(),
      printed.replaceAll('-', ' '),
      `  ${code.text}\n`,
      printed.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]) {
      expect(readCode(typed)).toEqual({ kind: 'code', code })
    }
  })

  test('with any one wrong letter is known to be wrong', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    for (let at = 0; at < code.text.length; at++) {
      for (const letter of letters) {
        if (letter === code.text[at]) continue
        const typed = code.text.slice(0, at) + letter + code.text.slice(at + 1)
        expect(readCode(typed)).toEqual({
          kind: 'wrong',
          problem: 'one letter of the code is wrong',
        })
      }
    }
  })

  test('that is too short, or has a letter there is not, says so', () => {
    expect(readCode('ABCD')).toEqual({
      kind: 'wrong',
      problem: 'a code has 24 letters, and these are 4',
    })
    expect(readCode('ABCU')).toEqual({ kind: 'wrong', problem: 'U stands in no code' })
  })

  test('whatever is typed, reading it never throws; whatever was made is read', () => {
    assert(property(string(), (typed) => readCode(typed).kind !== undefined))
    for (let each = 0; each < 50; each++) {
      const made = makeCode(randomBytes(10), randomBytes(40))
      expect(readCode(printedCode(made))).toEqual({ kind: 'code', code: made })
    }
  })
})
