// A whole sale of the bank edition: the account is charged once, the card is written, and bank, front machine and centre agree.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pendingActionHeader } from '../domain/front-messages.ts'
import { KioskNumber, QuoteId } from '../domain/identifiers.ts'
import {
  frontKit,
  kioskNumber,
  opening,
  otherKiosk,
  pin,
  type FrontKit,
} from '../test/front-kit.ts'
import { visit } from '../test/front-visit.ts'

let kit: FrontKit
beforeEach(async () => {
  kit = await frontKit()
  await kit.signedOn()
})
afterEach(async () => {
  await kit.settled()
  expect(await kit.disagreements()).toEqual([])
  expect(await kit.centre.flaws()).toEqual([])
  await kit.close()
})

const heard = (mti: string) => kit.wire().heard.filter((message) => message.mti === mti)

describe('a sale that is paid from a linked account', () => {
  it('P3: charges the account once, loads the card, and tells the bank that it is loaded', async () => {
    const sale = await kit.approved(15_000)
    expect(kit.wire().balance()).toBe(opening - 15_000)
    const reply = await kit.orderFor(sale, sale.evidence)
    if (reply.kind === 'refused') throw new Error(reply.why)
    const released = await kit.script(sale, reply.order)
    if (released.kind === 'refused') throw new Error(released.why)
    kit.kiosk.run(sale.inserted.card, released.commands)
    const proven = await kit.ended(
      kit.kiosk.proof(sale.inserted.card, { order: reply.order, nonce: released.settleNonce }),
    )
    expect(proven.order.state).toBe('LOADED')
    expect(await kit.closeSale(sale, 'kept', sale.evidence)).toMatchObject({
      toAccount: 0,
      toSuspense: 0,
    })
    await kit.settled()
    const { deliveries, transactions } = kit.bank().truth()
    expect(deliveries).toEqual({ [reply.order.orderNumber]: 'loaded' })
    expect(Object.values(transactions)).toMatchObject([
      { state: 'booked', amount: 15_000, terminal: 'KIOSK-1', stan: '000001' },
    ])
    expect(sale.evidence).toEqual({
      kind: 'bank',
      terminalId: 'KIOSK-1',
      stan: 1,
      reference: '000000000001',
      businessDate: '2026-11-23',
    })
    expect(await kit.reversal(sale.paymentId)).toEqual({
      kind: 'not possible',
      why: 'kept',
    })
  })

  it('passes notes and payments of the reader of the terminal by: they are not its business', async () => {
    const { inserted, insertionId, saleId, quoteId } = await kit.begin()
    const payment = kit.kiosk.paymentOf(10_000)
    const funding = { kind: 'payment' as const, payment }
    const reply = await kit.ended(kit.kiosk.ask('order', { saleId, insertionId, quoteId, funding }))
    expect(reply.kind).toBe('reserved')
    expect(inserted.verdict.kind).toBe('can sell')
    expect(heard('0200')).toEqual([])
  })
})

describe('a customer whose order was refused and who pays again in the same visit', () => {
  it('P3: has the second payment in the order, and the first one back', async () => {
    const first = await kit.approved()
    const { insertionId, saleId, paymentId, tender, evidence } = first
    const payment = { paymentId, way: 'bank account' as const, amount: tender, evidence }
    const quoteId = QuoteId.parse(kit.centre.ids.sale())
    const funding = { kind: 'payment' as const, payment }
    const refused = await kit.ended(
      kit.kiosk.ask('order', { saleId, insertionId, quoteId, funding }),
    )
    expect(refused).toEqual({ kind: 'refused', why: 'quote expired' })
    expect(['reversed', 'reversing']).toContain((await kit.reversal(paymentId)).kind)
    const second = { ...first, paymentId: kit.centre.ids.payment() }
    const paid = await kit.payFor(second)
    if (paid.kind !== 'approved') throw new Error(`not approved but ${paid.kind}`)
    expect(await kit.orderFor(second, paid.evidence)).toMatchObject({ kind: 'reserved' })
    await kit.settled()
    expect(kit.wire().balance()).toBe(opening - tender)
    const again = await kit.reversal(second.paymentId)
    expect(['reversed', 'reversing']).toContain(again.kind)
    await kit.closeSale(second, 'reversed', paid.evidence)
    await kit.settled()
    expect(kit.wire().balance()).toBe(opening)
  })
})

describe('a payment', () => {
  it('P3: is done once, however often it is asked for, under one request id or another', async () => {
    const sale = await kit.begin()
    const requestId = kit.centre.ids.request()
    const both = await Promise.all([
      kit.payFor(sale, { requestId }),
      kit.payFor(sale, { requestId }),
    ])
    expect(both[1]).toEqual(both[0])
    expect(await kit.payFor(sale, { requestId })).toEqual(both[0])
    expect(await kit.payFor(sale)).toEqual(both[0])
    expect(heard('0200')).toHaveLength(1)
  })

  it('P3: of other content under the same id is refused, and a second one of a sale too', async () => {
    const sale = await kit.approved()
    await expect(kit.payFor({ ...sale, tender: 9_000 })).rejects.toThrow('409')
    const second = { ...sale, paymentId: kit.centre.ids.payment() }
    await expect(kit.payFor(second)).rejects.toThrow('has a payment that is not over')
    expect(heard('0200')).toHaveLength(1)
  })

  it('that was asked about first is refused when it comes: the question had overtaken it', async () => {
    const sale = await kit.begin()
    expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'not known' })
    expect(await kit.payFor(sale)).toEqual({ kind: 'declined', why: 'sale over' })
    expect(heard('0200')).toEqual([])
  })

  it('that was taken back first is refused when it comes', async () => {
    const sale = await kit.begin()
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
    expect(await kit.payFor(sale)).toEqual({ kind: 'declined', why: 'sale over' })
  })

  it('of a sale that is closed is refused', async () => {
    const sale = await kit.begin()
    await kit.closeSale({ ...sale, paymentId: kit.centre.ids.payment() }, 'reversed')
    expect(await kit.payFor(sale)).toEqual({ kind: 'declined', why: 'sale over' })
  })

  it('with a power card that no account is linked to is declined without asking the bank', async () => {
    await kit.store().transact(async (work) => void (await work.deleteFrom('accounts').execute()))
    const sale = await kit.begin()
    expect(await kit.payFor(sale)).toEqual({ kind: 'declined', why: 'not linked' })
    expect(heard('0200')).toEqual([])
  })

  it('belongs to its terminal: another one is told nothing of it and cannot take it back', async () => {
    const { paymentId } = await kit.approved()
    const as = { kiosk: otherKiosk }
    await expect(kit.ask('paymentState', { paymentId }, as)).rejects.toThrow('403')
    await expect(kit.ask('paymentReversal', { paymentId }, as)).rejects.toThrow('403')
    await expect(
      kit.ask('paymentState', { paymentId }, { kiosk: KioskNumber.parse('000000000999') }),
    ).rejects.toThrow('is not in the list of terminals')
  })

  it('may be made at a counter of the bank, under the name the bank knows that counter by', async () => {
    const sale = await kit.begin()
    const paid = await kit.payFor(sale, { kiosk: otherKiosk })
    expect(paid).toMatchObject({ kind: 'approved', evidence: { terminalId: 'COUNTER-1', stan: 1 } })
  })

  it('leaves nothing of the PIN and no account in the books, but asks the bank with both', async () => {
    const { paymentId } = await kit.approved()
    expect(heard('0200')[0]?.fields).toMatchObject({
      2: 'TOKEN-1',
      52: pin.block,
      53: pin.keySerial,
      61: paymentId,
    })
    const { read } = kit.store()
    const books = JSON.stringify([
      await read.selectFrom('payments').selectAll().execute(),
      await read.selectFrom('requests').selectAll().execute(),
      await read.selectFrom('queue').selectAll().execute(),
    ])
    expect(books).toContain(paymentId)
    expect(books).not.toContain(pin.block)
    expect(books).not.toContain('TOKEN-1')
  })

  it('that is malformed is told which field is wrong, and never the PIN', async () => {
    const body = { requestId: kit.centre.ids.request(), kiosk: kioskNumber, pin: { block: 'zz' } }
    const { status, text } = await kit.ended(kit.front().handle('payment', body))
    expect(status).toBe(400)
    expect(text).toContain('pin.block: found nothing; must be a PIN block')
    expect(text).not.toContain('zz')
  })
})

describe('what the bank wants of a terminal next', () => {
  it('stands on every answer to it, whoever gave the answer', async () => {
    kit.bank().askFor(5)
    await kit.approved()
    const ask = (kiosk: KioskNumber) =>
      kit.ended(
        kit.front().handle('lookNonces', { requestId: kit.centre.ids.request(), kiosk, count: 1 }),
      )
    expect((await ask(kioskNumber)).headers).toEqual({ [pendingActionHeader]: '5' })
    expect((await ask(otherKiosk)).headers).toEqual({ [pendingActionHeader]: '0' })
    kit.bank().askFor(0)
  })
})

describe('an order', () => {
  const wrong: [string, (sale: Awaited<ReturnType<FrontKit['approved']>>) => typeof sale][] = [
    ['is of another sum', (sale) => ({ ...sale, tender: sale.tender + 1 })],
    ['has another reference', (sale) => ({ ...sale, evidence: other(sale.evidence) })],
    ['is unknown', (sale) => ({ ...sale, paymentId: kit.centre.ids.payment() })],
  ]
  const other = <Evidence extends { kind: string }>(evidence: Evidence): Evidence => ({
    ...evidence,
    reference: '999999999999',
  })
  it.each(wrong)('P3: whose payment %s never reaches the centre', async (_, change) => {
    const sale = await kit.approved()
    expect(await kit.orderFor(change(sale), change(sale).evidence)).toEqual({
      kind: 'refused',
      why: 'payment not good',
    })
    expect(kit.passed).not.toContain('order')
  })

  it('P3: with a payment that was taken back never reaches the centre', async () => {
    const sale = await kit.approved()
    expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
    expect(await kit.orderFor(sale, sale.evidence)).toMatchObject({ why: 'payment not good' })
    expect(kit.passed).not.toContain('order')
  })

  it('P3: a payment pays for one order: under another request id it is not good any more', async () => {
    const sale = await kit.approved()
    const requestId = kit.centre.ids.request()
    const reply = await kit.orderFor(sale, sale.evidence, requestId)
    expect(reply.kind).toBe('reserved')
    expect(await kit.orderFor(sale, sale.evidence, requestId)).toEqual(reply)
    expect(await kit.orderFor(sale, sale.evidence)).toMatchObject({ why: 'payment not good' })
  })
})

it('P3: a terminal that behaves buys, and the bank keeps the money', async () => {
  expect(await visit(kit, () => Promise.resolve())).toBe('bought')
  expect(kit.wire().balance()).toBe(opening - 10_000)
})
