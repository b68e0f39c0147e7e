// What a kiosk's journal says of its cash, as alarms: the acceptor and the journal do not count the same.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { raise, type AlarmKind } from './alarms.ts'
import type { KnownEntry } from './journal-judging.ts'
import type { Turn } from './turn.ts'

/** Each comparison is one line of the journal, and a line comes here once: so does its alarm. */
export const alarmOnCash = async (turn: Turn, entries: readonly KnownEntry[]): Promise<void> => {
  for (const { entry, sequence, at } of entries) {
    if (entry.type !== 'cash.compared') continue
    const kind = alarmOf(entry.verdict)
    if (kind === null) continue
    const evidence = { ...entry, sequence, at }
    await raise(turn.work, { kind, at: turn.now, kiosk: turn.kiosk, evidence })
  }
}

const alarmOf = (
  verdict: Extract<JournalEntry, { type: 'cash.compared' }>['verdict'],
): AlarmKind | null => {
  if (verdict === 'differs') return 'cash differs'
  return verdict === 'counters went back' ? 'cash counters went back' : null
}
