import { expect, it } from 'vitest'
import { energy } from '../domain/energy.ts'
import { OrderNumber } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { testIds } from '../test/test-ids.ts'
import { firstContext, type SaleContext } from './sale-context.ts'
import { nameOutcome } from './sale-verdicts.ts'

const ids = testIds()
const saleId = ids.sale()
const line = { exchange: () => Promise.reject(new Error('no card here')) }
const sale: SaleContext = firstContext({
  saleId,
  ids,
  language: 'en',
  card: { line, fci: new Uint8Array() },
  tenders: [],
  cashValues: [],
  mostCash: minor(100_000),
})
const orderNumber = OrderNumber.parse('2611230000000042')

it('P7: a note the acceptor could not name is not said to be held as 0.00', () => {
  const { mishap, money } = nameOutcome({ ...sale, namelessNotes: 1 })
  expect(mishap).toBe('note unaccounted for')
  expect(money).toEqual({ kind: 'held', amount: null })
})

it('P7: when the disk fails between order and write, the money is said to be in the order, not on its way', () => {
  const { outcome, money } = nameOutcome({
    ...sale,
    tender: 'cash',
    notes: [{ noteId: ids.note(), value: minor(5000) }],
    mishap: 'card not written',
    order: {
      orderNumber,
      saleId,
      state: 'AWAIT_WRITE',
      count: 7,
      tender: minor(5000),
      charged: minor(5000),
      energy: energy(1000),
    },
  })
  expect(outcome).toEqual({ kind: 'held in order', amount: 5000, order: orderNumber })
  expect(money).toEqual({ kind: 'in the order', amount: 5000, order: orderNumber })
})
