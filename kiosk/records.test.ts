import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import { manualClock } from '../test/manual-clock.ts'
import { openRecords, type Records } from './records.ts'
import { unresolved } from './unresolved.ts'

const clock = manualClock()
const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-records-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const facts: string[] = []
const opened = async (folder: string): Promise<Records> => {
  const result = await openRecords({
    folder,
    clock,
    version: '1.0.0',
    report: (fact) => facts.push(fact),
  })
  if (result.kind !== 'open') throw new Error(result.kind)
  return result.records
}

const saleId = clock.ids.sale()
const note = { saleId, noteId: clock.ids.note(), value: minor(2000) }
const stacked: JournalEntry[] = [
  { type: 'note.escrowed', ...note },
  { type: 'note.stacking', ...note, counters: null },
  { type: 'note.stacked', ...note },
]
const linesOf = (folder: string) =>
  readFileSync(join(folder, 'journal.ndjson'), 'utf8').trim().split('\n')

describe('the records of a kiosk', () => {
  it('count the starts and journal each', async () => {
    const folder = newFolder()
    for (const boot of [1, 2]) {
      const records = await opened(folder)
      expect(linesOf(folder).at(-1)).toContain(`"boot":${boot}`)
      await records.close()
    }
  })

  it('P1: follow what is appended, and say after a restart what they said before', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    await records.append(stacked)
    const box = { notes: [{ value: 2000, count: 1 }], accuracy: 'accurate' }
    expect(records.cashBox()).toMatchObject(box)
    const before = records.standing().sales.get(saleId)
    expect(before?.notes).toMatchObject([{ place: 'unsettled' }])
    await records.close()
    const again = await opened(folder)
    expect(again.cashBox()).toMatchObject(box)
    expect(again.standing().sales.get(saleId)).toEqual({
      ...before,
      over: true,
      interrupted: 'customer may be there',
    })
    await again.close()
  })

  it('P1: never give a receipt number twice, even when the program is killed', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    const numbers = [await records.nextReceipt(), await records.nextReceipt()]
    await records.append([])
    await records.close()
    const again = await opened(folder)
    expect([...numbers, await again.nextReceipt()]).toEqual([1, 2, 3])
    await again.close()
  })

  it('P4: hand over the notes that were moving when the kiosk stopped', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    await records.append(stacked.slice(0, 2))
    await records.close()
    const again = await opened(folder)
    expect(again.openNotes).toMatchObject([{ noteId: note.noteId, value: 2000 }])
    expect(facts).toContain('not resolved')
    await again.close()
  })

  it('P4: tell by name of a note that was in a test when the kiosk stopped, and trust the count of the box no more', async () => {
    const folder = newFolder()
    const killed = await opened(folder)
    const tested = { visitId: clock.ids.visit(), noteId: clock.ids.note() }
    await killed.append([{ type: 'note.testing', ...tested, value: minor(2000) }])
    expect(killed.cashBox()).toMatchObject({ accuracy: 'accurate' })
    await killed.close()
    facts.length = 0
    const records = await opened(folder)
    expect(facts).toEqual(['not resolved'])
    expect(unresolved(records.standing())).toMatchObject([
      { what: 'note unknown', saleId: null, noteId: tested.noteId, amount: 2000 },
    ])
    expect(records.cashBox()).toMatchObject({ notes: [], accuracy: 'inaccurate' })
    const last = () => JSON.parse(linesOf(folder).at(-1) ?? '').entry
    expect(last()).toEqual({ type: 'note.tested', ...tested, end: 'unknown' })
    await records.close()
    // Told once as an outcome, and by name at every start.
    await (await opened(folder)).close()
    expect(last()).toMatchObject({ type: 'kiosk.started' })
    expect(facts).toEqual(['not resolved', 'not resolved'])
  })

  it('P4: write down that nobody saw how a card write ended', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    const orderNumber = '2611230000000042'
    await records.append([{ type: 'card.writing', saleId, orderNumber } as JournalEntry])
    await records.close()
    const again = await opened(folder)
    expect(linesOf(folder).at(-1)).toContain('"card.unknown"')
    await again.close()
  })
})

describe('a kiosk sells nothing', () => {
  it('P6: on a journal whose chain is broken, and writes nothing more on it', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    await records.append(stacked)
    await records.close()
    const path = join(folder, 'journal.ndjson')
    const changed = readFileSync(path, 'utf8').replace('"value":2000', '"value":9000')
    writeFileSync(path, changed)
    const again = await opened(folder)
    expect(again.trouble()).toMatch(/line 2 of the journal/)
    await expect(again.append(stacked)).rejects.toThrow()
    expect(again.openNotes).toEqual([])
    await again.close()
    expect(readFileSync(path, 'utf8')).toBe(changed)
  })

  it('twice at once on the same journal', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    const second = await openRecords({ folder, clock, version: '1', report: () => undefined })
    expect(second.kind).toBe('in use')
    await records.close()
  })

  it('and goes on after a torn last line, which was never acknowledged', async () => {
    const folder = newFolder()
    const records = await opened(folder)
    await records.close()
    appendFileSync(join(folder, 'journal.ndjson'), '{"sequence":2,"at":"2026-')
    const again = await opened(folder)
    expect(again.trouble()).toBeNull()
    expect(linesOf(folder).some((line) => line.includes('"journal.torn"'))).toBe(true)
    await again.close()
  })
})
