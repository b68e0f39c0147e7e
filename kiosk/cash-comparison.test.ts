import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { testIds } from '../test/test-ids.ts'
import { cashRecordAfter, compareCash, noCashRecord, saysNothingNew } from './cash-comparison.ts'

const ids = testIds()
const saleId = ids.sale()
const value = minor(2000)
const unit = (stacked: number, serialNumber = '1234567') => ({
  serialNumber,
  counters: { stacked, rejected: 0 },
})
const recordOf = (...entries: JournalEntry[]) => entries.reduce(cashRecordAfter, noCashRecord)
/** The comparison that all of these begin with: the unit has taken 100 notes in its life. */
const first = compareCash(noCashRecord, unit(100))
const begun = (noteId = ids.note()): JournalEntry[] => [
  { type: 'note.escrowed', saleId, noteId, value },
  { type: 'note.stacking', saleId, noteId, value, counters: null },
]
const stacked = (noteId = ids.note()): JournalEntry[] => [
  ...begun(noteId),
  { type: 'note.stacked', saleId, noteId, value },
]
const returned = (noteId = ids.note()): JournalEntry[] => [
  ...begun(noteId),
  { type: 'note.returned', saleId, noteId, value },
]
const unknown = (noteId = ids.note()): JournalEntry[] => [
  ...begun(noteId),
  { type: 'note.unknown', saleId, noteId, value, why: 'silent' },
]
const tested = (end: 'returned' | 'kept' | 'unknown'): JournalEntry[] => {
  const of = { visitId: ids.visit(), noteId: ids.note() }
  return [
    { type: 'note.testing', ...of, value },
    ...(end === 'kept'
      ? [{ type: 'note.unexpected' as const, saleId: null, noteId: of.noteId, value }]
      : []),
    { type: 'note.tested', ...of, end },
  ]
}
const unasked = (): JournalEntry => ({
  type: 'note.unexpected',
  saleId: null,
  noteId: ids.note(),
  value: null,
})

describe('the acceptor and the journal', () => {
  const rows: [
    what: string,
    entries: JournalEntry[],
    counted: number,
    verdict: string,
    by: number,
  ][] = [
    ['agree when nothing happened', [], 100, 'agrees', 0],
    [
      'agree on what was stacked and what went back',
      [...stacked(), ...returned()],
      101,
      'agrees',
      0,
    ],
    ['agree on a note nobody asked for', [unasked()], 101, 'agrees', 0],
    ['agree on a note without a verdict that is in the box', unknown(), 101, 'agrees', 0],
    ['agree on a note without a verdict that is not', unknown(), 100, 'agrees', 0],
    ['agree while a note is being asked about', begun(), 101, 'agrees', 0],
    [
      'agree on a note of a test that is in the box for all anybody knows',
      tested('unknown'),
      101,
      'agrees',
      0,
    ],
    ['agree on a note of a test that is not', tested('unknown'), 100, 'agrees', 0],
    ['agree on a note that a test could not give back', tested('kept'), 101, 'agrees', 0],
    ['differ when it has a note that a test gave back', tested('returned'), 101, 'differs', 1],
    ['differ when the acceptor has one more', [...stacked(), ...stacked()], 103, 'differs', 1],
    ['differ when the acceptor has one less', [...stacked(), ...stacked()], 101, 'differs', -1],
    ['differ when it has a note that went back', returned(), 101, 'differs', 1],
    ['differ by what an open note cannot explain', [...stacked(), ...unknown()], 104, 'differs', 2],
    ['cannot be compared when the counters went back', stacked(), 1, 'counters went back', 0],
  ]
  it.each(rows)('%s', (_, entries, counted, verdict, difference) => {
    const compared = compareCash(recordOf(first, ...entries), unit(counted))
    expect(compared).toMatchObject({ verdict, difference })
  })

  it('cannot be compared the first time, nor when the unit is another', () => {
    expect(first).toMatchObject({ verdict: 'first', difference: 0 })
    const other = compareCash(recordOf(first, ...stacked()), unit(7, '7654321'))
    expect(other).toMatchObject({ verdict: 'another unit', difference: 0 })
    expect(compareCash(recordOf(first, other, ...stacked()), unit(8, '7654321'))).toMatchObject({
      verdict: 'agrees',
    })
  })

  it('agree again after a difference was told: it is told once', () => {
    const differs = compareCash(recordOf(first, ...stacked()), unit(102))
    expect(compareCash(recordOf(first, ...stacked(), differs), unit(102))).toMatchObject({
      verdict: 'agrees',
    })
  })

  it('agree when the verdict on a note comes after the comparison that found it in the box', () => {
    const noteId = ids.note()
    const before = [first, ...unknown(noteId)]
    const compared = compareCash(recordOf(...before), unit(101))
    const late: JournalEntry = { type: 'note.stacked', saleId, noteId, value }
    expect(compareCash(recordOf(...before, compared, late), unit(101))).toMatchObject({
      expected: 0,
      verdict: 'agrees',
    })
  })

  it('name the sale, when all the notes are of one', () => {
    expect(compareCash(recordOf(first, ...stacked()), unit(101)).sale).toBe(saleId)
    expect(compareCash(recordOf(first, ...stacked(), unasked()), unit(102)).sale).toBeNull()
  })

  it('have nothing to say when nothing has changed', () => {
    const record = recordOf(first)
    expect(saysNothingNew(record, compareCash(record, unit(100)))).toBe(true)
    expect(saysNothingNew(record, compareCash(record, unit(101)))).toBe(false)
    const sold = recordOf(first, ...returned())
    expect(saysNothingNew(sold, compareCash(sold, unit(100)))).toBe(false)
  })
})
