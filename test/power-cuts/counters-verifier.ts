// What the lowdb files must hold after a power cut: no number is given twice, no file is half of one and half of another.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { JournalLine } from '../../domain/journal-entry.ts'
import { durableJson } from '../../kiosk/durable-json.ts'
import { journalLines } from '../evidence.ts'
import type { ProvenStore, Verdict } from './proving.ts'
import { recordsFolder, workingRecords } from './working-records.ts'

/** A number of one of the three that are kept. */
export type Counted = { boot: number } | { receipt: number } | { page: number }

/** A document whose length changes with each version, and that shows whether it is whole. */
export const Page = z.object({ version: z.int(), filling: z.string(), hash: z.string() })

export const pagePath = (folder: string): string => join(recordsFolder(folder), 'page.json')

export const pageOf = (version: number): z.infer<typeof Page> => {
  const filling = `${version} `.repeat(1 + ((version * 997) % 4000))
  return { version, filling, hash: createHash('sha256').update(filling).digest('hex') }
}

export const countersStore: ProvenStore = {
  name: 'counters',
  writer: join(import.meta.dirname, 'counters-writer.ts'),
  verify: (folder, notes) =>
    verify(folder, notes.sent as Counted[], notes.acknowledged as Counted[]),
}

const latest = (of: readonly Counted[], what: 'boot' | 'receipt' | 'page'): number =>
  Math.max(0, ...of.map((each) => (what in each ? Number(Object.values(each)[0]) : 0)))

const bySize = (one: number, other: number): number => one - other

const verify = async (
  folder: string,
  sent: Counted[],
  acknowledged: Counted[],
): Promise<Verdict> => {
  const flaws: string[] = []
  let lost = 0
  const page = await durableJson({
    path: pagePath(folder),
    schema: Page,
    onUnreadable: ({ problem }) => flaws.push(`the document is unreadable: ${problem}`),
  }).read()
  const version = page?.version ?? 0
  if (page !== null && !isDeepStrictEqual(page, pageOf(version))) {
    flaws.push(`the document says version ${version} and is another`)
  }
  if (version > latest(sent, 'page')) flaws.push(`version ${version} was never written`)
  if (version < latest(acknowledged, 'page')) lost++

  const opened = await workingRecords(folder)
  if (opened.kind === 'trouble') return { lost, flaws: [...flaws, opened.why] }
  const { records, reported } = opened
  try {
    flaws.push(
      ...reported.filter(({ fact }) => fact.includes('unreadable')).map(({ fact }) => fact),
    )
    const entries = journalLines(join(recordsFolder(folder), 'journal.ndjson')).map(
      (line) => JournalLine.parse(JSON.parse(line)).entry,
    )
    const boots = entries.flatMap((entry) => (entry.type === 'kiosk.started' ? [entry.boot] : []))
    if ((boots.at(-1) ?? 0) <= latest(acknowledged, 'boot')) lost++
    if (new Set(boots).size < boots.length)
      flaws.push(`a boot has a number that was used: ${boots.join(' ')}`)
    if ((await records.nextReceipt()) <= latest(acknowledged, 'receipt')) lost++
    const stacked = entries.flatMap((entry) => (entry.type === 'note.stacked' ? [entry.value] : []))
    const counted = records
      .cashBox()
      .notes.flatMap(({ value, count }) => Array.from({ length: count }, () => value))
    if (!isDeepStrictEqual(counted.sort(bySize), stacked.sort(bySize))) {
      flaws.push(`the box is counted as ${counted.length} notes, the journal has ${stacked.length}`)
    }
  } finally {
    await records.close()
  }
  if (lost > 0) flaws.push(`${lost} acknowledged numbers are lost`)
  return { lost, flaws }
}
