// Whatever a caller can name, however it is typed, leads to the sale.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Found } from '../../../domain/console/explaining.ts'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { referenceOf } from '../../../domain/reference.ts'
import { centreKit, type CentreKit } from '../../../test/centre-kit.ts'
import { findSales } from './finding.ts'
import { lettersApart } from './finding-by-words.ts'

type Sold = Awaited<ReturnType<typeof sell>>
const sell = async (kit: CentreKit, card: string) => {
  const sold = await kit.kiosk().sell(kit.cardOf(card), { tender: 10_000, notes: [10_000, 5_000] })
  return { ...sold, order: sold.proven.order.orderNumber, serial: sold.inserted.serial }
}

let kit: CentreKit
let sold: Sold
let other: Sold
let claimed: { saleId: Sold['saleId']; claim: number }
beforeAll(async () => {
  kit = await centreKit()
  sold = await sell(kit, 'plain-sale')
  other = await sell(kit, 'rich-account')
  const saleId = kit.ids.sale()
  const kiosk = kit.kiosk()
  await kiosk.ask('closing', { saleId, insertionId: null, notes: [kiosk.noteOf(2_000)] })
  const { claim } = await kit
    .store()
    .read.selectFrom('claims')
    .select('claim')
    .where('sale', '=', saleId)
    .executeTakeFirstOrThrow()
  claimed = { saleId, claim }
})
afterAll(() => kit.close())

const find = (text: string): Promise<Found> => findSales(kit.store().read, text, kit.clock.now)
const salesOf = async (text: string): Promise<string[]> =>
  (await find(text)).sales.map(({ sale }) => sale)
const holder = async () =>
  kit
    .store()
    .read.selectFrom('cards')
    .innerJoin('bindings', 'bindings.binding', 'cards.binding')
    .select(['customer', 'meter'])
    .where('serial', '=', sold.serial)
    .executeTakeFirstOrThrow()

const arabic = (digits: string): string =>
  digits.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)))
const wide = (text: string): string =>
  text.replaceAll(/[0-9a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))

describe('a sale is found by', () => {
  it('its order number, in groups, in Arabic digits or in wide ones', async () => {
    const { order } = sold
    const grouped = order.replaceAll(/(\d{4})(?=\d)/g, '$1 ')
    for (const text of [
      order,
      ` ${grouped} `,
      grouped.replaceAll(' ', '-'),
      arabic(order),
      wide(order),
    ]) {
      expect(await find(text)).toMatchObject({ readAs: ['order number'], more: false })
      expect(await salesOf(text)).toEqual([sold.saleId])
    }
  })

  it('the number on its slip, and the line of a receipt or of a claim', async () => {
    const { number } = referenceOf(sold.saleId)
    expect(await salesOf(number)).toEqual([sold.saleId])
    expect(await salesOf(number.replaceAll(' ', ''))).toEqual([sold.saleId])
    expect(await salesOf(sold.proven.receiptProof ?? '')).toEqual([sold.saleId])
    const slip = `WPC1 k=000000000101 s=${claimed.saleId} a=2000 d=2026-11-26T08:45:00.000Z ${'A'.repeat(86)}`
    expect(await find(slip)).toMatchObject({ readAs: ['slip text'] })
    expect(await salesOf(slip)).toEqual([claimed.saleId])
  })

  it('the running number of its receipt, with its kiosk; alone only while no other kiosk has given it', async () => {
    const queued = (kiosk: KioskNumber, saleId: string, number: number) =>
      kit.store().transact((work) =>
        work
          .insertInto('journal_lines')
          .values({
            kiosk,
            sequence: 9_000 + number,
            line: JSON.stringify({
              at: new Date(kit.clock.now).toISOString(),
              entry: { type: 'receipt.queued', saleId, jobId: 'a job', number },
            }),
            hash: '',
            kept_at: kit.clock.now,
          })
          .execute(),
      )
    const [here, there] = ['000000000101', '000000000102'].map((it) => KioskNumber.parse(it))
    if (here === undefined || there === undefined) throw new Error('there are two kiosks')
    await queued(here, sold.saleId, 42)
    expect(await salesOf('42')).toEqual([sold.saleId])
    expect(await salesOf('receipt 42')).toEqual([sold.saleId])
    await queued(there, other.saleId, 42)
    expect(await salesOf('42')).toEqual([])
    for (const text of ['000000000102 42', '000000000102/42', `${arabic('000000000102')} رقم ٤٢`]) {
      expect(await find(text)).toMatchObject({ readAs: ['receipt'] })
      expect(await salesOf(text)).toEqual([other.saleId])
    }
    expect(await salesOf('000000000102 4')).toEqual([])
  })

  it('card, customer and meter: all that was bought with them', async () => {
    const { customer, meter } = await holder()
    const { serial } = sold
    for (const text of [
      serial,
      serial.toUpperCase(),
      serial.replaceAll(/(..)(?=.)/g, '$1:'),
      customer,
      meter,
    ]) {
      expect(await salesOf(text)).toEqual([sold.saleId])
    }
    expect((await find(customer)).readAs).toContain('customer')
    expect((await find(meter)).readAs).toContain('meter')
  })

  it('a note, a claim, and its own id with an O for a zero', async () => {
    expect(await salesOf(sold.notes[0]?.noteId ?? '')).toEqual([sold.saleId])
    expect(await salesOf(`claim ${claimed.claim}`)).toEqual([claimed.saleId])
    expect(await salesOf(String(claimed.claim))).toEqual([claimed.saleId])
    expect(await salesOf(sold.saleId.replaceAll('0', 'o').toLowerCase())).toEqual([sold.saleId])
  })

  it('its four words: in capitals, with commas, run together', async () => {
    const { words } = referenceOf(other.saleId)
    for (const text of [
      words.join(' '),
      words.join(', ').toUpperCase(),
      words.join(''),
      wide(words.join(' ')),
    ]) {
      expect(await find(text)).toMatchObject({ readAs: ['four words'], suggestions: [] })
      expect(await salesOf(text)).toEqual([other.saleId])
    }
  })
})

describe('words that are not quite right', () => {
  it('lead to the sale that is near, as a suggestion', async () => {
    const { words } = referenceOf(other.saleId)
    const [first, second, third, fourth] = words
    for (const text of [
      [second, first, third, fourth],
      [first, second, fourth, third],
      [`${first.slice(0, 2)}${first.slice(3)}`, second, third, fourth],
      [first, `${second}e`, third, fourth],
    ]) {
      const found = await find(text.join(' '))
      expect(found.sales).toEqual([])
      expect(found.suggestions).toEqual([{ words, sale: other.saleId }])
    }
  })

  it('are told apart by letters', () => {
    expect(lettersApart('camel', 'camel')).toBe(0)
    expect(lettersApart('camle', 'camel')).toBe(2)
    expect(lettersApart('cmel', 'camel')).toBe(1)
  })
})

describe('nothing is found by', () => {
  it.each(['1234567890123456', 'acorn actor album amber', 'a', '%', "' or 1=1 --", '🙂'])(
    '%s',
    async (text) => {
      expect(await find(text)).toEqual({ readAs: [], sales: [], more: false, suggestions: [] })
    },
  )

  it('the number of a customer who never bought, who is known all the same', async () => {
    const customers = await kit.store().read.selectFrom('customers').select('customer').execute()
    const { customer } = await holder()
    const found = await Promise.all(
      customers.filter((it) => it.customer !== customer).map((it) => find(it.customer)),
    )
    expect(found.some(({ readAs, sales }) => readAs.length > 0 && sales.length === 0)).toBe(true)
  })
})
