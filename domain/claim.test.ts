import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passingKioskKey } from '../test/claim-kit.ts'
import { readClaim, ReferenceNumber, signedClaim, type Claim } from './claim.ts'
import { KioskNumber, SaleId, ulidOf } from './identifiers.ts'
import { minor } from './money.ts'
import { referenceDigits } from './reference.ts'

const key = passingKioskKey()
const other = passingKioskKey()

const anyClaim: fc.Arbitrary<Claim> = fc.record({
  kiosk: fc.stringMatching(/^\d{12}$/).map((number) => KioskNumber.parse(number)),
  saleId: fc
    .tuple(fc.nat(2 ** 31), fc.uint8Array({ minLength: 10, maxLength: 10 }))
    .map(([at, chance]) => SaleId.parse(ulidOf(at, chance))),
  amount: fc.option(fc.nat(10 ** 9).map(minor), { nil: null }),
  at: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2099, 11, 31) }),
})

describe('a claim as text', () => {
  it('says the same when it is read again, and is short enough for a square code on paper', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const text = signedClaim(claim, key.sign)
        expect(text.length).toBeLessThan(200)
        const read = readClaim(text)
        expect(read).toMatchObject({ kind: 'claim', claim })
        if (read.kind !== 'claim') return
        expect(read.isSignedBy(key.publicKey)).toBe(true)
        expect(read.isSignedBy(other.publicKey)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('is not genuine with any letter changed', () => {
    const [claim] = fc.sample(anyClaim, { numRuns: 1, seed: 1 })
    if (claim === undefined) throw new Error('no claim was made up')
    const text = signedClaim(claim, key.sign)
    for (const [at, letter] of Array.from(text).entries()) {
      const changed = `${text.slice(0, at)}${letter === '1' ? '2' : '1'}${text.slice(at + 1)}`
      const read = readClaim(changed)
      const genuine = read.kind === 'claim' && read.isSignedBy(key.publicKey)
      // The last letter of 64 bytes carries two bits that say nothing.
      if (at < text.length - 1) expect(genuine, changed).toBe(false)
    }
  })

  it.each(['', 'WPC1', 'WP1 o=2611230000000042', 'WPC1 k=1 s=2 a=3 d=4 5', 'x'.repeat(10_000)])(
    'is not found in %j',
    (text) => {
      expect(readClaim(text)).toEqual({ kind: 'no claim' })
    },
  )
})

describe('the number of a reference', () => {
  it('is found wrong with any one digit changed', () => {
    fc.assert(
      fc.property(anyClaim, fc.nat(11), fc.integer({ min: 1, max: 9 }), ({ saleId }, at, by) => {
        const digits = referenceDigits(saleId)
        expect(ReferenceNumber.safeParse(digits).success).toBe(true)
        const digit = (Number(digits[at]) + by) % 10
        const changed = `${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`
        expect(ReferenceNumber.safeParse(changed).success).toBe(false)
      }),
    )
  })
})
