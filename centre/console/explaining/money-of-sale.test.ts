// Whatever goes wrong in a sale, the money on its page adds up, and all pages together are the ledger.
import { expect, it } from 'vitest'
import type { Explained } from '../../../domain/console/explaining.ts'
import type { CentreKit } from '../../../test/centre-kit.ts'
import { inAccount } from '../../../test/payment-kit.ts'
import { randomSales } from '../../../test/random-sales.ts'
import { explainSale } from './explaining.ts'

it.each([3, 4])(
  'P5: every sale of random ones adds up to the minor unit, and all of them are the books (seed %i)',
  async (seed) => {
    let looked = 0
    const look = async (kit: CentreKit): Promise<string[]> => {
      const all = await everySale(kit)
      looked += all.length
      return [...all.flatMap(flawsOf), ...(await againstBooks(kit, all))]
    }
    const { flaws } = await randomSales({ seed, visits: 40, look })
    expect({ seed, flaws }).toEqual({ seed, flaws: [] })
    expect(looked).toBeGreaterThan(20)
  },
  120_000,
)

const everySale = async (kit: CentreKit): Promise<Explained[]> => {
  const { read } = kit.store()
  const tables = ['orders', 'closed_sales', 'notes', 'payments'] as const
  const sales = new Set<Explained['sale']>()
  const explained: Explained[] = []
  for (const table of tables) {
    for (const { sale } of await read.selectFrom(table).select('sale').execute()) {
      if (sales.has(sale)) continue
      sales.add(sale)
      const told = await explainSale(read, sale, { now: kit.clock.now, seesCustomers: true })
      if (told === null) throw new Error(`sale ${sale} is not explained`)
      explained.push(told)
    }
  }
  return explained
}

const flawsOf = ({ sale, money, timeline }: Explained): string[] => {
  const { tendered, carried, sums, heaps } = money
  const out = sums.order + sums.account + sums.claim + sums.returned + sums.unknown
  return [
    ...money.differences.map((it) => `sale ${sale}: ${it.of} is ${it.rows}, ledger ${it.ledger}`),
    ...(tendered.total + carried.total === out ? [] : [`sale ${sale} does not add up`]),
    ...heaps.filter(({ amount }) => amount < 0).map((it) => `sale ${sale}: ${it.kind} below zero`),
    ...heaps.flatMap((heap) =>
      heap.kind === 'delivered' && total(heap.parts.map(({ amount }) => amount)) !== heap.amount
        ? [`sale ${sale}: the parts of its order are not the order`]
        : [],
    ),
    ...(timeline.length > 0 ? [] : [`sale ${sale} has no timeline`]),
  ]
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, it) => sum + it, 0)

/** Each account of the ledger is the sum of what the pages say of it. */
const againstBooks = async (kit: CentreKit, all: readonly Explained[]): Promise<string[]> => {
  const heaped = (kind: string): number =>
    total(
      all.flatMap(({ money }) => money.heaps.flatMap((it) => (it.kind === kind ? it.amount : []))),
    )
  const advanced = total(all.map(({ money }) => money.carried.paidAhead))
  const compared: [what: string, pages: number, books: number][] = [
    [
      'kiosk cash',
      total(all.map(({ money }) => money.ledger.cash)),
      await inAccount(kit, 'kiosk cash'),
    ],
    [
      'bank payments',
      total(all.map(({ money }) => money.ledger.bank)),
      await inAccount(kit, 'bank payments'),
    ],
    ['pending orders', heaped('pending'), 0 - (await inAccount(kit, 'pending orders'))],
    ['suspense', heaped('open') - advanced, 0 - (await inAccount(kit, 'suspense'))],
    [
      'unpaid deliveries',
      total(all.map(({ money }) => money.carried.unpaidDelivery)),
      await inAccount(kit, 'unpaid deliveries'),
    ],
  ]
  return compared.flatMap(([what, pages, books]) =>
    pages === books ? [] : [`${what}: the pages say ${pages}, the books ${books}`],
  )
}
