// What was recorded is said and told again by the drivers that ship; one that did otherwise would be found.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseRecording, type Recording } from '../recording.ts'
import type { Trace } from '../trace.ts'
import { cashTaken } from './cash.ts'
import { driven } from './driving.ts'
import { verdictOnCash, verdictOnLine } from './verdicts.ts'

const folder = join(import.meta.dirname, '../recordings')
const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'))

const recordingOf = (name: string): Recording => {
  const read = parseRecording(readFileSync(join(folder, name), 'utf8'))
  if (read.kind === 'problem') throw new Error(read.problem)
  return read.recording
}
const changed = (recording: Recording, change: (trace: Trace) => Trace): Recording => ({
  ...recording,
  traces: recording.traces.map(change),
})
const lineOf = (name: string) => (name.startsWith('paper') ? 'printer' : 'notes')

describe.each(files)('%s', (name) => {
  const recording = recordingOf(name)

  const spoken = Object.entries(recording.heading.lines).flatMap(([line, { spec }]) =>
    spec.protocol === 'unknown' ? [] : [line],
  )
  it.each(spoken)('is lived through again on line %s', async (line) => {
    const result = await driven(recording, line)
    expect(verdictOnLine(result)).toContain('what it did then')
    expect(result.kind).toBe('same')
  })

  it('is lived through again by the machine that takes notes', async () => {
    const taken = await cashTaken(recording)
    expect(taken.map(({ kind }) => kind)).toEqual(taken.map(() => 'same'))
  })

  it('tells of the fault it was kept for', async () => {
    const result = await driven(recording, lineOf(name))
    const told = result.kind === 'same' ? result.told : []
    const kinds = told.flatMap(({ type, fault }) =>
      type.endsWith('.failed') && typeof fault === 'object' && fault !== null && 'kind' in fault
        ? [fault.kind]
        : [],
    )
    expect(kinds).toContain(recording.heading.faults[0]?.fault)
  })
})

describe('a driver that is not the one of the recording', () => {
  const jam = 'jam-while-stacking.ndjson'

  it('is found where it first says something else', async () => {
    const recording = recordingOf(jam)
    // In the recording the note is given back (08) where it was acknowledged (57).
    const other = changed(recording, (trace) =>
      trace.kind === 'clear' && trace.way === 'out' && trace.bytes[0] === 0x57
        ? { ...trace, bytes: Uint8Array.of(0x08) }
        : trace,
    )
    const result = await driven(other, 'notes')
    expect(result).toMatchObject({ kind: 'said otherwise', recorded: '08', said: '57' })
    expect(verdictOnLine(result)).toContain('the driver said "08"; now it says "57"')
  })

  it('is found where it first tells something else', async () => {
    const other = changed(recordingOf(jam), (trace) =>
      trace.kind === 'event' && trace.event.type === 'note.escrowed'
        ? { ...trace, event: { ...trace.event, value: 5000 } }
        : trace,
    )
    expect(await driven(other, 'notes')).toMatchObject({
      kind: 'told otherwise',
      recorded: { type: 'note.escrowed', value: 5000 },
      told: { type: 'note.escrowed', value: 1000 },
    })
  })

  it('is found when it falls silent', async () => {
    const recording = recordingOf(jam)
    // Nobody opens it any more: what it said because of that, it does not say.
    const other = changed(recording, (trace) =>
      trace.kind === 'event' && trace.event.type === 'note-acceptor.open'
        ? { ...trace, to: 'nobody' }
        : trace,
    )
    expect((await driven(other, 'notes')).kind).toBe('said otherwise')
  })

  it('is not looked for where the conversation began before all that is left', async () => {
    const recording = recordingOf(jam)
    const { heading } = recording
    const spec = heading.lines['notes']?.spec ?? { protocol: 'unknown' as const, device: '' }
    const late = { ...heading, lines: { notes: { spec, heldFrom: null } } }
    expect((await driven({ ...recording, heading: late }, 'notes')).kind).toBe('not driven')
  })
})

describe('a machine that is not the one of the recording', () => {
  it('is found at the first step that differs', async () => {
    const recording = recordingOf('jam-while-stacking.ndjson')
    const [same] = await cashTaken(recording)
    expect(same?.kind).toBe('same')
    const other = changed(recording, (trace) =>
      trace.kind === 'moved' && trace.state === 'journallingCredit'
        ? { ...trace, state: 'journallingUnknown' }
        : trace,
    )
    const [taken] = await cashTaken(other)
    expect(taken).toMatchObject({ kind: 'otherwise', done: 'journallingCredit' })
    expect(taken && verdictOnCash(taken)).toContain('was "journallingUnknown"')
  })
})
