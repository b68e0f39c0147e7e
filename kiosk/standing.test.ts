import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReferenceNumber } from '../domain/claim.ts'
import { energy } from '../domain/energy.ts'
import { CardSerial, OrderNumber, QuoteId, type NoteId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor, plus } from '../domain/money.ts'
import type { OrderState } from '../domain/order.ts'
import { referenceOf } from '../domain/reference.ts'
import { manualClock } from '../test/manual-clock.ts'
import { interruptedSales } from './interrupted.ts'
import { Contradiction } from './standing-sale.ts'
import { imbalances, sumsOf } from './standing-sums.ts'
import {
  openNotes,
  openReturns,
  outcomesOfStop,
  standingBook,
  standingOf,
  undecidedOrders,
  unsettledSales,
} from './standing.ts'
import { unresolved } from './unresolved.ts'

const { ids } = manualClock()
const saleId = ids.sale()
const insertionId = ids.insertion()
const serial = CardSerial.parse('0011223344556677')
const orderNumber = OrderNumber.parse('2611230000000042')
const quoteId = QuoteId.parse(ids.sale())

const started: JournalEntry = { type: 'kiosk.started', boot: 2, version: '1' }
const opened: JournalEntry = { type: 'session.opened', saleId, insertionId, serial }
const closed = (cash: number): JournalEntry => ({
  type: 'session.closed',
  saleId,
  end: 'bought',
  cash: minor(cash),
})
type Note = { noteId: NoteId; value: ReturnType<typeof minor> }
const aNote = (value = 2000): Note => ({ noteId: ids.note(), value: minor(value) })
const escrowed = (note: Note): JournalEntry => ({ type: 'note.escrowed', saleId, ...note })
const stacking = (note: Note): JournalEntry => ({
  type: 'note.stacking',
  saleId,
  ...note,
  counters: { stacked: 5, rejected: 0 },
})
const stacked = (note: Note): JournalEntry => ({ type: 'note.stacked', saleId, ...note })
const taken = (note: Note) => [escrowed(note), stacking(note), stacked(note)]
const requesting = (
  amount: number,
  tender: 'cash' | 'account' = 'cash',
  notes?: NoteId[],
): JournalEntry => ({
  type: 'order.requesting',
  saleId,
  requestId: ids.request(),
  quoteId,
  tender,
  amount: minor(amount),
  ...(notes && { notes }),
})
const reserved = (amount: number, toAccount = 0): JournalEntry => ({
  type: 'order.reserved',
  saleId,
  orderNumber,
  amount: minor(amount),
  toAccount: minor(toAccount),
  energy: energy(100),
})
const closing = (notes: Note[], requestId = ids.request()): JournalEntry => ({
  type: 'sale.closing',
  saleId,
  insertionId,
  requestId,
  notes,
})
const settled = (toAccount: number, order = false, toSuspense = 0): JournalEntry => ({
  type: 'sale.settled',
  saleId,
  orderNumber: order ? orderNumber : null,
  toAccount: minor(toAccount),
  toSuspense: minor(toSuspense),
})
const writing: JournalEntry = { type: 'card.writing', saleId, orderNumber }
const written: JournalEntry = { type: 'card.written', saleId, orderNumber }
const printed = (jobId: string): JournalEntry[] => [
  { type: 'receipt.queued', saleId, jobId, number: 7 },
  { type: 'receipt.printed', saleId, jobId },
]
const note = aNote()
const other = aNote(5000)

const placesOf = (...entries: JournalEntry[]) =>
  standingOf(entries)
    .sales.get(saleId)
    ?.notes.map(({ place }) => place)
const unresolvedKinds = (...entries: JournalEntry[]) =>
  unresolved(standingOf(entries)).map(({ what }) => what)

describe('P4: a note that a test of the acceptor let in', () => {
  const tested = { visitId: ids.visit(), noteId: ids.note() }
  const testing: JournalEntry = { type: 'note.testing', ...tested, value: minor(2000) }
  const end = (of: 'returned' | 'kept' | 'unknown'): JournalEntry => ({
    type: 'note.tested',
    ...tested,
    end: of,
  })
  const { noteId } = tested
  const kept: JournalEntry = { type: 'note.unexpected', saleId: null, noteId, value: minor(2000) }

  it.each<[string, JournalEntry[], string[]]>([
    ['is open until somebody says what became of it', [testing], ['note moving']],
    ['is of nobody’s concern when it came back', [testing, end('returned')], []],
    ['is named once when it was kept', [testing, kept, end('kept')], ['note unknown']],
    ['is named once when the kiosk stopped in between', [testing, kept], ['note unknown']],
    ['stays unknown when nobody can say', [testing, end('unknown')], ['note unknown']],
  ])('%s', (_, entries, kinds) => {
    expect(unresolvedKinds(...entries)).toEqual(kinds)
    expect(imbalances(standingOf(entries))).toEqual([])
  })

  it('has an outcome of the stop as long as it has no other', () => {
    expect(outcomesOfStop(standingOf([testing]))).toEqual([end('unknown')])
    for (const entries of [
      [testing, kept],
      [testing, end('returned')],
      [testing, end('unknown')],
    ]) {
      expect(outcomesOfStop(standingOf(entries))).toEqual([])
    }
  })
})

describe('P2: a note is in exactly one place', () => {
  it.each<[string, JournalEntry[], string]>([
    ['offered while it is in escrow', [escrowed(note)], 'offered'],
    ['moving once its stacking was begun', [escrowed(note), stacking(note)], 'moving'],
    ['unsettled once it is in the box', taken(note), 'unsettled'],
    [
      'in the order that was reserved',
      [...taken(note), requesting(2000), reserved(2000)],
      'in order',
    ],
    [
      'settled by the closing of its sale',
      [...taken(note), closing([note]), settled(2000)],
      'settled',
    ],
    [
      'returned when it went back',
      [escrowed(note), stacking(note), { type: 'note.returned', saleId, ...note }],
      'returned',
    ],
    [
      'unknown when there was no verdict',
      [escrowed(note), stacking(note), { type: 'note.unknown', saleId, ...note, why: 'silence' }],
      'unknown',
    ],
    [
      'unsettled when the acceptor took it unasked',
      [escrowed(note), { type: 'note.unexpected', saleId, ...note }],
      'unsettled',
    ],
  ])('%s', (_, entries, place) => {
    expect(placesOf(opened, ...entries)).toEqual([place])
  })

  it('a late note is not in an order that was asked for before it came', () => {
    const late = [...taken(note), requesting(2000), ...taken(other), reserved(2000)]
    expect(placesOf(opened, ...late)).toEqual(['in order', 'unsettled'])
  })

  it('a note taken unasked, which the sale did not know of when it ordered, is left to the closing', () => {
    const unasked: JournalEntry = { type: 'note.unexpected', saleId, ...other }
    const entries = [
      opened,
      ...taken(note),
      unasked,
      requesting(2000, 'cash', [note.noteId]),
      reserved(2000),
      closing([note]),
      settled(0, true),
      closed(2000),
    ]
    expect(placesOf(...entries)).toEqual(['in order', 'unsettled'])
    const standing = standingOf(entries)
    expect(imbalances(standing)).toEqual([])
    expect(unsettledSales(standing)).toMatchObject([{ saleId, notes: [note, other] }])
  })

  it.each<[string, JournalEntry[]]>([
    ['stacked twice', [...taken(note), stacked(note)]],
    ['stacked without an intent', [escrowed(note), stacked(note)]],
    ['returned after it was stacked', [...taken(note), { type: 'note.returned', saleId, ...note }]],
    ['worth more than before', [escrowed(note), stacking({ ...note, value: minor(5000) })]],
    ['of two sales', [...taken(note), { ...stacked(note), saleId: ids.sale() }]],
  ] as [string, JournalEntry[]][])('cannot be %s', (_, entries) => {
    expect(() => standingOf(entries)).toThrow(Contradiction)
  })

  it('cannot be settled in a sale that was not closed, nor ordered without a request', () => {
    expect(() => standingOf([...taken(note), settled(2000)])).toThrow(Contradiction)
    expect(() => standingOf([...taken(note), reserved(2000)])).toThrow(Contradiction)
  })
})

describe('P5: the sums', () => {
  it('come out for a purchase with a remainder, and for what the closing books', () => {
    const entries = [
      opened,
      ...taken(note),
      ...taken(other),
      requesting(7000),
      reserved(6000, 1000),
    ]
    const late = aNote(100)
    const all = [...entries, ...taken(late), closing([note, other, late]), settled(100, true)]
    const standing = standingOf(all)
    expect(sumsOf(standing)).toEqual({
      tendered: 7100,
      inOrders: 6000,
      toAccount: 1100,
      toSuspense: 0,
      unsettled: 0,
      unknown: 0,
      notesWithoutValue: 0,
    })
    expect(imbalances(standing)).toEqual([])
  })

  it('come out when only the closing tells that the order was made', () => {
    const standing = standingOf([
      ...taken(note),
      requesting(2000),
      closing([note]),
      settled(500, true),
    ])
    expect(sumsOf(standing)).toMatchObject({ tendered: 2000, inOrders: 1500, toAccount: 500 })
    expect(imbalances(standing)).toEqual([])
  })

  it('move from the order to the account when the order is returned', () => {
    const back: JournalEntry[] = [
      { type: 'order.returning', saleId, orderNumber },
      { type: 'order.returned', saleId, orderNumber },
    ]
    const standing = standingOf([...taken(note), requesting(2000), reserved(2000), ...back])
    expect(sumsOf(standing)).toMatchObject({ inOrders: 0, toAccount: 2000 })
    expect(imbalances(standing)).toEqual([])
  })

  it('have a place for a note nobody owns and for one whose value nobody knows', () => {
    const stray = (value: number | null): JournalEntry => ({
      type: 'note.unexpected',
      saleId: null,
      noteId: ids.note(),
      value: value === null ? null : minor(value),
    })
    const standing = standingOf([stray(2000), stray(null)])
    expect(sumsOf(standing)).toMatchObject({ tendered: 2000, unknown: 2000, notesWithoutValue: 1 })
    expect(imbalances(standing)).toEqual([])
  })

  it.each<[string, JournalEntry[]]>([
    ['an order for more than was put in', [...taken(note), requesting(3000)]],
    ['an order that lost money', [...taken(note), requesting(2000), reserved(1900)]],
    ['a closing that lost money', [...taken(note), closing([note]), settled(1900)]],
    ['a closing that made money', [...taken(note), closing([note]), settled(2100)]],
    [
      'a closing of a note that never came',
      [...taken(note), closing([note, other]), settled(2000)],
    ],
    [
      'an order and a closing that book the same money',
      [...taken(note), requesting(2000), reserved(2000), closing([note]), settled(2000)],
    ],
  ])('do not come out for %s', (_, entries) => {
    expect(imbalances(standingOf(entries))).not.toEqual([])
  })
})

describe('what the kiosk sends to close a sale', () => {
  it('is nothing while a customer is at it', () => {
    expect(unsettledSales(standingOf([opened, ...taken(note)]))).toEqual([])
  })

  it('is every note of the sale, under the first insertion, once the session is over', () => {
    const again = { ...opened, insertionId: ids.insertion() } as JournalEntry
    expect(unsettledSales(standingOf([opened, ...taken(note), again, closed(2000)]))).toEqual([
      { saleId, insertionId, notes: [note], requestId: null },
    ])
  })

  it('is the same after a power cut instead of an end', () => {
    expect(unsettledSales(standingOf([opened, ...taken(note), started]))).toHaveLength(1)
  })

  it('goes under the id that was journalled for it, for ever', () => {
    const requestId = ids.request()
    const entries = [opened, ...taken(note), closing([note], requestId), started, started]
    expect(unsettledSales(standingOf(entries))).toEqual([
      { saleId, insertionId, notes: [note], requestId },
    ])
  })

  it('goes as it was asked for although there is another note by now, which has its own closing then', () => {
    const requestId = ids.request()
    const asked = [opened, ...taken(note), closing([note], requestId), ...taken(other), started]
    expect(unsettledSales(standingOf(asked))).toMatchObject([{ notes: [note], requestId }])
    expect(unsettledSales(standingOf([...asked, settled(2000)]))).toMatchObject([
      { notes: [note, other], requestId: null },
    ])
  })

  it('is sent for a late note even when the sale was settled before', () => {
    const entries = [
      opened,
      ...taken(note),
      closing([note]),
      settled(2000),
      ...taken(other),
      started,
    ]
    expect(unsettledSales(standingOf(entries))).toMatchObject([
      { notes: [note, other], requestId: null },
    ])
  })

  it('is nothing once the centre has answered', () => {
    const entries = [opened, ...taken(note), closing([note]), settled(2000), closed(2000), started]
    expect(unsettledSales(standingOf(entries))).toEqual([])
  })

  it('waits for a note whose verdict is still open', () => {
    const entries = [opened, ...taken(note), escrowed(other), stacking(other), started]
    expect(unsettledSales(standingOf(entries))).toEqual([])
    expect(unsettledSales(standingOf([...entries, stacked(other)]))).toHaveLength(1)
  })

  it('is sent for an order from the account whose answer is lost, but not for one that was refused', () => {
    const asked = [opened, requesting(2000, 'account')]
    expect(unsettledSales(standingOf([...asked, started]))).toMatchObject([{ notes: [] }])
    const refused: JournalEntry = { type: 'order.refused', saleId, why: 'quote expired' }
    expect(unsettledSales(standingOf([...asked, refused, started]))).toEqual([])
  })

  it('leaves out notes that went back or are unknown', () => {
    const lost: JournalEntry = { type: 'note.unknown', saleId, ...other, why: 'silence' }
    const entries = [opened, ...taken(note), escrowed(other), stacking(other), lost, started]
    expect(unsettledSales(standingOf(entries))).toMatchObject([{ notes: [note] }])
  })
})

describe('P4: what is unresolved after a start', () => {
  it('names the note that was moving, as its intent was journalled', () => {
    const entries = [opened, escrowed(note), stacking(note), started]
    expect(openNotes(standingOf(entries))).toEqual([stacking(note)])
    expect(unresolvedKinds(...entries)).toEqual(['note moving', 'slip not printed'])
  })

  it('names the order that was asked for until the closing is answered', () => {
    const entries = [opened, ...taken(note), requesting(2000)]
    const open = ['order asked for', 'sale not settled', 'slip not printed']
    expect(unresolvedKinds(...entries, started)).toEqual(open)
    const answered = [...entries, started, closing([note]), settled(2000)]
    expect(unresolvedKinds(...answered)).toEqual(['slip not printed'])
    expect(unresolvedKinds(...answered, ...printed('a'), started)).toEqual([])
  })

  it('names the card that was being written, and says of it that nobody knows', () => {
    const entries = [opened, ...taken(note), requesting(2000), reserved(2000), writing, started]
    expect(unresolvedKinds(...entries)).toEqual([
      'card being written',
      'sale not settled',
      'slip not printed',
    ])
    const outcomes = outcomesOfStop(standingOf(entries))
    expect(outcomes).toEqual([
      { type: 'card.unknown', saleId, orderNumber, why: 'the kiosk stopped' },
    ])
    expect(unresolvedKinds(...entries, ...outcomes)).toContain('card unknown')
    expect(outcomesOfStop(standingOf([...entries, ...outcomes]))).toEqual([])
    expect(unresolvedKinds(...entries, written)).not.toContain('card unknown')
  })

  it('names the order that stands open until its card or the centre has decided', () => {
    const open = [opened, ...taken(note), requesting(2000), reserved(2000), writing, started]
    const closedWith = (orderState: OrderState): JournalEntry[] => [
      ...open,
      ...outcomesOfStop(standingOf(open)),
      ...printed('a'),
      closing([note]),
      { ...settled(0, true), orderState } as JournalEntry,
    ]
    expect(unresolvedKinds(...closedWith('UNKNOWN'))).toEqual(['card unknown'])
    expect(undecidedOrders(standingOf(closedWith('UNKNOWN')))).toEqual([{ saleId, orderNumber }])
    expect(unresolvedKinds(...closedWith('NOT_LOADED_RETRY'))).toEqual(['order open'])
    expect(unresolvedKinds(...closedWith('LOADED'))).toEqual([])
    expect(unresolvedKinds(...closedWith('RETURNED_TO_ACCOUNT'))).toEqual([])
    expect(unresolvedKinds(...closedWith('UNKNOWN'), written)).toEqual([])
    const back: JournalEntry = { type: 'order.returned', saleId, orderNumber }
    expect(unresolvedKinds(...closedWith('UNKNOWN'), back)).toEqual([])
  })

  it('names an older order that was going back to the account, and asks again under its id', () => {
    const requestId = ids.request()
    const returning: JournalEntry = { type: 'order.returning', saleId, orderNumber, requestId }
    const entries = [opened, returning, started]
    expect(unresolvedKinds(...entries)).toEqual(['order being returned', 'slip not printed'])
    expect(openReturns(standingOf(entries))).toEqual([
      { saleId, toPayer: false, orderNumber, requestId },
    ])
    const back: JournalEntry = { type: 'order.returned', saleId, orderNumber }
    expect(unresolvedKinds(...entries, back, ...printed('a'))).toEqual([])
    const kept: JournalEntry = {
      type: 'order.not-returned',
      saleId,
      orderNumber,
      state: 'UNKNOWN',
    }
    expect(openReturns(standingOf([...entries, kept]))).toEqual([])
    expect(unresolvedKinds(...entries, kept, ...printed('a'))).toEqual(['order open'])
  })

  it('says nothing of the sale that somebody is at', () => {
    const entries = [opened, ...taken(note), requesting(2000), reserved(2000), writing]
    expect(unresolvedKinds(...entries)).toEqual([])
  })

  it('says of an order that was asked for that nobody knows', () => {
    expect(outcomesOfStop(standingOf([...taken(note), requesting(2000), started]))).toMatchObject([
      { type: 'order.unknown' },
    ])
  })

  it('P7: names the slip that a customer of a stop does not have on paper', () => {
    const queued: JournalEntry = { type: 'receipt.queued', saleId, jobId: 'a', number: 7 }
    const failed: JournalEntry = {
      type: 'receipt.not-printed',
      saleId,
      jobId: 'a',
      why: 'paper out',
    }
    expect(unresolvedKinds(opened, queued, started)).toEqual(['slip not printed'])
    expect(unresolvedKinds(opened, queued, failed, started)).toEqual(['slip not printed'])
    expect(unresolvedKinds(opened, ...printed('a'), started)).toEqual([])
    // It was on the screen, and the customer went.
    expect(unresolvedKinds(opened, queued, failed, closed(0), started)).toEqual([])
  })

  it('P7: a customer who paid after the slip of an older purchase came out is owed another', () => {
    const older = printed('older')
    const stopped = [opened, ...older, ...taken(note), started]
    expect(unresolvedKinds(...stopped)).toEqual(['sale not settled', 'slip not printed'])
    const [owed] = interruptedSales(standingOf(stopped))
    expect(owed).toMatchObject({ onScreen: true, slipOwed: true })
    const told = [...stopped, closing([note]), settled(2000), ...printed('a')]
    expect(unresolvedKinds(...told)).toEqual([])
  })

  it('P7: a customer who was taking a purchase back is owed more than its receipt', () => {
    const bought: JournalEntry[] = [
      opened,
      ...taken(note),
      requesting(2000),
      reserved(2000),
      writing,
      written,
      { type: 'receipt.queued', saleId, jobId: 'a', number: 7, purchase: orderNumber },
      { type: 'receipt.printed', saleId, jobId: 'a' },
    ]
    const owes = (...more: JournalEntry[]) =>
      unresolvedKinds(...bought, ...more, started).includes('slip not printed')
    const undoing: JournalEntry = {
      type: 'card.undoing',
      saleId,
      orderNumber,
      requestId: ids.request(),
    }
    expect(owes()).toBe(false)
    expect(owes(undoing)).toBe(true)
    expect(owes(undoing, { type: 'card.undone', saleId, orderNumber })).toBe(true)
    // The receipt says again what is so.
    expect(owes(undoing, { type: 'card.not-undone', saleId, orderNumber, why: 'late' })).toBe(false)
  })

  it('names the claim slip that was being redeemed until the centre has answered', () => {
    const requestId = ids.request()
    const reference = ReferenceNumber.parse(referenceOf(saleId).number.replaceAll(' ', ''))
    const asked: JournalEntry = {
      type: 'claim.redeeming',
      saleId,
      insertionId,
      requestId,
      reference,
    }
    expect(unresolvedKinds(opened, asked, started)).toEqual(['claim being redeemed'])
    const answered: JournalEntry = {
      type: 'claim.redeemed',
      saleId,
      requestId,
      reference,
      amount: minor(2000),
    }
    expect(unresolvedKinds(opened, asked, started, answered)).toEqual([])
  })

  it('names notes that are nobody’s', () => {
    const stray: JournalEntry = { type: 'note.unexpected', saleId: null, ...note }
    expect(unresolvedKinds(stray, started)).toEqual(['note unknown'])
  })
})

describe('P2 and P5 over random sales, cut off anywhere', () => {
  /** What may happen to one sale, as the machines journal it. */
  const story = fc
    .record({
      notes: fc.array(
        fc.record({
          value: fc.constantFrom(500, 2000, 5000),
          end: fc.constantFrom('stacked', 'returned', 'unknown', 'unexpected'),
        }),
        { maxLength: 4 },
      ),
      order: fc.constantFrom('none', 'reserved', 'refused', 'unknown', 'unknown and made'),
      rest: fc.nat(499),
      card: fc.constantFrom('written', 'unknown', 'not written'),
      closes: fc.boolean(),
      late: fc.boolean(),
    })
    .map((plan) => entriesOf(plan))

  type Plan = {
    notes: { value: number; end: string }[]
    order: string
    rest: number
    card: string
    closes: boolean
    late: boolean
  }
  const entriesOf = (plan: Plan): JournalEntry[] => {
    const sale = ids.sale()
    const of = (entry: JournalEntry): JournalEntry => ({ ...entry, saleId: sale }) as JournalEntry
    const all: JournalEntry[] = [of(opened)]
    const inBox: Note[] = []
    const take = (value: number, end: string) => {
      const each = aNote(value)
      all.push(of(escrowed(each)), of(stacking(each)))
      if (end === 'stacked') all.push(of(stacked(each)))
      if (end === 'returned') all.push({ type: 'note.returned', saleId: sale, ...each })
      if (end === 'unknown') all.push({ type: 'note.unknown', saleId: sale, ...each, why: '' })
      if (end === 'unexpected') all.push({ type: 'note.unexpected', saleId: sale, ...each })
      if (end === 'stacked' || end === 'unexpected') inBox.push(each)
    }
    for (const { value, end } of plan.notes) take(value, end)
    const cash = plus(...inBox.map(({ value }) => value))
    const ordered = plan.order !== 'none' && cash > 0
    const made = ordered && (plan.order === 'reserved' || plan.order === 'unknown and made')
    if (ordered) {
      all.push(of(requesting(cash)))
      if (plan.order === 'reserved')
        all.push(of(reserved(cash - plan.rest, plan.rest)), of(writing))
      if (plan.order === 'reserved' && plan.card === 'written') all.push(of(written))
      if (plan.order === 'refused') all.push({ type: 'order.refused', saleId: sale, why: '' })
      if (plan.order.startsWith('unknown'))
        all.push({ type: 'order.unknown', saleId: sale, why: '' })
    }
    if (plan.late) take(500, 'unexpected')
    if (plan.closes) {
      const sum = plus(...inBox.map(({ value }) => value))
      const inOrder = !made ? 0 : plan.order === 'reserved' ? cash : cash - plan.rest
      all.push(of(closing([...inBox])), of(settled(sum - inOrder, made)))
    }
    return [...all, of(closed(0))]
  }

  it('hold after every single entry, and every unsettled note is told to the centre', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 4 }), (stories) => {
        const book = standingBook()
        for (const entry of stories.flat()) {
          book.enter(entry)
          expect(imbalances(book.standing())).toEqual([])
        }
        for (const cut of stories.map((entries) => entries.slice(0, entries.length / 2))) {
          const standing = standingOf([...cut, started])
          expect(imbalances(standing)).toEqual([])
          const told = unsettledSales(standing).flatMap(({ notes }) =>
            notes.map((each) => each.noteId),
          )
          const open = openNotes(standing).map((each) => each.saleId)
          const notes = [...standing.sales.values()].flatMap((sale) => sale.notes)
          for (const each of notes.filter(({ place }) => place === 'unsettled')) {
            expect(told.includes(each.noteId) || open.includes(each.saleId ?? saleId)).toBe(true)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
