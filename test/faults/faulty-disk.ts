// A disk whose n-th call for the journal, or n-th step for the counters, goes wrong.
import { basename, dirname, join } from 'node:path'
import { open, rename } from 'node:fs/promises'
import { never } from '../../domain/never.ts'
import type { Disk } from '../../kiosk/disk.ts'
import type { JournalFile } from '../../kiosk/journal.ts'
import type { Life } from './life.ts'
import type { Kind, Traps } from './traps.ts'

/** A disk that stands still for so long has been given up by everybody. */
const lateMs = 20_000

export type FaultyDiskOptions = {
  disk: Disk
  traps: Traps
  life: Life
  wait: (ms: number) => Promise<unknown>
}

type Store = 'journal' | 'counters'
/** One call: `half` does what is possible in half, `forget` lets go of what nobody got. */
type Call<Result> = {
  what: string
  whole: () => Promise<Result>
  half?: () => Promise<unknown>
  forget?: (result: Result) => Promise<unknown>
}

export const faultyDisk = (options: FaultyDiskOptions): Disk => {
  const { disk } = options
  const gone = new Set<Store>()
  const call = <Result>(store: Store, of: Call<Result>) => calling(options, gone, { store, ...of })
  return {
    ...disk,
    openFile: async (path) => {
      const file = await call('journal', {
        what: 'open',
        whole: () => disk.openFile(path),
        forget: (opened) => opened.close(),
      })
      return journalFile(file, (of) => call('journal', of))
    },
    syncFolder: (folder) =>
      call('journal', { what: 'sync folder', whole: () => disk.syncFolder(folder) }),
    writeNewFile: (path, content) =>
      call('journal', {
        what: `new file ${basename(path)}`,
        whole: () => disk.writeNewFile(path, content),
        half: () => disk.writeNewFile(path, content.slice(0, content.length / 2)),
      }),
    readText: (path) => call('counters', { what: 'read', whole: () => disk.readText(path) }),
    replaceFile: (path, text) =>
      replaceFile({ path, text, disk, call: (of) => call('counters', of) }),
  }
}

const journalFile = (
  file: JournalFile,
  call: <Result>(of: Call<Result>) => Promise<Result>,
): JournalFile => ({
  stat: () => call({ what: 'stat', whole: () => file.stat() }),
  read: (...of) => call({ what: 'read', whole: () => file.read(...of) }),
  chmod: (mode) => call({ what: 'chmod', whole: () => file.chmod(mode) }),
  truncate: (length) => call({ what: 'truncate', whole: () => file.truncate(length) }),
  datasync: () => call({ what: 'datasync', whole: () => file.datasync() }),
  write: (bytes, from, length, position) =>
    call({
      what: `write ${typeIn(bytes.subarray(from, from + length))}`,
      whole: () => file.write(bytes, from, length, position),
      half: () => file.write(bytes, from, Math.ceil(length / 2), position),
    }),
  close: () => file.close(),
})

const typeIn = (bytes: Buffer): string =>
  /"type":"([^"]+)"/.exec(bytes.toString('utf8'))?.[1] ?? 'bytes'

/** The steps of `replaceFile` in `kiosk/disk.ts`, each of which may be the last. */
const replaceFile = async (of: {
  path: string
  text: string
  disk: Disk
  call: <Result>(of: Call<Result>) => Promise<Result>
}): Promise<void> => {
  const { path, text, disk, call } = of
  await disk.makeFolder(dirname(path))
  const fresh = join(dirname(path), `${basename(path)}.new`)
  const file = await open(fresh, 'w', 0o600)
  try {
    await call({
      what: 'write the new file',
      whole: () => file.writeFile(text),
      half: () => file.writeFile(text.slice(0, text.length / 2)),
    })
    await call({ what: 'sync the new file', whole: () => file.sync() })
  } finally {
    await file.close()
  }
  await call({ what: 'rename', whole: () => rename(fresh, path) })
  await call({ what: 'sync folder', whole: () => disk.syncFolder(dirname(path)) })
}

const calling = async <Result>(
  { traps, life, wait }: FaultyDiskOptions,
  gone: Set<Store>,
  { store, what, whole: done, half, forget }: Call<Result> & { store: Store },
): Promise<Result> => {
  life.mustLive()
  if (gone.has(store)) throw failed('EIO')
  /** Done, and nobody is told. */
  const unseen = async () => forget?.(await done())
  const kind: Kind | null = traps.meet(store, 'call', what)
  switch (kind) {
    case null:
      return done()
    case 'error':
    case 'request lost':
    case 'garbled':
      throw failed('EIO')
    case 'gone':
      gone.add(store)
      throw failed('EROFS')
    case 'short':
      await half?.()
      throw failed('ENOSPC')
    case 'answer lost':
      await unseen()
      throw failed('EIO')
    case 'answer late': {
      const result = await done()
      await wait(lateMs)
      return result
    }
    case 'crash before':
      life.end()
      return life.ended
    case 'crash after':
      await unseen()
      life.end()
      return life.ended
    default:
      return never(kind)
  }
}

const failed = (code: string): Error =>
  Object.assign(new Error(`${code}: it failed as asked`), { code })
