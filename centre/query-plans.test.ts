// What a sale, an undo, a closing and a claim ask the database for is found by an index, however much was sold before.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { ReferenceNumber } from '../domain/claim.ts'
import { referenceDigits } from '../domain/reference.ts'
import { centreKit } from '../test/centre-kit.ts'

/** SQLite itself, and every statement that was prepared in it. */
class Listening extends DatabaseSync {
  readonly heard = new Set<string>()

  override prepare(sql: string): StatementSync {
    this.heard.add(sql)
    return super.prepare(sql)
  }

  /** Those that read a whole table. */
  scans(): string[] {
    return [...this.heard].filter((sql) => /^(select|update|delete)/.test(sql) && this.#isScan(sql))
  }

  #isScan(sql: string): boolean {
    const nothing = Array.from(sql.matchAll(/\?/g), () => null)
    const steps = super.prepare(`explain query plan ${sql}`).all(...nothing)
    return steps.some(({ detail }) => String(detail).startsWith('SCAN'))
  }
}

it('nobody waits longer at a kiosk because much was sold before: no table is read as a whole', async () => {
  const database = new Listening(':memory:')
  const kit = await centreKit({ place: { kind: 'memory', database } })
  database.heard.clear()
  const kiosk = kit.kiosk()
  const card = kit.cardOf('plain-sale')
  const inserted = await kiosk.insert(card)
  const { insertionId } = inserted
  const { reply, saleId } = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
  if (reply.kind === 'refused') throw new Error(reply.why)
  const { order } = reply
  const { orderNumber } = order
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(released.why)
  kiosk.run(card, released.commands)
  await kiosk.proof(card, { order, nonce: released.settleNonce })
  const undone = await kiosk.ask('undo', { saleId, insertionId, orderNumber })
  if (undone.kind === 'refused') throw new Error(undone.why)
  kiosk.run(card, undone.commands)
  await kiosk.proof(card, { order, nonce: undone.settleNonce, afresh: true })
  await kiosk.ask('closing', { saleId, insertionId, notes: [kiosk.noteOf(500)] })
  const nobodys = kit.ids.sale()
  await kiosk.ask('closing', { saleId: nobodys, insertionId: null, notes: [kiosk.noteOf(500)] })
  await kiosk.ask('orderState', { orderNumber })
  card.powerDown()
  await kiosk.sell(card, { tender: 5_000, notes: [5_000] })
  kit.meterOf('plain-sale').insert(card)
  const again = await kiosk.insert(card)
  for (const sale of [saleId, nobodys]) {
    const reference = ReferenceNumber.parse(referenceDigits(sale))
    const asked = { insertionId: again.insertionId, reference }
    expect((await kiosk.ask('claim', asked)).kind).toMatch(/redeemed|already in account/)
  }
  expect(database.scans()).toEqual([])
  await kit.close()
})
