import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { cashAgainstCounters, uploadAgainstDisk } from './auditor-journal.ts'
import { testIds } from './test-ids.ts'

describe('P6: the auditor holds the journal at the centre against the disk, and', () => {
  const disk = ['one', 'two', 'three']
  const rows: [what: string, lines: string[], atRest: boolean, found: string[]][] = [
    ['finds nothing when all of it is there', disk, true, []],
    ['finds nothing while the rest is on its way', ['one', 'two'], false, []],
    ['finds nothing before the first upload', [], false, []],
    [
      'names lines that never arrived',
      ['one', 'two'],
      true,
      ['the disk has 3 lines of the journal, the centre only 2'],
    ],
    [
      'names a line that is another',
      ['one', 'tow', 'three'],
      false,
      ['journal line 2 is another at the centre than on the disk'],
    ],
    [
      'names a line that was left out',
      ['one', 'three'],
      false,
      ['journal line 2 is another at the centre than on the disk'],
    ],
    [
      'names a line that is there twice',
      ['one', 'one', 'two'],
      false,
      ['journal line 2 is another at the centre than on the disk'],
    ],
    [
      'names what the disk has lost',
      [...disk, 'four'],
      false,
      ['the centre has 4 lines of the journal, the disk 3'],
    ],
  ]
  it.each(rows)('%s', (_, lines, atRest, found) => {
    expect(uploadAgainstDisk(disk, { lines, atRest })).toEqual(found)
  })
})

describe('P2: the auditor holds the counters of the acceptor against the notes, and', () => {
  const ids = testIds()
  const saleId = ids.sale()
  const note = () => ({ saleId, noteId: ids.note(), value: minor(2000) })
  const compared = (stacked: number, verdict: 'first' | 'agrees' | 'differs'): JournalEntry => ({
    type: 'cash.compared',
    sale: null,
    unit: '1',
    counters: { stacked, rejected: 0 },
    expected: 0,
    open: 0,
    difference: verdict === 'differs' ? 1 : 0,
    verdict,
  })
  const stacked = (): JournalEntry[] => {
    const one = note()
    return [
      { type: 'note.escrowed', ...one },
      { type: 'note.stacking', ...one, counters: null },
      { type: 'note.stacked', ...one },
    ]
  }
  const lost = (): JournalEntry[] => {
    const one = note()
    return [
      { type: 'note.stacking', ...one, counters: null },
      { type: 'note.unknown', ...one, why: 'silent' },
    ]
  }
  const more = 'acceptor 1 counted 1 notes more than the journal has'
  const rows: [what: string, entries: JournalEntry[], found: string[]][] = [
    ['finds nothing when they agree', [...stacked(), ...stacked(), compared(12, 'agrees')], []],
    ['finds nothing when a lost note is in the box', [...lost(), compared(11, 'agrees')], []],
    ['finds nothing when a lost note is not', [...lost(), compared(10, 'agrees')], []],
    ['names a difference', [...stacked(), compared(12, 'differs')], [more]],
    [
      'names a difference that was passed over',
      [...stacked(), compared(10, 'agrees')],
      ['acceptor 1 gained 0 notes, the journal 1 to 1, and it says: agrees'],
    ],
    [
      'names a difference that there is not',
      [...stacked(), compared(11, 'differs')],
      [more, 'acceptor 1 gained 1 notes, the journal 1 to 1, and it says: differs'],
    ],
  ]
  it.each(rows)('%s', (_, entries, found) => {
    expect(cashAgainstCounters([compared(10, 'first'), ...entries])).toEqual(found)
  })
})
