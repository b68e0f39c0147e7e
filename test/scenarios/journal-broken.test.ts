import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { nextLine } from '../../kiosk/journal-chain.ts'
import type { JournalFile } from '../../kiosk/journal.ts'
import { inService, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

it('a kiosk that finds its journal broken while nobody is there invites nobody', async () => {
  let broken = false
  box = await kioskInABox({
    journal: {
      openFile: async (path): Promise<JournalFile> => {
        const file = await open(path, 'a+', 0o600)
        const datasync = file.datasync.bind(file)
        return Object.assign(file, {
          datasync: () => (broken ? Promise.reject(new Error('EIO')) : datasync()),
        })
      },
    },
  })
  await inService(box)
  broken = true
  // The first that has to be journalled: a fault of a device.
  box.notes.jam('safe')
  const { why } = await box.screen('out of service')
  expect(why).toBe('journal')
  box.insert('plain-sale')
  await box.pass(3_000)
  expect(box.view().screen.kind).toBe('out of service')
})

/** A kiosk in a box, what its diagnostic log says, and what supervision is answered. */
const loggedBox = async () => {
  const logged: string[] = []
  const to = new Writable({
    write: (line, _, done) => {
      logged.push(String(line))
      done()
    },
  })
  const made = await kioskInABox({ log: pino({ level: 'info' }, to) })
  const health = async () =>
    (await (await fetch(`${made.url()}health`)).json()) as Record<string, unknown>
  return { made, logged: () => logged.join(''), health }
}

type Broken = { what: string; spoil: (path: string) => void; says: RegExp }

const lastLine = (path: string) => {
  const line = readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? ''
  return JSON.parse(line) as { sequence: number; hash: string; entry: JournalEntry }
}

describe('P4 P6: a kiosk that starts on a journal it cannot trust', () => {
  it.each<Broken>([
    {
      what: 'whose chain is broken in the middle',
      spoil: (path) => {
        const text = readFileSync(path, 'utf8')
        writeFileSync(path, text.replace('"value":5000', '"value":500'))
      },
      says: /of the journal/,
    },
    {
      what: 'that says what cannot be true',
      spoil: (path) => {
        // A line as this kiosk would write it, of a note that cannot have been returned twice.
        const lines = readFileSync(path, 'utf8').trim().split('\n')
        const stacked = lines
          .map((line) => (JSON.parse(line) as { entry: JournalEntry }).entry)
          .find((entry) => entry.type === 'note.stacked')
        if (stacked === undefined) throw new Error('no note was stacked')
        const returned: JournalEntry = { ...stacked, type: 'note.returned' }
        const { bytes } = nextLine(lastLine(path), '2026-11-24T12:00:00.000Z', returned)
        appendFileSync(path, bytes)
      },
      says: /yet note.returned follows/,
    },
  ])('$what is out of service and shows the reference the log has', async ({ spoil, says }) => {
    const { made, logged, health } = await loggedBox()
    box = made
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.remove()
    await box.restart({ meanwhile: spoil })
    await box.pass(5_000)
    const { why, reference } = await box.screen(
      'out of service',
      (shown) => shown.why === 'journal',
    )
    expect(why).toBe('journal')
    expect(reference?.words).toHaveLength(4)
    expect(logged()).toMatch(says)
    expect(logged()).toContain(reference?.number)
    expect(await health()).toMatchObject({ well: false, reference: reference?.number })
    box.insert('plain-sale')
    await box.pass(3_000)
    expect(box.view().screen.kind).toBe('out of service')
  })
})

it('P6: a torn last line is kept aside, and the log and supervision are told', async () => {
  const { made, logged, health } = await loggedBox()
  box = made
  await inService(box)
  await box.restart({ meanwhile: (path) => appendFileSync(path, '{"sequence":3,"at":"20') })
  await inService(box)
  expect(logged()).toContain('a torn last line was kept aside')
  const { tornLines } = await health()
  expect(tornLines).toHaveLength(1)
  expect(logged()).toContain(String((tornLines as string[])[0]))
  // It is told by the start that found it.
  await box.restart()
  expect((await health())['tornLines']).toEqual([])
})

it('P4: what is unresolved after a start is in the log and told to supervision, without a word on who it is', async () => {
  const { made, logged, health } = await loggedBox()
  box = made
  await payCash(box, 'plain-sale', 50)
  await box.feed(2000)
  await box.screen('insert notes', ({ inserted }) => inserted === 2000)
  box.printer.runOutOfPaper()
  box.reader.remove()
  await box.restart()
  const { reference } = await box.screen('interrupted')
  expect(logged()).toContain('"what":"sale not settled"')
  await box.until('the sale is settled', () => box.unresolved().length === 1)
  expect((await health())['unresolved']).toEqual([
    {
      what: 'slip not printed',
      reference: reference.number,
      saleId: expect.any(String),
      noteId: null,
      amount: null,
    },
  ])
})
