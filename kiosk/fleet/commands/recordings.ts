// The recording of a fault that a command asks for, as it lies in its folder: redacted before it was written.
import { join } from 'node:path'
import type { Disk } from '../../disk.ts'

/** The last one before this moment (ms since 1970), or the very last; null when there is none. */
export const recordingBefore = async (
  folder: string,
  at: number | null,
  disk: Pick<Disk, 'names' | 'readText'>,
): Promise<string | null> => {
  const names = await disk.names(folder).catch(() => [])
  const before = names
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .findLast((name) => at === null || momentOf(name) <= at)
  return before === undefined ? null : disk.readText(join(folder, before))
}

/** `20261123T164511Z-note-acceptor-jam.ndjson` */
const momentOf = (name: string): number =>
  Date.parse(
    name.slice(0, 16).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
