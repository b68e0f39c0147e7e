// A purchase taken back at the kiosk: while the card has not moved, to the account, and never money and energy both.
import { describe, expect, it, vi } from 'vitest'
import { insertCard, leave, payWithOneNote } from '../customer.ts'
import { inABox } from '../in-a-box.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

// Several kiosks at once share the processor.
vi.setConfig({ testTimeout: 180_000 })

const image = (box: KioskInABox) => box.card('plain-sale').state().files[2]
const typesIn = (box: KioskInABox) =>
  box.journal().map((line) => (JSON.parse(line) as { entry: { type: string } }).entry.type)

/** The card is still in, with the purchase on it. */
const bought = async (box: KioskInABox) => {
  const before = image(box)
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  const shown = await box.screen('take card')
  expect(shown).toMatchObject({ undo: 'offered', after: { kind: 'bought' } })
  return before
}
const asked = async (box: KioskInABox) => {
  const before = await bought(box)
  box.press({ type: 'take back' })
  expect(await box.screen('confirm undo')).toMatchObject({ amount: 5000 })
  return before
}

describe('a customer who takes a purchase back', () => {
  it.concurrent('is asked once, and has all of the money in the account, and a slip that says so', () =>
    inABox(async (box) => {
      const before = await asked(box)
      box.press({ type: 'confirm' })
      const { after, undo } = await box.screen('take card', (it) => it.after.kind === 'undone')
      expect(after).toEqual({ kind: 'undone', amount: 5000, balance: 8640 + 5000 })
      expect(undo).toBeNull()
      expect(image(box)).toBe(before)
      expect(box.printer.receipts().at(-1)?.text).toContain('taken back')
      expect(typesIn(box).filter((type) => type.startsWith('card.'))).toEqual([
        'card.writing',
        'card.written',
        'card.undoing',
        'card.undone',
      ])
      await leave(box)
      expect(box.audit()).toEqual([])
      expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + 5000)
    }))

  it.concurrent('and thinks better of it keeps it', () =>
    inABox(async (box) => {
      const before = await asked(box)
      box.press({ type: 'back' })
      expect(await box.screen('take card')).toMatchObject({ undo: 'offered' })
      expect(image(box)).not.toBe(before)
      await leave(box)
      expect(typesIn(box)).not.toContain('card.undoing')
      expect(box.audit()).toEqual([])
    }))

  it.concurrent('too late is not offered it any more', () =>
    inABox(async (box) => {
      await bought(box)
      await box.pass(46_000)
      expect(await box.screen('take card')).toMatchObject({ undo: null })
      expect(box.press({ type: 'take back' })).toBe(true)
      await box.pass(500)
      expect(box.view().screen.kind).toBe('take card')
      await leave(box)
      expect(box.audit()).toEqual([])
    }))

  it.concurrent('while the centre is away is told that it stands', () =>
    inABox(async (box) => {
      await asked(box)
      box.centre.goAway()
      box.press({ type: 'confirm' })
      const shown = await box.screen('take card')
      expect(shown).toMatchObject({ undo: 'failed', after: { kind: 'bought' } })
      box.centre.comeBack()
      await leave(box)
      expect(box.audit()).toEqual([])
    }))

  it.concurrent('and whose answer is lost is told the truth by the card', () =>
    inABox(async (box) => {
      const before = await asked(box)
      box.centre.fail('undo', 'answer lost', 200)
      box.press({ type: 'confirm' })
      const shown = await box.screen('take card')
      expect(shown).toMatchObject({ undo: 'failed', after: { kind: 'bought' } })
      box.centre.mend()
      expect(image(box)).not.toBe(before)
      await leave(box)
      expect(box.audit()).toEqual([])
    }))
})

/** APPEND RECORD, UPDATE, SELECT, MAC'd READ and its GET RESPONSE. */
const commandsOfUndo = 5

describe.concurrent.each(
  Array.from({ length: commandsOfUndo }, (_, commands) =>
    (['answered', 'not answered'] as const).map((last) => ({ commands, last })),
  )
    .flat()
    .filter(({ commands, last }) => commands > 0 || last === 'answered'),
)('a card pulled after $commands commands of the undo, the last one $last,', (cut) => {
  it.concurrent('P3 P7: leaves a reference, and the next touch says which it is', () =>
    inABox(async (box) => {
      const before = await asked(box)
      box.reader.pullAfter(cut.commands, cut.last)
      box.press({ type: 'confirm' })
      const mishap = await box.screen('mishap')
      expect(mishap).toMatchObject({ mishap: 'undo unknown', money: { kind: 'card decides' } })
      expect(mishap.reference.words).toHaveLength(4)
      box.press({ type: 'done' })
      await box.screen('attract')
      await box.pass(3_000)
      expect(box.audit()).toEqual([])
      const isBack = image(box) === before
      box.insert('plain-sale')
      const { after } = await box.screen('healed')
      expect(after).toMatchObject(
        isBack ? { kind: 'undone', amount: 5000, balance: 8640 + 5000 } : { kind: 'settled' },
      )
      // The receipt of the purchase was printed before: this one is a duplicate.
      const slip = box.printer.receipts().at(-1)?.text ?? ''
      expect(slip.includes('DUPLICATE')).toBe(!isBack)
      box.press({ type: 'continue' })
      await box.screen(isBack ? 'account' : 'refused')
      box.press({ type: isBack ? 'cancel' : 'done' })
      await leave(box)
      expect(box.audit()).toEqual([])
    }))
})

it.concurrent('P1 P3: a kiosk that stops while it takes back knows nothing, and says so, until the card is seen', () =>
  inABox(async (box) => {
    const before = await asked(box)
    box.centre.fail('proof', 'request lost', 500)
    box.press({ type: 'confirm' })
    await box.until('the undo is under way', () => typesIn(box).includes('card.undoing'))
    await box.restart()
    box.centre.mend()
    expect(typesIn(box)).toContain('card.undo-unknown')
    expect(box.audit()).toEqual([])
    // Its card is still in the slot: it is looked at before anything else.
    const { after } = await box.screen('healed')
    expect(after.kind).toBe(image(box) === before ? 'undone' : 'settled')
    box.press({ type: 'done' })
    await leave(box)
    expect(box.audit()).toEqual([])
  }))

it.concurrent('P7: a customer whose kiosk stopped while it took back is told so on screen and paper, the receipt in the hand or not', () =>
  inABox(async (box) => {
    await asked(box)
    box.centre.fail('proof', 'request lost', 500)
    box.press({ type: 'confirm' })
    await box.until('the undo is under way', () => typesIn(box).includes('card.undoing'))
    box.reader.remove()
    await box.restart()
    const told = await box.screen('interrupted', ({ slip }) => slip === 'on paper')
    expect(told).toMatchObject({
      energy: 'card decides',
      money: [{ kind: 'in the order', amount: 5000 }],
    })
    expect(box.printer.receipts().at(-1)?.text).toContain(told.reference.number)
    box.press({ type: 'done' })
    box.centre.mend()
    await box.screen('attract')
    expect(box.audit()).toEqual([])
  }))
