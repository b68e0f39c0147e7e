import { execFile } from 'node:child_process'
import { mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { manualClock } from '../test/manual-clock.ts'
import { noHead } from '../domain/journal-chain.ts'
import { readChain } from './journal-reading.ts'
import {
  JournalBroken,
  openJournal,
  type Journal,
  type JournalFile,
  type JournalOptions,
} from './journal.ts'

const clock = manualClock()
let folder = ''
let path = ''
const opened: Journal[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
  path = join(folder, 'data', 'journal.ndjson')
})
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close()
  await rm(folder, { recursive: true })
})

const journalAt = async (more: Partial<JournalOptions> = {}): Promise<Journal> => {
  const result = await openJournal({ path, clock, ...more })
  if (result.kind !== 'open') throw new Error(JSON.stringify(result))
  opened.push(result.journal)
  return result.journal
}
const started = (boot: number): JournalEntry => ({ type: 'kiosk.started', boot, version: '1' })
const note = (): JournalEntry => ({
  type: 'note.stacked',
  saleId: clock.ids.sale(),
  noteId: clock.ids.note(),
  value: minor(2000),
})
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
const linesOf = async (journal: Journal) => collect(journal.entries())
const entriesOf = async (journal: Journal) => (await linesOf(journal)).map(({ entry }) => entry)
/** A closed journal of three entries, as bytes. */
const threeLines = async (): Promise<Buffer> => {
  const journal = await journalAt()
  for (const boot of [1, 2, 3]) await journal.append(started(boot))
  await journal.close()
  return readFile(path)
}

/** A file in memory that can be read. */
const fileOf = (content: Buffer): Parameters<typeof readChain>[0] => ({
  stat: () => Promise.resolve({ size: content.length }),
  read: (into, from, length, position) =>
    Promise.resolve({ bytesRead: content.copy(into, from, position, position + length) }),
})

/** A real file whose calls can be made to fail, and are counted. */
const faulty = () => {
  const calls = { write: 0, datasync: 0 }
  const fail: { write?: string; datasync?: string; short?: number } = {}
  const failed = (code: string) => Object.assign(new Error(`${code}: injected`), { code })
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await open(name, 'a+', 0o600)
    const write = file.write.bind(file)
    const datasync = file.datasync.bind(file)
    return Object.assign(file, {
      write: async (bytes: Buffer, from: number, length: number) => {
        calls.write++
        if (fail.write !== undefined) {
          await write(bytes, from, fail.short ?? 0, null)
          throw failed(fail.write)
        }
        return write(bytes, from, Math.min(fail.short ?? length, length), null)
      },
      datasync: () => {
        calls.datasync++
        return fail.datasync === undefined ? datasync() : Promise.reject(failed(fail.datasync))
      },
    })
  }
  return { calls, fail, openFile }
}

describe('the journal', () => {
  it('P1: has every acknowledged entry on disk, in order, when it is opened again', async () => {
    const journal = await journalAt()
    const entries = [started(1), note(), note()]
    for (const entry of entries) await journal.append(entry)
    await journal.close()
    expect(await entriesOf(await journalAt())).toEqual(entries)
  })

  it('numbers its lines from 1, dates them and chains each to the one before', async () => {
    const journal = await journalAt()
    expect(journal.head()).toEqual(noHead)
    await journal.append(started(1))
    const last = await journal.append(started(2))
    const lines = await linesOf(journal)
    expect(lines.map(({ sequence }) => sequence)).toEqual([1, 2])
    expect(lines[0]?.previous).toBe('0'.repeat(64))
    expect(lines[1]?.previous).toBe(lines[0]?.hash)
    expect(lines[1]?.at).toBe(new Date(clock.now()).toISOString())
    expect(journal.head()).toEqual({ sequence: 2, hash: last.hash })
    await journal.close()
    expect((await journalAt()).head()).toEqual({ sequence: 2, hash: last.hash })
  })

  it('writes each line as its own evidence: SHA-256 over the line without its hash member', async () => {
    const [line = ''] = (await threeLines()).toString().split('\n')
    const { hash, ...rest } = JSON.parse(line)
    const { createHash } = await import('node:crypto')
    expect(createHash('sha256').update(JSON.stringify(rest)).digest('hex')).toBe(hash)
  })

  it('is readable by the kiosk alone', async () => {
    await journalAt()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700)
  })

  it('keeps the order of the calls when a thousand come at once, in few syncs', async () => {
    const { calls, openFile } = faulty()
    const journal = await journalAt({ openFile })
    await Promise.all(Array.from({ length: 1000 }, (_, at) => journal.append(started(at))))
    expect((await entriesOf(journal)).map((entry) => 'boot' in entry && entry.boot)).toEqual(
      Array.from({ length: 1000 }, (_, at) => at),
    )
    expect(calls).toEqual({ write: 1, datasync: 1 })
  })

  it('shares one sync among the entries that came while another was under way, and no more', async () => {
    const { calls, openFile } = faulty()
    const disk = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const journal = await journalAt({
      openFile: async (name) => {
        const file = await openFile(name)
        const datasync = file.datasync.bind(file)
        const slowly = async () => {
          reached.resolve()
          await disk.promise
          await datasync()
        }
        return Object.assign(file, { datasync: slowly })
      },
    })
    const first = journal.append(started(1))
    await reached.promise
    const more = [journal.append(started(2)), journal.append(started(3))]
    disk.resolve()
    await Promise.all([first, ...more])
    expect(calls).toEqual({ write: 2, datasync: 2 })
  })

  it('P1: acknowledges nothing before the sync has returned', async () => {
    const disk = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const datasync = () => {
      reached.resolve()
      return disk.promise
    }
    const journal = await journalAt({
      openFile: async (name) => Object.assign(await faulty().openFile(name), { datasync }),
    })
    const appending = journal.append(started(1))
    await reached.promise
    let acknowledged = false
    void appending.finally(() => {
      acknowledged = true
    })
    await new Promise(setImmediate)
    expect(acknowledged).toBe(false)
    expect(journal.head()).toEqual(noHead)
    disk.resolve()
    await appending
    expect(journal.head().sequence).toBe(1)
  })

  it('finishes a write the system took only part of', async () => {
    const { openFile, fail } = faulty()
    const journal = await journalAt({ openFile })
    fail.short = 7
    await journal.append(started(1))
    expect(await entriesOf(journal)).toEqual([started(1)])
  })

  it('refuses an entry that could not be read back, and goes on', async () => {
    const journal = await journalAt()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const wrong = { type: 'kiosk.started', boot: 1.5, version: '1' } as JournalEntry
    await expect(journal.append(wrong)).rejects.toThrow('boot')
    await journal.append(started(1))
    expect(await entriesOf(journal)).toEqual([started(1)])
  })

  it('writes nothing that its schema does not name', async () => {
    const journal = await journalAt()
    const personal = { ...started(1), customer: 'L. Chen' }
    await journal.append(personal)
    expect(await readFile(path, 'utf8')).not.toContain('Chen')
  })
})

describe('a journal whose disk fails', () => {
  it.each(['write', 'datasync'] as const)(
    'P1: is broken for good after a failed %s, and never asks the disk again',
    async (call) => {
      const { calls, fail, openFile } = faulty()
      const journal = await journalAt({ openFile })
      await journal.append(started(1))
      fail[call] = 'EIO'
      await expect(journal.append(started(2))).rejects.toThrow(JournalBroken)
      delete fail[call]
      const before = { ...calls }
      await expect(journal.append(started(3))).rejects.toThrow('EIO')
      expect(calls).toEqual(before)
      expect(journal.trouble()).toContain('EIO')
      expect(journal.head().sequence).toBe(1)
    },
  )

  it('tells everyone who waits that their entry is not known to be on disk', async () => {
    const { fail, openFile } = faulty()
    const journal = await journalAt({ openFile })
    fail.datasync = 'EIO'
    const first = journal.append(started(1))
    await Promise.resolve()
    const outcomes = await Promise.allSettled([first, journal.append(started(2))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('P1: opens again after a full disk cut a line short, and has all that was acknowledged', async () => {
    const { fail, openFile } = faulty()
    const journal = await journalAt({ openFile })
    await journal.append(started(1))
    Object.assign(fail, { write: 'ENOSPC', short: 40 })
    await expect(journal.append(started(2))).rejects.toThrow('ENOSPC')
    await journal.close()
    const again = await entriesOf(await journalAt())
    expect(again[0]).toEqual(started(1))
    expect(again[1]).toMatchObject({ type: 'journal.torn', bytes: 40 })
  })

  it('says so when it cannot be opened', async () => {
    await writeFile(join(folder, 'data'), 'a file where the folder should be')
    expect((await openJournal({ path, clock })).kind).toBe('failed')
  })
})

describe('a journal after a power cut', () => {
  it('P1: loses nothing that was acknowledged, whichever byte of the last line was the last on disk', async () => {
    const whole = await threeLines()
    const lastLine = whole.subarray(0, -1).lastIndexOf('\n') + 1
    for (let kept = lastLine + 1; kept < whole.length; kept++) {
      await writeFile(path, whole.subarray(0, kept))
      const journal = await journalAt()
      const [first, second, torn, ...more] = await entriesOf(journal)
      expect([first, second]).toEqual([started(1), started(2)])
      expect(torn).toMatchObject({ type: 'journal.torn', bytes: kept - lastLine })
      expect(more).toEqual([])
      const aside = torn?.type === 'journal.torn' ? torn.keptAside : ''
      expect(await readFile(join(folder, 'data', aside))).toEqual(whole.subarray(lastLine, kept))
      await journal.close()
      await rm(join(folder, 'data', aside))
    }
  })

  it('takes sectors that were never written for a torn line', async () => {
    const whole = await threeLines()
    await writeFile(path, Buffer.concat([whole, Buffer.alloc(700)]))
    const entries = await entriesOf(await journalAt())
    expect(entries.slice(0, 3)).toEqual([started(1), started(2), started(3)])
    expect(entries[3]).toMatchObject({ type: 'journal.torn', bytes: 700 })
  })

  it('tells of a torn line that an earlier start moved aside without having time to say so', async () => {
    await threeLines()
    await writeFile(`${path}.torn-2026-11-23T164500.000Z`, 'half a li')
    const journal = await journalAt()
    const told = { type: 'journal.torn', keptAside: 'journal.ndjson.torn-2026-11-23T164500.000Z' }
    expect((await entriesOf(journal)).at(-1)).toEqual({ ...told, bytes: 9 })
    await journal.close()
    expect(await entriesOf(await journalAt())).toHaveLength(4)
  })

  it('keeps two torn lines of the same moment apart', async () => {
    const whole = await threeLines()
    for (const torn of ['{"a', '{"b']) {
      await writeFile(path, Buffer.concat([whole, Buffer.from(torn)]))
      await journalAt().then((journal) => journal.close())
    }
    const files = (await readdir(join(folder, 'data'))).filter((name) => name.includes('.torn-'))
    expect(files).toHaveLength(2)
  })
})

describe('a journal that was changed', () => {
  it('P6: is found broken whichever byte was changed, and in the right line', async () => {
    const whole = await threeLines()
    for (let at = 0; at < whole.length; at++) {
      const line = whole.subarray(0, at).toString('latin1').split('\n').length
      for (const to of [whole.readUInt8(at) ^ 1, 0, 0x0a]) {
        if (to === whole[at]) continue
        const changed = Buffer.from(whole)
        changed[at] = to
        const result = await readChain(fileOf(changed))
        expect(result, `byte ${at} as ${to}`).toMatchObject({ kind: 'broken', atLine: line })
      }
    }
  })

  it.each([
    ['omitted', (lines: string[]) => [lines[0], lines[2]], 2],
    ['doubled', (lines: string[]) => [lines[0], lines[0], lines[1]], 2],
    ['exchanged', (lines: string[]) => [lines[1], lines[0], lines[2]], 1],
  ])('P6: is found broken when a line was %s', async (_, change, atLine) => {
    const lines = (await threeLines()).toString().split('\n')
    await writeFile(path, `${change(lines).join('\n')}\n`)
    expect(await openJournal({ path, clock })).toMatchObject({ kind: 'broken', atLine })
  })

  it('P6: is found broken when a line was written anew without those after it', async () => {
    const lines = (await threeLines()).toString().split('\n')
    const { nextLine } = await import('./journal-chain.ts')
    const forged = nextLine(noHead, new Date(0).toISOString(), started(9)).bytes.toString()
    await writeFile(path, `${forged}${lines.slice(1).join('\n')}`)
    expect(await openJournal({ path, clock })).toMatchObject({ kind: 'broken', atLine: 2 })
  })

  it('is left as it is, for a person to look at', async () => {
    const whole = await threeLines()
    whole[30] = 0x20
    await writeFile(path, whole)
    await openJournal({ path, clock })
    expect(await readFile(path)).toEqual(whole)
  })

  it('throws when a line changes under it while it is open', async () => {
    const journal = await journalAt()
    await journal.append(started(1))
    await journal.append(started(2))
    await truncate(path, 20)
    await writeFile(path, `${'x'.repeat(19)}\n${'y'.repeat(1000)}`, { flag: 'r+' })
    await expect(linesOf(journal)).rejects.toThrow('line 1 of the journal')
  })
})

describe('the lock of a journal', () => {
  it('keeps a second program out while the first lives, and lets it in afterwards', async () => {
    const journal = await journalAt()
    expect(await openJournal({ path, clock })).toEqual({ kind: 'in use' })
    expect(
      await openJournal({ path: join(folder, 'data', '..', 'data', 'journal.ndjson'), clock }),
    ).toEqual({
      kind: 'in use',
    })
    await journal.close()
    await journalAt()
  })

  it('is gone when its holder was killed', async () => {
    await threeLines()
    const program = `
      import { openJournal } from ${JSON.stringify(join(import.meta.dirname, 'journal.ts'))}
      const opened = await openJournal({ path: ${JSON.stringify(path)}, clock: { now: () => 0 } })
      console.log(opened.kind)
      setInterval(() => {}, 1000)`
    const holder = execFile(process.execPath, ['--input-type=module-typescript', '-e', program])
    await new Promise((resolve) => void holder.stdout?.once('data', resolve))
    expect(await openJournal({ path, clock })).toEqual({ kind: 'in use' })
    const ended = new Promise((resolve) => void holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await ended
    expect(await entriesOf(await journalAt())).toHaveLength(3)
  })

  it('is let go of when the journal turns out to be broken', async () => {
    const whole = await threeLines()
    await writeFile(path, whole.subarray(1))
    expect((await openJournal({ path, clock })).kind).toBe('broken')
    await writeFile(path, whole)
    await journalAt()
  })
})

describe('the room of a journal', () => {
  it('J6: keeps a reserve, gives it up when the disk is nearly full, and makes it again later', async () => {
    let free = 100_000_000
    const journal = await journalAt({ freeBytes: () => Promise.resolve(free) })
    const reserved = () =>
      stat(`${path}.reserve`).then(
        ({ size }) => size,
        () => null,
      )
    expect(await reserved()).toBe(256 * 1024)
    expect(await journal.spaceLeft()).toEqual({ bytes: free, enough: true })
    free = 1_000_000
    expect(await journal.spaceLeft()).toEqual({ bytes: free, enough: false })
    expect(await reserved()).toBeNull()
    await journal.append(started(1))
    free = 100_000_000
    expect((await journal.spaceLeft()).enough).toBe(true)
    expect(await reserved()).toBe(256 * 1024)
  })

  it('asks the real disk unless it is told otherwise', async () => {
    const { bytes } = await (await journalAt()).spaceLeft()
    expect(bytes).toBeGreaterThan(0)
  })
})
