// The cash boxes of the kiosks as their journals tell of them: what left with each, added up here, and moved in the ledger.
import { minus, nothing, type Minor } from '../domain/money.ts'
import { notesAgree } from '../domain/service/notes-counted.ts'
import { NotesCounted, type ExchangeId } from '../domain/service/service-entries.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { raise } from './alarms.ts'
import { post } from './books.ts'
import type { KnownEntry } from './journal-judging.ts'
import { boxRemoved } from './ledger.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

type EntryOf<Type extends JournalEntry['type']> = Extract<JournalEntry, { type: Type }>

/** Each entry is one line of the journal, and a line comes here once: so does what follows from it. */
export const followBoxes = async (turn: Turn, entries: readonly KnownEntry[]): Promise<void> => {
  for (const { entry, sequence } of entries) {
    switch (entry.type) {
      case 'box.exchanging':
        await begun(turn, entry, sequence)
        break
      case 'box.counted': {
        const counted = entry.notes === null ? null : JSON.stringify(entry.notes)
        await change(turn, entry.exchangeId, {
          state: 'counted',
          counted,
          counted_by: entry.person,
        })
        break
      }
      case 'box.removed':
        await removed(turn, entry, sequence)
        break
      case 'box.exchanged':
        await exchanged(turn, entry)
        break
      case 'box.not-exchanged':
        await change(turn, entry.exchangeId, { state: 'not exchanged' })
        break
      default:
    }
  }
  for (const exchange of await touchedBy(turn, entries)) await move(turn, exchange)
}

const begun = async (
  turn: Turn,
  entry: EntryOf<'box.exchanging'>,
  sequence: number,
): Promise<void> => {
  const { work, kiosk } = turn
  const { exchangeId: exchange, period, person, expected, unknownValue, accuracy } = entry
  const byNotes = await notesIn(turn, { before: sequence })
  await work
    .insertInto('box_exchanges')
    .values({
      exchange,
      kiosk,
      period,
      state: 'begun',
      person,
      expected: JSON.stringify(expected),
      by_notes: JSON.stringify(byNotes),
      unknown_value: unknownValue,
      accuracy,
      moved: nothing,
    })
    .execute()
  if (!notesAgree(byNotes, expected)) await differs(turn, { exchange, period, byNotes, expected })
}

/** All that is in the box by then has left, and so have notes whose place nobody knows, if they were taken at all. */
const removed = async (
  turn: Turn,
  { exchangeId: exchange, box, seal, open }: EntryOf<'box.removed'>,
  sequence: number,
): Promise<void> => {
  const { work, kiosk } = turn
  await work
    .updateTable('journal_notes')
    .set({ exchange })
    .where('kiosk', '=', kiosk)
    .where('exchange', 'is', null)
    .where((it) =>
      it.or([
        it.and([it('place', '=', 'in the box'), it('sequence', '<', sequence)]),
        ...(open.length === 0 ? [] : [it('note', 'in', open)]),
      ]),
    )
    .execute()
  const by_notes = JSON.stringify(await notesIn(turn, { exchange }))
  await change(turn, exchange, { state: 'removed', box, seal, by_notes })
  const before = await work
    .selectFrom('box_exchanges')
    .select(['exchange', 'new_box', 'new_seal'])
    .where('kiosk', '=', kiosk)
    .where('state', '=', 'exchanged')
    .orderBy('period', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (before === undefined || before.new_box === box) return
  const evidence = { exchange, box, seal, putIn: before }
  await raise(work, { kind: 'cash box swapped', at: turn.now, kiosk, evidence })
}

const exchanged = async (turn: Turn, entry: EntryOf<'box.exchanged'>): Promise<void> => {
  const { exchangeId: exchange, box: new_box, seal: new_seal, person, witness } = entry
  await change(turn, exchange, {
    state: 'exchanged',
    new_box,
    new_seal,
    exchanged_by: person,
    witness,
  })
  const row = await turn.work
    .selectFrom('box_exchanges')
    .select(['period', 'by_notes', 'counted'])
    .where('exchange', '=', exchange)
    .executeTakeFirst()
  if (row === undefined || row.counted === null) return
  const [byNotes, counted] = [notesOf(row.by_notes), notesOf(row.counted)]
  const { period } = row
  if (!notesAgree(byNotes, counted)) await differs(turn, { exchange, period, byNotes, counted })
}

const change = async (
  { work, kiosk }: Turn,
  exchange: ExchangeId,
  what: Partial<Tables['box_exchanges']>,
): Promise<void> => {
  await work
    .updateTable('box_exchanges')
    .set(what)
    .where('exchange', '=', exchange)
    .where('kiosk', '=', kiosk)
    .execute()
}

const differs = (
  { work, now, kiosk }: Turn,
  evidence: { exchange: ExchangeId; period: number } & Record<string, unknown>,
): Promise<void> => raise(work, { kind: 'cash differs', at: now, kiosk, evidence })

/** Notes of each value, the smallest first: in the box before a line, or gone with an exchange. */
const notesIn = async (
  { work, kiosk }: Turn,
  which: { before: number } | { exchange: ExchangeId },
): Promise<NotesCounted> => {
  const rows = await work
    .selectFrom('journal_notes')
    .select(({ fn }) => ['value', fn.countAll<number>().as('count')])
    .where('kiosk', '=', kiosk)
    .where(
      'exchange',
      'exchange' in which ? '=' : 'is',
      'exchange' in which ? which.exchange : null,
    )
    .where('place', '=', 'in the box')
    .where('value', 'is not', null)
    .where('sequence', '<', 'before' in which ? which.before : Number.MAX_SAFE_INTEGER)
    .groupBy('value')
    .orderBy('value')
    .execute()
  return rows.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]))
}

/** As it stands in a row that this centre has written. */
export const notesOf = (json: string): NotesCounted => NotesCounted.parse(JSON.parse(json))

/** Exchanges whose box has left, or of which a note has found its place only now. */
const touchedBy = async (
  { work, kiosk }: Turn,
  entries: readonly KnownEntry[],
): Promise<Set<ExchangeId>> => {
  const gone = entries.flatMap(({ entry }) =>
    entry.type === 'box.removed' ? [entry.exchangeId] : [],
  )
  const notes = entries.flatMap(({ entry }) =>
    entry.type === 'note.stacked' || entry.type === 'note.unexpected' ? [entry.noteId] : [],
  )
  if (notes.length === 0) return new Set(gone)
  const rows = await work
    .selectFrom('journal_notes')
    .select('exchange')
    .where('kiosk', '=', kiosk)
    .where('note', 'in', notes)
    .where('exchange', 'is not', null)
    .execute()
  return new Set([...gone, ...rows.flatMap(({ exchange }) => exchange ?? [])])
}

/** What left with the box, as far as is known now. The ledger follows the notes that belong to sales: those of nobody are in no books, and show when the box is counted. */
const move = async (turn: Turn, exchange: ExchangeId): Promise<void> => {
  const { work, kiosk, now } = turn
  const { sum } = await work
    .selectFrom('journal_notes')
    .select(({ fn }) => fn.sum<Minor | null>('value').as('sum'))
    .where('kiosk', '=', kiosk)
    .where('exchange', '=', exchange)
    .where('place', '=', 'in the box')
    .where('sale', 'is not', null)
    .executeTakeFirstOrThrow()
  const row = await work
    .selectFrom('box_exchanges')
    .select(['moved', 'office_at'])
    .where('exchange', '=', exchange)
    .executeTakeFirst()
  if (row === undefined) return
  await change(turn, exchange, { by_notes: JSON.stringify(await notesIn(turn, { exchange })) })
  const due = sum ?? nothing
  const amount = minus(due, row.moved)
  if (amount === nothing) return
  const counted = row.office_at !== null
  await post(work, { ...boxRemoved({ exchange, kiosk, amount, counted }), at: now })
  await change(turn, exchange, { moved: due })
}
