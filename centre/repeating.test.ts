// Every message of a sale, asked twice under one id, gets the same bytes and has its effect once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageName } from '../domain/centre-messages.ts'
import { Nonce } from '../domain/identifiers.ts'
import { getChallenge, macedRead, selectApplication } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { centreKit, exchange, type CentreKit } from '../test/centre-kit.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const kiosk = '000000000101'
const tables = [
  'alarms',
  'cards',
  'closed_sales',
  'entries',
  'insertions',
  'looks',
  'nonces',
  'notes',
  'order_states',
  'orders',
  'quotes',
  'requests',
  'scripts',
  'write_backs',
] as const

const everything = async () => {
  const rows: unknown[] = []
  for (const table of tables) {
    rows.push([table, await kit.store().read.selectFrom(table).selectAll().execute()])
  }
  return rows
}

/** Asks twice, and once more with other content; gives the answer. */
const thrice = async (name: MessageName, asked: object): Promise<Record<string, unknown>> => {
  const body = { requestId: kit.ids.request(), kiosk, ...asked }
  const { handle } = kit.centre()
  const [first, meanwhile] = await Promise.all([handle(name, body), handle(name, body)])
  const before = await everything()
  expect(first.status).toBe(200)
  expect(meanwhile).toEqual(first)
  expect(await handle(name, body)).toEqual(first)
  const other = { ...body, kiosk: '000000000102' }
  expect(await handle(name, other)).toMatchObject({ status: 409 })
  expect(await everything()).toEqual(before)
  return JSON.parse(first.text) as Record<string, unknown>
}

describe('P3: a sale in which everything is asked again', () => {
  it('is one sale', async () => {
    const card = kit.cardOf('plain-sale')
    const { serial } = card.state()
    card.powerUp()
    exchange(card, selectApplication())
    const looking = await thrice('lookNonces', { count: 2 })
    const [{ nonce } = { nonce: '' }] = looking['nonces'] as { nonce: string }[]
    const look = await kit.kiosk().look(card, Nonce.parse(nonce))
    const insertionId = kit.ids.insertion()
    const seen = await thrice('insertion', { insertionId, serial, look })
    expect(seen['verdict']).toMatchObject({ kind: 'can sell' })

    const saleId = kit.ids.sale()
    const wish = { kind: 'energy', energy: 4_000 }
    const { quote } = (await thrice('quote', { saleId, insertionId, wish })) as {
      quote: { quoteId: string; tender: number; energy: number }
    }
    expect(quote.energy).toBeGreaterThanOrEqual(4_000)
    expect(quote.tender % 500).toBe(0)
    const notes = [{ noteId: kit.ids.note(), value: quote.tender + 500 }]
    const funding = { kind: 'cash', notes }
    const { quoteId } = quote
    const made = await thrice('order', { saleId, insertionId, quoteId, funding })
    const { orderNumber } = made['order'] as { orderNumber: string }

    const challenge = toHex(exchange(card, getChallenge()).data)
    const asked = { saleId, insertionId, orderNumber, challenge }
    const first = await thrice('script', asked)
    expect(first['kind']).toBe('released')
    const { nonce: fresh } = (await thrice('settleNonce', { orderNumber })) as { nonce: string }
    exchange(card, selectApplication())
    const unwritten = toHex(exchange(card, macedRead(2, fromHex(fresh))).data)
    const not = await thrice('proof', { saleId, orderNumber, nonce: fresh, proof: unwritten })
    expect(not['order']).toMatchObject({ state: 'NOT_LOADED_RETRY' })

    const returned = await thrice('return', { saleId, orderNumber })
    expect(returned).toMatchObject({ kind: 'returned', balance: 8_640 + quote.tender + 500 })
    const closed = await thrice('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      toAccount: 0,
      toSuspense: 0,
    })
  })
})
