// When a payment may still be taken back: until a script is out, and after that only by a proof or a return to the payer.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { opening, frontKit, type FrontKit } from '../test/front-kit.ts'

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

const notPossible = { kind: 'not possible', why: 'script is out' }
const charged = () => opening - (kit.wire().balance() ?? 0)

const ordered = async () => {
  const sale = await kit.approved()
  const reply = await kit.orderFor(sale, sale.evidence)
  if (reply.kind === 'refused') throw new Error(reply.why)
  return { ...sale, order: reply.order }
}
const scriptOut = async () => {
  const sale = await ordered()
  const released = await kit.script(sale, sale.order)
  if (released.kind === 'refused') throw new Error(released.why)
  return { ...sale, released }
}

it('an order is made and no script was asked for: it may, and no script leaves after it', async () => {
  const sale = await ordered()
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
  expect(await kit.script(sale, sale.order)).toEqual({ kind: 'refused', why: 'fenced' })
  expect(kit.passed).not.toContain('script')
  const closed = await kit.closeSale(sale, 'reversed', sale.evidence)
  expect(closed.order?.state).toBe('RETURNED_TO_ACCOUNT')
  expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0 })
})

it('P3: a script is out: it may not', async () => {
  const sale = await scriptOut()
  expect(await kit.reversal(sale.paymentId)).toEqual(notPossible)
  expect(charged()).toBe(sale.tender)
})

it('P3: a script was asked for and its answer never came: it may not', async () => {
  const sale = await ordered()
  kit.failAtCentre('script', 'answer lost')
  await expect(kit.script(sale, sale.order)).rejects.toThrow('504')
  expect(await kit.reversal(sale.paymentId)).toEqual(notPossible)
})

it('a script was asked for and certainly did not get there: it may', async () => {
  const sale = await ordered()
  kit.goAway(true)
  await expect(kit.script(sale, sale.order)).rejects.toThrow('502')
  kit.goAway(false)
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
  await kit.closeSale(sale, 'reversed', sale.evidence)
})

it('P3: a script that certainly did not get there once may have got there before', async () => {
  const sale = await ordered()
  const requestId = kit.centre.ids.request()
  const { saleId, insertionId, order } = sale
  const challenge = await kit.ended(kit.kiosk.lookNonce()) // any 8 bytes
  const ask = () =>
    kit.ended(
      kit.kiosk.ask(
        'script',
        { saleId, insertionId, orderNumber: order.orderNumber, challenge },
        requestId,
      ),
    )
  kit.failAtCentre('script', 'answer lost')
  await expect(ask()).rejects.toThrow('504')
  kit.goAway(true)
  await expect(ask()).rejects.toThrow('502')
  kit.goAway(false)
  expect(await kit.reversal(sale.paymentId)).toEqual(notPossible)
})

it('a proof says that it is not loaded: it may', async () => {
  const sale = await scriptOut()
  const { card } = sale.inserted
  const settled = await kit.ended(kit.kiosk.settle(card, sale.order))
  expect(settled.order.state).toBe('NOT_LOADED_RETRY')
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
  await kit.closeSale(sale, 'reversed', sale.evidence)
})

it('P3: an old proof, heard again, says nothing of a script that was asked for after it', async () => {
  const sale = await scriptOut()
  const { card } = sale.inserted
  const { orderNumber, saleId } = sale.order
  const { nonce } = await kit.ended(kit.kiosk.ask('settleNonce', { orderNumber }))
  const requestId = kit.centre.ids.request()
  const look = await kit.ended(kit.kiosk.look(card, nonce))
  const proof = { saleId, orderNumber, nonce, proof: look.files?.ef02 ?? null }
  const first = await kit.ended(kit.kiosk.ask('proof', proof, requestId))
  expect(first.order.state).toBe('NOT_LOADED_RETRY')
  const again = await kit.script(sale, sale.order)
  expect(again.kind).toBe('released')
  const repeated = await kit.ended(kit.kiosk.ask('proof', proof, requestId))
  expect(repeated).toEqual(first)
  expect(await kit.reversal(sale.paymentId)).toEqual(notPossible)
})

it('a proof says that it is loaded: it may not, ever', async () => {
  const sale = await scriptOut()
  kit.kiosk.run(sale.inserted.card, sale.released.commands)
  const nonce = sale.released.settleNonce
  await kit.ended(kit.kiosk.proof(sale.inserted.card, { order: sale.order, nonce }))
  expect(await kit.reversal(sale.paymentId)).toEqual(notPossible)
})

it('the centre has returned the order to the payer: it may', async () => {
  const sale = await scriptOut()
  await kit.ended(kit.kiosk.settle(sale.inserted.card, sale.order))
  const { orderNumber, saleId } = sale.order
  await kit.ended(kit.kiosk.ask('return', { saleId, orderNumber, toPayer: true }))
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'reversed' })
  await kit.closeSale(sale, 'reversed', sale.evidence)
})

it('P3: the money is in the account of the customer: it may not, and the bank hears of no delivery', async () => {
  const sale = await scriptOut()
  await kit.ended(kit.kiosk.settle(sale.inserted.card, sale.order))
  const { orderNumber, saleId } = sale.order
  await kit.ended(kit.kiosk.ask('return', { saleId, orderNumber }))
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'not possible', why: 'kept' })
  await kit.settled()
  expect(kit.bank().truth().deliveries).toEqual({ [orderNumber]: 'not loaded' })
  await kit.closeSale(sale, 'kept', sale.evidence)
})

it('P3: a closing has said that it is kept: it may not', async () => {
  const sale = await kit.approved()
  await kit.closeSale(sale, 'kept', sale.evidence)
  expect(await kit.reversal(sale.paymentId)).toEqual({ kind: 'not possible', why: 'kept' })
})

it('a closing says that it was reversed, and it never was: it is now, and somebody hears of it', async () => {
  const sale = await kit.approved()
  await kit.closeSale(sale, 'reversed', sale.evidence)
  await kit.settled()
  expect(kit.alarms).toEqual(['a closing contradicts a payment'])
  expect(await kit.paymentState(sale.paymentId)).toEqual({ kind: 'reversed' })
  expect(charged()).toBe(0)
})

it('it is wanted back while the bank is being asked: whatever the bank says, nobody is charged', async () => {
  const sale = await kit.begin()
  const asked = kit.payFor(sale)
  for (let turn = 0; turn < 500 && kit.wire().heard.every(({ mti }) => mti !== '0200'); turn++) {
    await kit.clock().advance(0)
  }
  const { paymentId } = sale
  expect(['reversing', 'reversed']).toContain((await kit.reversal(paymentId)).kind)
  expect(['unknown', 'approved']).toContain((await asked).kind)
  await kit.settled()
  expect(await kit.paymentState(paymentId)).toEqual({ kind: 'reversed' })
  expect(charged()).toBe(0)
})
