// What the journal of a kiosk adds to its days: notes that went into the box, notes that the acceptor refused, receipts.
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { nothing, plus } from '../../domain/money.ts'
import type { KnownEntry } from '../journal-judging.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import type { Turn } from '../turn.ts'
import { addToDay, noCounts, type DayCounts } from './days.ts'
import { withFleet } from './fleet-tables.ts'

type Compared = Extract<JournalEntry, { type: 'cash.compared' }>

/** A line of a journal comes here once, and so does what it adds. The day is that of the kiosk's clock. */
export const followDays = async (turn: Turn, entries: readonly KnownEntry[]): Promise<void> => {
  const days = new Map<string, Partial<DayCounts>>()
  for (const { entry, at } of entries) {
    const day = localDayOf(new Date(at), turn.policy.timeZone)
    if (entry.type === 'cash.compared') await compared(turn, day, entry)
    days.set(day, added(days.get(day) ?? {}, entry))
  }
  const of = { work: withFleet(turn.work), kiosk: turn.kiosk }
  for (const [day, grown] of days) await addToDay(of, day, grown)
}

const added = (to: Partial<DayCounts>, entry: JournalEntry): Partial<DayCounts> => {
  const { notes = 0, taken = nothing, receipts = 0 } = to
  switch (entry.type) {
    case 'note.stacked':
    case 'note.unexpected':
      return { ...to, notes: notes + 1, taken: plus(taken, entry.value ?? nothing) }
    case 'receipt.printed':
      return { ...to, receipts: receipts + 1 }
    default:
      return to
  }
}

/** The acceptor counts for its whole life: what one reading has more than the one before was refused in between. */
const compared = async (turn: Turn, day: string, { unit, counters }: Compared): Promise<void> => {
  const of = { work: withFleet(turn.work), kiosk: turn.kiosk }
  const before = await of.work
    .selectFrom('fleet_days')
    .select(['unit', 'unit_rejected'])
    .where('kiosk', '=', turn.kiosk)
    .where('unit', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { rejected } = counters
  const isSame = before?.unit === unit
  const rejects = isSame ? Math.max(0, rejected - (before.unit_rejected ?? rejected)) : 0
  // A day of nothing but this reading has a row too: the next reading is held against it.
  await of.work
    .insertInto('fleet_days')
    .values({ kiosk: turn.kiosk, day, ...noCounts, unit, unit_rejected: rejected })
    .onConflict((it) => it.columns(['kiosk', 'day']).doUpdateSet({ unit, unit_rejected: rejected }))
    .execute()
  await addToDay(of, day, { rejects })
}
