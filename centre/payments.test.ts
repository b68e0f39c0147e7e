// Payments that are not cash: one order each, one end each, and every kept one in exactly one place (domain.md 14.2).
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreMessages, type Asked } from '../domain/centre-messages.ts'
import { centreKit, type CentreKit, type Inserted } from '../test/centre-kit.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

type End = 'kept' | 'reversed' | 'unknown'
type Made = Awaited<ReturnType<typeof ordered>>

const balanceAtFirst = 8_640

const ordered = async (inserted: Inserted, tender = 10_000) => {
  const made = await kit.kiosk().order(inserted, { tender, pays: true })
  if (made.reply.kind === 'refused') throw new Error(made.reply.why)
  return { ...made, order: made.reply.order, inserted }
}
/** An order that a payment has paid for, with the card of the first customer in. */
const paidOrder = async () => ordered(await kit.kiosk().insert(kit.cardOf('plain-sale')))

const ended = (made: Pick<Made, 'payment'>, end: End) => ({ ...made.payment, end })

const close = ({ saleId, insertionId, payment }: Made, end: End) =>
  kit.kiosk().ask('closing', {
    saleId,
    insertionId,
    notes: [],
    payments: [{ ...payment, end }],
  })

/** Released and run on the card, and no word of it reaches the centre. */
const written = async (made: Made) => {
  const kiosk = kit.kiosk()
  const released = await kiosk.script(made.inserted, made.order)
  if (released.kind === 'refused') throw new Error(released.why)
  kiosk.run(made.inserted.card, released.commands)
  return released
}
/** Released, and not one command of it reaches the card. */
const notWritten = async (made: Made) => {
  const released = await kit.kiosk().script(made.inserted, made.order)
  if (released.kind === 'refused') throw new Error(released.why)
  return released
}

const alarms = async () =>
  (await kit.store().read.selectFrom('alarms').select(['kind']).execute()).map(({ kind }) => kind)
const placeOf = async ({ payment }: Pick<Made, 'payment'>) =>
  kit
    .store()
    .read.selectFrom('payments')
    .select(['ended', 'place'])
    .where('payment', '=', payment.paymentId)
    .executeTakeFirst()
const inAccount = async (kind: string) => {
  const { sum } = await kit
    .store()
    .read.selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => fn.sum<number | null>('amount').as('sum'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return sum ?? 0
}

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

describe('a customer without a capital account', () => {
  const without = async () => {
    const customers = kit.town.import.customers?.filter(
      ({ balance, overdraft }) => (balance ?? 0) === 0 && (overdraft ?? 0) === 0,
    )
    const again = customers?.map((each) => ({ ...each, capitalAccount: false }))
    expect(await kit.importAgain({ customers: again })).toEqual([])
    const inserted = await kit.kiosk().insert(kit.cardOf('no-account-money'))
    expect(inserted.account).toMatchObject({ balance: null, spendable: null })
    return inserted
  }
  const claims = () => kit.store().read.selectFrom('claims').selectAll().execute()

  it('buys with a payment, and nothing is said of an account', async () => {
    const made = await ordered(await without(), 5_000)
    expect(made.reply).toMatchObject({ toAccount: 0, balance: null })
    const { settleNonce } = await written(made)
    const proof = { order: made.order, nonce: settleNonce }
    expect(await kit.kiosk().proof(made.inserted.card, proof)).toMatchObject({
      order: { state: 'LOADED' },
      balance: null,
    })
    expect(await close(made, 'kept')).toMatchObject({ toAccount: 0, toSuspense: 0, balance: null })
    const open = (await claims()).reduce((sum, { amount }) => sum + (amount ?? 0), 0)
    expect(open).toBe(made.quote.residue)
  })

  it('cannot pay from one', async () => {
    const { reply } = await kit.kiosk().order(await without(), { tender: 1_000 })
    expect(reply).toEqual({ kind: 'refused', why: 'not enough in the account' })
  })

  it('has a claim for an order that came back', async () => {
    const made = await ordered(await without(), 5_000)
    expect(await close(made, 'kept')).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      balance: null,
    })
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'open', sale: made.saleId }])
  })

  it('has none any more once the payment of that order is known as reversed', async () => {
    const made = await ordered(await without(), 5_000)
    await close(made, 'unknown')
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'open' }])
    await close(made, 'reversed')
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'given back' }])
    expect(await inAccount('bank payments')).toBe(0)
    expect(await inAccount('unpaid deliveries')).toBe(0)
  })

  it('gets back what was paid, with nothing left in suspense, when nothing was delivered', async () => {
    const made = await ordered(await without(), 5_000)
    const { saleId, order } = made
    const { orderNumber } = order
    expect(await kit.kiosk().ask('return', { saleId, orderNumber, toPayer: true })).toMatchObject({
      kind: 'returned',
      balance: null,
    })
    await close(made, 'reversed')
    expect(await claims()).toEqual([])
  })

  it('has a claim for the remainder of notes, and the closing tells of it once', async () => {
    const kiosk = kit.kiosk()
    const inserted = await without()
    const made = await kiosk.order(inserted, { tender: 5_000, notes: [5_000, 2_000] })
    expect(made.reply).toMatchObject({ kind: 'reserved', toAccount: 0, balance: null })
    const { saleId, insertionId, notes } = made
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 2_000, balance: null })
    const again = await kiosk.ask('closing', { saleId, insertionId, notes })
    expect(again).toMatchObject({ toAccount: 0, toSuspense: 0 })
  })

  it('is sent to the office with a slip, whosever it is', async () => {
    const kiosk = kit.kiosk()
    const notes = [kiosk.noteOf(1_000)]
    const saleId = kit.ids.sale()
    await kiosk.ask('closing', { saleId, insertionId: null, notes })
    const { reference } = await kit
      .store()
      .read.selectFrom('sale_references')
      .select('reference')
      .where('sale', '=', saleId)
      .executeTakeFirstOrThrow()
    const { insertionId } = await without()
    const asked = centreMessages.claim.request.shape.reference.parse(reference)
    expect(await kiosk.ask('claim', { insertionId, reference: asked })).toEqual({
      kind: 'ask the office',
    })
    expect(await claims()).toMatchObject([{ amount: 1_000, state: 'open' }])
  })

  it('is not made of one with money in the account', async () => {
    const rich = kit.town.import.customers?.filter(({ balance }) => (balance ?? 0) > 0) ?? []
    const [problem] = await kit.importAgain({
      customers: rich.slice(0, 1).map((each) => ({ ...each, capitalAccount: false })),
    })
    expect(problem).toContain('capitalAccount: false')
  })
})
