// The import: all or nothing, twice is once, and what contradicts itself or the books is refused by its entry.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { centreKit, type CentreKit } from '../../test/centre-kit.ts'
import type { ImportInput } from './import-file.ts'

let kit: CentreKit

type Entry<List extends keyof ImportInput> = Extract<ImportInput[List], unknown[]>[number]

const first = <Each>(list: Each[] | undefined): Each => {
  const [entry] = list ?? []
  if (entry === undefined) throw new Error('the town is empty')
  return entry
}
const customer = (more: Partial<Entry<'customers'>> = {}): Entry<'customers'> => ({
  ...first(kit.town.import.customers),
  ...more,
})
const meter = (more: Partial<Entry<'meters'>> = {}): Entry<'meters'> => ({
  ...first(kit.town.import.meters),
  ...more,
})
const card = (more: Partial<Entry<'cards'>> = {}): Entry<'cards'> => ({
  ...first(kit.town.import.cards),
  ...more,
})

const rowsOf = async () => {
  const { read } = kit.store()
  return {
    customers: await read.selectFrom('customers').selectAll().orderBy('customer').execute(),
    bindings: await read.selectFrom('bindings').selectAll().orderBy('binding').execute(),
    cards: await read.selectFrom('cards').selectAll().orderBy('serial').execute(),
    orders: await read.selectFrom('orders').selectAll().orderBy('order_number').execute(),
    entries: await read
      .selectFrom('entries')
      .selectAll()
      .orderBy('posting')
      .orderBy('line')
      .execute(),
    earlier: await read
      .selectFrom('earlier_purchases')
      .selectAll()
      .orderBy('order_number')
      .execute(),
  }
}

describe('the import', () => {
  beforeEach(async () => {
    kit = await centreKit()
  })
  afterEach(() => kit.close())

  it('takes the whole town over, with its books in order', async () => {
    const { customers, bindings, cards, orders } = await rowsOf()
    expect(customers.length).toBeGreaterThanOrEqual(30)
    expect(bindings).toHaveLength(customers.length + 1)
    expect(cards).toHaveLength(bindings.length + 1)
    expect(cards.filter(({ status }) => status === 'replaced')).toHaveLength(1)
    expect(orders.map(({ state }) => state)).toEqual(['UNKNOWN', 'UNKNOWN'])
    expect(await kit.flaws()).toEqual([])
  })

  it('changes nothing the second time, not even after sales', async () => {
    await kit.kiosk().sell(kit.cardOf('plain-sale'), { tender: 10_000, notes: [10_000] })
    const before = await rowsOf()
    expect(await kit.importAgain(kit.town.import)).toEqual([])
    expect(await rowsOf()).toEqual(before)
  })

  it('takes new names, limits and blocks from a later file', async () => {
    const changed = {
      customers: [customer({ shortName: 'L. Chen-Wu', blocked: true })],
      meters: [meter({ hoardingLimit: 90_000 })],
    }
    expect(await kit.importAgain(changed)).toEqual([])
    const { customers, bindings } = await rowsOf()
    expect(customers[0]).toMatchObject({ short_name: 'L. Chen-Wu', blocked: 1 })
    expect(bindings[0]).toMatchObject({ hoarding_limit: 90_000 })
    const { verdict } = await kit.kiosk().insert(kit.cardOf('plain-sale'))
    expect(verdict).toMatchObject({ refusal: { why: 'customer blocked' } })
  })

  it('blocks the card before when a replacement comes with a later file', async () => {
    const serial = '45cc0f0000aa5501'
    const { count, orderNumber } = card()
    const replacement = card({ serial, issueNumber: 1, count, orderNumber, inMeter: false })
    expect(await kit.importAgain({ cards: [replacement] })).toEqual([])
    const { verdict } = await kit.kiosk().insert(kit.cardOf('plain-sale'))
    expect(verdict).toMatchObject({ refusal: { kind: 'card replaced' } })
  })

  it('gives no order number out that was used before', async () => {
    const { proven } = await kit
      .kiosk()
      .sell(kit.cardOf('plain-sale'), { tender: 10_000, notes: [10_000] })
    const used = (await rowsOf()).earlier.map(({ order_number }) => Number(order_number.slice(6)))
    expect(Number(proven.order.orderNumber.slice(6))).toBeGreaterThan(Math.max(...used))
  })
})

describe('the import of what contradicts', () => {
  beforeAll(async () => {
    kit = await centreKit()
  })
  afterAll(() => kit.close())

  const refusals: [what: string, file: () => ImportInput, problem: RegExp][] = [
    [
      'another opening balance',
      () => ({ customers: [customer({ balance: 999 })] }),
      /^customers\.0: customer 000000700123 was taken over before as \{"balance":8640/,
    ],
    [
      'another count of a meter',
      () => ({ meters: [meter({ credited: 5 })] }),
      /^meters\.0: meter 000012345678 was taken over before/,
    ],
    [
      'a tariff version that says other than before',
      () => {
        const tariff = first(kit.town.import.tariffs)
        return { tariffs: [{ ...tariff, freeUnitsPerMonth: 1 }] }
      },
      /^tariffs\.0: tariff R1 from 2026-01-01 was taken over before/,
    ],
    [
      'two entries with one name',
      () => ({ customers: [customer(), customer()] }),
      /^customers\.1: 000000700123 is already customers\.0$/,
    ],
    [
      'a meter of nobody',
      () => ({ meters: [meter({ customer: '000000000001' })] }),
      /^meters\.0: customer 000000000001 is neither in this file nor in the books$/,
    ],
    [
      'a tariff that is not there',
      () => ({ meters: [meter({ tariff: 'ZZ' })] }),
      /^meters\.0: tariff ZZ has no version in force/,
    ],
    [
      'an area that is not served',
      () => ({ meters: [meter({ area: 1 })] }),
      /^meters\.0: area 1 is not served here; policy\.areas has 755$/,
    ],
    [
      'a meter key that is not there',
      () => ({ meters: [meter({ keyVersion: 7 })] }),
      /^meters\.0: keyVersion 7 is not in the key file$/,
    ],
    [
      'a meter without a card',
      () => ({ meters: [meter({ meter: '000000000009' })] }),
      /^meters\.0: has no card, neither in this file nor in the books$/,
    ],
    [
      'a card of no meter',
      () => ({ cards: [card({ serial: '00000000000000aa', meter: '000000000009' })] }),
      /^cards\.0: meter 000000000009 is neither in this file nor in the books$/,
    ],
    [
      'a card key that is not there',
      () => ({ cards: [card({ serial: '00000000000000aa', keyVersion: 9, issueNumber: 4 })] }),
      /^cards\.0: keyVersion 9 is not in the key file$/,
    ],
    [
      'a card of an issue that is not newer',
      () => ({ cards: [card({ serial: '00000000000000aa' })] }),
      /^cards\.0: meter 000012345678 has a card with issue number 0 already$/,
    ],
    [
      'a count too far ahead',
      () => ({ cards: [card({ serial: '00000000000000aa', issueNumber: 4, count: 9 })] }),
      /^cards\.0: count 9 is more than one above the 6 that the meter has credited$/,
    ],
    [
      'a purchase without a number',
      () => ({ cards: [card({ serial: '00000000000000aa', issueNumber: 4, orderNumber: null })] }),
      /^cards\.0: orderNumber must be null if count is 0, and only then$/,
    ],
    [
      'an open order with a count that is not the next',
      () => {
        const order = first(kit.town.import.openOrders)
        const { serial } = card()
        return {
          openOrders: [{ ...order, orderNumber: '2611230000009999', serial, count: 9 }],
        }
      },
      /^openOrders\.0: count 9 must be 7, the one after what was credited$/,
    ],
    [
      'a misspelt key',
      () => ({ customers: [{ ...customer(), ballance: 1 } as Entry<'customers'>] }),
      /^customers\.0: "ballance" is not a key; did you mean "balance"\?$/,
    ],
    [
      'money that is no whole number',
      () => ({ customers: [customer({ arrears: 1.5 })] }),
      /^customers\.0\.arrears: found 1\.5; must be a whole number/,
    ],
  ]
  it.each(refusals)(
    '%s: refused by its entry, and nothing is taken over',
    async (_, file, problem) => {
      const before = await rowsOf()
      const kiosks = [{ kiosk: '000000000999', place: 'Nowhere' }]
      const problems = await kit.importAgain({ kiosks, ...file() })
      expect(problems).toEqual([expect.stringMatching(problem)])
      expect(await rowsOf()).toEqual(before)
      const known = await kit.store().read.selectFrom('kiosks').select('kiosk').execute()
      expect(known).toHaveLength(3)
    },
  )
})
