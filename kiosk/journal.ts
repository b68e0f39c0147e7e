// Append-only, synced to disk, hash-chained lines of JSON: the truth about money.
//
//   append ─► chained at once, in order ─► [waiting] ─► one write ─► fdatasync ─► everyone of that write is told
//
// An append is acknowledged after the sync has returned, never before (money-safety.md 7, J3). What comes in while one
// write is under way shares the next. A write or sync that fails is final for the handle (J5): the pages it could not
// write may already be marked clean, so asking again would answer yes for data that is gone. The kiosk stops taking
// money, and a new start reads back what really is on disk.
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ChainHead } from '../domain/journal-chain.ts'
import { JournalEntry, type JournalLine } from '../domain/journal-entry.ts'
import type { Clock } from './clock.ts'
import { realDisk, whyOf, type Disk } from './disk.ts'
import { nextLine } from './journal-chain.ts'
import type { Lock } from './journal-lock.ts'
import {
  linesAfter,
  placeOf,
  readChain,
  readLines,
  type Place,
  type ReadableFile,
} from './journal-reading.ts'

export type OpenedJournal =
  | { kind: 'open'; journal: Journal }
  /** The chain breaks at this line (1 = the first): money may be missing. The kiosk stays out of service (J4). */
  | { kind: 'broken'; atLine: number; why: string }
  /** Another program writes this journal. */
  | { kind: 'in use' }
  /** The file cannot be opened, read or repaired. */
  | { kind: 'failed'; why: string }

/** The calls of a file handle that the journal makes; a test puts a failing one in the way. */
export type JournalFile = ReadableFile &
  Pick<FileHandle, 'datasync' | 'truncate' | 'chmod' | 'close'> & {
    write(
      bytes: Buffer,
      from: number,
      length: number,
      position: null,
    ): Promise<{ bytesWritten: number }>
  }

export type JournalOptions = {
  path: string
  clock: Pick<Clock, 'now'>
  /** No sale begins with less than this free on the disk (J6). */
  leastSpaceBytes?: number
  /** Kept on disk to be given up when space runs out, so that the open sale can still be closed. */
  reserveBytes?: number
  /**
   * Made when the journal is this program's alone, before it is read, and told every line that is on disk once it is open, in
   * order. What it throws is why the journal cannot be opened.
   */
  reader?: () => Promise<(line: JournalLine) => void>
  openFile?: (path: string) => Promise<JournalFile>
  freeBytes?: (folder: string) => Promise<number>
  /** What else is done on the disk. */
  disk?: Disk
}

type Settings = Required<JournalOptions>
type Waiting = {
  line: JournalLine
  bytes: Buffer
  resolve: (line: JournalLine) => void
  reject: (error: Error) => void
}

/** An entry is not known to be on disk, and nothing more can be written with this handle. */
export class JournalBroken extends Error {}

/**
 * Opens a journal, or makes a new one, and verifies the whole chain. A torn last line is moved aside to
 * `<path>.torn-<time>` and reported in a `journal.torn` entry before anything else is written.
 */
export const openJournal = async (options: JournalOptions): Promise<OpenedJournal> => {
  const { disk = realDisk } = options
  const settings: Settings = {
    leastSpaceBytes: 8 * 1024 * 1024,
    reserveBytes: 256 * 1024,
    reader: async () => () => undefined,
    openFile: disk.openFile,
    freeBytes: disk.freeBytes,
    disk,
    ...options,
  }
  try {
    await disk.makeFolder(dirname(settings.path))
    const lock = await disk.lock(settings.path)
    if (lock.kind !== 'held') return lock
    const opened = await openLocked(settings, lock).catch((error: unknown) => {
      return { kind: 'failed', why: whyOf(error) } as const
    })
    if (opened.kind !== 'open') await lock.release()
    return opened
  } catch (error) {
    return { kind: 'failed', why: whyOf(error) }
  }
}

const openLocked = async (
  settings: Settings,
  lock: Extract<Lock, { kind: 'held' }>,
): Promise<OpenedJournal> => {
  const file = await settings.openFile(settings.path)
  const opened = await openFile(settings, lock, file).catch((error: unknown) => {
    return { kind: 'failed', why: whyOf(error) } as const
  })
  if (opened.kind !== 'open') await file.close()
  return opened
}

const openFile = async (
  settings: Settings,
  lock: Extract<Lock, { kind: 'held' }>,
  file: JournalFile,
): Promise<OpenedJournal> => {
  await file.chmod(0o600)
  await settings.disk.syncFolder(dirname(settings.path))
  const hear = await settings.reader()
  const chain = await readChain(file, hear)
  if (chain.kind === 'broken') return chain
  const journal = new Journal({ settings, lock, file, head: chain.head, length: chain.length })
  // Room first: moving a torn line aside and saying so takes some.
  await journal.spaceLeft()
  if (chain.torn !== null) {
    await settings.disk.writeNewFile(await freeTornName(settings), chain.torn)
    await file.truncate(chain.length)
    await file.datasync()
  }
  // Also those of an earlier start that was cut short between moving aside and saying so.
  for (const name of await tornFiles(settings)) {
    if (chain.reported.has(name)) continue
    const bytes = (await settings.disk.sizeOf(join(dirname(settings.path), name))) ?? 0
    hear(await journal.append({ type: 'journal.torn', keptAside: name, bytes }))
  }
  return { kind: 'open', journal }
}

const tornFiles = async ({ path, disk }: Settings): Promise<string[]> => {
  const names = await disk.names(dirname(path))
  return names.filter((name) => name.startsWith(`${basename(path)}.torn-`)).sort()
}

const freeTornName = async (settings: Settings): Promise<string> => {
  const { path, clock } = settings
  const name = `${path}.torn-${new Date(clock.now()).toISOString().replaceAll(':', '')}`
  const taken = new Set(await tornFiles(settings))
  for (let again = 0; ; again++) {
    const candidate = again === 0 ? name : `${name}-${again}`
    if (!taken.has(basename(candidate))) return candidate
  }
}

export class Journal {
  readonly #settings: Settings
  readonly #lock: Extract<Lock, { kind: 'held' }>
  readonly #file: JournalFile
  readonly #found: ChainHead
  /** Of the last line that was given out, on disk or not. */
  #tip: ChainHead
  /** Of the last line that is on disk, and where it ends. */
  #head: ChainHead
  #length: number
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null
  #trouble: string | null = null
  #closed = false

  constructor(made: {
    settings: Settings
    lock: Extract<Lock, { kind: 'held' }>
    file: JournalFile
    head: ChainHead
    length: number
  }) {
    this.#settings = made.settings
    this.#lock = made.lock
    this.#file = made.file
    this.#found = made.head
    this.#tip = made.head
    this.#head = made.head
    this.#length = made.length
  }

  /**
   * Puts an entry on disk. Resolves with its line when it is there; rejects with `JournalBroken` when that is not known.
   * Entries keep the order of the calls.
   */
  async append(entry: JournalEntry): Promise<JournalLine> {
    if (this.#trouble !== null) throw new JournalBroken(this.#trouble)
    // An entry that cannot be read back must never be written; nor what the schema does not name.
    const checked = JournalEntry.parse(entry)
    const at = new Date(this.#settings.clock.now()).toISOString()
    const { line, bytes } = nextLine(this.#tip, at, checked)
    this.#tip = { sequence: line.sequence, hash: line.hash }
    const { promise, resolve, reject } = Promise.withResolvers<JournalLine>()
    this.#waiting.push({ line, bytes, resolve, reject })
    this.#writing ??= this.#write()
    return promise
  }

  /** Every line on disk at this moment, the first first. Throws if one has changed since it was verified. */
  entries(): AsyncGenerator<JournalLine> {
    return readLines(this.#file, this.#length)
  }

  /** The last line on disk: what a heartbeat and a collection slip carry, so that omission shows (P6). */
  head(): ChainHead {
    return this.#head
  }

  /** The last line that stood on disk when the journal was opened: nothing of this run is in it. */
  found(): ChainHead {
    return this.#found
  }

  /** Where the line of this number stands, and its hash; null when there is none. */
  placeOf(sequence: number): Promise<Place | null> {
    return placeOf(this.#file, this.#length, sequence)
  }

  /** Lines on disk behind a place exactly as they stand there, as many as fit; at least one if there is one. */
  linesAfter(
    after: Place,
    most: { lines: number; bytes: number },
  ): Promise<{ lines: string[]; last: Place }> {
    return linesAfter(this.#file, this.#length, after, most)
  }

  /** Why nothing can be written any more; null while the journal works. */
  trouble(): string | null {
    return this.#trouble
  }

  /**
   * Free bytes of the disk, and whether they are enough to begin a sale (J6). With too few the reserve is given up, so
   * that the sale under way can be closed; with enough again it is made again.
   */
  async spaceLeft(): Promise<{ bytes: number; enough: boolean }> {
    const { path, leastSpaceBytes, reserveBytes, disk } = this.#settings
    const reserve = `${path}.reserve`
    const bytes = await this.#settings.freeBytes(dirname(path))
    const enough = bytes >= leastSpaceBytes
    const kept = await disk.sizeOf(reserve)
    if (enough && kept === null) {
      await disk
        .writeNewFile(reserve, Buffer.alloc(reserveBytes, 'reserve '))
        .catch(() => undefined)
    }
    if (!enough && kept !== null) await disk.remove(reserve)
    return { bytes, enough }
  }

  /** Waits for what is under way, then lets go of file and lock. Nothing can be appended afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#trouble ??= 'the journal is closed'
    await this.#writing
    await this.#file.close()
    await this.#lock.release()
  }

  async #write(): Promise<void> {
    // One turn later, so that entries appended together share one sync.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0)
      try {
        const bytes = Buffer.concat(together.map((each) => each.bytes))
        await this.#writeAll(bytes)
        await this.#file.datasync()
        this.#length += bytes.length
      } catch (error) {
        this.#break(whyOf(error), together)
        break
      }
      for (const { line, resolve } of together) {
        this.#head = { sequence: line.sequence, hash: line.hash }
        resolve(line)
      }
    }
    this.#writing = null
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, null)
      if (bytesWritten === 0) throw new Error('the disk took no bytes')
      done += bytesWritten
    }
  }

  #break(why: string, together: Waiting[]): void {
    this.#trouble = why
    for (const { reject } of [...together, ...this.#waiting.splice(0)]) {
      reject(new JournalBroken(why))
    }
  }
}
