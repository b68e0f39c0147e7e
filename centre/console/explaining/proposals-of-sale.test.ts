// Money of a sale is moved by two persons, once, and only as things stand when the second one agrees.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Refusal } from '../../../domain/console/refusals.ts'
import { CustomerNumber, type SaleId } from '../../../domain/identifiers.ts'
import { centreKit, type CentreKit, type KioskOfKit } from '../../../test/centre-kit.ts'
import { consoleKit, type Browser, type ConsoleKit } from '../../../test/console-kit.ts'
import { accountBalance } from '../../books.ts'
import { claimsOf } from '../../claim-book.ts'

let centre: CentreKit
let kit: ConsoleKit
let kiosk: KioskOfKit
let clerk: Browser
let second: Browser
beforeEach(async () => {
  centre = await centreKit()
  kit = await consoleKit(centre)
  kiosk = centre.kiosk()
  clerk = await kit.signIn('call centre')
  second = await kit.signIn('accounts')
})
afterEach(async () => {
  expect(await centre.flaws()).toEqual([])
  await kit.close()
})

const reason = 'the caller has the slip and wants the money'

/** An order that is proven not to be on its card. */
const notLoaded = async () => {
  const card = centre.cardOf('plain-sale')
  const inserted = await kiosk.insert(card)
  const { reply, saleId, insertionId, notes } = await kiosk.order(inserted, {
    tender: 10_000,
    notes: [10_000],
  })
  if (reply.kind === 'refused') throw new Error(reply.why)
  const released = await kiosk.script(inserted, reply.order)
  if (released.kind === 'refused') throw new Error(released.why)
  await kiosk.ask('closing', { saleId, insertionId, notes })
  return { saleId, card, order: reply.order }
}

const claimed = async (): Promise<SaleId> => {
  const saleId = centre.ids.sale()
  await kiosk.ask('closing', { saleId, insertionId: null, notes: [kiosk.noteOf(5_000)] })
  return saleId
}

const customerOf = async (card: string): Promise<CustomerNumber> => {
  const { serial } = await kiosk.insert(centre.cardOf(card))
  const { customer } = await centre
    .store()
    .read.selectFrom('cards')
    .innerJoin('bindings', 'bindings.binding', 'cards.binding')
    .select('customer')
    .where('serial', '=', serial)
    .executeTakeFirstOrThrow()
  return customer
}

type Approved = { approval: { approval: string; state: string; refusal: Refusal | null } }
const approvalIn = ({ body }: { body: Record<string, unknown> }): Approved['approval'] => {
  const { approval } = body
  if (typeof approval !== 'object' || approval === null) throw new Error(JSON.stringify(body))
  return approval as Approved['approval']
}
const propose = async (name: string, body: Record<string, unknown>) => {
  const proposed = await clerk.perform(name, { reason, ...body })
  expect(proposed.status).toBe(200)
  return approvalIn(proposed)
}
const approve = async ({ approval }: { approval: string }) =>
  approvalIn(await second.perform('approvals/approve', { approval }))

describe('an order that is not on its card', () => {
  it('goes back to the account when the card has proven it, and once', async () => {
    const { saleId, card, order } = await notLoaded()
    const refused = await clerk.perform('explain/return-order', { sale: saleId, reason })
    expect(refused).toMatchObject({ status: 409 })
    await kiosk.settle(card, order)
    const customer = await customerOf('plain-sale')
    const before = await accountBalance(kit.store.read, customer)

    const approval = await propose('explain/return-order', { sale: saleId })
    expect(await accountBalance(kit.store.read, customer)).toBe(before)
    expect((await second.ask('explain/sale', { sale: saleId })).body).toMatchObject({
      outcome: 'not on the card',
    })
    expect(await approve(approval)).toMatchObject({ state: 'done' })
    expect(await accountBalance(kit.store.read, customer)).toBe(before + 10_000)
    const told = await clerk.ask('explain/sale', { sale: saleId })
    expect(told.body).toMatchObject({
      outcome: 'returned',
      money: { sums: { account: 10_000, order: 0 }, differences: [] },
      options: [{ kind: 'nothing to do' }],
    })
    expect(await clerk.perform('explain/return-order', { sale: saleId, reason })).toMatchObject({
      status: 409,
    })
  })

  it('and was finished at a kiosk meanwhile stays with its customer', async () => {
    const { saleId, card, order } = await notLoaded()
    await kiosk.settle(card, order)
    const approval = await propose('explain/return-order', { sale: saleId })
    const inserted = await kiosk.insert(card)
    const visit = { ...order, saleId: centre.ids.sale() }
    const released = await kiosk.script(inserted, visit)
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(card, released.commands)
    await kiosk.proof(card, { order: visit, nonce: released.settleNonce })
    const done = await approve(approval)
    expect(done.state).toBe('failed')
    expect(done.refusal).toMatchObject({
      code: 'cannot go back',
      values: { why: { why: 'delivered' } },
    })
  })
})

describe('a claim', () => {
  it('is paid in cash once, by two persons who both stand in the books', async () => {
    const sale = await claimed()
    const approval = await propose('explain/pay-claim', { sale })
    expect(await approve(approval)).toMatchObject({ state: 'done' })
    const [claim] = await claimsOf(kit.store.read, sale)
    expect(claim).toMatchObject({ state: 'paid', amount: 5_000, customer: null })
    expect(JSON.parse(claim?.persons ?? '[]')).toEqual(['call-centre-1', 'accounts-1'])
    expect(await clerk.perform('explain/pay-claim', { sale, reason })).toMatchObject({
      status: 409,
    })
  })

  it('goes to the account that both have seen', async () => {
    const sale = await claimed()
    const customer = await customerOf('rich-account')
    const before = await accountBalance(kit.store.read, customer)
    const approval = await propose('explain/redeem-claim', { sale, customer })
    expect(await approve(approval)).toMatchObject({ state: 'done' })
    expect(await accountBalance(kit.store.read, customer)).toBe(before + 5_000)
    expect((await clerk.ask('explain/sale', { sale })).body).toMatchObject({
      outcome: 'money claimed',
      money: { sums: { account: 5_000, claim: 0 }, differences: [] },
    })
  })

  it('that was paid in one way while the other was proposed is refused in words', async () => {
    const sale = await claimed()
    const customer = await customerOf('rich-account')
    const toAccount = await propose('explain/redeem-claim', { sale, customer })
    const inCash = await propose('explain/pay-claim', { sale })
    expect(await approve(toAccount)).toMatchObject({ state: 'done' })
    const late = await approve(inCash)
    expect(late.state).toBe('failed')
    expect(late.refusal).toEqual({ code: 'claim is over', values: {} })
  })

  it('is proposed to no account that does not exist, and to nobody without a reason', async () => {
    const sale = await claimed()
    const nobody = CustomerNumber.parse('999999999999')
    for (const [name, body] of [
      ['explain/redeem-claim', { sale, customer: nobody, reason }],
      ['explain/pay-claim', { sale, reason: '' }],
      ['explain/pay-claim', { sale: centre.ids.sale(), reason }],
    ] as const) {
      expect((await clerk.perform(name, body)).status).toBeGreaterThanOrEqual(400)
    }
  })

  it('is not decided by whoever has proposed it', async () => {
    const sale = await claimed()
    const { approval } = await propose('explain/pay-claim', { sale })
    expect(await clerk.perform('approvals/approve', { approval })).toMatchObject({ status: 409 })
    expect((await claimsOf(kit.store.read, sale))[0]?.state).toBe('open')
  })
})
