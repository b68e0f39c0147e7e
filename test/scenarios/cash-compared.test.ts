// Two records of the cash: what the acceptor counts in its life, and what the journal says was stacked.
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { inService, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

type Compared = Extract<JournalEntry, { type: 'cash.compared' }>

const entries = (): JournalEntry[] =>
  box.journal().map((line) => (JSON.parse(line) as { entry: JournalEntry }).entry)
const comparisons = (): Compared[] =>
  entries().filter((entry): entry is Compared => entry.type === 'cash.compared')
/** The acceptor has come to rest, and the centre has heard of it. */
const atRest = () => box.pass(20_000)
const kindsOfAlarms = (): string[] => box.alarms().map(({ kind }) => kind)

const sell = async (card: string, units = 50): Promise<void> => {
  await payWithOneNote(box, card, units)
  box.press({ type: 'confirm' })
  await box.screen('take card')
  await leave(box)
  await atRest()
}

/** Changes what the acceptor holds while the kiosk is off, as somebody does who has the key to it. */
const whileOff = (change: (truth: ReturnType<KioskInABox['notes']['truth']>) => void) =>
  box.restart({
    meanwhile: () => {
      const truth = box.notes.truth()
      change(truth)
      box.notes.swapUnit(truth)
    },
  })

it('P2: at the start and after each sale with notes both records are compared, and agree', async () => {
  box = await kioskInABox()
  await inService(box)
  await atRest()
  expect(comparisons()).toMatchObject([{ verdict: 'first', counters: { stacked: 0 } }])
  await sell('plain-sale')
  await sell('rich-account')
  const sales = entries().flatMap((entry) => (entry.type === 'session.opened' ? entry.saleId : []))
  expect(comparisons().slice(1)).toMatchObject(
    sales.map((sale, at) => ({
      verdict: 'agrees',
      sale,
      expected: 1,
      difference: 0,
      counters: { stacked: at + 1 },
    })),
  )
  await box.restart()
  await inService(box)
  await atRest()
  expect(comparisons().at(-1)).toMatchObject({ verdict: 'agrees', sale: null, expected: 0 })
  expect(box.audit({ atRest: true })).toEqual([])
  expect(box.alarms()).toEqual([])
})

it('P2: an enquiry and a sale from the account compare nothing: no note has moved', async () => {
  box = await kioskInABox()
  await inService(box)
  await atRest()
  const before = comparisons().length
  box.insert('plain-sale')
  await box.screen('account')
  await leave(box)
  await atRest()
  expect(comparisons()).toHaveLength(before)
})

describe('P2: the acceptor has taken five notes, and the journal has four:', () => {
  it('it is found at the next start, told as a fault of the highest kind, and the centre raises an alarm, once', async () => {
    const log: { level: number; msg?: string }[] = []
    box = await kioskInABox({ log: logInto(log) })
    await inService(box)
    await atRest()
    await payCash(box, 'plain-sale', 80)
    for (let notes = 1; notes <= 4; notes++) {
      await box.feed(2000)
      await box.until(`${notes} notes are in`, () => notesIn() === notes)
    }
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
    await atRest()
    expect(comparisons().at(-1)).toMatchObject({ expected: 4, verdict: 'agrees' })
    await whileOff((truth) => {
      truth.counters.stacked += 1
    })
    await inService(box)
    await atRest()
    expect(comparisons().at(-1)).toMatchObject({
      verdict: 'differs',
      difference: 1,
      counters: { stacked: 5 },
    })
    expect(entries()).toContainEqual(
      expect.objectContaining({ type: 'fault.raised', fault: 'cash differs' }),
    )
    expect(log.filter(({ level }) => level === 60)).toMatchObject([
      { msg: expect.stringContaining('cash differs') as unknown },
    ])
    expect(box.alarms()).toMatchObject([{ kind: 'cash differs', evidence: { difference: 1 } }])
    await box.restart()
    await inService(box)
    await atRest()
    await sell('rich-account')
    expect(kindsOfAlarms()).toEqual(['cash differs'])
    expect(box.audit()).toContainEqual(
      expect.stringContaining('counted 1 notes more than the journal has'),
    )
  })
})

it('P2: counters that went back are another finding than missing notes', async () => {
  box = await kioskInABox()
  await sell('plain-sale')
  await whileOff((truth) => {
    truth.counters.stacked = 0
  })
  await inService(box)
  await atRest()
  expect(comparisons().at(-1)).toMatchObject({ verdict: 'counters went back', difference: 0 })
  expect(kindsOfAlarms()).toEqual(['cash counters went back'])
  // From here on both count anew.
  await sell('rich-account')
  expect(comparisons().at(-1)).toMatchObject({ verdict: 'agrees', expected: 1 })
  expect(kindsOfAlarms()).toEqual(['cash counters went back'])
})

const notesIn = (): number => entries().filter(({ type }) => type === 'note.stacked').length

/** A log whose lines are kept. */
const logInto = (lines: { level: number; msg?: string }[]) =>
  pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as { level: number }) })
