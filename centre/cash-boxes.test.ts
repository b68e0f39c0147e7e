// A cash box leaves a kiosk: what the journal had in it, what was counted there and at the office, and where its money is.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noHead, type ChainHead } from '../domain/journal-chain.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { SaleId } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { PersonNumber } from '../domain/service/person.ts'
import type { ExchangeId, NotesCounted } from '../domain/service/service-entries.ts'
import { nextLine } from '../kiosk/journal-chain.ts'
import { centreKit, type CentreKit, type KioskOfKit } from '../test/centre-kit.ts'
import { countBox, listBoxes } from './box-office.ts'
import { boxesArguments } from './boxes-usage.ts'

let kit: CentreKit
let kiosk: KioskOfKit
let head: ChainHead
let lines: string[]
beforeEach(async () => {
  kit = await centreKit()
  kiosk = kit.kiosk()
  head = noHead
  lines = []
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const upload = async (...entries: JournalEntry[]) => {
  const after = lines.length
  for (const entry of entries) {
    const { line, bytes } = nextLine(head, '2026-11-26T12:00:00.000Z', entry)
    lines.push(bytes.toString('utf8').trimEnd())
    head = { sequence: line.sequence, hash: line.hash }
  }
  const stand = { answering: null, after: 0, lines: [], head: noHead }
  const { answer } = await kiosk.ask('journal', stand)
  const told = { answering: answer, after, lines: lines.slice(after), head }
  expect(await kiosk.ask('journal', told)).toMatchObject({ kind: 'kept', through: lines.length })
}

/** Notes of a sale, closed with the centre. */
const sold = async (...values: number[]): Promise<{ saleId: SaleId; entries: JournalEntry[] }> => {
  const saleId = kit.ids.sale()
  const notes = values.map((value) => kiosk.noteOf(value))
  await kiosk.ask('closing', { saleId, insertionId: null, notes })
  return {
    saleId,
    entries: notes.map(({ noteId, value }) => ({
      type: 'note.stacked',
      saleId,
      noteId,
      value: minor(value),
    })),
  }
}
const person = PersonNumber.parse('4711')
const notes = (...of: [value: number, count: number][]): NotesCounted =>
  of.map(([value, count]) => ({ value: minor(value), count }))

const exchange = (
  expected: NotesCounted,
  counted: NotesCounted | null = null,
  open: Extract<JournalEntry, { type: 'box.removed' }>['open'] = [],
): { exchangeId: ExchangeId; entries: JournalEntry[] } => {
  const exchangeId = kit.ids.exchange()
  const visitId = kit.ids.visit()
  const stock = { period: 1, expected, unknownValue: 0, accuracy: 'accurate' as const, faults: [] }
  return {
    exchangeId,
    entries: [
      { type: 'box.exchanging', exchangeId, visitId, person, ...stock, open },
      { type: 'box.counted', exchangeId, person, notes: counted },
      { type: 'box.removed', exchangeId, box: '412', seal: '7719', open },
      { type: 'box.exchanged', exchangeId, person, witness: null, box: '413', seal: '7720' },
    ],
  }
}

const balances = async () => {
  const rows = await kit
    .store()
    .read.selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => ['kind', fn.sum<number>('amount').as('sum')])
    .groupBy('kind')
    .execute()
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))
}
const alarms = async () => {
  const rows = await kit.store().read.selectFrom('alarms').select(['kind', 'evidence']).execute()
  return rows.map(({ kind, evidence }) => [kind, JSON.parse(evidence) as unknown])
}
const office = (exchangeId: ExchangeId, counted: NotesCounted) =>
  kit
    .store()
    .transact((work) =>
      countBox(
        { work, now: kit.clock.now },
        { exchange: exchangeId, counted, persons: ['A. Bell'] },
      ),
    )
const waiting = () => kit.store().transact((work) => listBoxes({ work, now: kit.clock.now }))

describe('a cash box that left its kiosk', () => {
  it('takes what was in it out of the kiosk, and is counted into the office once', async () => {
    const first = await sold(2_000, 2_000, 5_000)
    const gone = exchange(notes([2_000, 2], [5_000, 1]), notes([2_000, 2], [5_000, 1]))
    const next = await sold(1_000)
    await upload(...first.entries, ...gone.entries, ...next.entries)
    expect(await balances()).toMatchObject({ 'kiosk cash': 1_000, 'cash in transit': 9_000 })
    expect(await waiting()).toMatchObject({ lines: [expect.stringContaining('seal 7719')] })
    const said = await office(gone.exchangeId, notes([2_000, 2], [5_000, 1]))
    expect(said).toMatchObject({ kind: 'done', lines: expect.arrayContaining(['It agrees.']) })
    expect(await balances()).toMatchObject({ 'cash in transit': 0, 'office cash': 9_000 })
    expect(await office(gone.exchangeId, [])).toMatchObject({ kind: 'problem' })
    expect(await waiting()).toMatchObject({ lines: ['No cash box is waiting to be counted.'] })
    expect(await alarms()).toEqual([])
  })

  it('is told of where the kiosk expects other notes than its journal has', async () => {
    const { entries } = await sold(2_000)
    await upload(...entries, ...exchange(notes([2_000, 2])).entries)
    const evidence = { byNotes: notes([2_000, 1]), expected: notes([2_000, 2]) }
    expect(await alarms()).toEqual([['cash differs', expect.objectContaining(evidence)]])
  })

  it('is told of where a person counts other notes than the journal has', async () => {
    const { entries } = await sold(2_000)
    await upload(...entries, ...exchange(notes([2_000, 1]), notes([2_000, 0])).entries)
    const evidence = { counted: notes([2_000, 0]) }
    expect(await alarms()).toEqual([['cash differs', expect.objectContaining(evidence)]])
  })

  it('leaves a difference in an account of its own when the office finds less', async () => {
    const { entries } = await sold(2_000, 2_000)
    const gone = exchange(notes([2_000, 2]))
    await upload(...entries, ...gone.entries)
    await office(gone.exchangeId, notes([2_000, 1]))
    const after = { 'cash in transit': 0, 'cash differences': 2_000, 'office cash': 2_000 }
    expect(await balances()).toMatchObject(after)
    expect((await alarms()).map(([kind]) => kind)).toEqual(['cash differs'])
  })

  it('has a note with it whose place was found only later', async () => {
    const { saleId, entries } = await sold(2_000, 5_000)
    const [stacked, late] = entries
    if (stacked === undefined || late?.type !== 'note.stacked') throw new Error('two notes')
    const { noteId, value } = late
    const gone = exchange(notes([2_000, 1]), null, [noteId])
    const lost: JournalEntry = { type: 'note.unknown', saleId, noteId, value, why: 'silent' }
    await upload(stacked, lost, ...gone.entries)
    expect(await balances()).toMatchObject({ 'cash in transit': 2_000 })
    await upload(late)
    expect(await balances()).toMatchObject({ 'cash in transit': 7_000, 'kiosk cash': 0 })
    const said = await office(gone.exchangeId, notes([2_000, 1], [5_000, 1]))
    expect(said).toMatchObject({ kind: 'done', lines: expect.arrayContaining(['It agrees.']) })
    expect(await balances()).toMatchObject({ 'cash in transit': 0, 'office cash': 7_000 })
    expect(await alarms()).toEqual([])
  })

  it('is told of when it is not the one that was put in', async () => {
    await upload(...exchange([]).entries, ...exchange([]).entries)
    expect(await alarms()).toEqual([
      [
        'cash box swapped',
        expect.objectContaining({ box: '412', putIn: expect.objectContaining({ new_box: '413' }) }),
      ],
    ])
  })

  it('stays where it is when the exchange is broken off', async () => {
    const { entries } = await sold(2_000)
    const { exchangeId, entries: all } = exchange(notes([2_000, 1]))
    const [begun] = all
    if (begun === undefined) throw new Error('it begins')
    await upload(...entries, begun, { type: 'box.not-exchanged', exchangeId, person })
    expect(await balances()).toMatchObject({ 'kiosk cash': 2_000 })
    expect(await office(exchangeId, notes([2_000, 1]))).toMatchObject({ kind: 'problem' })
  })
})

describe('the command line of the boxes', () => {
  const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
  const line = (...args: string[]) => boxesArguments(['--config', 'c.json', ...args])

  it('reads values in currency units, and how many of each', () => {
    const args = line('--exchange', id, '--counted', '100:3,50:12,0.5:1', '--by', 'A. Bell')
    expect(args).toMatchObject({
      counting: { counted: notes([50, 1], [5_000, 12], [10_000, 3]), persons: ['A. Bell'] },
    })
  })

  it.each([
    ['--counted', ['--exchange', id, '--counted', '50-12', '--by', 'A']],
    ['--counted', ['--exchange', id, '--counted', '50:1,50:2', '--by', 'A']],
    ['--exchange', ['--counted', '50:1', '--by', 'A']],
    ['--by', ['--exchange', id, '--counted', '50:1']],
    ['--by and --and', ['--exchange', id, '--counted', '50:1', '--by', 'A', '--and', 'a ']],
  ])('names what is wrong with %s', (what, args) => {
    expect(line(...args)).toMatchObject({
      kind: 'problems',
      problems: [expect.stringContaining(what), expect.any(String)],
    })
  })
})
