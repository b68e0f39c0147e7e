// Customers of a bank's edition: no capital account, so what would go there is claimed, and nothing is said of a balance.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreMessages } from '../domain/centre-messages.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { close, inAccount, ordered, written } from '../test/payment-kit.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
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
    const made = await ordered(kit, await without(), 5_000)
    expect(made.reply).toMatchObject({ toAccount: 0, balance: null })
    const { settleNonce } = await written(kit, made)
    const proof = { order: made.order, nonce: settleNonce }
    expect(await kit.kiosk().proof(made.inserted.card, proof)).toMatchObject({
      order: { state: 'LOADED' },
      balance: null,
    })
    expect(await close(kit, made, 'kept')).toMatchObject({
      toAccount: 0,
      toSuspense: 0,
      balance: null,
    })
    const open = (await claims()).reduce((sum, { amount }) => sum + (amount ?? 0), 0)
    expect(open).toBe(made.quote.residue)
  })

  it('cannot pay from one', async () => {
    const { reply } = await kit.kiosk().order(await without(), { tender: 1_000 })
    expect(reply).toEqual({ kind: 'refused', why: 'not enough in the account' })
  })

  it('has a claim for an order that came back', async () => {
    const made = await ordered(kit, await without(), 5_000)
    expect(await close(kit, made, 'kept')).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      balance: null,
    })
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'open', sale: made.saleId }])
  })

  it('has none any more once the payment of that order is known as reversed', async () => {
    const made = await ordered(kit, await without(), 5_000)
    await close(kit, made, 'unknown')
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'open' }])
    await close(kit, made, 'reversed')
    expect(await claims()).toMatchObject([{ amount: 5_000, state: 'given back' }])
    expect(await inAccount(kit, 'bank payments')).toBe(0)
    expect(await inAccount(kit, 'unpaid deliveries')).toBe(0)
  })

  it('gets back what was paid, with nothing left in suspense, when nothing was delivered', async () => {
    const made = await ordered(kit, await without(), 5_000)
    const { saleId, order } = made
    const { orderNumber } = order
    expect(await kit.kiosk().ask('return', { saleId, orderNumber, toPayer: true })).toMatchObject({
      kind: 'returned',
      balance: null,
    })
    await close(kit, made, 'reversed')
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
