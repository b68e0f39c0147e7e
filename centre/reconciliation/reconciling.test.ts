// A business date from the books of a real centre: files in any order and twice, claims once, and 100,000 rows.
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NoteId, PaymentId, ulidOf } from '../../domain/identifiers.ts'
import { PersonNumber } from '../../domain/service/person.ts'
import { ExchangeId } from '../../domain/service/service-entries.ts'
import { minor } from '../../domain/money.ts'
import { centreKit, townNow, type CentreKit } from '../../test/centre-kit.ts'
import { plantDay } from '../../test/planted-day.ts'
import { matchOf, raiseClaims, takeFile } from './reconciling.ts'
import { csvOf, tableOf } from './report.ts'
import type { Party } from './settlement-file.ts'

const businessDate = '2026-11-23'
let kit: CentreKit
let made = 0
beforeEach(async () => {
  made = 0
  kit = await centreKit()
})
afterEach(() => kit.close())

const idAt = () =>
  ulidOf(townNow, Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, made >> 8, ++made & 0xff]))

const timeZone = () => kit.town.policy.timeZone
const match = () => matchOf(kit.store().read, { businessDate, timeZone: timeZone() })
const take = (party: Party, text: string, number = 1) =>
  kit
    .store()
    .transact((work) =>
      takeFile(
        { work, now: townNow },
        { name: `${party}_money_${businessDate}_${number}.csv`, text, party, businessDate },
      ),
    )

/** A whole sale that a linked account pays for, under this STAN of the terminal KIOSK-1. */
const sell = async (
  card: string,
  stan: number,
  { end = 'kept', loads = true }: { end?: 'kept' | 'reversed'; loads?: boolean } = {},
) => {
  const kiosk = kit.kiosk()
  const inserted = await kiosk.insert(kit.cardOf(card))
  const { insertionId } = inserted
  const saleId = kit.ids.sale()
  const wish = { kind: 'money', tender: 5_000 } as const
  const quoted = await kiosk.ask('quote', { saleId, insertionId, wish })
  if (quoted.kind === 'refused') throw new Error(quoted.why)
  const evidence = {
    kind: 'bank' as const,
    terminalId: 'KIOSK-1',
    stan,
    reference: `R${stan}`,
    businessDate,
  }
  const paymentId = PaymentId.parse(idAt())
  const payment = { paymentId, way: 'bank account' as const, amount: 5_000, evidence }
  const { quoteId } = quoted.quote
  const funding = { kind: 'payment', payment } as const
  const reply = await kiosk.ask('order', { saleId, insertionId, quoteId, funding })
  if (reply.kind === 'refused') throw new Error(reply.why)
  const { order } = reply
  if (loads) {
    const released = await kiosk.script(inserted, order)
    if (released.kind === 'refused') throw new Error(released.why)
    kiosk.run(inserted.card, released.commands)
    await kiosk.proof(inserted.card, { order, nonce: released.settleNonce })
  }
  const payments = [{ ...payment, end }]
  await kiosk.ask('closing', { saleId, insertionId, notes: [], payments })
  return order.orderNumber
}

const rowOf = (of: { order: string; stan: number; state?: string; amount?: number }) => {
  const { order, stan, state = 'booked', amount = 5_000 } = of
  return `${order},R${stan},KIOSK-1,${String(stan).padStart(6, '0')},sale,${amount},0,${state},,2026-11-23T08:45:00.000Z`
}
const fileOf = (party: Party, total: number, ...rows: string[]) =>
  [
    `${party},${businessDate},2026-11-22T16:00:00.000Z,2026-11-23T16:00:00.000Z,${rows.length},${total}`,
    ...rows,
    '',
  ].join('\r\n')

describe('a business date', () => {
  /** Sold; came back, kept; sold and not in the bank's file; and one that only the bank knows. */
  const day = async () => {
    const orders = [
      await sell('plain-sale', 1),
      await sell('arrears', 2, { loads: false }),
      await sell('rich-account', 3),
    ] as const
    const [sold, back, unpaid] = orders
    const bank = fileOf(
      'bank',
      15_000,
      rowOf({ order: sold, stan: 1 }),
      rowOf({ order: back, stan: 2 }),
      rowOf({ order: '', stan: 4 }),
    )
    const front = fileOf(
      'front',
      15_000,
      rowOf({ order: sold, stan: 1, state: 'approved' }),
      rowOf({ order: back, stan: 2, state: 'approved' }),
      rowOf({ order: unpaid, stan: 3, state: 'approved' }),
    )
    return { orders, bank, front }
  }
  const results = async () =>
    (await match()).lines.map(({ result, centre, bank }) => [
      result,
      centre?.receipt?.stan ?? bank?.stan,
    ])
  const expected = [
    ['matched', 1],
    ['matched', 2],
    ['short', 3],
    ['long', 4],
  ]

  it('is matched the same in whatever order the files come, and again without any', async () => {
    const { bank, front } = await day()
    expect((await results()).map(([result]) => result)).toEqual(['open', 'open', 'open'])
    expect(await take('front', front)).toEqual({ kind: 'kept' })
    expect((await results()).map(([result]) => result)).toEqual(['open', 'open', 'open'])
    expect(await take('bank', bank)).toEqual({ kind: 'kept' })
    expect(await results()).toEqual(expected)
    const first = await match()
    expect(await match()).toEqual(first)
    expect(first.lines[1]).toMatchObject({
      why: 'not delivered: top-up of the account',
      centre: { delivery: { kind: 'not loaded', how: 'no script was released' } },
    })
    expect(first.lines[0]?.centre?.delivery).toMatchObject({ how: /^proof of load at 2026/ })
  })

  it('takes no file twice, nor another content under its name, nor its content under another', async () => {
    const { bank } = await day()
    await take('bank', bank)
    expect(await take('bank', bank)).toMatchObject({ kind: 'known' })
    const changed = bank.replace('R4', 'R5')
    expect(await take('bank', changed)).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('a corrected file has the next number'),
    })
    expect(await take('bank', bank, 2)).toMatchObject({ kind: 'refused' })
    expect(await results()).toEqual([...expected])
  })

  it('believes the file with the highest number, whichever came first', async () => {
    const { orders, front } = await day()
    const corrected = fileOf('bank', 5_000, rowOf({ order: orders[2], stan: 3 }))
    await take('bank', corrected, 2)
    await take(
      'bank',
      fileOf('bank', 4_000, rowOf({ order: orders[2], stan: 3, amount: 4_000 })),
      1,
    )
    await take('front', front)
    const third = (await match()).lines.find(({ bank }) => bank?.stan === 3)
    expect(third).toMatchObject({ result: 'matched', bank: { amount: 5_000 } })
  })

  it('raises an alarm for a claim against the bank once, with both documents', async () => {
    const { orders, bank } = await day()
    await take('bank', bank)
    const found = await match()
    const claims = () => kit.store().transact((work) => raiseClaims({ work, now: townNow }, found))
    expect(await claims()).toBe(1)
    expect(await claims()).toBe(0)
    const alarms = await kit
      .store()
      .read.selectFrom('alarms')
      .select(['kind', 'order_number'])
      .execute()
    expect(alarms).toEqual([{ kind: 'bank did not pay', order_number: orders[2] }])
  })

  it('raises none for what its kiosk has told as vended unpaid already', async () => {
    await sell('plain-sale', 1, { end: 'reversed' })
    await take('bank', fileOf('bank', 0))
    const found = await match()
    expect(found.lines).toMatchObject([{ result: 'short', isClaim: true }])
    const raised = await kit.store().transact((work) => raiseClaims({ work, now: townNow }, found))
    expect(raised).toBe(0)
  })

  it('is shown as a table of what does not fit, and all of it as rows with their evidence', async () => {
    const { orders, bank, front } = await day()
    await take('bank', bank)
    await take('front', front)
    const table = tableOf(await match())
    expect(table).toContain('matched   2       100.00')
    expect(table).toMatch(new RegExp(`short +${orders[2]} +KIOSK-1 000003 +- +50.00 approved`))
    expect(table).not.toContain(orders[0])
    const rows = csvOf(await match()).split('\r\n')
    expect(rows[1]).toContain(
      `money,matched,"sold, and delivered",${orders[0]},KIOSK-1,1,R1,sale,5000,`,
    )
    expect(rows[1]).toContain('front_money_2026-11-23_1.csv')
  })
})

describe('the notes of a business date', () => {
  const journal = (place: 'in the box' | 'unknown', note: NoteId, value: number) =>
    kit.store().transact((work) =>
      work
        .insertInto('journal_notes')
        .values({
          kiosk: kit.kiosk().number,
          note,
          sale: null,
          value: minor(value),
          place,
          since: townNow,
          compared: 1,
          sequence: 1,
        })
        .execute(),
    )
  const uploaded = () =>
    kit.store().transact((work) =>
      work
        .insertInto('journals')
        .values({
          kiosk: kit.kiosk().number,
          through: 1,
          hash: '',
          head_sequence: 1,
          head_hash: '',
          answer: 1,
          answered_at: 0,
          whole_at: 0,
          finding: null,
          posting_checked: 0,
        })
        .execute(),
    )
  const booked = async (value: number): Promise<NoteId> => {
    const noteId = NoteId.parse(idAt())
    const notes = [{ noteId, value }]
    await kit.kiosk().ask('closing', { saleId: kit.ids.sale(), insertionId: null, notes })
    return noteId
  }
  const lines = async () =>
    (await match()).notes.map(({ result, value, inJournal, booked }) => [
      result,
      value,
      inJournal,
      booked,
    ])

  it('are counted by kiosk and denomination, in the box as booked', async () => {
    await journal('in the box', await booked(1_000), 1_000)
    await booked(2_000)
    await journal('in the box', NoteId.parse(idAt()), 5_000)
    await journal('unknown', NoteId.parse(idAt()), 10_000)
    expect((await lines()).map(([result]) => result)).toEqual(['open', 'open', 'open', 'open'])
    await uploaded()
    expect(await lines()).toEqual([
      ['matched', 1_000, 1, 1],
      ['short', 2_000, 0, 1],
      ['long', 5_000, 1, 0],
      ['open', 10_000, 0, 0],
    ])
  })
})

describe('the cash boxes of a business date', () => {
  const box = (counted: string | null, office_counted: string | null) =>
    kit.store().transact((work) =>
      work
        .insertInto('box_exchanges')
        .values({
          exchange: ExchangeId.parse(idAt()),
          kiosk: kit.kiosk().number,
          period: 1,
          state: 'exchanged',
          person: PersonNumber.parse('4711'),
          expected: '[]',
          by_notes: '[{"value":5000,"count":3}]',
          unknown_value: 0,
          accuracy: 'accurate',
          counted,
          box: '412',
          moved: minor(0),
          office_counted,
          office_by: office_counted === null ? null : '["A. Bell"]',
          office_at: office_counted === null ? null : townNow,
        })
        .execute(),
    )
  const three = '[{"value":5000,"count":3}]'
  const two = '[{"value":5000,"count":2}]'
  const four = '[{"value":2000,"count":1},{"value":5000,"count":3}]'

  it('are open until the office has counted them, and then held against the journal', async () => {
    await box(null, null)
    await box(three, three)
    await box(two, two)
    await box(null, four)
    const found = await match()
    expect(found.boxes.map(({ result, value, atOffice }) => [result, value, atOffice])).toEqual([
      ['open', 5_000, null],
      ['matched', 5_000, 3],
      ['short', 5_000, 2],
      ['long', 2_000, 1],
      ['matched', 5_000, 3],
    ])
    expect(tableOf(found)).toMatch(/short +\d{12} +412 +50\.00 +3 +2 +2 +1 fewer/)
    expect(csvOf(found)).toContain('boxes,matched,counted as the journal has it,')
  })
})

describe('100,000 payments of one date', () => {
  it('are matched, and exactly the differences that were planted are found', async () => {
    const database = new DatabaseSync(':memory:')
    const big = await centreKit({ place: { kind: 'memory', database } })
    const of = { businessDate, now: townNow, seed: 7, rows: 100_000 }
    const { files, planted } = plantDay(database, of)
    const begun = performance.now()
    for (const { party, name, text } of files) {
      const taken = await big
        .store()
        .transact((work) => takeFile({ work, now: townNow }, { name, text, party, businessDate }))
      expect(taken).toEqual({ kind: 'kept' })
    }
    const { timeZone } = big.town.policy
    const found = await matchOf(big.store().read, { businessDate, timeZone })
    const csv = csvOf(found)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    process.stdout.write(`100,000 rows of bank and front machine matched in ${seconds} s\n`)
    expect(found.lines.length).toBeGreaterThanOrEqual(of.rows)
    expect(csv.split('\r\n').length).toBeGreaterThan(of.rows)
    const differences = found.lines
      .filter(({ result }) => result !== 'matched')
      .map(({ result, bank, centre }) => `${bank?.stan ?? centre?.receipt?.stan} ${result}`)
    expect(differences.toSorted()).toEqual(planted.toSorted())
    await big.close()
  }, 300_000)
})
