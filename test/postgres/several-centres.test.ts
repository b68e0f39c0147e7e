// Several centres on one PostgreSQL at once, real processes that are killed: every request is done once, wherever and however
// often it is asked, and the books are those of one centre.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReferenceNumber } from '../../domain/claim.ts'
import type { MessageName } from '../../domain/centre-messages.ts'
import { referenceDigits } from '../../domain/reference.ts'
import { claimsAgainstBooks } from '../auditor-claims.ts'
import { booksOfCentre, ordersAgainstCards, ordersAgainstNotes } from '../auditor-orders.ts'
import { paymentsInBooks } from '../auditor-payment-books.ts'
import { centreKit, seeded, type CentreKit, type KioskOfKit } from '../centre-kit.ts'
import { booksIn, cardEvidence } from '../evidence.ts'
import { booksToLookInto } from './books-to-look-into.ts'
import { startCentres, type Centres, type Reply } from './centres.ts'
import { programsOfPostgresql, startPostgres, type PostgresServer } from './server.ts'

const seed = Number(process.env['CENTRES_SEED'] ?? 1)
/** Of each of three kiosks. */
const visits = Number(process.env['CENTRES_VISITS'] ?? 4)
/** A centre dies after every so many messages. */
const messagesPerDeath = 40
const limitMs = Math.max(120_000, visits * 20_000)

const kiosks = ['000000000101', '000000000102', '000000000103'] as const
/** A card is at one kiosk at a time. Two of them are of one customer, whose account pays for either. */
const cardsAt: Record<(typeof kiosks)[number], readonly string[]> = {
  '000000000101': ['plain-sale', 'arrears'],
  '000000000102': ['second-meter', 'free-units'],
  '000000000103': ['rich-account', 'night-tariff'],
}

let folder: string
let server: PostgresServer
let centres: Centres
let kit: CentreKit
const chance = seeded(seed)
let asked = 0
let deaths = 0
let death: Promise<void> = Promise.resolve()
/** Requests that a centre has failed to do: one that dies says nothing, and one that waits for its turn gets it. */
const failed: string[] = []
/** What was answered to each request: the same bytes from every centre. */
const answers = new Map<string, string>()

describe.skipIf(programsOfPostgresql() === null)('P2 P3 P5: several centres at once', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wattpoint-centres-'))
    server = await startPostgres()
    const url = await server.create('books')
    kit = await centreKit({
      now: Date.now(),
      seed,
      place: { kind: 'postgresql', url },
      line: () => (name, body) => askTwice(name, body),
    })
    centres = await startCentres({ folder, url, count: 3 })
  }, limitMs)
  afterAll(async () => {
    // What did not start need not end.
    await centres?.stop()
    await kit?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  it(
    'sell, take claims and are killed, and nothing is lost and nothing doubled',
    async () => {
      const told = await Promise.all(kiosks.map((number) => day(kit.kiosk(number))))
      await death
      const values = told.flat()
      expect(deaths).toBeGreaterThan(0)
      expect(failed).toEqual([])
      expect(await kit.flaws()).toEqual([])
      const books = await booksToLookInto(kit.place)
      const centre = booksIn(books)
      books.close()
      const cards = Object.values(cardsAt)
        .flat()
        .map((id) => cardEvidence(kit.cardOf(id).state()))
      expect([
        ...booksOfCentre({ centre }),
        ...ordersAgainstNotes({ centre }),
        ...paymentsInBooks({ centre }),
        ...claimsAgainstBooks({ centre }),
        ...ordersAgainstCards({ centre, cards }),
      ]).toEqual([])
      // Each note that a kiosk was told to be booked is in the books, once.
      expect(centre.notes.map(({ value }) => value).toSorted(byValue)).toEqual(
        values.toSorted(byValue),
      )
      expect(centre.orders.filter(({ state }) => delivered.has(state)).length).toBeGreaterThan(3)
    },
    limitMs,
  )

  it(
    'give the money of one claim to one of those who ask for it at the same moment',
    async () => {
      const sale = kit.ids.sale()
      const [origin] = kiosks.map((number) => kit.kiosk(number))
      await origin?.ask('closing', {
        saleId: sale,
        insertionId: null,
        notes: [origin.noteOf(7_000)],
      })
      const reference = ReferenceNumber.parse(referenceDigits(sale))
      const redeemers = await Promise.all(
        kiosks.map(async (number) => {
          const kiosk = kit.kiosk(number)
          const { insertionId } = await kiosk.insert(kit.cardOf(cardsAt[number][0] ?? ''))
          return { kiosk, insertionId }
        }),
      )
      const replies = await Promise.all(
        redeemers.map(({ kiosk, insertionId }) => kiosk.ask('claim', { insertionId, reference })),
      )
      expect(replies.map(({ kind }) => kind).toSorted()).toEqual([
        'already redeemed',
        'already redeemed',
        'redeemed',
      ])
      expect(await kit.flaws()).toEqual([])
    },
    limitMs,
  )

  it(
    'never let one account pay for more than is in it, from two kiosks at the same moment',
    async () => {
      const customer = kit.town.import.customers?.[0]?.customer ?? ''
      const buyers = await Promise.all(
        (['plain-sale', 'second-meter'] as const).map(async (id, at) => {
          const kiosk = kit.kiosk(kiosks[at])
          const inserted = await kiosk.insert(kit.cardOf(id))
          return { kiosk, inserted }
        }),
      )
      const balance = await balanceOf(customer)
      // More than half for each: one of them must be refused.
      const tender = Math.floor(balance / 2) + 100
      const made = await Promise.allSettled(
        buyers.map(({ kiosk, inserted }) => kiosk.order(inserted, { tender })),
      )
      const reserved = made.filter(
        (it) => it.status === 'fulfilled' && it.value.reply.kind === 'reserved',
      )
      expect(reserved).toHaveLength(1)
      expect(await balanceOf(customer)).toBe(balance - tender)
    },
    limitMs,
  )
})

const delivered = new Set(['LOADED', 'METER_CREDITED'])
const byValue = (one: number, two: number): number => one - two

const balanceOf = async (customer: string): Promise<number> => {
  const { balance } = await kit
    .store()
    .read.selectFrom('entries')
    .select(({ fn }) => fn.sum<number>('amount').as('balance'))
    .where('account', '=', `customer account/${customer}`)
    .executeTakeFirstOrThrow()
  return -balance
}

/** One kiosk's customers: they buy, leave notes without a card, and redeem what they left. Gives the value of every note. */
const day = async (kiosk: KioskOfKit): Promise<number[]> => {
  const values: number[] = []
  const noteOf = (value: number) => {
    values.push(value)
    return kiosk.noteOf(value)
  }
  for (let visit = 0; visit < visits; visit++) {
    const ids = cardsAt[kiosk.number as keyof typeof cardsAt]
    const id = ids[visit % ids.length] ?? ''
    const card = kit.cardOf(id)
    const inserted = await kiosk.insert(card)
    const { insertionId } = inserted
    const left = kit.ids.sale()
    await kiosk.ask('closing', { saleId: left, insertionId: null, notes: [noteOf(2_000)] })
    await kiosk.ask('claim', {
      insertionId,
      reference: ReferenceNumber.parse(referenceDigits(left)),
    })
    if (inserted.verdict.kind === 'can sell') {
      const tender = 5_000 + chance(5) * 1_000
      const { saleId, notes, reply } = await kiosk.order(inserted, { tender, notes: [tender] })
      values.push(...notes.map(({ value }) => value))
      if (reply.kind === 'reserved') {
        const released = await kiosk.script(inserted, reply.order)
        if (released.kind === 'released') {
          kiosk.run(card, released.commands)
          await kiosk.proof(card, { order: reply.order, nonce: released.settleNonce })
        }
      }
      await kiosk.ask('closing', { saleId, insertionId, notes })
    }
    card.powerDown()
    kit.meterOf(id).insert(card)
  }
  return values
}

/**
 * The same request to two centres at once, and again until one has answered: whoever answers says the same. Now and then a
 * centre dies meanwhile.
 */
const askTwice = async (name: MessageName, body: unknown): Promise<Reply> => {
  if (++asked % messagesPerDeath === 0) {
    deaths++
    death = death.then(() => centres.killAndRestart(chance(centres.count)))
  }
  for (let tries = 0; tries < 100; tries++) {
    const first = chance(centres.count)
    const replies = await Promise.allSettled(
      [first, (first + 1) % centres.count].map((which) => centres.ask(which, name, body)),
    )
    const heard = replies.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))
    const given = heard.filter(({ status }) => status < 500)
    if (given.length < heard.length) failed.push(name)
    const [reply] = given
    for (const { status, text } of given) {
      if (status !== 200) continue
      const key = JSON.stringify(body)
      expect(text, `${name} was answered twice, otherwise`).toBe(answers.get(key) ?? text)
      answers.set(key, text)
    }
    if (reply !== undefined) return reply
    await death
  }
  throw new Error(`no centre has answered ${name}`)
}
