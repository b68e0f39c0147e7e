import { describe, expect, it } from 'vitest'
import type { CentreAnswer } from '../domain/centre-messages.ts'
import type { SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { manualClock } from '../test/manual-clock.ts'
import type { CentreClient } from './centre-client.ts'
import { settling } from './settling.ts'
import { imbalances } from './standing-sums.ts'
import { standingBook, standingOf } from './standing.ts'

const clock = manualClock()

/** A kiosk whose journal is a list, and a centre that answers as told, one answer after the other. */
const kioskWith = (answers: CentreAnswer<'closing'>[]) => {
  const book = standingBook()
  const journalled: JournalEntry[] = []
  const asked: { requestId: string; notes: number; saleId: string }[] = []
  const stop = new AbortController()
  let broken = false
  const centre: CentreClient = {
    ask: (name, requestId, { ...content }) => {
      if (name !== 'closing') throw new Error('only closings are asked for')
      const { saleId, notes } = content as unknown as { saleId: string; notes: unknown[] }
      asked.push({ requestId, saleId, notes: notes.length })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return Promise.resolve(answer as never)
    },
  }
  const journal = (entries: JournalEntry[]) => {
    if (broken) return Promise.reject(new Error('the disk is gone'))
    for (const entry of entries) book.enter(entry)
    journalled.push(...entries)
    return Promise.resolve()
  }
  const problems: string[] = []
  const { settle } = settling(
    {
      standing: book.standing,
      journal,
      centre,
      clock,
      report: ({ why }) => problems.push(why),
      tried: () => undefined,
    },
    stop.signal,
  )
  return {
    journal,
    settle,
    asked,
    journalled,
    problems,
    stop: () => stop.abort(),
    breakDisk: () => {
      broken = true
    },
  }
}

const saleWithNote = (): { saleId: SaleId; entries: JournalEntry[] } => {
  const saleId = clock.ids.sale()
  const note = { saleId, noteId: clock.ids.note(), value: minor(2000) }
  return {
    saleId,
    entries: [
      { type: 'note.escrowed', ...note },
      { type: 'note.stacking', ...note, counters: null },
      { type: 'note.stacked', ...note },
      { type: 'session.closed', saleId, end: 'deposited', cash: minor(2000) },
    ],
  }
}

const booked: CentreAnswer<'closing'> = {
  kind: 'answered',
  reply: { order: null, toAccount: minor(2000), toSuspense: minor(0), balance: minor(2000) },
}
const away: CentreAnswer<'closing'> = { kind: 'away', why: 'the line is down' }

describe('a sale that is over with a note in it', () => {
  it('is closed with the centre: intent on disk, asked, outcome on disk', async () => {
    const kiosk = kioskWith([booked])
    const { saleId, entries } = saleWithNote()
    await kiosk.journal(entries)
    kiosk.settle()
    await clock.advance(0)
    const [closing, settled] = kiosk.journalled.slice(entries.length)
    expect(closing).toMatchObject({ type: 'sale.closing', saleId })
    expect(settled).toMatchObject({ type: 'sale.settled', saleId, toAccount: 2000 })
    expect(kiosk.asked).toHaveLength(1)
    kiosk.settle()
    await clock.advance(120_000)
    expect(kiosk.asked).toHaveLength(1)
  })

  it('is asked for again under the same id, for as long as the centre is away', async () => {
    const kiosk = kioskWith([away, away, booked])
    await kiosk.journal(saleWithNote().entries)
    kiosk.settle()
    await clock.advance(60_000)
    expect(kiosk.asked).toHaveLength(3)
    expect(new Set(kiosk.asked.map(({ requestId }) => requestId)).size).toBe(1)
    expect(kiosk.journalled.filter(({ type }) => type === 'sale.closing')).toHaveLength(1)
    expect(kiosk.journalled.at(-1)?.type).toBe('sale.settled')
    expect(kiosk.problems).toEqual(['the line is down', 'the line is down'])
  })

  it('does not keep the next one waiting: a sale that ends while one is being settled is settled too', async () => {
    const kiosk = kioskWith([booked])
    await kiosk.journal(saleWithNote().entries)
    kiosk.settle()
    await kiosk.journal(saleWithNote().entries)
    kiosk.settle()
    await clock.advance(0)
    expect(kiosk.journalled.filter(({ type }) => type === 'sale.settled')).toHaveLength(2)
  })

  it('P5: whose closing was booked and not answered is told of all of its money, that of a note found later too', async () => {
    const { saleId, entries } = saleWithNote()
    const late = { saleId, noteId: clock.ids.note(), value: minor(5000) }
    const lost: JournalEntry[] = [
      { type: 'note.escrowed', ...late },
      { type: 'note.stacking', ...late, counters: null },
      { type: 'note.unknown', ...late, why: 'silence' },
    ]
    const rest: CentreAnswer<'closing'> = {
      kind: 'answered',
      reply: { order: null, toAccount: minor(5000), toSuspense: minor(0), balance: minor(7000) },
    }
    const kiosk = kioskWith([{ kind: 'unknown', why: 'no answer in time' }, booked, rest])
    await kiosk.journal([...entries.slice(0, 3), ...lost, ...entries.slice(3)])
    kiosk.settle()
    await clock.advance(0)
    await kiosk.journal([{ type: 'note.stacked', ...late }])
    kiosk.settle()
    await clock.advance(60_000)
    expect(kiosk.asked.map(({ notes }) => notes)).toEqual([1, 1, 2])
    expect(kiosk.asked[1]?.requestId).toBe(kiosk.asked[0]?.requestId)
    expect(kiosk.asked[2]?.requestId).not.toBe(kiosk.asked[0]?.requestId)
    const standing = standingOf(kiosk.journalled)
    expect(standing.sales.get(saleId)?.settled).toMatchObject({ toAccount: 7000 })
    expect(imbalances(standing)).toEqual([])
  })

  it('is not asked about when its intent cannot be put on disk', async () => {
    const kiosk = kioskWith([booked])
    await kiosk.journal(saleWithNote().entries)
    kiosk.breakDisk()
    kiosk.settle()
    await clock.advance(0)
    expect(kiosk.asked).toEqual([])
    expect(kiosk.problems).toEqual(['the disk is gone'])
    kiosk.stop()
  })

  it('stays open when the kiosk stops, and the next start closes it under the same id', async () => {
    const kiosk = kioskWith([away])
    await kiosk.journal(saleWithNote().entries)
    kiosk.settle()
    await clock.advance(0)
    kiosk.stop()
    await clock.advance(600_000)
    expect(kiosk.asked).toHaveLength(1)
    const next = kioskWith([booked])
    await next.journal([...kiosk.journalled, { type: 'kiosk.started', boot: 2, version: '1' }])
    next.settle()
    await clock.advance(0)
    expect(next.asked[0]?.requestId).toBe(kiosk.asked[0]?.requestId)
  })
})

it('a sale that somebody is still at is left alone', async () => {
  const kiosk = kioskWith([booked])
  await kiosk.journal(saleWithNote().entries.slice(0, 3))
  kiosk.settle()
  await clock.advance(10_000)
  expect(kiosk.asked).toEqual([])
})
