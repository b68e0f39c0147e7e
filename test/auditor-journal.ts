// The auditor on the journal itself: what the centre has of it, and the acceptor's counters that it compares with its notes.
import type { JournalEntry } from '../domain/journal-entry.ts'

/** What the centre has of a journal. `atRest`: everything had the time to arrive. */
export type UploadedJournal = { lines: string[]; atRest: boolean }

/** P6: what the centre has is what stands on the disk, from the first line on; at rest all of it. */
export const uploadAgainstDisk = (
  journal: readonly string[],
  { lines, atRest }: UploadedJournal,
): string[] => {
  const differs = lines.findIndex((line, at) => line !== journal[at])
  if (differs >= journal.length) {
    return [`the centre has ${lines.length} lines of the journal, the disk ${journal.length}`]
  }
  if (differs >= 0) return [`journal line ${differs + 1} is another at the centre than on the disk`]
  return atRest && lines.length < journal.length
    ? [`the disk has ${journal.length} lines of the journal, the centre only ${lines.length}`]
    : []
}

type Compared = Extract<JournalEntry, { type: 'cash.compared' }>

/** Two records of cash: no difference is without a cause, and none is passed over. */
export const cashAgainstCounters = (entries: readonly JournalEntry[]): string[] => {
  const found: string[] = []
  let last: { compared: Compared; at: number } | null = null
  for (const [at, entry] of entries.entries()) {
    if (entry.type !== 'cash.compared') continue
    if (entry.verdict === 'differs') found.push(differing(entry))
    if (last !== null)
      found.push(...wronglyCompared(entries.slice(last.at + 1, at), last.compared, entry))
    last = { compared: entry, at }
  }
  return found
}

const differing = ({ unit, difference }: Compared): string =>
  `acceptor ${unit} counted ${Math.abs(difference)} notes ${difference > 0 ? 'more' : 'fewer'} than the journal has`

/** Recounted: notes that came into the box between two comparisons, and those that may have. */
const wronglyCompared = (
  between: readonly JournalEntry[],
  before: Compared,
  now: Compared,
): string[] => {
  const places = new Map<string, 'maybe' | 'in' | 'out'>()
  for (const entry of between) {
    if (entry.type === 'note.escrowed' || entry.type === 'note.stacking') {
      places.set(entry.noteId, 'maybe')
    }
    if (entry.type === 'note.unexpected') places.set(entry.noteId, 'in')
    if (entry.type === 'note.stacked' && places.has(entry.noteId)) places.set(entry.noteId, 'in')
    if (entry.type === 'note.returned' && places.has(entry.noteId)) places.set(entry.noteId, 'out')
  }
  const all = [...places.values()]
  const least = all.filter((place) => place === 'in').length
  const most = least + all.filter((place) => place === 'maybe').length
  const gained = now.counters.stacked - before.counters.stacked
  const comparable = before.unit === now.unit && gained >= 0
  const fits = !comparable || (gained >= least && gained <= most)
  return fits === (now.verdict !== 'differs')
    ? []
    : [
        `acceptor ${now.unit} gained ${gained} notes, the journal ${least} to ${most}, and it says: ${now.verdict}`,
      ]
}
