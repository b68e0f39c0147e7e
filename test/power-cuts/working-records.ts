// The records of a kiosk on the disk under test, opened with the production code.
import { join } from 'node:path'
import { systemClock } from '../../kiosk/clock.ts'
import { openRecords, type Records } from '../../kiosk/records.ts'

export const recordsFolder = (folder: string): string => join(folder, 'kiosk')

/** Opens them, or says why nothing can be sold with them. `reported`: what a technician is told meanwhile. */
export const workingRecords = async (
  folder: string,
): Promise<
  | {
      kind: 'open'
      records: Records
      reported: { fact: string; details: Record<string, unknown> }[]
    }
  | { kind: 'trouble'; why: string }
> => {
  const reported: { fact: string; details: Record<string, unknown> }[] = []
  const opened = await openRecords({
    folder: recordsFolder(folder),
    clock: systemClock(),
    version: 'power cuts',
    report: (fact, details) => reported.push({ fact, details }),
    journal: { leastSpaceBytes: 1024 * 1024 },
  })
  if (opened.kind === 'in use') return { kind: 'trouble', why: 'the journal is in use' }
  const { records } = opened
  const why = records.trouble()
  return why === null ? { kind: 'open', records, reported } : { kind: 'trouble', why }
}
