// Five telephone calls, each about a sale that really happened: what the page of the console answers to each of them.
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { explainSale } from '../../centre/console/explaining/explaining.ts'
import { findSales } from '../../centre/console/explaining/finding.ts'
import type { Reading } from '../../centre/store.ts'
import type { Explained, MoneyPlace } from '../../domain/console/explaining.ts'
import type { FactKind } from '../../domain/console/explained-facts.ts'
import { SaleId } from '../../domain/identifiers.ts'
import { at } from '../../drivers/bank-terminal/zvt/simulator/behaviours.ts'
import { sqliteDialect } from '../../server/sqlite-dialect.ts'
import { bankCardsTaken } from '../bank-customer.ts'
import { centreKit, type CentreKit } from '../centre-kit.ts'
import { inService, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type BoxOptions, type KioskInABox } from '../kiosk-in-a-box.ts'

// Several kiosks at once share the processor.
vi.setConfig({ testTimeout: 180_000 })

/** Asks the books of the box as the console does, once the journal of its kiosk is there. */
const asking = async <Answer>(
  box: KioskInABox,
  ask: (read: Reading) => Promise<Answer>,
): Promise<Answer> => {
  await box.until(
    'the journal is at the centre',
    () => box.uploaded().length === box.journal().length,
  )
  const database = new DatabaseSync(box.centre.databasePath, { readOnly: true })
  const read: Reading = new Kysely({ dialect: sqliteDialect(database, () => undefined) })
  try {
    return await ask(read)
  } finally {
    await read.destroy()
  }
}

/** What the clerk types leads to exactly one sale, and its page is opened. */
const explained = (box: KioskInABox, typed: string): Promise<Explained> =>
  asking(box, (read) => pageOf(read, typed, box.clock.now()))

const pageOf = async (read: Reading, typed: string, now: number): Promise<Explained> => {
  const { sales } = await findSales(read, typed, now)
  expect(sales).toHaveLength(1)
  const page = await explainSale(read, SaleId.parse(sales[0]?.sale), { now, seesCustomers: true })
  if (page === null) throw new Error('the sale that was found is not explained')
  expect(page.money.differences).toEqual([])
  return page
}

const inABox = async (test: (box: KioskInABox) => Promise<void>, options: BoxOptions = {}) => {
  const box = await kioskInABox(options)
  try {
    await test(box)
    expect(box.audit()).toEqual([])
  } finally {
    await box.close()
  }
}

const kinds = ({ timeline }: Explained): FactKind[] => timeline.map(({ fact }) => fact.kind)
const options = (page: Explained) => page.options.map(({ kind }) => kind)
const remarks = (page: Explained) => page.remarks.map(({ kind }) => kind)
const where = ({ money }: Explained): Partial<Record<MoneyPlace, number>> =>
  Object.fromEntries(Object.entries(money.sums).filter(([, amount]) => amount > 0))

describe.concurrent('paid, but the card was pulled', () => {
  it.concurrent('in the middle of the write: the money is in the order, and the card decides', () =>
    inABox(async (box) => {
      await payWithOneNote(box, 'plain-sale', 50)
      box.reader.pullAfter(7, 'not answered')
      box.press({ type: 'confirm' })
      const { reference } = await box.screen('put card back')
      box.press({ type: 'done' })
      await box.screen('mishap')
      box.press({ type: 'done' })
      await inService(box)

      const page = await explained(box, reference.words.join(' '))
      expect(page.outcome).toBe('card decides')
      expect(where(page)).toEqual({ order: 5000 })
      expect(remarks(page)).toContain('card pulled')
      expect(options(page)).toEqual(['bring the card', 'no return'])
      expect(kinds(page)).toEqual(
        expect.arrayContaining(['card.inserted', 'note.stacked', 'order.made', 'card.unknown']),
      )

      box.insert('plain-sale')
      await box.screen('healed')
      box.press({ type: 'continue' })
      await box.screen('refused')
      await leave(box)
      const healed = await explained(box, page.order?.number ?? '')
      expect(healed.outcome).toBe('bought')
      expect(where(healed).order).toBe(5000 - (where(healed).account ?? 0))
      expect(options(healed)).toContain('put the card into the meter')
    }))

  it.concurrent('before anything reached it: it is finished or returned at the next visit', () =>
    inABox(async (box) => {
      await payWithOneNote(box, 'plain-sale', 50)
      box.reader.pullAfter(2, 'not answered')
      box.press({ type: 'confirm' })
      await box.screen('put card back')
      box.press({ type: 'done' })
      const { reference } = await box.screen('mishap')
      box.press({ type: 'done' })
      await inService(box)
      box.insert('plain-sale')
      await box.screen('open order')
      box.press({ type: 'cancel' })
      await leave(box)

      const page = await explained(box, reference.number)
      expect(page.outcome).toBe('not on the card')
      expect(where(page)).toEqual({ order: 5000 })
      expect(page.options).toEqual([
        { kind: 'finish at next visit', mayReturn: true },
        { kind: 'propose return', amount: 5000, to: 'account' },
      ])
    }))
})

describe.concurrent('a note was not credited', () => {
  it.concurrent('because nobody could say where it went: it is named, and the box is to be counted', () =>
    inABox(async (box) => {
      await payCash(box, 'plain-sale', 50)
      await box.feed(5000)
      await box.until('the stacking was begun', () =>
        box.journal().some((line) => line.includes('"note.stacking"')),
      )
      await box.pass(600)
      box.notes.powerOff()
      const { reference } = await box.screen('mishap')
      box.press({ type: 'done' })
      await box.screen('take card')
      box.reader.remove()
      await box.screen('attract')

      const page = await explained(box, reference.words.join('  ').toUpperCase())
      expect(where(page)).toEqual({ unknown: 5000 })
      expect(page.money.tendered.cash).toBe(5000)
      expect(page.remarks).toContainEqual({ kind: 'note unknown', value: 5000 })
      expect(options(page)).toContain('count the cash box')
      expect(kinds(page)).toEqual(expect.arrayContaining(['note.unknown', 'slip.made']))

      box.notes.powerOn()
      await inService(box)
      await box.pass(30_000)
      const found = await explained(box, page.sale)
      expect(where(found)).toEqual({ account: 5000 })
      expect(found.outcome).toBe('money kept')
    }))
})

describe.concurrent('the receipt is missing', () => {
  it.concurrent('as the paper was out: the purchase stands, and the page says both', () =>
    inABox(async (box) => {
      box.printer.runOutOfPaper()
      await payWithOneNote(box, 'plain-sale', 50)
      box.press({ type: 'confirm' })
      const { after } = await box.screen('take card')
      if (after.kind !== 'bought') throw new Error(after.kind)
      await leave(box)

      const page = await explained(box, after.order.replaceAll(/(\d{4})(?=\d)/g, '$1-'))
      expect(page.outcome).toBe('bought')
      expect(remarks(page)).toContain('receipt not printed')
      expect(options(page)).toContain('receipt again')
      expect(page.money.tendered).toMatchObject({ cash: 5000, total: 5000 })
      expect(kinds(page)).toEqual(expect.arrayContaining(['card.written', 'receipt.not-printed']))
    }))
})

describe.concurrent('paid twice', () => {
  it.concurrent('once by bank card, undone, and again in cash: one was charged, and which is plain', () =>
    inABox(
      async (box) => {
        await inService(box)
        await bankCardsTaken(box)
        box.terminal.behave(at('bank approved', () => box.unplug('terminal')))
        box.insert('plain-sale')
        await box.screen('account')
        box.press({ type: 'buy' })
        await box.screen('choose amount')
        box.press({ type: 'suggestion', value: 50 })
        await box.screen('choose tender')
        box.press({ type: 'tender', tender: 'bank card' })
        await box.until('the terminal waits', () => box.terminal.waitsForPerson())
        box.terminal.presentCard()
        const { reference } = await box.screen('mishap')
        box.press({ type: 'done' })
        box.reader.remove()
        await inService(box)

        const asked = await explained(box, reference.number)
        expect(where(asked)).toEqual({ unknown: 5000 })
        expect(options(asked)).toContain('wait for the bank')

        box.plugIn()
        await box.until('nothing is open', () => box.unresolved().length === 0)
        await payWithOneNote(box, 'plain-sale', 50)
        box.press({ type: 'confirm' })
        await box.screen('take card')
        await leave(box)

        const first = await explained(box, reference.number)
        expect(first.outcome).toBe('nothing paid')
        expect(where(first)).toEqual({ returned: 5000 })
        expect(kinds(first)).toContain('payment.reversed')
        const near = first.remarks.find(({ kind }) => kind === 'another sale near')
        expect(near).toMatchObject({ amount: 5000 })
        const serial = box.card('plain-sale').state().serial
        const { sales } = await asking(box, (read) => findSales(read, serial, box.clock.now()))
        expect(sales.map(({ outcome }) => outcome)).toEqual(['bought', 'nothing paid'])
      },
      { bankTerminal: true },
    ))
})

describe.concurrent('the meter refuses', () => {
  const kitPage = async (kit: CentreKit, order: string): Promise<Explained> =>
    pageOf(kit.store().read, order, kit.clock.now)

  it.concurrent('as it is the meter of somebody else: whose it is not, and what to do', async () => {
    const kit = await centreKit()
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const { proven } = await kiosk.sell(card, { tender: 10_000, notes: [10_000] })
    kit.clock.now += 3_600_000
    kit.meterOf('rich-account').insert(card)
    kit.clock.now += 3_600_000
    await kiosk.insert(card)
    card.powerDown()
    const page = await kitPage(kit, proven.order.orderNumber)
    expect(page.outcome).toBe('bought')
    expect(page.remarks).toContainEqual(
      expect.objectContaining({ kind: 'meter refused', code: 11 }),
    )
    expect(page.options).toContainEqual(expect.objectContaining({ kind: 'meter advice', code: 11 }))
    expect(kinds(page)).toContain('meter.refused')

    kit.meterOf('plain-sale').insert(card)
    await kiosk.insert(card)
    const credited = await kitPage(kit, proven.order.orderNumber)
    expect(credited.outcome).toBe('in the meter')
    expect(options(credited)).toEqual(['nothing to do'])
    await kit.close()
  })
})
