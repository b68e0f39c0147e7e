// Entries put into the journal one after another, against the same bytes written and synced with nothing around them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NoteId, SaleId, ulidOf } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { minor } from '../../../domain/money.ts'
import { systemClock } from '../../../kiosk/clock.ts'
import { openJournal } from '../../../kiosk/journal.ts'
import type { Run } from '../figures.ts'
import { onDisk, runsOf, type Part, type Size } from './part.ts'

const entriesOf = { short: 20, full: 1_000 } as const

const entry = (at: number): JournalEntry => ({
  type: 'note.stacked',
  saleId: SaleId.parse(ulidOf(1_700_000_000_000, new Uint8Array(10).fill(1))),
  noteId: NoteId.parse(ulidOf(1_700_000_000_000 + at, new Uint8Array(10).fill(2))),
  value: minor(5_000),
})

const appended = async (path: string, count: number): Promise<number> => {
  const opened = await openJournal({ path, clock: systemClock() })
  if (opened.kind !== 'open') throw new Error(`the journal is ${opened.kind}`)
  const { journal } = opened
  const began = performance.now()
  for (let at = 0; at < count; at++) await journal.append(entry(at))
  const seconds = (performance.now() - began) / 1000
  await journal.close()
  return count / seconds
}

/** The very lines of the journal, each written and synced. */
const bare = async (path: string, lines: readonly Buffer[]): Promise<number> => {
  const file = await open(path, 'a')
  const began = performance.now()
  for (const line of lines) {
    await file.write(line)
    await file.datasync()
  }
  const seconds = (performance.now() - began) / 1000
  await file.close()
  return lines.length / seconds
}

const oneRun = async (size: Size): Promise<Run> => {
  mkdirSync(onDisk, { recursive: true })
  const folder = mkdtempSync(join(onDisk, 'journal-'))
  try {
    const path = join(folder, 'journal.ndjson')
    const ours = await appended(path, entriesOf[size])
    const lines = (await readFile(path, 'utf8'))
      .split('\n')
      .slice(0, -1)
      .map((line) => Buffer.from(`${line}\n`))
    return { ours, floor: await bare(join(folder, 'bare'), lines) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const journal: Part = {
  name: 'journal',
  measure: async (size) => {
    const runs: Run[] = []
    for (let run = 0; run < runsOf(size); run++) runs.push(await oneRun(size))
    return [
      {
        name: 'journal entries',
        unit: 'a second',
        goal: { kind: 'at least', value: 0.9 },
        runs,
        note: 'the same lines, each with a write and an fdatasync',
      },
    ]
  },
}
