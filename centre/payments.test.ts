// Payments that are not cash: one order each, one end each, and every kept one in exactly one place (domain.md 14.2).
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Asked } from '../domain/centre-messages.ts'
import { ReferenceNumber } from '../domain/claim.ts'
import { CardSerial } from '../domain/identifiers.ts'
import { referenceDigits } from '../domain/reference.ts'
import { centreKit, type CentreKit, type Inserted } from '../test/centre-kit.ts'
import { claimStanding } from './claim-standing.ts'
import * as payment from '../test/payment-kit.ts'
import type { End, Made } from '../test/payment-kit.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const ordered = (inserted: Inserted, tender?: number) => payment.ordered(kit, inserted, tender)
/** An order that a payment has paid for, with the card of the first customer in. */
const paidOrder = async () => ordered(await kit.kiosk().insert(kit.cardOf('plain-sale')))
const close = (made: Made, end: End) => payment.close(kit, made, end)
const written = (made: Made) => payment.written(kit, made)
const notWritten = (made: Made) => payment.notWritten(kit, made)
const inAccount = (kind: string) => payment.inAccount(kit, kind)

const ended = (made: Pick<Made, 'payment'>, end: End) => ({ ...made.payment, end })
const balanceAtFirst = 8_640

const alarms = async () =>
  (await kit.store().read.selectFrom('alarms').select(['kind']).execute()).map(({ kind }) => kind)
const placeOf = async (made: Pick<Made, 'payment'>) =>
  kit
    .store()
    .read.selectFrom('payments')
    .select(['ended', 'place'])
    .where('payment', '=', made.payment.paymentId)
    .executeTakeFirst()

describe('an order that a payment pays for, while nobody has told whether the payment stands', () => {
  it('P3: is neither written nor given back in another visit, and afterwards it is', async () => {
    const made = await paidOrder()
    const { card } = made.inserted
    const back = await kit.kiosk().insert(card)
    expect(back.verdict).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'payment being checked' },
    })
    const saleId = kit.ids.sale()
    const { orderNumber } = made.order
    expect(await kit.kiosk().ask('return', { saleId, orderNumber })).toMatchObject({
      kind: 'refused',
    })
    await close(made, 'reversed')
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'payer' })
    expect((await kit.kiosk().insert(card)).verdict.kind).toBe('can sell')
  })
})

describe('an order that a payment pays for', () => {
  it('is sold, and the bank owes its sum; the account stays as it is but for the remainder of the price', async () => {
    const made = await paidOrder()
    const { settleNonce } = await written(made)
    const proven = await kit
      .kiosk()
      .proof(made.inserted.card, { order: made.order, nonce: settleNonce })
    expect(proven.order.state).toBe('LOADED')
    const closed = await close(made, 'kept')
    expect(closed).toMatchObject({
      order: { state: 'LOADED', tender: 10_000 },
      toAccount: 0,
      toSuspense: 0,
      balance: balanceAtFirst + made.quote.residue,
    })
    expect(await inAccount('bank payments')).toBe(10_000)
    expect(await placeOf(made)).toEqual({ ended: 'kept', place: 'order' })
    expect(await alarms()).toEqual([])
  })

  it('P3: is refused when it was authorised for another sum, or has paid for something before', async () => {
    const kiosk = kit.kiosk()
    const first = await paidOrder()
    await close(first, 'kept')
    const { insertionId } = await kiosk.insert(kit.cardOf('arrears'))
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 10_000 } as const
    const quoted = await kiosk.ask('quote', { saleId, insertionId, wish })
    if (quoted.kind === 'refused') throw new Error(quoted.why)
    const { quoteId } = quoted.quote
    const pay = (payment: Extract<Asked<'order'>['funding'], { kind: 'payment' }>['payment']) =>
      kiosk.ask('order', { saleId, insertionId, quoteId, funding: { kind: 'payment', payment } })
    const refused = { kind: 'refused', why: 'payment not good' }
    expect(await pay(kiosk.paymentOf(9_999))).toEqual(refused)
    expect(await pay(kiosk.paymentOf(10_001))).toEqual(refused)
    expect(await pay(first.payment)).toEqual(refused)
    expect(await pay(kiosk.paymentOf(10_000))).toMatchObject({ kind: 'reserved', toAccount: 0 })
  })

  it('is refused once its payment was told of in a closing, whatever that said', async () => {
    const kiosk = kit.kiosk()
    const { insertionId } = await kiosk.insert(kit.cardOf('plain-sale'))
    const payment = kiosk.paymentOf(5_000)
    const payments = [{ ...payment, end: 'kept' as const }]
    await kiosk.ask('closing', { saleId: kit.ids.sale(), insertionId, notes: [], payments })
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 5_000 } as const
    const quoted = await kiosk.ask('quote', { saleId, insertionId, wish })
    if (quoted.kind === 'refused') throw new Error(quoted.why)
    const { quoteId } = quoted.quote
    const funding = { kind: 'payment', payment } as const
    expect(await kiosk.ask('order', { saleId, insertionId, quoteId, funding })).toEqual({
      kind: 'refused',
      why: 'payment not good',
    })
  })
})

describe('an order returned to who paid', () => {
  const back = (made: Made) =>
    kit
      .kiosk()
      .ask('return', { saleId: made.saleId, orderNumber: made.order.orderNumber, toPayer: true })

  it('goes through the account, which is as it was, and the bank owes nothing', async () => {
    const made = await paidOrder()
    expect(await back(made)).toMatchObject({
      kind: 'returned',
      order: { state: 'RETURNED_TO_ACCOUNT' },
      balance: balanceAtFirst,
    })
    expect(await back(made)).toMatchObject({ kind: 'returned', balance: balanceAtFirst })
    expect(await inAccount('bank payments')).toBe(0)
    const closed = await close(made, 'reversed')
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0, balance: balanceAtFirst })
    expect(await alarms()).toEqual([])
  })

  it('INV4: is not returned while its script may still reach the card', async () => {
    const made = await paidOrder()
    await notWritten(made)
    expect(await back(made)).toEqual({ kind: 'refused', state: 'AWAIT_WRITE' })
    await kit.kiosk().settle(made.inserted.card, made.order)
    expect(await back(made)).toMatchObject({ kind: 'returned', balance: balanceAtFirst })
  })

  it('is not returned to a payer where notes or the account paid', async () => {
    const kiosk = kit.kiosk()
    for (const [card, notes] of [
      ['plain-sale', [10_000]],
      ['rich-account', undefined],
    ] as const) {
      const inserted = await kiosk.insert(kit.cardOf(card))
      const of = { tender: 10_000, ...(notes === undefined ? {} : { notes: [...notes] }) }
      const { saleId, reply } = await kiosk.order(inserted, of)
      if (reply.kind === 'refused') throw new Error(reply.why)
      const { orderNumber } = reply.order
      expect(await kiosk.ask('return', { saleId, orderNumber, toPayer: true })).toEqual({
        kind: 'refused',
        state: 'AWAIT_WRITE',
      })
    }
  })

  it('is not returned to the payer after its kiosk has told that the payment was kept', async () => {
    const made = await paidOrder()
    await notWritten(made)
    await close(made, 'kept')
    await kit.kiosk().settle(made.inserted.card, made.order)
    expect(await back(made)).toEqual({ kind: 'refused', state: 'NOT_LOADED_RETRY' })
    const { saleId, order } = made
    expect(
      await kit.kiosk().ask('return', { saleId, orderNumber: order.orderNumber }),
    ).toMatchObject({ kind: 'returned', balance: balanceAtFirst + 10_000 })
  })

  it('is not returned to the payer by a kiosk that cannot reverse the payment', async () => {
    const made = await paidOrder()
    await notWritten(made)
    await close(made, 'unknown')
    const elsewhere = kit.kiosk('000000000102')
    const { verdict } = await elsewhere.insert(made.inserted.card)
    expect(verdict.kind).toBe('open order')
    const { saleId, order } = made
    expect(
      await elsewhere.ask('return', { saleId, orderNumber: order.orderNumber, toPayer: true }),
    ).toEqual({ kind: 'refused', state: 'NOT_LOADED_RETRY' })
  })

  it('paid, not vended: what could not be reversed after all is in the account', async () => {
    const made = await paidOrder()
    await back(made)
    expect(await close(made, 'kept')).toMatchObject({
      toAccount: 10_000,
      balance: balanceAtFirst + 10_000,
    })
    expect(await inAccount('bank payments')).toBe(10_000)
    expect(await placeOf(made)).toEqual({ ended: 'kept', place: 'account' })
  })
})

describe('who asks with a slip for money that is back with the payer', () => {
  it('is told neither that it is in an account nor that it can be claimed', async () => {
    const made = await paidOrder()
    const { saleId, order } = made
    const { orderNumber } = order
    await kit.kiosk().ask('return', { saleId, orderNumber, toPayer: true })
    await close(made, 'reversed')
    const { insertionId } = await kit.kiosk().insert(kit.cardOf('arrears'))
    const reference = ReferenceNumber.parse(referenceDigits(saleId))
    expect(await kit.kiosk().ask('claim', { insertionId, reference })).toEqual({
      kind: 'ask the office',
    })
  })
})

describe('a slip for a payment that came undone before it was in any place of the books', () => {
  it('P3: is not paid at the office: the money never left the payer', async () => {
    const kiosk = kit.kiosk()
    const saleId = kit.ids.sale()
    const payment = { ...kiosk.paymentOf(4_000), end: 'reversed' as const }
    await kiosk.ask('closing', { saleId, insertionId: null, notes: [], payments: [payment] })
    const standing = await kit.store().transact((work) => claimStanding(work, saleId))
    expect(standing.kind).toBe('back with the payer')
  })
})

describe('a closing with payments', () => {
  const alone = async (end: End, insertionId: Inserted['insertionId'] | null) => {
    const kiosk = kit.kiosk()
    const saleId = kit.ids.sale()
    const payment = kiosk.paymentOf(4_000)
    const asked = { saleId, insertionId, notes: [], payments: [{ ...payment, end }] }
    return { asked, payment, closed: await kiosk.ask('closing', asked) }
  }
  const inserted = async () => (await kit.kiosk().insert(kit.cardOf('plain-sale'))).insertionId

  it('books a kept payment that is in no order to the account, once', async () => {
    const { asked, closed } = await alone('kept', await inserted())
    const balance = balanceAtFirst + 4_000
    expect(closed).toEqual({ order: null, toAccount: 4_000, toSuspense: 0, balance })
    expect(await kit.kiosk().ask('closing', asked)).toEqual({
      order: null,
      toAccount: 0,
      toSuspense: 0,
      balance,
    })
  })

  it('keeps it in suspense, as a claim, where no account is known', async () => {
    const { closed } = await alone('kept', null)
    expect(closed).toEqual({ order: null, toAccount: 0, toSuspense: 4_000, balance: null })
    const claims = await kit.store().read.selectFrom('claims').selectAll().execute()
    expect(claims).toMatchObject([{ amount: 4_000, state: 'open' }])
  })

  it('books nothing of one that was reversed', async () => {
    const { closed } = await alone('reversed', await inserted())
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0, balance: balanceAtFirst })
    expect(await alarms()).toEqual([])
  })

  it('raises an alarm for one that nobody can say of, and books it when it is known', async () => {
    const { asked, payment, closed } = await alone('unknown', await inserted())
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0 })
    await kit.kiosk().ask('closing', asked)
    expect(await alarms()).toEqual(['payment unknown'])
    const kept = { ...asked, payments: [{ ...payment, end: 'kept' as const }] }
    expect(await kit.kiosk().ask('closing', kept)).toMatchObject({ toAccount: 4_000 })
    // An older word that comes late takes nothing back.
    expect(await kit.kiosk().ask('closing', asked)).toMatchObject({ toAccount: 0 })
    expect(await placeOf({ payment })).toEqual({ ended: 'kept', place: 'account' })
  })

  const tell = async (asked: Asked<'closing'>) => {
    const { number } = kit.kiosk()
    const body = { requestId: kit.ids.request(), kiosk: number, ...asked }
    const { status, text } = await kit.centre().handle('closing', body)
    return { status, text }
  }

  it.each([
    ['kept', 'reversed'],
    ['reversed', 'kept'],
  ] as const)('refuses to hear that what was %s is %s, and raises an alarm', async (was, is) => {
    const { asked, payment } = await alone(was, await inserted())
    const other = await tell({ ...asked, payments: [{ ...payment, end: is }] })
    expect(other.status).toBe(409)
    expect(other.text).toContain(`was ${was}, and cannot be ${is}`)
    expect(await alarms()).toEqual(['payment contradicted'])
    expect(await placeOf({ payment })).toMatchObject({ ended: was })
  })

  it('refuses the same payment twice, a payment of nothing, or of another sum or sale', async () => {
    const { asked, payment } = await alone('kept', await inserted())
    const kept = { ...payment, end: 'kept' as const }
    expect((await tell({ ...asked, payments: [kept, kept] })).status).toBe(400)
    expect((await tell({ ...asked, payments: [{ ...kept, amount: 0 }] })).status).toBe(400)
    expect((await tell({ ...asked, payments: [{ ...kept, amount: 4_001 }] })).status).toBe(409)
    expect((await tell({ ...asked, saleId: kit.ids.sale(), payments: [kept] })).status).toBe(409)
  })

  it('gives an order that no script was released for to the payer, if the payment was reversed', async () => {
    const made = await paidOrder()
    expect(await close(made, 'reversed')).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      toAccount: 0,
      balance: balanceAtFirst,
    })
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'payer' })
  })

  it('gives it to the account, if the payment was kept', async () => {
    const made = await paidOrder()
    expect(await close(made, 'kept')).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      toAccount: 0,
      balance: balanceAtFirst + 10_000,
    })
  })
})

describe('a payment that was reversed', () => {
  it('while nobody knows whether its order is on the card, goes to the payer once the card shows that it is not', async () => {
    const made = await paidOrder()
    await notWritten(made)
    expect(await close(made, 'reversed')).toMatchObject({ order: { state: 'UNKNOWN' } })
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'order' })
    const again = await kit.kiosk('000000000102').insert(made.inserted.card)
    expect(again.verdict.kind).toBe('can sell')
    expect(again.account?.balance).toBe(balanceAtFirst)
    expect(again.account?.lastPurchases[0]).toMatchObject({ state: 'RETURNED_TO_ACCOUNT' })
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'payer' })
    expect(await alarms()).toEqual([])
  })

  it('vended unpaid: of an order that shows on the card is a loss with an alarm, and the customer owes nothing', async () => {
    const made = await paidOrder()
    await written(made)
    await close(made, 'reversed')
    expect(await alarms()).toEqual([])
    const again = await kit.kiosk().insert(made.inserted.card)
    expect(again.settled).toMatchObject({ state: 'LOADED' })
    expect(again.account?.balance).toBe(balanceAtFirst + made.quote.residue)
    expect(await inAccount('unpaid deliveries')).toBe(10_000)
    expect(await inAccount('bank payments')).toBe(0)
    expect(await alarms()).toEqual(['vended unpaid'])
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'unpaid delivery' })
  })

  it('vended unpaid: of an order that only its meter has shown, just so', async () => {
    const made = await paidOrder()
    await written(made)
    await close(made, 'reversed')
    kit.meterOf('plain-sale').insert(made.inserted.card)
    await kit.kiosk().insert(made.inserted.card)
    expect(await inAccount('unpaid deliveries')).toBe(10_000)
    expect(await alarms()).toEqual(['vended unpaid'])
  })

  it('vended unpaid: of an order that was loaded before the closing came, just so, once', async () => {
    const made = await paidOrder()
    const { settleNonce } = await written(made)
    await kit.kiosk().proof(made.inserted.card, { order: made.order, nonce: settleNonce })
    await close(made, 'reversed')
    await close(made, 'reversed')
    expect(await inAccount('unpaid deliveries')).toBe(10_000)
    expect(await alarms()).toEqual(['vended unpaid'])
  })

  it('is no loss any more when the load is taken back after all', async () => {
    const made = await paidOrder()
    const kiosk = kit.kiosk()
    const { card } = made.inserted
    const { settleNonce } = await written(made)
    await kiosk.proof(card, { order: made.order, nonce: settleNonce })
    const { saleId, insertionId, order } = made
    const { orderNumber } = order
    const undo = await kiosk.ask('undo', { saleId, insertionId, orderNumber })
    if (undo.kind === 'refused') throw new Error(undo.why)
    kiosk.run(card, undo.commands)
    await close(made, 'reversed')
    expect(await inAccount('unpaid deliveries')).toBe(10_000)
    const again = await kit.kiosk().insert(card)
    expect(again.settled).toMatchObject({ state: 'UNDONE' })
    expect(again.account?.balance).toBe(balanceAtFirst)
    expect(await inAccount('unpaid deliveries')).toBe(0)
    expect(await inAccount('bank payments')).toBe(0)
  })

  it('of an order that was returned to the account elsewhere meanwhile, is taken out of the account', async () => {
    const made = await paidOrder()
    await notWritten(made)
    await close(made, 'unknown')
    const elsewhere = kit.kiosk('000000000102')
    await elsewhere.insert(made.inserted.card)
    const { saleId, order } = made
    const returned = await elsewhere.ask('return', { saleId, orderNumber: order.orderNumber })
    expect(returned).toMatchObject({ balance: balanceAtFirst + 10_000 })
    expect(await close(made, 'reversed')).toMatchObject({ balance: balanceAtFirst })
    expect(await alarms()).toEqual(['payment unknown'])
  })

  it('and whose money was spent meanwhile, leaves what is missing as a loss and no debt', async () => {
    const made = await paidOrder()
    await notWritten(made)
    await close(made, 'unknown')
    const elsewhere = kit.kiosk('000000000102')
    await elsewhere.insert(made.inserted.card)
    const { saleId, order } = made
    await elsewhere.ask('return', { saleId, orderNumber: order.orderNumber })
    await elsewhere.sell(made.inserted.card, { tender: 15_000 })
    const left = balanceAtFirst + 10_000 - 15_000
    const closed = await close(made, 'reversed')
    expect(closed.balance).toBe(0)
    const lost = await inAccount('unpaid deliveries')
    expect(lost).toBeLessThanOrEqual(10_000 - left)
    expect(lost).toBeGreaterThan(10_000 - left - 3)
    expect(await alarms()).toEqual(['payment unknown', 'vended unpaid'])
  })

  it('and whose card was lost, goes to the payer once the meter has seen the new card', async () => {
    const made = await paidOrder()
    await notWritten(made)
    await kit.kiosk().settle(made.inserted.card, made.order)
    const [entry] = kit.town.import.cards ?? []
    const serial = CardSerial.parse('45cc0f0000aa5501')
    const successor = { ...entry, serial, issueNumber: 1, inMeter: false }
    expect(await kit.importAgain({ cards: [successor] })).toEqual([])
    expect(await close(made, 'reversed')).toMatchObject({ order: { state: 'NOT_LOADED_RETRY' } })
    const replacement = kit.replacementOf('plain-sale', serial)
    kit.meterOf('plain-sale').insert(replacement)
    const { verdict, account } = await kit.kiosk().insert(replacement)
    expect(verdict.kind).toBe('can sell')
    expect(account?.balance).toBe(balanceAtFirst)
    expect(await placeOf(made)).toEqual({ ended: 'reversed', place: 'payer' })
  })

  it('lets no script out for its order any more', async () => {
    const kiosk = kit.kiosk()
    const made = await paidOrder()
    await notWritten(made)
    await kiosk.settle(made.inserted.card, made.order)
    expect(await close(made, 'reversed')).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      balance: balanceAtFirst,
    })
    const again = await kiosk.insert(made.inserted.card)
    const anew = { ...made.order, saleId: kit.ids.sale() }
    expect(await kiosk.script(again, anew)).toEqual({ kind: 'refused', why: 'not open' })
  })
})

describe('the law of a closing', () => {
  it('P5: notes + kept payments = order + account + suspense, whatever is told and in whatever order', async () => {
    const kiosk = kit.kiosk()
    const end = fc.constantFrom<End>('kept', 'reversed', 'unknown')
    const act = fc.constantFrom('nothing', 'script', 'not loaded', 'loaded', 'to payer')
    await fc.assert(
      fc.asyncProperty(
        fc.record({ act, end, other: end, note: fc.constantFrom(0, 500), known: fc.boolean() }),
        async ({ act, end, other, note, known }) => {
          const inserted = await kiosk.insert(kit.cardOf('no-account-money'))
          if (inserted.verdict.kind !== 'can sell') return
          const before = inserted.account?.balance ?? 0
          const made = await ordered(inserted, 2_000)
          const { saleId, order, insertionId } = made
          if (act === 'loaded') {
            const { settleNonce } = await written(made)
            await kiosk.proof(inserted.card, { order, nonce: settleNonce })
          }
          if (act === 'script') await notWritten(made)
          if (act === 'not loaded') {
            await notWritten(made)
            await kiosk.settle(inserted.card, order)
          }
          if (act === 'to payer') {
            await kiosk.ask('return', { saleId, orderNumber: order.orderNumber, toPayer: true })
          }
          const more = kiosk.paymentOf(300)
          const notes = note === 0 ? [] : [kiosk.noteOf(note)]
          const payments = [ended(made, end), { ...more, end: other }]
          const asked = {
            saleId,
            insertionId,
            notes,
            payments: known ? payments : [ended(made, end)],
          }
          const closed = await kiosk.ask('closing', asked)
          const isKept = (it: { end: End; amount: number }) => (it.end === 'kept' ? it.amount : 0)
          const inOrder = (await placeOf(made))?.place === 'order' && end === 'kept' ? 2_000 : 0
          const told = asked.payments.reduce<number>((sum, it) => sum + isKept(it), note)
          expect(told).toBe(inOrder + closed.toAccount + closed.toSuspense)
          // Nothing went to the account that was not told of, and nothing is missing of it.
          if (closed.order?.state === 'RETURNED_TO_ACCOUNT') {
            const unsure = end === 'unknown' && act !== 'to payer' ? 2_000 : 0
            expect((closed.balance ?? 0) - before).toBe(told + unsure)
          }
          expect(await kit.flaws()).toEqual([])
          // The next one finds the card settled.
          const again = await kiosk.insert(inserted.card)
          if (again.verdict.kind === 'open order') {
            await kiosk.ask('return', { saleId, orderNumber: order.orderNumber })
          }
          kit.meterOf('no-account-money').insert(inserted.card)
          expect(await kit.flaws()).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })
})
