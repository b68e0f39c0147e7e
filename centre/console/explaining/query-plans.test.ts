// However much was sold, a caller waits no longer: what is asked for an explained sale is found by an index.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { referenceOf } from '../../../domain/reference.ts'
import { centreKit } from '../../../test/centre-kit.ts'
import { explainSale } from './explaining.ts'
import { findSales } from './finding.ts'

/** SQLite itself, and every question that was asked of it. */
class Listening extends DatabaseSync {
  readonly heard = new Set<string>()

  override prepare(sql: string): StatementSync {
    if (sql.startsWith('select')) this.heard.add(sql)
    return super.prepare(sql)
  }

  /** Those that read a whole table. */
  scans(): string[] {
    return [...this.heard].filter((sql) => {
      const values = Array.from(sql.matchAll(/\?/g), () => null)
      const steps = super.prepare(`explain query plan ${sql}`).all(...values)
      return steps.some(({ detail }) => String(detail).startsWith('SCAN'))
    })
  }
}

it('no table is read as a whole for a sale, whatever it is found by', async () => {
  const database = new Listening(':memory:')
  const kit = await centreKit({ place: { kind: 'memory', database } })
  const { read } = kit.store()
  const sold = await kit.kiosk().sell(kit.cardOf('plain-sale'), { tender: 10_000, notes: [10_000] })
  const { customer, meter } = await read
    .selectFrom('bindings')
    .innerJoin('cards', 'cards.binding', 'bindings.binding')
    .select(['customer', 'meter'])
    .where('serial', '=', sold.inserted.serial)
    .executeTakeFirstOrThrow()
  const { number, words } = referenceOf(sold.saleId)
  const [note] = sold.notes
  const { now } = kit.clock
  database.heard.clear()
  const order = sold.proven.order.orderNumber
  const names = [sold.saleId, order, number, words.join(' '), customer, meter, sold.inserted.serial]
  for (const name of [...names, note?.noteId ?? '', kit.ids.payment(), '1', '000000000101 42']) {
    await findSales(read, name, now)
  }
  await explainSale(read, sold.saleId, { now, seesCustomers: true })
  expect(database.heard.size).toBeGreaterThan(20)
  expect(database.scans()).toEqual([])
  await kit.close()
})
