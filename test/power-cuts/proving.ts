// One store, one recording, many power cuts: what was acknowledged and is gone, and what does not hold.
import { spawn } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { readBlockLog, type BlockEntry } from './block-log.ts'
import { exportRecorded, makeImage, mountImage } from './disks.ts'
import { replay } from './image-replay.ts'
import { known, readNotebook, type Note } from './notebook.ts'

/** Enough for a store and its recovery; small enough to be copied at every cut. */
const diskMebibytes = 32

/** What is wrong after a cut: acknowledged records that are gone, and sentences on all else. */
export type Verdict = { lost: number; flaws: string[] }

export type ProvenStore = {
  name: string
  /** A program that works on the mounted disk: `node WRITER FOLDER LOG NOTEBOOK SEED`. */
  writer: string
  /** Opens what is in the folder with the production code, lets it recover, and judges. Leaves nothing open. */
  verify: (folder: string, notes: { sent: unknown[]; acknowledged: unknown[] }) => Promise<Verdict>
}

export type Proof = {
  store: string
  seed: number
  cuts: number
  acknowledged: number
  /** Cuts after which an acknowledged record was gone, and the most that were at once. */
  cutsWithLoss: number
  mostLost: number
  /** Sentences, each with its cut. */
  flaws: string[]
  ms: number
}

/** Records the writer once, then cuts the power so many times. `folder`: everything that reproduces a failure is there. */
export const prove = async (of: {
  store: ProvenStore
  folder: string
  seed: number
  cuts: number
  chance: (below: number) => number
}): Promise<Proof> => {
  const { store, folder, seed, cuts, chance } = of
  const began = performance.now()
  mkdirSync(folder, { recursive: true })
  const start = join(folder, 'start.img')
  const notebook = join(folder, 'notebook.ndjson')
  makeImage(start, diskMebibytes)
  const { entries, first } = await record({ store, folder, start, notebook, seed })
  const notes = readNotebook<unknown, unknown>(notebook)
  const answers = notes.flatMap((note) => (note.kind === 'acknowledged' ? [note.entries] : []))
  const proof: Proof = {
    store: store.name,
    seed,
    cuts,
    acknowledged: answers.length,
    cutsWithLoss: 0,
    mostLost: 0,
    flaws: [],
    ms: 0,
  }
  for (let number = 0; number < cuts; number++) {
    // Every second cut comes right after an acknowledgement, where the least time is left to make up for a missing sync.
    const cut =
      number % 2 === 0
        ? first + chance(entries.length - first + 1)
        : (answers[chance(answers.length)] ?? first)
    const verdict = await cutOnce({ store, folder, start, entries, cut, chance, notes })
    if (verdict.lost > 0) proof.cutsWithLoss++
    proof.mostLost = Math.max(proof.mostLost, verdict.lost)
    proof.flaws.push(...verdict.flaws.map((flaw) => `cut after ${cut} writes: ${flaw}`))
  }
  return { ...proof, ms: Math.round(performance.now() - began) }
}

/** The writer at work on a recorded disk. `first`: the disk was mounted after so many entries. */
const record = async (of: {
  store: ProvenStore
  folder: string
  start: string
  notebook: string
  seed: number
}): Promise<{ entries: BlockEntry[]; first: number }> => {
  const { store, folder, start, notebook, seed } = of
  const image = join(folder, 'written.img')
  copyFileSync(start, image)
  writeFileSync(notebook, '')
  await using exported = await exportRecorded(image, join(folder, 'recorded'))
  let first: number
  {
    await using mounted = mountImage(exported.disk, join(folder, 'mount'))
    first = entriesOf(exported.log).length
    await program(store.writer, mounted.folder, exported.log, notebook, String(seed))
  }
  return { entries: entriesOf(exported.log), first }
}

const program = async (writer: string, ...args: string[]): Promise<void> => {
  const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.once('close', resolve)
  const code = await promise
  if (code !== 0) throw new Error(`${writer} ended with ${code}: ${said}`)
}

const entriesOf = (log: string): BlockEntry[] => {
  const read = readBlockLog(usedPartOf(log))
  if (read.kind !== 'read') throw new Error(`${log}: ${read.kind}`)
  return read.entries
}

/** A log is as large as it may ever become; what was written of it lies at its beginning. */
const usedPartOf = (log: string): Buffer => {
  const { blocks } = statSync(log)
  const bytes = Buffer.alloc(Math.min(blocks * 512 + 64 * 1024, statSync(log).size))
  const file = openSync(log, 'r')
  try {
    readSync(file, bytes, 0, bytes.length, 0)
  } finally {
    closeSync(file)
  }
  return bytes
}

/** The power goes, the disk is mounted again, and the store is opened. A disk that cannot be mounted is a failure. */
const cutOnce = async (of: {
  store: ProvenStore
  folder: string
  start: string
  entries: readonly BlockEntry[]
  cut: number
  chance: (below: number) => number
  notes: Note<unknown, unknown>[]
}): Promise<Verdict> => {
  const { store, folder, start, entries, cut, chance, notes } = of
  const image = readFileSync(start)
  replay({ image, entries, cut, stays: () => chance(2) === 0 })
  const cutImage = join(folder, 'cut.img')
  writeFileSync(cutImage, image)
  try {
    await using mounted = mountImage(cutImage, join(folder, 'mount'))
    return await store.verify(mounted.folder, known(notes, cut))
  } catch (error) {
    return { lost: 0, flaws: [saidBy(error)] }
  }
}

const saidBy = (error: unknown): string =>
  error instanceof Error
    ? [error.message, ...(error.cause === undefined ? [] : [saidBy(error.cause)])].join('; ')
    : String(error)
