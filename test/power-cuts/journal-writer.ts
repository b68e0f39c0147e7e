// A kiosk's records at work: sale after sale is journalled, entry by entry, each acknowledged when its append resolves.
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { saleHistories } from './sale-histories.ts'
import { workingRecords } from './working-records.ts'
import { writerOf } from './writer.ts'

const entriesToWrite = 240

/** An answer is the number of an entry, in the order they were sent. */
const { folder, chance, sent, acknowledged } = writerOf<JournalEntry, number>()
const opened = await workingRecords(folder)
if (opened.kind === 'trouble') throw new Error(opened.why)
const { records } = opened
let written = 0
for (const entries of saleHistories(chance)) {
  if (written >= entriesToWrite) break
  for (const entry of entries) sent(entry)
  await records.append(entries)
  for (const _ of entries) acknowledged(++written)
  if (written % 50 === 0) await records.save()
}
await records.close()
