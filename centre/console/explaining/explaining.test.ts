// One sale explained from everybody's records: each fact once, what nobody can read shown as it is, and people masked.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact, FactKind } from '../../../domain/console/explained-facts.ts'
import type { Explained } from '../../../domain/console/explaining.ts'
import type { SaleId } from '../../../domain/identifiers.ts'
import { noHead } from '../../../domain/journal-chain.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { minor } from '../../../domain/money.ts'
import { energy } from '../../../domain/energy.ts'
import { nextLine } from '../../../kiosk/journal-chain.ts'
import { centreKit, type CentreKit, type KioskOfKit } from '../../../test/centre-kit.ts'
import { close, ordered, written } from '../../../test/payment-kit.ts'
import { explainSale } from './explaining.ts'

let kit: CentreKit
let kiosk: KioskOfKit
beforeEach(async () => {
  kit = await centreKit()
  kiosk = kit.kiosk()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const explain = async (sale: SaleId, seesCustomers = true): Promise<Explained> => {
  const told = await explainSale(kit.store().read, sale, { now: kit.clock.now, seesCustomers })
  if (told === null) throw new Error('nobody knows this sale')
  expect(told.money.differences).toEqual([])
  return told
}
const factOf = <Kind extends FactKind>({ timeline }: Explained, kind: Kind) =>
  timeline.filter(
    (line): line is (typeof timeline)[number] & { fact: Extract<Fact, { kind: Kind }> } =>
      line.fact.kind === kind,
  )

/** The journal of the kiosk as it would have written it, in the books of the centre. */
const journalled = async (entries: readonly unknown[]): Promise<void> => {
  let head = noHead
  const lines: string[] = []
  for (const [at, entry] of entries.entries()) {
    const moment = new Date(kit.clock.now + at * 1000).toISOString()
    const { line, bytes } = nextLine(head, moment, entry as JournalEntry)
    lines.push(bytes.toString('utf8').trimEnd())
    head = { sequence: line.sequence, hash: line.hash }
  }
  const { answer } = await kiosk.ask('journal', {
    answering: null,
    after: 0,
    lines: [],
    head: noHead,
  })
  const kept = await kiosk.ask('journal', { answering: answer, after: 0, lines, head })
  expect(kept).toMatchObject({ kind: 'kept', through: lines.length })
}

describe('a sale with notes', () => {
  const sold = async () => {
    const sale = await kiosk.sell(kit.cardOf('plain-sale'), {
      tender: 10_000,
      notes: [10_000, 2_000],
    })
    const { saleId, insertionId, notes, inserted, proven } = sale
    const { orderNumber } = proven.order
    const ofSale = { saleId, orderNumber }
    const note = notes.map(({ noteId, value }) => ({ saleId, noteId, value, counters: null }))
    const entries = [
      { type: 'session.opened', saleId, insertionId, serial: inserted.serial },
      ...note.flatMap((each) => [
        { type: 'note.escrowed', ...each },
        { type: 'note.stacking', ...each },
        { type: 'note.stacked', ...each },
      ]),
      {
        type: 'order.requesting',
        saleId,
        requestId: kit.ids.request(),
        quoteId: sale.quote.quoteId,
        tender: 'cash',
        amount: minor(12_000),
      },
      {
        type: 'order.reserved',
        ...ofSale,
        amount: minor(10_000),
        toAccount: minor(2_000),
        energy: energy(5_000),
      },
      { type: 'fault.raised', device: 'receiptPrinter', fault: 'paper out', detail: '' },
      { type: 'card.writing', ...ofSale },
      { type: 'card.written', ...ofSale },
      { type: 'weather.changed', saleId, to: 'rain' },
      { type: 'lights.flickered', times: 3 },
      { type: 'session.closed', saleId, end: 'bought', cash: minor(12_000) },
    ]
    return { ...sale, entries, orderNumber }
  }

  it('is told once for each fact, with everybody who tells of it', async () => {
    const { entries, saleId } = await sold()
    await journalled(entries)
    const told = await explain(saleId)
    expect(told.journal).toBe('whole')
    expect(
      factOf(told, 'note.stacked').map(({ fact, sources }) => [
        fact.value,
        sources.map(({ from }) => from),
      ]),
    ).toEqual([
      [10_000, ['kiosk journal', 'notes']],
      [2_000, ['kiosk journal', 'notes']],
    ])
    expect(factOf(told, 'note.stacked')[0]?.sources[0]?.which).toBe('2, 3, 4')
    expect(factOf(told, 'order.made')).toMatchObject([
      { fact: { tender: 'cash', amount: 10_000, toAccount: 2_000 }, sure: 'booked' },
    ])
    expect(factOf(told, 'card.written')).toMatchObject([{ sure: 'proven' }])
    for (const merged of [
      'note.offered',
      'note.moving',
      'note.booked',
      'order.asked',
      'card.writing',
      'posting',
    ] as const) {
      expect(factOf(told, merged)).toEqual([])
    }
    expect(factOf(told, 'fault.raised')).toMatchObject([{ fact: { device: 'receiptPrinter' } }])
  })

  it('shows what this centre has no word for, of the sale and beside it', async () => {
    const { entries, saleId } = await sold()
    await journalled(entries)
    const unknown = factOf(await explain(saleId), 'unknown.entry').map(({ fact }) => fact)
    expect(unknown.map(({ type }) => type)).toEqual(['weather.changed', 'lights.flickered'])
    expect(unknown[0]?.text).toContain('rain')
  })

  it('is told by the books alone when the journal is not here', async () => {
    const { saleId } = await sold()
    const told = await explain(saleId)
    expect(told.journal).toBe('not here')
    expect(factOf(told, 'note.booked')).toHaveLength(2)
    expect(told.remarks).toContainEqual({ kind: 'journal not here' })
  })

  it('an intent without an outcome is told as one that nobody saw the end of', async () => {
    const { entries, saleId } = await sold()
    await journalled(entries.slice(0, 4).concat(entries.slice(5, 6)))
    const told = await explain(saleId)
    expect(told.journal).toBe('open')
    // The second note is in the books: its box is certain, although its line has not come.
    expect(factOf(told, 'note.booked')).toMatchObject([{ fact: { value: 2_000 } }])
  })

  it('money in the box that the books do not have is unknown until its kiosk tells', async () => {
    const saleId = kit.ids.sale()
    const [noteId, stray] = [kit.ids.note(), kit.ids.note()]
    const { insertionId, serial } = await kiosk.insert(kit.cardOf('plain-sale'))
    const note = { saleId, noteId, value: minor(5_000), counters: null }
    await journalled([
      { type: 'session.opened', saleId, insertionId, serial },
      { type: 'note.stacking', ...note },
      { type: 'note.stacked', ...note },
      { type: 'note.escrowed', ...note, noteId: stray },
      { type: 'note.returned', ...note, noteId: stray },
      { type: 'session.closed', saleId, end: 'card not written', cash: minor(5_000) },
    ])
    const told = await explain(saleId)
    expect(told.outcome).toBe('not reported')
    expect(told.money.tendered).toMatchObject({ cash: 10_000 })
    expect(told.money.sums).toMatchObject({ unknown: 5_000, returned: 5_000 })
    expect(told.options).toEqual([{ kind: 'wait for the kiosk' }])
  })

  it('masks card, meter and customer for whoever may not see customers', async () => {
    const { saleId, inserted } = await sold()
    const told = await explain(saleId, false)
    expect(told.card).toBe(`••••${inserted.serial.slice(-4)}`)
    expect(told.customer?.number).toMatch(/^••••\d{4}$/)
    expect(told.meter).toMatch(/^••••\d{4}$/)
    const { customer, meter } = await explain(saleId)
    for (const whole of [inserted.serial, customer?.number ?? '', meter ?? '']) {
      expect(JSON.stringify(told)).not.toContain(whole)
    }
  })
})

describe('a sale paid through a bank', () => {
  it('that was reversed after the energy was out is the authority’s loss, and the customer owes nothing', async () => {
    const made = await ordered(kit, await kiosk.insert(kit.cardOf('plain-sale')))
    const { settleNonce } = await written(kit, made)
    await kiosk.proof(made.inserted.card, { order: made.order, nonce: settleNonce })
    await close(kit, made, 'reversed')
    const told = await explain(made.saleId)
    expect(told.money.carried.unpaidDelivery).toBe(10_000)
    expect(told.money.sums.returned).toBe(10_000)
    expect(told.remarks).toContainEqual({ kind: 'delivered unpaid', amount: 10_000 })
  })

  it('and not told of to its end is in the order, and is not returned', async () => {
    const made = await ordered(kit, await kiosk.insert(kit.cardOf('plain-sale')))
    kit.clock.now += 3_600_000
    const told = await explain(made.saleId)
    expect(told.money.sums).toMatchObject({ order: 10_000, unknown: 0 })
    expect(told.options).toContainEqual({ kind: 'no return', why: 'payment open' })
    await close(kit, made, 'kept')
    expect((await explain(made.saleId)).outcome).toBe('returned')
  })
})
