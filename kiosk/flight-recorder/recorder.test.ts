// A window around every fault: all that was inside it is in its file, and the files never fill the disk.
import * as fc from 'fast-check'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { rig } from '../../test/flight-recorder/rig.ts'
import { realDisk } from '../disk.ts'
import { driven } from './replay/driving.ts'
import { recordingFolder } from './folder.ts'
import { parseRecording, type Recording } from './recording.ts'
import { flightRecorder } from './recorder.ts'

const limits = {
  beforeMs: 1_000,
  afterMs: 500,
  longestMs: 4_000,
  ring: { bytes: 20_000, ms: 8_000 },
}

const read = (text: string): Recording => {
  const parsed = parseRecording(text)
  if (parsed.kind === 'problem') throw new Error(parsed.problem)
  return parsed.recording
}

const recording = () => {
  const clock = manualClock()
  const texts: string[] = []
  const keep = ({ text }: { text: string }) => {
    texts.push(text)
    return Promise.resolve('kept')
  }
  const recorder = flightRecorder({
    clock,
    kiosk: '1',
    version: 'test',
    lines: { wire: { protocol: 'unknown', device: 'thing' } },
    folder: { keep },
    limits,
  })
  return { clock, recorder, files: () => texts.map(read) }
}

const steps = fc.array(
  fc.record({
    passMs: fc.nat({ max: 900 }),
    does: fc.constantFrom('bytes', 'bytes', 'bytes', 'fault'),
  }),
  { maxLength: 40 },
)

describe('a window', () => {
  it('has everything that happened inside it, and every fault is in one', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { clock, recorder, files } = recording()
        const happened: { at: number; length: number }[] = []
        const faults: number[] = []
        for (const [nth, { passMs, does }] of all.entries()) {
          await clock.advance(passMs)
          const at = clock.monotonic()
          if (does === 'fault') {
            faults.push(at)
            recorder.fault('thing', 'stuck')
          } else {
            // Nothing is known of this protocol, so only how long it was is left: enough to know it by.
            recorder.overhear('wire')('in', new Uint8Array(nth + 1))
            happened.push({ at, length: nth + 1 })
          }
        }
        await recorder.stop()
        const kept = files()
        expect(kept.flatMap(({ heading }) => heading.faults.map(({ at }) => at))).toEqual(faults)
        for (const { heading, traces } of kept) {
          const inside = happened.filter(({ at }) => at >= heading.from && at <= heading.until)
          const lengths = traces.map((trace) =>
            'bytes' in trace && trace.kind === 'clear' ? trace.bytes.length : 0,
          )
          expect(lengths).toEqual(inside.map(({ length }) => length))
          expect(heading.until - heading.from).toBeLessThanOrEqual(limits.longestMs)
          for (const { at } of heading.faults) {
            expect(heading.from).toBeLessThanOrEqual(
              at - Math.min(limits.beforeMs, at - heading.from),
            )
            expect(heading.until).toBeGreaterThanOrEqual(at)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is one for faults that come one after the other', async () => {
    const { clock, recorder, files } = recording()
    recorder.fault('thing', 'stuck')
    await clock.advance(400)
    recorder.fault('thing', 'open')
    await clock.advance(2_000)
    const [file, ...others] = files()
    expect(others).toEqual([])
    expect(file?.heading.faults.map(({ fault }) => fault)).toEqual(['stuck', 'open'])
    expect(file?.heading.until).toBe(900)
  })

  it('says so when there was more than the memory holds', async () => {
    const { clock, recorder, files } = recording()
    for (let chunk = 0; chunk < 10; chunk += 1)
      recorder.overhear('wire')('in', new Uint8Array(3_000))
    recorder.fault('thing', 'stuck')
    await clock.advance(1_000)
    expect(files()[0]?.heading.cut).toBe(true)
  })

  it('that begins in the middle of a sale goes back to where it began', async () => {
    const it = await rig()
    await it.hears('note-acceptor.tallied')
    await it.pass(100_000)
    it.pay()
    await it.hears('note-acceptor.opened')
    const begun = it.clock.monotonic()
    await it.pass(150_000)
    await it.insert(2000)
    await it.hears('note.stacking')
    it.notes.jam('unsafe')
    await it.hears('note-acceptor.failed')
    await it.pass(40_000)
    await it.stop()
    const kept = read(it.files[0]?.text ?? '')
    expect(kept.heading.from).toBeLessThanOrEqual(begun)
    expect(kept.traces.some(({ kind }) => kind === 'gap')).toBe(true)
    expect(await driven(kept, 'notes')).toMatchObject({ kind: 'same' })
  })
})

describe('the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-flight-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const names = () => readdirSync(folder).sort()

  it('never holds more than it may; the oldest goes first', async () => {
    const kept = recordingFolder(folder, { bytes: 1_000, files: 3 }, realDisk)
    for (let hour = 1; hour <= 5; hour += 1) {
      await kept.keep({
        wallMs: Date.UTC(2026, 0, 1, hour),
        cause: 'A jam!',
        text: 'x'.repeat(300),
      })
      const bytes = names().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
      expect(bytes).toBeLessThanOrEqual(1_000)
    }
    expect(names()).toEqual([
      '20260101T030000Z-a-jam-.ndjson',
      '20260101T040000Z-a-jam-.ndjson',
      '20260101T050000Z-a-jam-.ndjson',
    ])
    await kept.keep({ wallMs: Date.UTC(2026, 0, 1, 6), cause: 'a jam', text: 'y'.repeat(900) })
    expect(names()).toEqual(['20260101T060000Z-a-jam.ndjson'])
  })

  it('keeps two faults of one second, and nothing that is too long or leaves the journal no room', async () => {
    const kept = recordingFolder(folder, { bytes: 1_000, files: 3 }, realDisk)
    const fault = { wallMs: 0, cause: 'jam', text: 'one' }
    await kept.keep(fault)
    const path = await kept.keep({ ...fault, text: 'two' })
    expect(readFileSync(path ?? '', 'utf8')).toBe('two')
    expect(names()).toEqual(['19700101T000000Z-jam-2.ndjson', '19700101T000000Z-jam.ndjson'])
    expect(await kept.keep({ ...fault, text: 'x'.repeat(1_001) })).toBeNull()
    const full = { ...realDisk, freeBytes: () => Promise.resolve(100_000_000) }
    expect(await recordingFolder(folder, { bytes: 1_000, files: 3 }, full).keep(fault)).toBeNull()
    expect(names()).toHaveLength(2)
  })
})

describe('a file', () => {
  it('that is none says in which line', () => {
    const heading =
      '{"recording":1,"kiosk":"1","version":"1","wallAtFrom":0,"from":0,"until":1,"cut":false,"faults":[],"lines":{}}'
    for (const [text, line] of [
      ['', 1],
      ['{}', 1],
      [`${heading}\n{"at":1,"kind":"bytes","line":"a","way":"in","hex":"0"}`, 2],
      [`${heading}\n{"at":1,"kind":"gap","line":"a"}\nnot JSON`, 3],
    ] as const) {
      const parsed = parseRecording(text)
      expect(parsed.kind === 'problem' && parsed.problem).toContain(`line ${line} `)
    }
  })
})

describe('a fault that has passed', () => {
  it('does not make the next window begin with it', async () => {
    const it = await rig()
    await it.hears('note-acceptor.tallied')
    it.notes.removeCashBox()
    await it.hears('note-acceptor.failed')
    it.notes.replaceCashBox()
    await it.hears('note-acceptor.cleared')
    await it.pass(200_000)
    it.notes.fillUp()
    await it.hears('note-acceptor.failed', 2)
    await it.pass(40_000)
    await it.stop()
    const [first, second] = it.files.map(({ text }) => read(text))
    expect(first?.heading.faults[0]?.fault).toBe('cash box removed')
    expect(second?.heading.faults[0]?.fault).toBe('cash box full')
    const [fault] = second?.heading.faults ?? []
    expect(second?.heading.from).toBe((fault?.at ?? 0) - 60_000)
    expect(second && (await driven(second, 'notes'))).toMatchObject({ kind: 'same' })
  })
})
