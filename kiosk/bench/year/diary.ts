// The journals of the kiosks for the last days of the year: lines as kiosks write them, chained, and the notes they speak of.
import { nextLine } from '../../journal-chain.ts'
import { noHead, type ChainHead } from '../../../domain/journal-chain.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import type { KioskNumber, NoteId, SaleId } from '../../../domain/identifiers.ts'
import type { Minor } from '../../../domain/money.ts'
import type { ExchangeId } from '../../../domain/service/service-entries.ts'
import type { Books, Row } from './books.ts'

type Writing = { kiosk: KioskNumber; at: number; entry: JournalEntry }

export type Diary = {
  /** Since when lines are kept. */
  from: number
  /** The first line of each journal, once the kiosks are there. */
  begin: () => void
  /** What is before the days that are kept, or of a point of sale without a journal, is not written. */
  write: (of: Writing) => void
  /** The same, and the note is where this line says. */
  note: (
    of: { kiosk: KioskNumber; at: number; sale: SaleId; note: NoteId; value: Minor },
    place: Row<'journal_notes'>['place'],
  ) => void
  /** All notes of its box leave with it. */
  boxLeft: (kiosk: KioskNumber, exchange: ExchangeId) => void
  heads: ReadonlyMap<string, ChainHead>
  /** How far each journal has come, when nothing more is written. */
  close: (at: number) => void
}

/** `from`: lines before this moment are not kept; a journal begins there. `kiosks`: those that have one. */
export const diaryOf = (
  books: Books,
  of: { from: number; kiosks: readonly KioskNumber[] },
): Diary => {
  const heads = new Map<string, ChainHead>()
  const lastAt = new Map<string, number>()
  const write = ({ kiosk, at, entry }: Writing): void => {
    const head = heads.get(kiosk)
    if (at < of.from || head === undefined) return
    const moment = Math.max(at, lastAt.get(kiosk) ?? 0)
    lastAt.set(kiosk, moment)
    const { line, bytes } = nextLine(head, new Date(moment).toISOString(), entry)
    const { sequence, hash } = line
    heads.set(kiosk, { sequence, hash })
    const text = bytes.toString('utf8').trimEnd()
    books.insert('journal_lines', { kiosk, sequence, line: text, hash, kept_at: moment + 900 })
  }
  const begin = (): void => {
    for (const kiosk of of.kiosks) {
      heads.set(kiosk, noHead)
      const entry = { type: 'kiosk.started', boot: 1, version: 'wattpoint 0.1.0' } as const
      write({ kiosk, at: of.from, entry })
    }
  }
  return {
    from: of.from,
    heads,
    begin,
    write,
    note: ({ kiosk, at, sale: saleId, note: noteId, value }, place) => {
      const head = heads.get(kiosk)
      if (at < of.from || head === undefined) return
      const told = { saleId, noteId, value }
      const entries: JournalEntry[] = [
        { type: 'note.escrowed', ...told },
        ...noteEntries(told, place),
      ]
      for (const [step, entry] of entries.entries()) write({ kiosk, at: at + step * 700, entry })
      const { sequence = 0 } = heads.get(kiosk) ?? {}
      books.insert('journal_notes', {
        kiosk,
        note: noteId,
        sale: saleId,
        value,
        place,
        since: at + 900,
        compared: 1,
        sequence,
        exchange: null,
      })
    },
    boxLeft: (kiosk, exchange) =>
      books.change('journal_notes', { kiosk, place: 'in the box', exchange: null }, { exchange }),
    close: (at) => {
      const posting_checked = books.last('posting')
      for (const [kiosk, { sequence, hash }] of heads) {
        books.insert('journals', {
          kiosk: kioskOf(of.kiosks, kiosk),
          through: sequence,
          hash,
          head_sequence: sequence,
          head_hash: hash,
          answer: 1,
          answered_at: at,
          whole_at: at,
          finding: null,
          posting_checked,
        })
      }
    },
  }
}

const kioskOf = (kiosks: readonly KioskNumber[], name: string): KioskNumber => {
  const found = kiosks.find((kiosk) => kiosk === name)
  if (found === undefined) throw new RangeError(`${name} has no journal`)
  return found
}

type Told = { saleId: SaleId; noteId: NoteId; value: Minor }

const noteEntries = (told: Told, place: Row<'journal_notes'>['place']): JournalEntry[] => {
  const stacking = { type: 'note.stacking', ...told, counters: null } as const
  switch (place) {
    case 'in the box':
      return [stacking, { type: 'note.stacked', ...told }]
    case 'returned':
      return [
        { type: 'note.returning', ...told },
        { type: 'note.returned', ...told },
      ]
    case 'unknown':
      return [stacking, { type: 'note.unknown', ...told, why: 'jam' }]
    case 'held':
      return []
    default:
      return []
  }
}
