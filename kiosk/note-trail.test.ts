// What an acceptor may tell again after a start: the last note, until the acceptor has come to rest with it.
import { expect, test } from 'vitest'
import { NoteId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { noTrail, trailAfter } from './note-trail.ts'

const saleId = SaleId.parse('01M84T91K63EFQYTVKGTJHX5G7')
const noteId = NoteId.parse('01M84T9SQ2SZEQTDFKSM30WY07')
const counters = { stacked: 76, rejected: 1 }
const stacked: JournalEntry = { type: 'note.stacked', saleId, noteId, value: minor(5000) }
const compared: JournalEntry = {
  type: 'cash.compared',
  sale: saleId,
  unit: '1',
  counters: { stacked: 77, rejected: 1 },
  expected: 1,
  open: 0,
  difference: 0,
  verdict: 'agrees',
}
const trailOf = (...entries: JournalEntry[]) =>
  entries.reduce((trail, entry) => trailAfter(trail, entry, counters), noTrail)

test('P2: a note that the acceptor has not been told to be known may be told again after a start', () => {
  expect(trailOf(stacked).lastStacked).toEqual({ value: 5000, counters })
})

test('P2: a note put in while the kiosk was without power is not taken for the last one of the sale before', () => {
  expect(trailOf(stacked, compared).lastStacked).toBeNull()
})
