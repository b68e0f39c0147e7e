// P2, P5: whatever is told, redeemed and paid, in any order and more than once, every note is in one place and paid once.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReferenceNumber, signedClaim } from '../domain/claim.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { referenceDigits } from '../domain/reference.ts'
import { booksIn } from '../test/evidence.ts'
import { claimsAgainstBooks } from '../test/auditor-claims.ts'
import { centreKit } from '../test/centre-kit.ts'
import { passingKioskKey } from '../test/claim-kit.ts'
import { booksToLookInto } from '../test/postgres/books-to-look-into.ts'
import { patienceThere } from '../test/postgres/placed.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { payClaim, verifyClaim } from './claim-office.ts'

const values = [500, 1_000, 2_000, 5_000]
const cards = ['plain-sale', 'rich-account']

/** What may happen to one of four sales. `kiosk`: which of the two asks. */
const act = fc.record({
  sale: fc.nat(3),
  what: fc.constantFrom(
    'note',
    'close',
    'close with card',
    'redeem',
    'verify',
    'pay cash',
    'again',
  ),
  kiosk: fc.nat(1),
})

describe('claims, in any order of what may happen to them,', () => {
  it(
    'P2, P5: owe what is in suspense, and pay each note once',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 40, maxLength: 80 }), async (acts) => {
          const folder = mkdtempSync(join(tmpdir(), 'wattpoint-claims-'))
          const path = join(folder, 'centre.sqlite')
          const kit = await centreKit({ place: { kind: 'file', path } })
          const [origin, other] = [kit.kiosk('000000000101'), kit.kiosk('000000000102')]
          const key = passingKioskKey()
          await origin.ask('lookNonces', { count: 1, publicKey: key.publicKey })
          const sales = [0, 1, 2, 3].map(() => ({
            saleId: kit.ids.sale(),
            notes: [] as ReturnType<typeof origin.noteOf>[],
          }))
          let last: (() => Promise<unknown>) | null = null
          for (const { sale: at, what, kiosk: which } of acts) {
            const sale = sales[at]
            if (sale === undefined) continue
            const { saleId, notes } = sale
            const kiosk = which === 0 ? origin : other
            const desk = <Result>(doing: (of: Parameters<typeof payClaim>[0]) => Promise<Result>) =>
              kit.store().transact((work) => doing({ work, now: kit.clock.now }))
            const reference = ReferenceNumber.parse(referenceDigits(saleId))
            switch (what) {
              case 'note':
                notes.push(origin.noteOf(values[kit.chance(values.length)] ?? 500))
                break
              case 'close':
                await origin.ask('closing', { saleId, insertionId: null, notes: [...notes] })
                break
              case 'close with card': {
                const { insertionId } = await origin.insert(kit.cardOf('plain-sale'))
                await origin.ask('closing', { saleId, insertionId, notes: [...notes] })
                break
              }
              case 'redeem': {
                const card = kit.cardOf(cards[which] ?? 'plain-sale')
                const { insertionId } = await kiosk.insert(card)
                const requestId = kit.ids.request()
                last = () => kiosk.ask('claim', { insertionId, reference }, requestId)
                await last()
                break
              }
              case 'verify': {
                const amount = minor(notes.reduce((sum, { value }) => sum + value, 0))
                const number = KioskNumber.parse(origin.number)
                const claim = { kiosk: number, saleId, amount, at: kit.clock.now }
                await desk((of) => verifyClaim(of, signedClaim(claim, key.sign)))
                break
              }
              case 'pay cash':
                await desk((of) =>
                  payClaim(of, {
                    reference,
                    to: { kind: 'cash' },
                    persons: ['A. Bell', 'C. Diaz'],
                  }),
                )
                break
              case 'again':
                await last?.()
                break
            }
            expect(await kit.flaws()).toEqual([])
          }
          // Everything is told in the end, and every claim redeemed: nothing is left in suspense, and nothing was paid twice.
          // A day later, when numbers that nobody knew are forgotten.
          kit.clock.now += 25 * 60 * 60_000
          const { insertionId } = await other.insert(kit.cardOf('rich-account'))
          for (const { saleId, notes } of sales) {
            await origin.ask('closing', { saleId, insertionId: null, notes })
            const reference = ReferenceNumber.parse(referenceDigits(saleId))
            if (notes.length > 0) await other.ask('claim', { insertionId, reference })
          }
          const books = await booksToLookInto(kit.place)
          const centre = booksIn(books)
          books.close()
          await kit.close()
          rmSync(folder, { recursive: true, force: true })
          expect(claimsAgainstBooks({ centre })).toEqual([])
          for (const { saleId, notes } of sales) {
            const told = notes.reduce((sum, { value }) => sum + value, 0)
            const own = centre.notes.filter(({ sale }) => sale === saleId)
            expect(own.reduce((sum, { value }) => sum + value, 0)).toBe(told)
            const toAccount = own.filter(({ place }) => place === 'account')
            const paid = centre.claimsPaid.filter(({ sale }) => sale === saleId)
            const sums = [toAccount.map(({ value }) => value), paid.map(({ amount }) => amount)]
            expect(
              sums.flat().reduce((sum, each) => sum + each, 0),
              saleId,
            ).toBe(told)
          }
        }),
        { numRuns: 12 },
      )
    },
    patienceThere(60_000),
  )
})
