// A purchase taken back at the kiosk: while the card has not moved, to the account, and never money and energy both.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertCard, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const image = () => box.card('plain-sale').state().files[2]
const typesIn = () =>
  box.journal().map((line) => (JSON.parse(line) as { entry: { type: string } }).entry.type)

/** The card is still in, with the purchase on it. */
const bought = async () => {
  const before = image()
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  const shown = await box.screen('take card')
  expect(shown).toMatchObject({ undo: 'offered', after: { kind: 'bought' } })
  return before
}
const asked = async () => {
  const before = await bought()
  box.press({ type: 'take back' })
  expect(await box.screen('confirm undo')).toMatchObject({ amount: 5000 })
  return before
}

describe('a customer who takes a purchase back', () => {
  it('is asked once, and has all of the money in the account, and a slip that says so', async () => {
    const before = await asked()
    box.press({ type: 'confirm' })
    const { after, undo } = await box.screen('take card', (it) => it.after.kind === 'undone')
    expect(after).toEqual({ kind: 'undone', amount: 5000, balance: 8640 + 5000 })
    expect(undo).toBeNull()
    expect(image()).toBe(before)
    expect(box.printer.receipts().at(-1)?.text).toContain('taken back')
    expect(typesIn().filter((type) => type.startsWith('card.'))).toEqual([
      'card.writing',
      'card.written',
      'card.undoing',
      'card.undone',
    ])
    await leave(box)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + 5000)
  })

  it('and thinks better of it keeps it', async () => {
    const before = await asked()
    box.press({ type: 'back' })
    expect(await box.screen('take card')).toMatchObject({ undo: 'offered' })
    expect(image()).not.toBe(before)
    await leave(box)
    expect(typesIn()).not.toContain('card.undoing')
    expect(box.audit()).toEqual([])
  })

  it('too late is not offered it any more', async () => {
    await bought()
    await box.pass(46_000)
    expect(await box.screen('take card')).toMatchObject({ undo: null })
    expect(box.press({ type: 'take back' })).toBe(true)
    await box.pass(500)
    expect(box.view().screen.kind).toBe('take card')
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('while the centre is away is told that it stands', async () => {
    await asked()
    box.centre.goAway()
    box.press({ type: 'confirm' })
    const shown = await box.screen('take card')
    expect(shown).toMatchObject({ undo: 'failed', after: { kind: 'bought' } })
    box.centre.comeBack()
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('and whose answer is lost is told the truth by the card', async () => {
    const before = await asked()
    box.centre.fail('undo', 'answer lost', 200)
    box.press({ type: 'confirm' })
    const shown = await box.screen('take card')
    expect(shown).toMatchObject({ undo: 'failed', after: { kind: 'bought' } })
    box.centre.mend()
    expect(image()).not.toBe(before)
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

/** APPEND RECORD, UPDATE, SELECT, MAC'd READ and its GET RESPONSE. */
const commandsOfUndo = 5

describe.each(
  Array.from({ length: commandsOfUndo }, (_, commands) =>
    (['answered', 'not answered'] as const).map((last) => ({ commands, last })),
  )
    .flat()
    .filter(({ commands, last }) => commands > 0 || last === 'answered'),
)('a card pulled after $commands commands of the undo, the last one $last,', (cut) => {
  it('P3 P7: leaves a reference, and the next touch says which it is', async () => {
    const before = await asked()
    box.reader.pullAfter(cut.commands, cut.last)
    box.press({ type: 'confirm' })
    const mishap = await box.screen('mishap')
    expect(mishap).toMatchObject({ mishap: 'undo unknown', money: { kind: 'card decides' } })
    expect(mishap.reference.words).toHaveLength(4)
    box.press({ type: 'done' })
    await box.screen('attract')
    await box.pass(3_000)
    expect(box.audit()).toEqual([])
    const isBack = image() === before
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
  })
})

it('P1 P3: a kiosk that stops while it takes back knows nothing, and says so, until the card is seen', async () => {
  const before = await asked()
  box.centre.fail('proof', 'request lost', 500)
  box.press({ type: 'confirm' })
  await box.until('the undo is under way', () => typesIn().includes('card.undoing'))
  await box.restart()
  box.centre.mend()
  expect(typesIn()).toContain('card.undo-unknown')
  expect(box.audit()).toEqual([])
  // Its card is still in the slot: it is looked at before anything else.
  const { after } = await box.screen('healed')
  expect(after.kind).toBe(image() === before ? 'undone' : 'settled')
  box.press({ type: 'done' })
  await leave(box)
  expect(box.audit()).toEqual([])
})

it('P7: a customer whose kiosk stopped while it took back is told so on screen and paper, the receipt in the hand or not', async () => {
  await asked()
  box.centre.fail('proof', 'request lost', 500)
  box.press({ type: 'confirm' })
  await box.until('the undo is under way', () => typesIn().includes('card.undoing'))
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
})
