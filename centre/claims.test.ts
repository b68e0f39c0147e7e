// Money without a destination is a claim: redeemed once, by whoever asks first, and never by guessing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signedClaim } from '../domain/claim.ts'
import { CustomerNumber, KioskNumber, type SaleId } from '../domain/identifiers.ts'
import { ReferenceNumber } from '../domain/claim.ts'
import { minor } from '../domain/money.ts'
import { referenceDigits } from '../domain/reference.ts'
import { passingKioskKey } from '../test/claim-kit.ts'
import { centreKit, type CentreKit, type KioskOfKit } from '../test/centre-kit.ts'
import { listClaims, payClaim, showClaim, verifyClaim, type Paying } from './claim-office.ts'

let kit: CentreKit
let here: KioskOfKit
let there: KioskOfKit
beforeEach(async () => {
  kit = await centreKit()
  here = kit.kiosk('000000000101')
  there = kit.kiosk('000000000102')
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const numberOf = (saleId: SaleId) => ReferenceNumber.parse(referenceDigits(saleId))

/** A sale of which nobody knows whose it was. */
const keptNotes = async (...values: number[]): Promise<SaleId> => {
  const saleId = kit.ids.sale()
  const notes = values.map(here.noteOf)
  await here.ask('closing', { saleId, insertionId: null, notes })
  return saleId
}
const redeem = async (kiosk: KioskOfKit, card: string, saleId: SaleId) => {
  const { insertionId, account } = await kiosk.insert(kit.cardOf(card))
  const reply = await kiosk.ask('claim', { insertionId, reference: numberOf(saleId) })
  return { before: account?.balance ?? 0, reply }
}
const atOffice = <Result>(
  doing: (desk: {
    work: Parameters<Parameters<ReturnType<CentreKit['store']>['transact']>[0]>[0]
    now: number
  }) => Promise<Result>,
): Promise<Result> => kit.store().transact((work) => doing({ work, now: kit.clock.now }))
const persons = ['A. Bell', 'C. Diaz'] as const
const customerOf = async (card: string): Promise<CustomerNumber> => {
  const { customer } = await kit
    .store()
    .read.selectFrom('cards')
    .innerJoin('bindings', 'bindings.binding', 'cards.binding')
    .select('customer')
    .where('serial', '=', (await kit.kiosk('000000000102').insert(kit.cardOf(card))).serial)
    .executeTakeFirstOrThrow()
  return customer
}
const pay = (saleId: SaleId, to: Paying['to'] = { kind: 'cash' }) =>
  atOffice((desk) => payClaim(desk, { reference: numberOf(saleId), to, persons }))
const alarms = async () =>
  (await kit.store().read.selectFrom('alarms').select('kind').execute()).map(({ kind }) => kind)

describe('a claim', () => {
  it('P2: goes to the account of the card that is in, whatever kiosk it is at', async () => {
    const saleId = await keptNotes(5_000, 2_000)
    const { before, reply } = await redeem(there, 'plain-sale', saleId)
    expect(reply).toEqual({ kind: 'redeemed', amount: 7_000, balance: before + 7_000 })
  })

  it('P2: is redeemed once, asked twice under one id, and under another', async () => {
    const saleId = await keptNotes(5_000)
    const { insertionId } = await there.insert(kit.cardOf('plain-sale'))
    const asked = { insertionId, reference: numberOf(saleId) }
    const requestId = kit.ids.request()
    const [one, two] = await Promise.all([
      there.ask('claim', asked, requestId),
      there.ask('claim', asked, requestId),
    ])
    expect(one).toMatchObject({ kind: 'redeemed', amount: 5_000 })
    expect(two).toEqual(one)
    expect(await there.ask('claim', asked, requestId)).toEqual(one)
    expect((await there.ask('claim', asked)).kind).toBe('already redeemed')
  })

  it('P2: goes to one of two kiosks that ask at the same time', async () => {
    const saleId = await keptNotes(5_000)
    const one = await here.insert(kit.cardOf('plain-sale'))
    const other = await there.insert(kit.cardOf('rich-account'))
    const reference = numberOf(saleId)
    const replies = await Promise.all([
      here.ask('claim', { insertionId: one.insertionId, reference }),
      there.ask('claim', { insertionId: other.insertionId, reference }),
    ])
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['already redeemed', 'redeemed'])
  })

  it('says where the money is when it had a destination all along', async () => {
    const card = kit.cardOf('plain-sale')
    const { insertionId } = await here.insert(card)
    const saleId = kit.ids.sale()
    await here.ask('closing', { saleId, insertionId, notes: [here.noteOf(2_000)] })
    const { reply } = await redeem(there, 'rich-account', saleId)
    const { serial } = card.state()
    expect(reply).toEqual({
      kind: 'already in account',
      amount: 2_000,
      card: `••••${serial.slice(-4)}`,
    })
  })

  it('says that it is in a purchase, or back from one', async () => {
    const inserted = await here.insert(kit.cardOf('plain-sale'))
    const made = await here.order(inserted, { tender: 10_000, notes: [10_000, 1_000] })
    const { saleId, insertionId, notes } = made
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('in a purchase')
    await here.ask('closing', { saleId, insertionId, notes })
    expect((await redeem(there, 'rich-account', saleId)).reply).toMatchObject({
      kind: 'already in account',
      amount: 11_000,
    })
  })

  it('of a kiosk that has not closed the sale yet waits for it', async () => {
    const { insertionId } = await here.insert(kit.cardOf('plain-sale'))
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 5_000 } as const
    await here.ask('quote', { saleId, insertionId, wish })
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('not yet')
  })

  it('of a note that is told of later is open again, for that note alone', async () => {
    const saleId = kit.ids.sale()
    const first = here.noteOf(5_000)
    await here.ask('closing', { saleId, insertionId: null, notes: [first] })
    await redeem(there, 'plain-sale', saleId)
    const notes = [first, here.noteOf(1_000)]
    await here.ask('closing', { saleId, insertionId: null, notes })
    expect((await redeem(there, 'plain-sale', saleId)).reply).toMatchObject({
      kind: 'redeemed',
      amount: 1_000,
    })
  })

  it('cannot be guessed: five unknown numbers with a card in a day, or at a kiosk in an hour', async () => {
    const saleId = await keptNotes(5_000)
    const unknown = () => numberOf(kit.ids.sale())
    const { insertionId } = await there.insert(kit.cardOf('plain-sale'))
    for (let guess = 0; guess < 5; guess++) {
      expect((await there.ask('claim', { insertionId, reference: unknown() })).kind).toBe(
        'not known',
      )
    }
    const known = { insertionId, reference: numberOf(saleId) }
    expect((await there.ask('claim', known)).kind).toBe('refused')
    expect(await alarms()).toEqual(['claims guessed'])
    // The same card elsewhere, and another card here.
    expect((await redeem(here, 'plain-sale', saleId)).reply.kind).toBe('refused')
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('refused')
    kit.clock.now += 61 * 60_000
    expect((await redeem(there, 'plain-sale', saleId)).reply.kind).toBe('refused')
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('redeemed')
    expect(await alarms()).toEqual(['claims guessed'])
  })

  it('needs a card with an account', async () => {
    const saleId = await keptNotes(5_000)
    const { insertionId } = await there.insert(kit.cardOf('imitation'))
    const asked = { requestId: kit.ids.request(), kiosk: there.number, insertionId }
    const body = { ...asked, reference: numberOf(saleId) }
    expect(await kit.centre().handle('claim', body)).toMatchObject({ status: 409 })
  })
})

describe('the key of a kiosk', () => {
  it('is the first one it shows; another is not taken, and an alarm is raised once', async () => {
    const [first, second] = [passingKioskKey(), passingKioskKey()]
    const show = (key: typeof first) =>
      here.ask('lookNonces', { count: 1, publicKey: key.publicKey })
    await show(first)
    await show(second)
    await show(second)
    await show(first)
    expect(await alarms()).toEqual(['kiosk key changed'])
    const kept = await kit.store().read.selectFrom('kiosk_keys').selectAll().execute()
    expect(kept).toMatchObject([{ public_key: first.publicKey, learnt: 'first seen' }])
  })

  it('is the one of the import, whatever the kiosk shows', async () => {
    const [first, second] = [passingKioskKey(), passingKioskKey()]
    const { kiosks = [], ...town } = kit.town.import
    const told = kiosks.map((each) =>
      each.kiosk === here.number ? { ...each, publicKey: first.publicKey } : each,
    )
    expect(await kit.importAgain({ ...town, kiosks: told })).toEqual([])
    await here.ask('lookNonces', { count: 1, publicKey: second.publicKey })
    expect(await alarms()).toEqual(['kiosk key changed'])
  })
})

describe('at the office', () => {
  const key = passingKioskKey()
  const slip = (saleId: SaleId, amount: number | null = 5_000) =>
    signedClaim(
      {
        kiosk: KioskNumber.parse(here.number),
        saleId,
        amount: amount === null ? null : minor(amount),
        at: kit.clock.now,
      },
      key.sign,
    )
  const verify = (text: string) => atOffice((desk) => verifyClaim(desk, text))
  beforeEach(() => here.ask('lookNonces', { count: 1, publicKey: key.publicKey }))

  it('P2: a claim is paid once, by two persons, to an account or in cash, and never at a kiosk as well', async () => {
    const [one, other] = [await keptNotes(5_000), await keptNotes(2_000)]
    const customer = await customerOf('rich-account')
    expect(await pay(one)).toMatchObject({ kind: 'done' })
    expect(await pay(one)).toMatchObject({ kind: 'problem' })
    expect((await redeem(there, 'plain-sale', one)).reply.kind).toBe('already redeemed')
    expect(await pay(other, { kind: 'account', customer })).toMatchObject({ kind: 'done' })
    expect((await redeem(there, 'plain-sale', other)).reply.kind).toBe('already redeemed')
    const paid = await kit.store().read.selectFrom('claims').selectAll().orderBy('claim').execute()
    expect(paid).toMatchObject([
      { state: 'paid', customer: null, persons: JSON.stringify(persons) },
      { state: 'paid', customer },
    ])
  })

  it('P2: kiosk and office at the same time pay it once', async () => {
    const saleId = await keptNotes(5_000)
    const { insertionId } = await there.insert(kit.cardOf('plain-sale'))
    const [reply, said] = await Promise.all([
      there.ask('claim', { insertionId, reference: numberOf(saleId) }),
      pay(saleId),
    ])
    expect([reply.kind, said.kind].toSorted()).toEqual(
      reply.kind === 'redeemed' ? ['problem', 'redeemed'] : ['already redeemed', 'done'],
    )
  })

  it('one person alone cannot pay, nor one who signs twice', async () => {
    const saleId = await keptNotes(5_000)
    const alone = { reference: numberOf(saleId), to: { kind: 'cash' as const } }
    for (const names of [
      ['A. Bell', ' a. bell '],
      ['A. Bell', ' '],
    ] as const) {
      const said = await atOffice((desk) => payClaim(desk, { ...alone, persons: names }))
      expect(said).toEqual({ kind: 'problem', problem: '--by and --and: must name two persons' })
    }
  })

  it('a customer who is not in the books gets nothing, and the claim stays open', async () => {
    const saleId = await keptNotes(5_000)
    const customer = CustomerNumber.parse('999999999999')
    expect(await pay(saleId, { kind: 'account', customer })).toMatchObject({ kind: 'problem' })
    expect((await redeem(there, 'plain-sale', saleId)).reply.kind).toBe('redeemed')
  })

  it.each<[string, (text: string) => string]>([
    ['a changed amount', (text) => text.replace('a=5000', 'a=9000')],
    ['another sale', (text) => text.replace(/s=\S+/, `s=${kit.ids.sale()}`)],
    ['the number of another kiosk', (text) => text.replace('k=000000000101', 'k=000000000102')],
    [
      'a signature with one letter changed',
      (text) => text.replace(/.(?=.$)/, (at) => (at === 'A' ? 'B' : 'A')),
    ],
  ])('a slip with %s is refused, and registers nothing', async (_, change) => {
    await there.ask('lookNonces', { count: 1, publicKey: passingKioskKey().publicKey })
    const saleId = kit.ids.sale()
    expect(await verify(change(slip(saleId)))).toMatchObject({ kind: 'problem' })
    expect(await alarms()).toEqual(['claim not genuine'])
    expect(await kit.store().read.selectFrom('claims').selectAll().execute()).toEqual([])
  })

  it('P2: a slip for the sale of another kiosk takes nothing from who put money in there', async () => {
    const { insertionId } = await there.insert(kit.cardOf('plain-sale'))
    const saleId = kit.ids.sale()
    await there.ask('quote', { saleId, insertionId, wish: { kind: 'money', tender: 5_000 } })
    expect(await verify(slip(saleId, 90_000))).toMatchObject({ kind: 'problem' })
    expect(await alarms()).toEqual(['claim not genuine'])
    expect(await pay(saleId)).toMatchObject({ kind: 'problem' })
    expect(await kit.store().read.selectFrom('claims').selectAll().execute()).toEqual([])
  })

  it('a slip whose kiosk has no key here says what to do', async () => {
    const saleId = kit.ids.sale()
    const text = slip(saleId).replace('k=000000000101', 'k=000000000102')
    expect(await verify(text)).toMatchObject({
      kind: 'problem',
      problem: expect.stringMatching(/import its publicKey/),
    })
  })

  it('P5: a claim whose kiosk burnt is paid ahead by two persons, and what comes in later makes up for it', async () => {
    const saleId = kit.ids.sale()
    expect(await pay(saleId)).toMatchObject({ kind: 'problem' })
    expect(await verify(slip(saleId))).toMatchObject({ kind: 'done' })
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('not yet')
    expect(await pay(saleId)).toMatchObject({ kind: 'done' })
    expect(await kit.flaws()).toEqual([])
    expect(await pay(saleId)).toMatchObject({ kind: 'problem' })
    expect((await redeem(there, 'rich-account', saleId)).reply.kind).toBe('already redeemed')
    // It had not burnt after all, and knows whose card was in: nobody gets the money a second time.
    const { insertionId } = await here.insert(kit.cardOf('plain-sale'))
    const notes = [here.noteOf(5_000), here.noteOf(2_000)]
    const closed = await here.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 7_000 })
    expect((await redeem(there, 'rich-account', saleId)).reply).toMatchObject({
      kind: 'redeemed',
      amount: 2_000,
    })
  })

  it('P3: an order that comes after a claim was paid ahead is refused', async () => {
    const { insertionId } = await here.insert(kit.cardOf('plain-sale'))
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 5_000 } as const
    const quoted = await here.ask('quote', { saleId, insertionId, wish })
    if (quoted.kind === 'refused') throw new Error(quoted.why)
    await verify(slip(saleId))
    await pay(saleId)
    const { quoteId } = quoted.quote
    const notes = [here.noteOf(5_000)]
    const funding = { kind: 'cash' as const, notes }
    expect(await here.ask('order', { saleId, insertionId, quoteId, funding })).toEqual({
      kind: 'refused',
      why: 'sale closed',
    })
  })

  it('an amount that nobody knows is not paid ahead, and is paid once it is known', async () => {
    const saleId = kit.ids.sale()
    await verify(slip(saleId, null))
    expect(await pay(saleId)).toMatchObject({
      kind: 'problem',
      problem: expect.stringMatching(/nobody knows/),
    })
    await here.ask('closing', { saleId, insertionId: null, notes: [here.noteOf(2_000)] })
    expect(await pay(saleId)).toMatchObject({
      kind: 'done',
      lines: [expect.stringMatching(/20\.00/)],
    })
  })

  it('a registered slip whose money went to an account is awaited no more', async () => {
    const saleId = kit.ids.sale()
    await verify(slip(saleId))
    const { insertionId } = await here.insert(kit.cardOf('plain-sale'))
    await here.ask('closing', { saleId, insertionId, notes: [here.noteOf(5_000)] })
    expect(await atOffice(listClaims)).toEqual({ kind: 'done', lines: ['No claim is open.'] })
    expect(await pay(saleId)).toMatchObject({
      kind: 'problem',
      problem: expect.stringMatching(/in the account/),
    })
  })

  it('lists what is open, and shows one by its number', async () => {
    expect(await atOffice(listClaims)).toEqual({ kind: 'done', lines: ['No claim is open.'] })
    const saleId = await keptNotes(5_000)
    expect(await atOffice(listClaims)).toMatchObject({
      lines: [expect.stringMatching(/open {2}50\.00 {2}kiosk 0+101/)],
    })
    const shown = await atOffice((desk) => showClaim(desk, numberOf(saleId)))
    expect(shown.kind === 'done' ? shown.lines[1] : '').toMatch(/50\.00 can be redeemed/)
  })
})
