// What a journal must hold after a power cut: every acknowledged entry, nothing else, and all that is open said so.
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { JournalLine, type JournalEntry } from '../../domain/journal-entry.ts'
import { imbalances } from '../../kiosk/standing-sums.ts'
import type { Records } from '../../kiosk/records.ts'
import { noteLives } from '../auditor-notes.ts'
import { intentsHaveOutcomes } from '../auditor-sales.ts'
import { journalLines } from '../evidence.ts'
import type { ProvenStore, Verdict } from './proving.ts'
import { recordsFolder, workingRecords } from './working-records.ts'

export const journalStore: ProvenStore = {
  name: 'journal',
  writer: join(import.meta.dirname, 'journal-writer.ts'),
  verify: async (folder, notes) =>
    verify(folder, notes.sent as JournalEntry[], notes.acknowledged.length),
}

const entriesOn = (folder: string): JournalEntry[] =>
  journalLines(join(recordsFolder(folder), 'journal.ndjson')).map(
    (line) => JournalLine.parse(JSON.parse(line)).entry,
  )

/** What a start adds by itself. */
const ofStarts = new Set(['kiosk.started', 'journal.torn'])

const verify = async (
  folder: string,
  sent: JournalEntry[],
  acknowledged: number,
): Promise<Verdict> => {
  const before = entriesOn(folder).filter(({ type }) => !ofStarts.has(type))
  const kept = before.findIndex((entry, at) => !isDeepStrictEqual(entry, sent[at]))
  const flaws =
    kept === -1 ? [] : [`entry ${kept + 1} was never written: ${JSON.stringify(before[kept])}`]
  const lost = Math.max(0, acknowledged - (kept === -1 ? before.length : kept))
  if (lost > 0) flaws.push(`${lost} acknowledged entries are lost`)
  const opened = await workingRecords(folder)
  if (opened.kind === 'trouble') return { lost, flaws: [...flaws, opened.why] }
  const { records, reported } = opened
  try {
    const entries = entriesOn(folder)
    flaws.push(
      ...imbalances(records.standing()),
      ...noteLives(entries).flaws,
      ...openIsSaid(entries, records),
      ...reported.filter(({ fact }) => fact.includes('unreadable')).map(({ fact }) => fact),
    )
    await goOn(records)
  } finally {
    await records.close()
  }
  const again = await workingRecords(folder)
  if (again.kind === 'trouble') return { lost, flaws: [...flaws, `the next start: ${again.why}`] }
  flaws.push(...again.records.openNotes.map(({ noteId }) => `note ${noteId} is open twice`))
  await again.records.close()
  return { lost, flaws }
}

/** P4: every intent without an outcome has a verdict in the journal now, or is a note that the acceptor is asked about. */
const openIsSaid = (entries: readonly JournalEntry[], records: Records): string[] => {
  const moving = noteLives(entries).notes.filter(({ is }) => is === 'stacking')
  const asked = new Set<string>(records.openNotes.map(({ noteId }) => noteId))
  return [
    ...intentsHaveOutcomes([...entries, { type: 'fault.cleared', device: 'test', fault: 'test' }]),
    ...moving
      .filter(({ note }) => !asked.has(note))
      .map(({ note }) => `nobody asks for note ${note}`),
    ...(asked.size === moving.length
      ? []
      : [`${asked.size} notes are asked for, ${moving.length} are open`]),
  ]
}

/** As the kiosk does with a note whose verdict cannot be had, so that a later cut finds what follows. */
const goOn = async (records: Records): Promise<void> => {
  for (const { saleId, noteId, value } of records.openNotes) {
    await records.append([
      { type: 'note.unknown', saleId, noteId, value, why: 'after a power cut' },
    ])
  }
}
