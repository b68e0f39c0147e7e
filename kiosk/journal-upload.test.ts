// The journal on its way to the centre, over a line that loses, doubles and holds up whatever it likes (P6).
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { centreMessages } from '../domain/centre-messages.ts'
import { sha256 } from '../domain/journal-chain.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { manualClock } from '../test/manual-clock.ts'
import { centreClient } from './centre-client.ts'
import { openJournal, type Journal } from './journal.ts'
import { journalUpload, uploadTimes, type JournalUpload } from './journal-upload.ts'

let folder: string
let kit: CentreKit
let kiosks = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-upload-'))
  kit = await centreKit({ place: { kind: 'file', path: join(folder, 'centre.sqlite') } })
})
afterAll(async () => {
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
})

type LineFault = 'request lost' | 'answer lost' | 'doubled' | 'held up' | 'too late'

/** One kiosk that the centre knows: its disk, its uploading, and the line between. */
const oneKiosk = async () => {
  const clock = manualClock(undefined, ++kiosks)
  const number = KioskNumber.parse(String(900_000_000_000 + kiosks))
  await kit
    .store()
    .transact((work) =>
      work.insertInto('kiosks').values({ kiosk: number, place: 'here' }).execute(),
    )
  const path = join(folder, number, 'journal.ndjson')
  const faults: LineFault[] = []
  const heldUp: string[] = []
  let working = 0
  let away = false
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    working++
    try {
      return await work
    } finally {
      working--
    }
  }
  const handle = (body: string) => kit.centre().handle('journal', JSON.parse(body))
  const post = async (body: string): Promise<Response> => {
    const lost = new TypeError('the line broke')
    const fault = faults.shift()
    if (away || fault === 'request lost') throw lost
    if (fault === 'held up') {
      heldUp.push(body)
      throw lost
    }
    const { status, text } = await handle(body)
    if (fault === 'doubled') await handle(body)
    if (fault === 'too late') heldUp.push(body)
    if (fault === 'answer lost' || fault === 'too late') throw lost
    return new Response(text, { status })
  }
  const centre = centreClient({
    url: 'http://centre',
    kiosk: number,
    clock,
    fetch: (_, init) => during(post(typeof init?.body === 'string' ? init.body : '')),
  })
  let journal: Journal
  let upload: JournalUpload
  let stop: AbortController
  let running: Promise<void>
  const troubles: string[] = []
  let anchored = false
  const start = async () => {
    const opened = await openJournal({ path, clock })
    if (opened.kind !== 'open') throw new Error(opened.kind)
    journal = opened.journal
    anchored = false
    stop = new AbortController()
    const disk = journal
    upload = journalUpload({
      journal: {
        found: () => disk.found(),
        head: () => disk.head(),
        placeOf: (...of) => during(disk.placeOf(...of)),
        linesAfter: (...of) => during(disk.linesAfter(...of)),
      },
      centre,
      clock,
      anchored: () => {
        anchored = true
      },
      unanchored: () => undefined,
      trouble: (why) => troubles.push(why),
      report: () => undefined,
    })
    // As every start of a kiosk does.
    await journal.append({ type: 'kiosk.started', boot: 1, version: 'upload' })
    running = upload.run(stop.signal)
  }
  const quiet = async () => {
    for (let still = 0; still < 3;) {
      await new Promise((resolve) => void setImmediate(resolve))
      still = working === 0 ? still + 1 : 0
    }
  }
  const self = {
    clock,
    path,
    faults,
    troubles,
    /** Requests that were given up by the kiosk and are still on their way. */
    heldUp,
    anchored: () => anchored,
    goAway: (now: boolean) => {
      away = now
    },
    write: async (entries: number, words = 'something') => {
      for (let count = 0; count < entries; count++) {
        await journal.append({ type: 'fault.raised', device: 'test', fault: words, detail: '"\\é' })
        upload.appended()
      }
      await quiet()
    },
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 500) {
        await quiet()
        await clock.advance(500)
      }
      await quiet()
    },
    stop: async () => {
      stop.abort()
      await clock.advance(0)
      await running
      await journal.close()
    },
    start,
    restart: async (meanwhile: () => void = () => undefined) => {
      await self.stop()
      meanwhile()
      await start()
    },
    deliver: async () => {
      for (const body of heldUp.splice(0)) await handle(body)
    },
    onDisk: () => readFileSync(path, 'utf8').split('\n').slice(0, -1),
    atCentre: async () => {
      const rows = await kit
        .store()
        .read.selectFrom('journal_lines')
        .select(['line', 'sequence'])
        .where('kiosk', '=', number)
        .orderBy('sequence')
        .execute()
      return rows.map(({ line }) => line)
    },
    alarms: async () => {
      const rows = await kit
        .store()
        .read.selectFrom('alarms')
        .select('kind')
        .where('kiosk', '=', number)
        .orderBy('alarm')
        .execute()
      return rows.map(({ kind }) => kind)
    },
  }
  await start()
  return self
}
type OneKiosk = Awaited<ReturnType<typeof oneKiosk>>

type Act =
  | { do: 'write'; entries: number }
  | { do: 'wait'; ms: number }
  | { do: 'line'; fault: LineFault }
  | { do: 'restart kiosk' }
  /** Everything that is asked meanwhile is still on the line when the next process begins. */
  | { do: 'die while asking' }
  | { do: 'restart centre' }
  | { do: 'deliver' }

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write' as const), entries: fc.nat({ max: 5 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(500, 2_500, 10_000, uploadTimes.headEveryMs),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('line' as const),
      fault: fc.constantFrom<LineFault[]>(
        'request lost',
        'answer lost',
        'doubled',
        'held up',
        'too late',
      ),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'restart kiosk' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'die while asking' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'restart centre' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'deliver' }) },
)

const perform = async (kiosk: OneKiosk, act: Act): Promise<void> => {
  switch (act.do) {
    case 'write':
      return kiosk.write(act.entries)
    case 'wait':
      return kiosk.pass(act.ms)
    case 'line':
      return void kiosk.faults.push(act.fault)
    case 'restart kiosk':
      return kiosk.restart()
    case 'die while asking':
      kiosk.faults.push(...Array<LineFault>(10).fill('held up'))
      await kiosk.write(2)
      await kiosk.pass(4_000)
      kiosk.faults.splice(0)
      return kiosk.restart()
    case 'restart centre':
      return kit.reopen()
    case 'deliver':
      return kiosk.deliver()
  }
}

const runs = Number(process.env['RUNS'] ?? 60)

describe('P6: a journal', () => {
  it('comes to the centre line by line, once and in order, whatever the line does, and no alarm is raised', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 25 }), async (what) => {
        const kiosk = await oneKiosk()
        try {
          for (const act of what) await perform(kiosk, act)
          await kiosk.deliver()
          kiosk.faults.splice(0)
          await kiosk.pass(2 * uploadTimes.longestPauseMs)
          await kiosk.deliver()
          expect(await kiosk.atCentre()).toEqual(kiosk.onDisk())
          expect(await kiosk.alarms()).toEqual([])
          expect(kiosk.troubles).toEqual([])
          expect(kiosk.anchored()).toBe(true)
        } finally {
          await kiosk.stop()
        }
      }),
      { numRuns: runs, ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }) },
    )
  }, 120_000)

  it('of a year goes up in uploads that the centre takes', async () => {
    const kiosk = await oneKiosk()
    await kiosk.write(700, 'a fault that takes some words to tell, '.repeat(40))
    await kiosk.pass(20_000)
    expect(await kiosk.atCentre()).toEqual(kiosk.onDisk())
    await kiosk.stop()
  })

  it('goes on where it was when the centre comes back after a day', async () => {
    const kiosk = await oneKiosk()
    await kiosk.pass(5_000)
    kiosk.goAway(true)
    await kiosk.write(10)
    await kiosk.pass(uploadTimes.longestPauseMs * 4)
    kiosk.goAway(false)
    await kiosk.pass(uploadTimes.longestPauseMs * 1.1)
    expect(await kiosk.atCentre()).toEqual(kiosk.onDisk())
    await kiosk.stop()
  })
})

describe('P6: the centre finds', () => {
  let kiosk: OneKiosk
  beforeEach(async () => {
    kiosk = await oneKiosk()
    await kiosk.write(10)
    await kiosk.pass(5_000)
  })
  const copy = () => `${kiosk.path}.copy`

  it('a disk that was put back, once, however often that is started', async () => {
    copyFileSync(kiosk.path, copy())
    await kiosk.write(10)
    await kiosk.pass(5_000)
    await kiosk.restart(() => copyFileSync(copy(), kiosk.path))
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal rolled back'])
    expect([kiosk.anchored(), kiosk.troubles.length]).toEqual([false, 1])
    expect(kiosk.troubles[0]).toContain('the centre knows line 21 of this journal')
    expect(await kiosk.atCentre()).toHaveLength(21)
    await kiosk.restart(() => copyFileSync(copy(), kiosk.path))
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal rolled back'])
    await kiosk.stop()
  })

  it('a disk that was put back to before a line it has only heard of', async () => {
    await kiosk.write(500)
    // Of the next uploads only the first arrives: with it the head of all.
    kiosk.faults.push('doubled', ...Array<LineFault>(20).fill('request lost'))
    await kiosk.pass(2_500)
    const here = (await kiosk.atCentre()).length
    expect(here).toBeLessThan(511)
    kiosk.faults.splice(0)
    await kiosk.restart(() => truncateSync(kiosk.path, lengthOf(kiosk.path, here + 20)))
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal rolled back'])
    expect(kiosk.troubles[0]).toContain('the centre knows line 511')
    await kiosk.stop()
  })

  it('a new disk in a kiosk that it knows', async () => {
    await kiosk.restart(() => rmSync(kiosk.path))
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal rolled back'])
    expect(kiosk.anchored()).toBe(false)
    await kiosk.stop()
  })

  it('a journal that somebody cut at its end', async () => {
    await kiosk.restart(() => truncateSync(kiosk.path, lengthOf(kiosk.path, 10)))
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal rolled back'])
    expect(kiosk.troubles[0]).toContain('the disk ends with line 10')
    await kiosk.stop()
  })

  it('two disks that were made from one', async () => {
    copyFileSync(kiosk.path, copy())
    await kiosk.restart()
    await kiosk.pass(5_000)
    // The other disk was in use elsewhere, out of reach of the centre.
    await kiosk.restart(() => copyFileSync(copy(), kiosk.path))
    kiosk.goAway(true)
    await kiosk.write(5, 'another life')
    await kiosk.restart()
    kiosk.goAway(false)
    await kiosk.pass(30_000)
    expect(await kiosk.alarms()).toEqual(['journal fork'])
    expect(kiosk.anchored()).toBe(false)
    await kiosk.stop()
  })

  it('a line that was written anew, with everything after it', async () => {
    await kiosk.stop()
    rewrite(kiosk.path, 5, (line) => line.replace('something', 'nothing at all'))
    await kiosk.start()
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal fork'])
    await kiosk.stop()
  })

  it('a line that was altered on the disk while it waited for the centre', async () => {
    kiosk.goAway(true)
    await kiosk.write(3)
    const lines = readFileSync(kiosk.path, 'utf8')
    const at = lines.lastIndexOf('something')
    writeFileSync(kiosk.path, `${lines.slice(0, at)}sOmething${lines.slice(at + 9)}`)
    kiosk.goAway(false)
    await kiosk.pass(uploadTimes.longestPauseMs)
    expect(await kiosk.alarms()).toEqual(['journal altered'])
    expect(kiosk.troubles).toEqual(['line 14 of the journal is not what it was'])
    await kiosk.stop()
  })

  it('that lines are missing, and is sent them all the same', async () => {
    const { answer } = await askAs(kiosk, { answering: null, after: 0, lines: [] })
    const last = kiosk.onDisk().at(-1) ?? ''
    const gap = await askAs(kiosk, { answering: answer, after: 12, lines: [last] })
    expect(gap).toMatchObject({ kind: 'gap', through: 11 })
    await kiosk.write(3)
    await kiosk.pass(5_000)
    expect(await kiosk.alarms()).toEqual(['journal gap'])
    expect(await kiosk.atCentre()).toEqual(kiosk.onDisk())
    await kiosk.stop()
  })
})

it('P6: a centre that was restored from an older backup is sent again what it has lost, and raises no alarm', async () => {
  const kiosk = await oneKiosk()
  const books = join(folder, 'centre.sqlite')
  await kiosk.write(5)
  await kiosk.pass(5_000)
  await kit.reopen(() => copyFileSync(books, `${books}.backup`))
  await kiosk.write(5)
  await kiosk.pass(5_000)
  await kit.reopen(() => copyFileSync(`${books}.backup`, books))
  expect(await kiosk.atCentre()).toEqual(kiosk.onDisk().slice(0, 6))
  await kiosk.pass(uploadTimes.headEveryMs)
  expect(await kiosk.atCentre()).toEqual(kiosk.onDisk())
  expect([await kiosk.alarms(), kiosk.troubles]).toEqual([[], []])
  await kiosk.stop()
})

it('a centre that contradicts itself is asked once a second, and not as fast as it answers', async () => {
  const clock = manualClock()
  const opened = await openJournal({ path: join(folder, 'contradicted', 'journal.ndjson'), clock })
  if (opened.kind !== 'open') throw new Error(opened.kind)
  let asked = 0
  const silent = () => undefined
  const upload = journalUpload({
    journal: opened.journal,
    clock,
    centre: centreClient({
      url: 'http://centre',
      kiosk: KioskNumber.parse('900000999999'),
      clock,
      fetch: () => {
        asked++
        return Promise.resolve(new Response('{"kind":"gap","through":0,"answer":1}'))
      },
    }),
    anchored: silent,
    unanchored: silent,
    trouble: silent,
    report: silent,
  })
  const stop = new AbortController()
  const running = upload.run(stop.signal)
  await clock.advance(10_000)
  expect(asked).toBeGreaterThan(5)
  expect(asked).toBeLessThan(20)
  stop.abort()
  await running
  await opened.journal.close()
})

/** Where the line of this number ends, in bytes. */
const lengthOf = (path: string, line: number): number =>
  Buffer.byteLength(
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, line)
      .map((text) => `${text}\n`)
      .join(''),
  )

/** Changes a line and makes hashes that fit, as somebody does who knows how. */
const rewrite = (path: string, number: number, change: (line: string) => string): void => {
  let previous = '0'.repeat(64)
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  const changed = lines.map((line, at) => {
    const body = (at === number - 1 ? change(line) : line)
      .replace(/"previous":"[0-9a-f]{64}"/, `"previous":"${previous}"`)
      .replace(/,"hash":"[0-9a-f]{64}"}$/, '}')
    previous = sha256(body)
    return `${body.slice(0, -1)},"hash":"${previous}"}\n`
  })
  writeFileSync(path, changed.join(''))
}

/** A message that no kiosk of ours makes. */
const askAs = async (
  kiosk: OneKiosk,
  asked: { answering: number | null; after: number; lines: string[] },
) => {
  const last = JSON.parse(kiosk.onDisk().at(-1) ?? '{}') as { sequence: number; hash: string }
  const { sequence, hash } = last
  const { status, text } = await kit.centre().handle('journal', {
    requestId: kiosk.clock.ids.request(),
    kiosk: kiosk.path.split('/').at(-2),
    head: { sequence, hash },
    ...asked,
  })
  expect({ status, text }).toMatchObject({ status: 200 })
  return centreMessages.journal.reply.parse(JSON.parse(text))
}
