import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { code } from '../../drivers/note-acceptor/ssp/commands.ts'
import { missesCommands } from '../../drivers/note-acceptor/ssp/simulator/behaviours.ts'
import { inService, insertCard, leave, payCash } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const journalled = (type: string) =>
  box.journal().filter((line) => line.includes(`"${type}"`)).length

describe('P3: a note the acceptor tells again after a start, because it was never told that we know,', () => {
  it('is not credited twice', async () => {
    await payCash(box, 'plain-sale', 50)
    const forget = box.notes.behave(missesCommands({ to: code.acknowledge }))
    await box.feed(2000)
    await box.until('the note is journalled', () => journalled('note.stacked') === 1)
    await box.restart()
    forget()
    box.reader.remove()
    await inService(box)
    await box.pass(40_000)
    expect(journalled('note.unexpected')).toBe(0)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + 2000)
    await leave(box)
  })
})

describe('P2: a note given up as unknown because the acceptor was silent too long', () => {
  it.each(['stacked', 'given back'])('and %s after all finds its owner', async (end) => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(5000)
    await box.until('the stacking was begun', () => journalled('note.stacking') === 1)
    if (end === 'stacked') await box.pass(600)
    box.notes.powerOff()
    const { money, mishap } = await box.screen('mishap')
    expect(mishap).toBe('note unaccounted for')
    expect(money).toEqual({ kind: 'held', amount: 5000 })
    expect(box.audit()).toEqual([])
    box.press({ type: 'done' })
    await box.screen('take card')
    box.reader.remove()
    box.notes.powerOn()
    await inService(box)
    await box.pass(30_000)
    expect(box.audit()).toEqual([])
    const inBox = box.notes.truth().cashBox.notes[5000] ?? 0
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + inBox * 5000)
    await leave(box)
  })
})
