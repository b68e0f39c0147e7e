// The cash box exchanged by somebody who has a page and a keypad, and broken off wherever it can be.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JournalLine, type JournalEntry } from '../../domain/journal-entry.ts'
import { minor } from '../../domain/money.ts'
import { isBoxOpen } from '../../domain/service/standing-exchange.ts'
import { exchangingDelays } from '../../state-machines/exchanging-cast.ts'
import { dyingDisk, type Leaves } from '../../test/dying-disk.ts'
import {
  exchangeWorld,
  keyed,
  notesTaken,
  visit,
  type ExchangeWorld,
  type Hands,
} from '../../test/exchange-kit.ts'
import { manualClock, type ManualClock } from '../../test/manual-clock.ts'
import type { ServicePage } from '../../ui/kiosk/service/service-page.ts'
import type { Disk } from '../disk.ts'
import { openRecords, type Records } from '../records.ts'

let folder: string
let clock: ManualClock
let world: ExchangeWorld
let records: Records
const opened: Records[] = []

const start = async (disk?: Disk): Promise<Records> => {
  const found = await openRecords({
    folder,
    clock,
    version: 'test',
    report: () => undefined,
    ...(disk && { disk }),
  })
  if (found.kind !== 'open') throw new Error(found.kind)
  opened.push(found.records)
  return found.records
}
const stop = async (stopped: Records): Promise<void> => {
  // A disk that is dead has nothing to close.
  await stopped.close().catch(() => undefined)
}
const begin = async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-exchange-'))
  clock = manualClock()
  world = exchangeWorld(clock)
  records = await start()
  await records.append(notesTaken(clock.ids, [2_000, 2_000, 500, 10_000]))
}
const end = async () => {
  await Promise.all(opened.splice(0).map(stop))
  world.notes.dispose()
  world.printer.dispose()
  rmSync(folder, { recursive: true })
}
beforeEach(begin)
afterEach(end)

const entries = (): JournalEntry[] =>
  readFileSync(join(folder, 'journal.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JournalLine.parse(JSON.parse(line)).entry)
const ofExchange = () => entries().filter((entry) => entry.type.startsWith('box.'))
const typesOf = (all: readonly JournalEntry[]) => all.map(({ type }) => type)

const truth: Record<number, number> = { 500: 1, 2_000: 2, 10_000: 1 }
const hands = (of: Partial<Hands> = {}): Hands => ({
  finds: (value) => truth[value] ?? 0,
  sealed: false,
  oldBox: '412',
  newBox: '413',
  ...of,
})
const papers = () => world.printer.receipts().map(({ text }) => text)

describe('the exchange of a cash box', () => {
  it('is counted blind, taken out, replaced, signed for by two, printed twice and compared', async () => {
    const pages: ServicePage[] = []
    const seen = (page: ServicePage) => void pages.push(page)
    expect(await visit({ clock, world, records, hands: hands(), seen })).toEqual({
      kind: 'exchanged',
    })
    expect(typesOf(ofExchange())).toEqual([
      'box.exchanging',
      'box.counted',
      'box.removed',
      'box.exchanged',
      'box.slip',
      'box.slip',
      'box.slip',
      'box.slip',
    ])
    expect(ofExchange()[3]).toMatchObject({ person: '4711', witness: '2002', box: '413' })
    expect(records.cashBox()).toMatchObject({ notes: [], period: 2, box: '413' })
    expect(records.exchange()).toBeNull()
    expect(papers()).toHaveLength(2)
    expect(pages.find(({ title }) => title === 'exchange: compare')?.sentence).toBe('it agrees')
  })

  it('T8: shows what is expected on no page before the count is in the journal', async () => {
    const before: string[] = []
    await visit({
      clock,
      world,
      records,
      hands: hands(),
      seen: (page) => {
        if (typesOf(ofExchange()).includes('box.exchanged')) return
        before.push(...page.rows.map(({ label }) => label))
      },
    })
    expect(before).toContain('counted')
    expect(before).not.toContain('expected')
    expect(before).not.toContain('difference')
  })

  it('says which value differs, by how much, and keeps the record of it', async () => {
    const short = hands({ finds: (value) => (value === 2_000 ? 1 : (truth[value] ?? 0)) })
    const pages: ServicePage[] = []
    await visit({ clock, world, records, hands: short, seen: (page) => void pages.push(page) })
    const compared = pages.find(({ title }) => title === 'exchange: compare')
    expect(compared?.sentence).toBe('it differs')
    expect(compared?.rows).toContainEqual({
      label: 'difference',
      value: { kind: 'notes', value: 2_000, count: -1 },
      mark: 'wrong',
    })
    expect(papers()[0]).toContain('2 / 1 / -1')
  })

  it('T8: sends a sealed box to the office without a word of what is expected in it', async () => {
    const pages: ServicePage[] = []
    const seen = (page: ServicePage) => void pages.push(page)
    await visit({ clock, world, records, hands: hands({ sealed: true }), seen })
    expect(ofExchange()[1]).toMatchObject({ type: 'box.counted', notes: null })
    const labels = pages.flatMap(({ rows }) => rows.map(({ label }) => label))
    expect(labels).not.toContain('expected')
    expect(papers()[0]).not.toMatch(/145\.00|Expected/)
  })

  it('clears the fault of a box that differed, and only by a count that agrees', async () => {
    const fault = { device: 'cashBox', fault: 'cash differs' }
    await records.append([{ type: 'fault.raised', ...fault, detail: 'one note too many' }])
    await visit({ clock, world, records, hands: hands({ finds: () => 9 }) })
    expect(entries()).not.toContainEqual({ type: 'fault.cleared', ...fault })
    const nothingIn = hands({ finds: () => 0, oldBox: '413', newBox: '414' })
    await visit({ clock, world, records, hands: nothingIn })
    expect(entries()).toContainEqual({ type: 'fault.cleared', ...fault })
    expect(records.cashBox()).toMatchObject({ period: 3, faults: [] })
  })

  it('does not take one person for two, nor a wrong PIN', async () => {
    let tries = 0
    await visit({
      clock,
      world,
      records,
      hands: hands(),
      instead: ({ title, typing }) => {
        if (typing?.typed !== '' || tries > 3) return null
        const keys = title === 'witness' ? '4711' : title === 'witness pin' ? '135790' : null
        if (keys === null) return null
        tries++
        return [
          ...Array.from(keys, (digit) => ({ type: 'digit' as const, digit: Number(digit) })),
          { type: 'confirm' },
        ]
      },
    })
    expect(tries).toBe(4)
    expect(entries().findLast(({ type }) => type === 'box.exchanged')).toMatchObject({
      witness: '2002',
    })
  })

  it('does not take a technician for the second person', async () => {
    const pages: ServicePage[] = []
    await visit({
      clock,
      world,
      records,
      hands: hands(),
      seen: (page) => void pages.push(page),
      instead: ({ title, typing, sentence }) => {
        if (typing?.typed !== '' || pages.some((page) => page.sentence === 'not allowed')) {
          return null
        }
        if (title === 'witness') return keyed('1003')
        return title === 'witness pin' && sentence === 'type your pin' ? keyed('357913') : null
      },
    })
    expect(pages.some(({ sentence }) => sentence === 'not allowed')).toBe(true)
    expect(ofExchange().find(({ type }) => type === 'box.exchanged')).toMatchObject({
      witness: '2002',
    })
  })

  it('agrees with a note that was booked late, as the screen, the paper and the centre say', async () => {
    const pages: ServicePage[] = []
    const late = notesTaken(clock.ids, [2_000])
    const booked: Promise<void>[] = []
    const output = await visit({
      clock,
      world,
      records,
      hands: hands({ finds: (value) => (value === 2_000 ? 3 : (truth[value] ?? 0)) }),
      seen: (page) => {
        pages.push(page)
        if (page.choices.includes('box is out') && booked.length === 0) {
          booked.push(records.append(late))
        }
      },
    })
    await Promise.all(booked)
    expect(output).toEqual({ kind: 'exchanged' })
    expect(typesOf(entries()).lastIndexOf('note.stacked')).toBeLessThan(
      typesOf(entries()).indexOf('box.removed'),
    )
    expect(pages.find(({ title }) => title === 'exchange: compare')?.sentence).toBe('it agrees')
    expect(papers()[0]).not.toContain('2 / 3 / ')
  })

  it('is left open by a collector who goes with the box and says nothing: no sensor says that it is out', async () => {
    const output = await visit({
      clock,
      world,
      records,
      hands: hands(),
      unplugged: true,
      stepMs: exchangingDelays.exchangePatience,
      instead: ({ choices }) => (choices.includes('box is out') ? [] : null),
    })
    expect(world.notes.truth().cashBox.in).toBe(false)
    expect(output).toEqual({ kind: 'left open' })
    expect(isBoxOpen(records.exchange())).toBe(true)
    expect(typesOf(ofExchange())).toEqual(['box.exchanging', 'box.counted'])
  })

  it('is left open by a collector who began to count, went back a page and left', async () => {
    let back = false
    const output = await visit({
      clock,
      world,
      records,
      hands: hands(),
      unplugged: true,
      stepMs: exchangingDelays.exchangePatience,
      instead: ({ choices, typing }) => {
        if (typing === null) return choices.includes('count here') && !back ? null : []
        back = true
        return [{ type: 'cancel' }]
      },
    })
    expect(back).toBe(true)
    expect(output).toEqual({ kind: 'left open' })
    expect(typesOf(ofExchange())).toEqual(['box.exchanging'])
  })

  it.each(['exchange: new box', 'exchange: new seal', 'witness', 'witness pin'])(
    'asks for the box again when it is pulled out at the page “%s”: nobody signs for a box that is out',
    async (at) => {
      const titles: string[] = []
      await visit({
        clock,
        world,
        records,
        hands: hands(),
        seen: ({ title }) => {
          if (title === at && !titles.includes(at)) world.notes.removeCashBox()
          titles.push(title)
        },
        instead: ({ title, choices }) => {
          if (title === at && !world.notes.truth().cashBox.in) return []
          // Not believed as long as the sensor says otherwise.
          return choices.includes('box is in') ? [{ type: 'choose', choice: 'box is in' }] : null
        },
      })
      const afterwards = titles.slice(titles.indexOf(at) + 1)
      expect(afterwards).toContain('exchange: put in')
      expect(afterwards.lastIndexOf(at)).toBeGreaterThan(afterwards.indexOf('exchange: put in'))
      expect(world.notes.truth().cashBox.in).toBe(true)
      expect(typesOf(ofExchange()).filter((type) => type === 'box.exchanged')).toHaveLength(1)
    },
  )

  it('takes no note while it goes on', async () => {
    await visit({
      clock,
      world,
      records,
      hands: hands(),
      seen: () => expect(world.notes.takesNotes()).toBe(false),
    })
  })

  it('names a note that was lost in a test among those that may be in the box that leaves', async () => {
    const tested = { visitId: clock.ids.visit(), noteId: clock.ids.note() }
    await records.append([
      { type: 'note.testing', ...tested, value: minor(2_000) },
      { type: 'note.tested', ...tested, end: 'unknown' },
    ])
    await visit({ clock, world, records, hands: hands(), unplugged: true })
    expect(ofExchange()[2]).toMatchObject({ type: 'box.removed', open: [tested.noteId] })
  })

  it('is stopped before the box is out, and nothing has changed', async () => {
    const output = await visit({
      clock,
      world,
      records,
      hands: hands(),
      instead: ({ choices }) =>
        choices.includes('stop exchange') ? [{ type: 'choose', choice: 'stop exchange' }] : null,
    })
    expect(output).toEqual({ kind: 'not exchanged' })
    expect(typesOf(ofExchange())).toEqual(['box.exchanging', 'box.not-exchanged'])
    expect(records.cashBox()).toMatchObject({ period: 1, box: null })
    expect(records.cashBox().notes).toHaveLength(3)
  })

  it('stays open when the person goes with the box out, and another goes on', async () => {
    const leaves = async () => {
      const output = await visit({
        clock,
        world,
        records,
        hands: hands(),
        instead: ({ choices }) =>
          choices.includes('box is in') ? [{ type: 'choose', choice: 'leave' }] : null,
      })
      expect(output).toEqual({ kind: 'left open' })
      expect(isBoxOpen(records.exchange())).toBe(true)
    }
    await leaves()
    expect(await visit({ clock, world, records, hands: hands() })).toEqual({ kind: 'exchanged' })
    expect(typesOf(ofExchange()).filter((type) => type === 'box.removed')).toHaveLength(1)
  })

  it('does not wait for ever: a box that is in stays in', async () => {
    const output = await visit({
      clock,
      world,
      records,
      hands: hands(),
      stepMs: exchangingDelays.exchangePatience,
      instead: () => [],
    })
    expect(output).toEqual({ kind: 'not exchanged' })
  })

  it('is shown on the screen where the printer has no paper', async () => {
    world.printer.runOutOfPaper()
    const pages: ServicePage[] = []
    await visit({ clock, world, records, hands: hands(), seen: (page) => void pages.push(page) })
    const done = pages.findLast(({ title }) => title === 'exchange: done')
    expect(done?.sentence).toBe('the slip is on screen')
    expect(done?.rows).toContainEqual({
      label: 'counted',
      value: { kind: 'money', value: minor(14_500) },
      mark: 'quiet',
    })
    expect(records.exchange()).toBeNull()
  })
})

describe('an exchange that is broken off', () => {
  const once = ['box.exchanging', 'box.counted', 'box.removed', 'box.exchanged'] as const

  it.each<Leaves>(['half', 'all'])(
    'P1 P2: by a disk that dies in any of its calls and leaves %s of it ends as one exchange, with the sums right',
    async (leaves) => {
      for (let at = 1, whole = false; !whole; at++) {
        if (at > 1) await begin()
        await stop(records)
        const alone = { clock, world, hands: hands(), unplugged: true }
        const dying = dyingDisk({ at, leaves })
        const dead = await start(dying.disk)
        if (dead.trouble() === null) await visit({ ...alone, records: dead })
        whole = dying.isAlive()
        await stop(dead)
        records = await start()
        if (records.exchange() !== null || !typesOf(entries()).includes('box.exchanged')) {
          expect(await visit({ ...alone, records })).toEqual({ kind: 'exchanged' })
        }
        const types = typesOf(entries())
        for (const type of once) {
          expect(
            types.filter((each) => each === type),
            `${type}, call ${at}`,
          ).toHaveLength(1)
        }
        expect(entries().find(({ type }) => type === 'box.counted')).toMatchObject({
          notes: [
            { value: 500, count: 1 },
            { value: 1_000, count: 0 },
            { value: 2_000, count: 2 },
            { value: 5_000, count: 0 },
            { value: 10_000, count: 1 },
          ],
        })
        expect(records.cashBox(), `call ${at}`).toMatchObject({ notes: [], period: 2, box: '413' })
        expect(records.exchange()).toBeNull()
        if (!whole) await end()
      }
    },
  )
})
