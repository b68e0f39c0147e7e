// The note acceptor of the bench loses no note: not at a restart, not when units are swapped, not when the box is emptied.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minor } from '../../domain/money.ts'
import { newUnit, type PhysicalTruth } from '../../drivers/note-acceptor/ssp/simulator/truth.ts'
import { writeFileSync } from 'node:fs'
import { noteFaults } from './act.ts'
import { benchNoteAcceptor, enrolledSerial, type BenchNoteAcceptor } from './note-acceptor.ts'

describe('the note acceptor of the bench', () => {
  let folder = ''
  let open: BenchNoteAcceptor[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'note-acceptor-'))
    open = []
  })
  afterEach(async () => {
    for (const each of open) await each.close()
    await rm(folder, { recursive: true })
  })

  const file = () => join(folder, 'notes.json')
  const acceptor = async () => {
    const one = await benchNoteAcceptor({
      file: file(),
      wire: { path: join(folder, 'notes'), pseudoTerminals: false },
      onChange: () => {},
    })
    open.push(one)
    return one
  }
  const withNotes = (notes: Record<string, number>) => {
    const full: PhysicalTruth = newUnit({ serialNumber: enrolledSerial })
    full.cashBox.notes = notes
    const onShelf = newUnit({ serialNumber: '42' })
    writeFileSync(file(), JSON.stringify({ fitted: full, onShelf, collected: {} }))
  }
  const twoTwenties = [{ value: minor(2_000), count: 2 }]

  it('takes no note before the kiosk has asked for one, and says why', async () => {
    const one = await acceptor()
    expect(one.insert(minor(2_000))).toEqual({
      kind: 'refused',
      why: 'The slot is shut: the kiosk opens it when a customer chose to pay with notes.',
    })
    expect(one.panel()).toMatchObject({ state: 'closed', inPath: null, cashBox: [], faults: [] })
  })

  it('holds after a restart what it held before', async () => {
    withNotes({ 2_000: 2 })
    const before = await acceptor()
    await before.setFault('jam', true)
    await before.close()
    const after = await acceptor()
    expect(after.panel()).toMatchObject({ cashBox: twoTwenties, faults: ['jam'] })
  })

  it('counts notes on whichever unit they are, and those that were collected', async () => {
    withNotes({ 2_000: 2 })
    const one = await acceptor()
    await one.setFault('swapped unit', true)
    expect(one.panel()).toMatchObject({ cashBox: [], faults: ['swapped unit'] })
    expect(one.stackedNotes()).toEqual(twoTwenties)
    await one.setFault('swapped unit', false)
    expect(one.panel().cashBox).toEqual(twoTwenties)
    expect(one.emptyBox()).toEqual({ kind: 'done' })
    expect(one.panel().cashBox).toEqual([])
    expect(one.stackedNotes()).toEqual(twoTwenties)
    await one.close()
    expect((await acceptor()).stackedNotes()).toEqual(twoTwenties)
  })

  it.each(noteFaults)('raises and clears "%s"', async (fault) => {
    const one = await acceptor()
    expect(await one.setFault(fault, true)).toEqual({ kind: 'done' })
    expect(one.panel().faults).toEqual([fault])
    expect(await one.setFault(fault, true)).toEqual({ kind: 'done' })
    expect(await one.setFault(fault, false)).toEqual({ kind: 'done' })
    expect(one.panel().faults).toEqual([])
  })
})
