// What the centre makes of the lines of a journal: kept exactly, checked one by one, held against the books (P2, P6).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Asked } from '../domain/centre-messages.ts'
import { noHead, type ChainHead } from '../domain/journal-chain.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { NoteId, SaleId } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { nextLine } from '../kiosk/journal-chain.ts'
import { centreKit, type CentreKit, type KioskOfKit } from '../test/centre-kit.ts'
import { bookingLimitMs } from './journal-notes.ts'

let kit: CentreKit
let kiosk: KioskOfKit
let journal: ReturnType<typeof journalOf>
beforeEach(async () => {
  kit = await centreKit()
  kiosk = kit.kiosk()
  journal = journalOf()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

/** A journal on no disk: lines as a kiosk writes them. */
const journalOf = () => {
  const lines: string[] = []
  let head: ChainHead = noHead
  const add = (...entries: JournalEntry[]) => {
    for (const entry of entries) {
      const { line, bytes } = nextLine(head, '2026-11-26T12:00:00.000Z', entry)
      lines.push(bytes.toString('utf8').trimEnd())
      head = { sequence: line.sequence, hash: line.hash }
    }
  }
  return { lines, add, head: () => head }
}

const something = (count = 1): JournalEntry[] =>
  Array.from({ length: count }, () => ({ type: 'fault.cleared', device: 'test', fault: 'none' }))

const stand = () => kiosk.ask('journal', { answering: null, after: 0, lines: [], head: noHead })
/** All that the centre does not have yet, unless told otherwise. */
const upload = async (changed: Partial<Asked<'journal'>> = {}) => {
  const { answer, ...where } = await stand()
  const after = where.kind === 'go on' ? where.has.sequence : 0
  const lines = journal.lines.slice(after)
  return kiosk.ask('journal', { answering: answer, after, lines, head: journal.head(), ...changed })
}
const alarms = async () => {
  const rows = await kit.store().read.selectFrom('alarms').selectAll().execute()
  return rows.map(({ kind, evidence }) => ({ kind, evidence: JSON.parse(evidence) as unknown }))
}
const kinds = async () => (await alarms()).map(({ kind }) => kind)
const kept = async () => {
  const rows = await kit.store().read.selectFrom('journal_lines').select('line').execute()
  return rows.map(({ line }) => line)
}

describe('P6: the centre keeps', () => {
  it('every line as it is written, and says through which', async () => {
    journal.add(...something(3))
    expect(await upload()).toMatchObject({ kind: 'kept', through: 3, hash: journal.head().hash })
    journal.add(...something(2))
    expect(await upload()).toMatchObject({ kind: 'kept', through: 5 })
    expect(await upload()).toMatchObject({ kind: 'kept', through: 5 })
    expect(await kept()).toEqual(journal.lines)
    expect(await kinds()).toEqual([])
  })

  it('lines with entries that it has no word for: the kiosk may be newer than the centre', async () => {
    journal.add({ type: 'weather.changed', to: 'rain' } as unknown as JournalEntry)
    expect(await upload()).toMatchObject({ kind: 'kept', through: 1 })
    expect(await kept()).toEqual(journal.lines)
  })

  it('nothing of a message that answers an older answer, and raises no alarm for it', async () => {
    journal.add(...something(3))
    const { answer } = await stand()
    await upload()
    const late = { answering: answer, after: 0, lines: journal.lines.slice(0, 1), head: noHead }
    expect(await kiosk.ask('journal', late)).toMatchObject({
      kind: 'go on',
      has: { sequence: 3 },
      knows: { sequence: 3 },
    })
    expect(await kept()).toEqual(journal.lines)
    expect(await kinds()).toEqual([])
  })

  it('a line once and for ever: not even by mistake can it be changed', async () => {
    journal.add(...something())
    await upload()
    const change = kit
      .store()
      .transact((work) => work.updateTable('journal_lines').set({ line: '' }).execute())
    await expect(change).rejects.toThrow('written once')
  })

  it('the journals of two kiosks apart', async () => {
    journal.add(...something(2))
    await upload()
    kiosk = kit.kiosk('000000000102')
    journal = journalOf()
    journal.add(...something(1))
    expect(await upload()).toMatchObject({ kind: 'kept', through: 1 })
  })
})

describe('P6: the centre keeps nothing and raises one alarm', () => {
  beforeEach(async () => {
    journal.add(...something(3))
    await upload()
    journal.add(...something(4))
  })
  const rest = () => journal.lines.slice(3)
  const other = () => {
    const twin = journalOf()
    twin.add({ type: 'fault.cleared', device: 'twin', fault: 'none' }, ...something(9))
    return twin
  }
  const rows: [
    what: string,
    changed: () => Partial<Asked<'journal'>>,
    reply: object,
    kind: string,
  ][] = [
    [
      'when lines are left out',
      () => ({ lines: rest().toSpliced(1, 1) }),
      { kind: 'gap', through: 3 },
      'journal gap',
    ],
    [
      'when the kiosk believes it has more',
      () => ({ after: 5, lines: rest().slice(2) }),
      { kind: 'gap', through: 3 },
      'journal gap',
    ],
    [
      'when two lines changed places',
      () => ({ lines: [4, 3, 5, 6].map((at) => journal.lines[at] ?? '') }),
      { kind: 'gap' },
      'journal gap',
    ],
    [
      'when a line is there twice',
      () => ({ lines: rest().toSpliced(1, 0, rest()[0] ?? '') }),
      { kind: 'altered', at: 5 },
      'journal altered',
    ],
    [
      'when a line was changed',
      () => ({ lines: rest().with(1, (rest()[1] ?? '').replace('test', 'tEst')) }),
      { kind: 'altered', at: 5 },
      'journal altered',
    ],
    [
      'when a line is no line',
      () => ({ lines: ['{}'] }),
      { kind: 'altered', at: 4 },
      'journal altered',
    ],
    [
      'when the kiosk has another line where the centre has one',
      () => ({ lines: other().lines.slice(3), head: other().head() }),
      { kind: 'fork', at: 3 },
      'journal fork',
    ],
    [
      'when it has another line and no more of them',
      () => ({ lines: [], head: { sequence: 3, hash: 'f'.repeat(64) } }),
      { kind: 'fork', at: 3 },
      'journal fork',
    ],
    [
      'when its disk was put back',
      () => ({ lines: [], head: { sequence: 2, hash: hashOf(2) } }),
      { kind: 'behind', through: 3 },
      'journal rolled back',
    ],
    [
      'when its disk is empty',
      () => ({ lines: [], head: noHead }),
      { kind: 'behind', through: 3 },
      'journal rolled back',
    ],
    [
      'when its disk was put back and written on',
      () => ({ lines: [], head: { sequence: 2, hash: 'e'.repeat(64) } }),
      { kind: 'fork', at: 2, hash: '' },
      'journal fork',
    ],
  ]
  const hashOf = (line: number) =>
    (JSON.parse(journal.lines[line - 1] ?? '') as { hash: string }).hash
  it.each(rows)('%s', async (_, changed, reply, kind) => {
    const expected = 'hash' in reply ? { ...reply, hash: hashOf(2) } : reply
    expect(await upload(changed())).toMatchObject(expected)
    expect(await upload(changed())).toMatchObject(expected)
    expect(await kinds()).toEqual([kind])
    expect(await kept()).toEqual(journal.lines.slice(0, 3))
    // All is well again: the same finding later is another.
    expect(await upload()).toMatchObject({ kind: 'kept', through: 7 })
  })

  it('when the kiosk has less than it said it had', async () => {
    await upload({ lines: rest().slice(0, 1) })
    expect(await stand()).toMatchObject({ has: { sequence: 4 }, knows: { sequence: 7 } })
    const head = { sequence: 6, hash: hashOf(6) }
    expect(await upload({ lines: rest().slice(1, 3), head })).toMatchObject({
      kind: 'behind',
      through: 7,
    })
    expect(await kinds()).toEqual(['journal rolled back'])
  })

  it('when the lines that come are not those it was told of, also when they come one by one', async () => {
    await upload({ lines: [] })
    const twin = journalOf()
    twin.add(
      ...something(3),
      { type: 'fault.cleared', device: 'twin', fault: 'none' },
      ...something(9),
    )
    for (const at of [3, 4, 5]) {
      const lines = twin.lines.slice(at, at + 1)
      expect(await upload({ lines, head: twin.head() })).toMatchObject({ kind: 'kept' })
    }
    expect(await upload({ lines: twin.lines.slice(6, 7), head: twin.head() })).toMatchObject({
      kind: 'fork',
      at: 7,
      hash: journal.head().hash,
    })
    expect(await kinds()).toEqual(['journal fork'])
  })
})

describe('P2: a note of the journal', () => {
  const noteOf = (saleId: SaleId | null, noteId: NoteId, value: number | null): JournalEntry[] =>
    saleId === null || value === null
      ? [{ type: 'note.unexpected', saleId, noteId, value: value === null ? null : minor(value) }]
      : [
          { type: 'note.escrowed', saleId, noteId, value: minor(value) },
          { type: 'note.stacked', saleId, noteId, value: minor(value) },
        ]
  const closed = async (saleId: SaleId, noteId: NoteId, value: number) => {
    const notes = [{ noteId, value: minor(value) }]
    await kiosk.ask('closing', { saleId, insertionId: null, notes })
  }
  const sale = () => ({ saleId: kit.ids.sale(), noteId: kit.ids.note() })
  const later = async (ms: number) => {
    kit.clock.now += ms
    await kit.centre().sweep()
  }
  /** Two uploads: what was booked before the first is looked for with the second. */
  const uploadTwice = async () => {
    await upload()
    kit.clock.now += 1_000
    await upload()
    kit.clock.now += 1_000
    await upload()
  }

  it('that is booked as the journal has it raises no alarm, whichever comes first', async () => {
    const one = sale()
    const other = sale()
    await closed(one.saleId, one.noteId, 2000)
    journal.add(
      ...noteOf(one.saleId, one.noteId, 2000),
      ...noteOf(other.saleId, other.noteId, 1000),
    )
    await uploadTwice()
    await closed(other.saleId, other.noteId, 1000)
    await later(2 * bookingLimitMs)
    await uploadTwice()
    expect(await kinds()).toEqual([])
  })

  it('that is booked nowhere is told after an hour, once', async () => {
    const { saleId, noteId } = sale()
    journal.add(...noteOf(saleId, noteId, 2000))
    await upload()
    await later(bookingLimitMs - 1)
    expect(await kinds()).toEqual([])
    await later(2)
    await later(bookingLimitMs)
    expect(await alarms()).toMatchObject([
      {
        kind: 'note against books',
        evidence: { note: noteId, booked: null, journal: { value: 2000 } },
      },
    ])
  })

  it('that is booked with another value is told', async () => {
    const { saleId, noteId } = sale()
    journal.add(...noteOf(saleId, noteId, 2000))
    await closed(saleId, noteId, 5000)
    await upload()
    await later(1)
    await uploadTwice()
    await later(1)
    expect(await alarms()).toMatchObject([
      { evidence: { booked: { value: 5000 }, journal: { value: 2000 } } },
    ])
  })

  it('that was given back, or has no owner or no value, is in no books and raises no alarm', async () => {
    const { saleId, noteId } = sale()
    const value = minor(2000)
    journal.add(
      { type: 'note.escrowed', saleId, noteId, value },
      { type: 'note.returned', saleId, noteId, value },
      ...noteOf(null, kit.ids.note(), 500),
      ...noteOf(saleId, kit.ids.note(), null),
    )
    await upload()
    await later(2 * bookingLimitMs)
    expect(await kinds()).toEqual([])
  })

  it('that is in the books and not in the journal is told, once, when all of the journal is there', async () => {
    const { saleId, noteId } = sale()
    journal.add(...something())
    await upload()
    kit.clock.now += 1_000
    await closed(saleId, noteId, 2000)
    await upload()
    expect(await kinds()).toEqual([])
    await uploadTwice()
    await uploadTwice()
    expect(await alarms()).toMatchObject([
      {
        kind: 'note against books',
        evidence: { note: noteId, booked: { value: 2000 }, journal: null },
      },
    ])
  })

  it('is looked for only when all of the journal is there', async () => {
    const { saleId, noteId } = sale()
    journal.add(...something(), ...noteOf(saleId, noteId, 2000))
    await closed(saleId, noteId, 2000)
    for (const lines of [journal.lines.slice(0, 1), [], []]) {
      kit.clock.now += 1_000
      await upload({ lines })
    }
    expect(await kinds()).toEqual([])
  })
})
