import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { timeOf } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { PersonNumber } from '../domain/service/person.ts'
import { manualClock } from '../test/manual-clock.ts'
import { cashBoxAfter, emptyCashBox, valueOf, type CashBox } from './cash-box.ts'
import { openCounters, type Counters } from './counters.ts'
import { openJournal, type Journal } from './journal.ts'

const { ids, ...clock } = manualClock()
const saleId = ids.sale()
const stacked = (value: number): JournalEntry => ({
  type: 'note.stacked',
  saleId,
  noteId: ids.note(),
  value: minor(value),
})
const boxOf = (...entries: JournalEntry[]): CashBox => entries.reduce(cashBoxAfter, emptyCashBox)

describe('the cash box', () => {
  it('counts the notes of each value, the smallest first', () => {
    const box = boxOf(stacked(5000), stacked(2000), stacked(5000))
    expect(box.notes).toEqual([
      { value: 2000, count: 1 },
      { value: 5000, count: 2 },
    ])
    expect(valueOf(box)).toBe(12_000)
    expect(box.accuracy).toBe('accurate')
  })

  it('counts a note that nobody asked for, and one whose value was never told', () => {
    const unasked = (value: number | null): JournalEntry => ({
      type: 'note.unexpected',
      saleId: null,
      noteId: ids.note(),
      value: value === null ? null : minor(value),
    })
    expect(boxOf(unasked(2000))).toMatchObject({ accuracy: 'accurate', notesOfUnknownValue: 0 })
    expect(boxOf(unasked(null))).toMatchObject({ accuracy: 'inaccurate', notesOfUnknownValue: 1 })
  })

  it('is inaccurate after a jam or a note without a verdict, unknown once it was out, and stays so', () => {
    const fault = (fault: string): JournalEntry => ({
      type: 'fault.raised',
      device: 'note-acceptor',
      fault,
      detail: '',
    })
    const lost: JournalEntry = {
      type: 'note.unknown',
      saleId,
      noteId: ids.note(),
      value: minor(2000),
      why: 'power cut',
    }
    expect(boxOf(fault('jam')).accuracy).toBe('inaccurate')
    expect(boxOf(lost, stacked(2000)).accuracy).toBe('inaccurate')
    expect(boxOf(fault('cash box removed'), fault('jam'), stacked(2000)).accuracy).toBe('unknown')
    expect(boxOf(fault('not answering')).accuracy).toBe('accurate')
  })

  it('ends a count when the box leaves, and begins the next with the box that comes', () => {
    const exchangeId = ids.exchange()
    const late = stacked(5000)
    if (late.type !== 'note.stacked') throw new Error('a note')
    const { noteId, value } = late
    const lost: JournalEntry = { type: 'note.unknown', saleId, noteId, value, why: 'power cut' }
    const [box, seal] = ['413', '7720']
    const person = PersonNumber.parse('4711')
    const gone = boxOf(stacked(2000), lost, {
      type: 'box.removed',
      exchangeId,
      box: '412',
      seal: '7719',
      open: [noteId],
    })
    expect(gone).toMatchObject({ notes: [], period: 2, box: null, since: timeOf(exchangeId) })
    const out: JournalEntry = {
      type: 'fault.raised',
      device: 'noteAcceptor',
      fault: 'cash box removed',
      detail: '',
    }
    const now = [
      out,
      { type: 'box.exchanged' as const, exchangeId, person, witness: null, box, seal },
      stacked(500),
    ].reduce(cashBoxAfter, gone)
    expect(now).toMatchObject({ notes: [{ value: 500, count: 1 }], accuracy: 'accurate', box })
    // It was in the box before, if it was taken at all.
    expect(cashBoxAfter(now, late).notes).toEqual(now.notes)
  })

  it('does not count notes that went back', () => {
    const returned: JournalEntry = {
      type: 'note.returned',
      saleId,
      noteId: ids.note(),
      value: minor(2000),
    }
    expect(boxOf(returned)).toEqual(emptyCashBox)
  })
})

describe('the counters', () => {
  let folder = ''
  let journal: Journal
  const problems: string[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counters-'))
    const opened = await openJournal({ path: join(folder, 'journal.ndjson'), clock })
    if (opened.kind !== 'open') throw new Error(opened.kind)
    ;({ journal } = opened)
    problems.length = 0
  })
  afterEach(async () => {
    await journal.close()
    await rm(folder, { recursive: true })
  })
  const path = () => join(folder, 'counters.json')
  const counters = async (): Promise<Counters> => {
    const found = await openCounters({
      path: path(),
      onUnreadable: ({ problem }) => void problems.push(problem),
    })
    for await (const line of journal.entries()) found.read(line)
    return found.upToDate()
  }
  const sell = async (following: Counters, ...values: number[]) => {
    for (const value of values) following.follow(await journal.append(stacked(value)))
  }

  it('P1: gives every start and every receipt a number of its own, whenever the program ends', async () => {
    const first = await counters()
    expect(await first.nextBoot()).toBe(1)
    expect([await first.nextReceipt(), await first.nextReceipt()]).toEqual([1, 2])
    const second = await counters()
    expect(await second.nextBoot()).toBe(2)
    expect(await second.nextReceipt()).toBe(3)
  })

  it('takes the numbers up from the journal when the file is lost', async () => {
    await journal.append({ type: 'kiosk.started', boot: 41, version: '1' })
    await journal.append({ type: 'receipt.queued', saleId, jobId: 'a', number: 7 })
    const rebuilt = await counters()
    expect([await rebuilt.nextBoot(), await rebuilt.nextReceipt()]).toEqual([42, 8])
  })

  it('has the same cash box after a restart, saved or not', async () => {
    const before = await counters()
    await sell(before, 2000, 5000)
    await before.save()
    await sell(before, 2000)
    expect((await counters()).cashBox()).toEqual(before.cashBox())
    expect(valueOf(before.cashBox())).toBe(9000)
  })

  it('counts no line twice, even if it is told one twice', async () => {
    const counting = await counters()
    const line = await journal.append(stacked(2000))
    counting.follow(line)
    counting.follow(line)
    expect(valueOf(counting.cashBox())).toBe(2000)
  })

  it.each(['no JSON', '{"boot":-1}'])('is rebuilt when its file reads %j', async (text) => {
    const before = await counters()
    await sell(before, 2000, 5000)
    await writeFile(path(), text)
    expect((await counters()).cashBox()).toEqual(before.cashBox())
    expect(problems).toHaveLength(1)
  })

  it('is rebuilt when its file counts another journal, but gives no number out again', async () => {
    const other = {
      boot: 9,
      receipt: 90,
      cashBox: { notes: [{ value: 100, count: 5 }], notesOfUnknownValue: 0, accuracy: 'accurate' },
      follows: { sequence: 1, hash: 'f'.repeat(64) },
    }
    await sell(await counters(), 2000)
    await writeFile(path(), JSON.stringify(other))
    const rebuilt = await counters()
    expect(valueOf(rebuilt.cashBox())).toBe(2000)
    expect([await rebuilt.nextBoot(), await rebuilt.nextReceipt()]).toEqual([10, 91])
  })
})
