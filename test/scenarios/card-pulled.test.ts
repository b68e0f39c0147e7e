import { describe, expect, it } from 'vitest'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { inABox } from '../in-a-box.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

/**
 * Commands to the card from GET CHALLENGE to the proof: challenge, EXTERNAL AUTHENTICATE, three writes (or more, when prices
 * travel), MAC'd READ and its GET RESPONSE. One more, so that the last case pulls nothing.
 */
const commandsOfWrite = 8

const cases = Array.from({ length: commandsOfWrite + 1 }, (_, commands) =>
  (['answered', 'not answered'] as const).map((last) => ({ commands, last })),
)
  .flat()
  .filter(({ commands, last }) => commands > 0 || last === 'answered')

/** What the customer is told when the card went out in the middle: never that it is bought, never that it is lost. */
const toldAfterPull = async (box: KioskInABox) => {
  await box.until('the customer is told', () =>
    ['put card back', 'take card', 'mishap', 'thank you'].includes(box.view().screen.kind),
  )
  return box.view().screen
}

// Several kiosks at once share the processor.
const options = { timeout: 180_000 }

describe.concurrent.each(cases)(
  'a customer whose card is pulled after $commands commands of the write, the last one $last,',
  options,
  ({ commands, last }) => {
    it.concurrent('is told the truth, and putting the card back heals it', () =>
      inABox(async (box) => {
        const before = box.card('plain-sale').state().files[2]
        const { quote } = await payWithOneNote(box, 'plain-sale', 50)
        box.reader.pullAfter(commands, last)
        box.press({ type: 'confirm' })
        const told = await toldAfterPull(box)
        const pulled = !box.reader.present()
        if (told.kind === 'put card back') {
          expect(told.reference.words).toHaveLength(4)
          expect(box.audit()).toEqual([])
          box.insert('plain-sale')
          await box.until('the purchase is finished', () =>
            ['take card', 'mishap'].includes(box.view().screen.kind),
          )
        }
        expect(box.view().screen).toMatchObject({
          kind: pulled && told.kind === 'thank you' ? 'thank you' : 'take card',
          after: { kind: 'bought', energy: quote.get, paid: 5000 },
        })
        expect(box.card('plain-sale').state().files[2]).not.toBe(before)
        await leave(box)
        expect(box.audit()).toEqual([])
      }))

    it.concurrent('and not put back leaves an open order that the card settles another day', () =>
      inABox(async (box) => {
        await payWithOneNote(box, 'plain-sale', 50)
        box.reader.pullAfter(commands, last)
        box.press({ type: 'confirm' })
        const told = await toldAfterPull(box)
        if (told.kind !== 'put card back') return
        box.press({ type: 'done' })
        const mishap = await box.screen('mishap')
        expect(mishap.mishap).toBe('card pulled while writing')
        expect(['in the order', 'in the account', 'on its way to the account']).toContain(
          mishap.money.kind,
        )
        box.press({ type: 'done' })
        await inService(box)
        await box.pass(3_000)
        expect(box.audit()).toEqual([])

        box.insert('plain-sale')
        await box.until('the card is judged', () =>
          ['open order', 'account', 'healed'].includes(box.view().screen.kind),
        )
        const healed = box.view().screen
        if (healed.kind === 'healed') {
          // It had reached the card after all: its slip is printed, and it is said in one sentence.
          expect(healed).toMatchObject({
            after: { kind: 'settled' },
            receipt: { kind: 'on paper' },
          })
          box.press({ type: 'continue' })
          await box.screen('refused')
        }
        const judged = box.view().screen
        if (judged.kind === 'open order') {
          box.press({ type: 'finish order' })
          const { after } = await box.screen('take card')
          expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
        } else if (mishap.money.kind === 'in the account') {
          expect(judged).toMatchObject({ kind: 'account' })
        } else {
          // What is to be read by the meter first is there.
          expect(judged).toMatchObject({ kind: 'refused', refusal: { kind: 'unread purchase' } })
        }
        await leave(box)
        expect(box.audit()).toEqual([])
      }))
  },
)

it.concurrent('another card put in instead of the one that is awaited is not written, and not judged', () =>
  inABox(async (box) => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.pullAfter(3)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
    const other = box.card('rich-account').state()
    box.insert('rich-account')
    await box.pass(3_000)
    await box.screen('put card back')
    expect(box.card('rich-account').state()).toEqual(other)
    box.insert('plain-sale')
    await box.screen('take card')
    await leave(box)
    expect(box.audit()).toEqual([])
  }))
