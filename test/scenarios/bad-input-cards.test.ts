import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

/** What a card may answer instead of the right thing: a wrong word, too little, too much, nothing at all, noise. */
const rubbish = fc.oneof(
  fc.uint8Array({ maxLength: 3 }),
  fc.uint8Array({ minLength: 2, maxLength: 300 }),
  // Something, and a word that says all is well.
  fc.uint8Array({ maxLength: 120 }).map((data) => Uint8Array.of(...data, 0x90, 0x00)),
  // More to fetch, for ever; the wrong length; any word.
  fc
    .constantFrom(
      [0x61, 0x10],
      [0x61, 0x00],
      [0x6c, 0x40],
      [0x9f, 0x10],
      [0x6f, 0x00],
      [0x00, 0x00],
    )
    .map((word) => Uint8Array.from(word)),
  fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 })).map((word) => Uint8Array.from(word)),
)

type Spoilt = {
  /** The first command that is answered with rubbish: 0 = the very first. */
  from: number
  answers: Uint8Array[]
  /** Whether the card does all the same what it is told. */
  obeys: boolean
}
const spoilings = (latest: number): fc.Arbitrary<Spoilt> =>
  fc.record({
    from: fc.nat({ max: latest }),
    answers: fc.array(rubbish, { minLength: 1, maxLength: 4 }),
    obeys: fc.boolean(),
  })

/** A card that is well for some commands, and answers rubbish from there on. */
const spoilt = (card: CardInSlot, { from, answers, obeys }: Spoilt): CardInSlot => {
  let commands = 0
  return {
    ...card,
    transmit: (apdu) => {
      const at = commands++ - from
      const answer = at < 0 || obeys ? card.transmit(apdu) : new Uint8Array()
      return at < 0 ? answer : (answers[at % answers.length] ?? answer)
    },
  }
}

/** Chips that know nothing of us, with a wild answer to reset or none. */
const wild = (atr: Uint8Array, answers: readonly Uint8Array[]): CardInSlot => {
  let commands = 0
  return {
    atr: () => atr.slice(),
    powerUp: () => {},
    powerDown: () => {},
    reset: () => {},
    transmit: () => answers[commands++ % answers.length] ?? new Uint8Array(),
  }
}

let box: KioskInABox
beforeAll(async () => {
  box = await kioskInABox()
})
afterAll(() => box.close())

const notesJournalled = (): number => box.journal().filter((line) => line.includes('"note.')).length

/** Whatever this card is, the kiosk says something of it, takes no money, and lets it go. */
const isTurnedAway = async (card: CardInSlot): Promise<void> => {
  await inService(box)
  const notes = notesJournalled()
  box.reader.insert(card)
  for (let waited = 0; waited < 200; waited++) {
    await box.pass(100)
    const { kind } = box.view().screen
    if (kind === 'account' || kind === 'refused' || kind === 'take card') break
  }
  expect(['account', 'refused', 'take card', 'attract']).toContain(box.view().screen.kind)
  expect(box.notes.takesNotes()).toBe(false)
  box.reader.remove()
  await inService(box)
  expect(notesJournalled()).toBe(notes)
  expect(box.audit()).toEqual([])
}

describe('before any money, a card that answers rubbish', () => {
  it('from any command on is refused, and no note is taken', async () => {
    await fc.assert(
      fc.asyncProperty(spoilings(11), (how) => isTurnedAway(spoilt(box.card('rich-account'), how))),
      { seed: 1, numRuns: 40 },
    )
  }, 60_000)

  it('from its answer to reset on is refused, and no note is taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 33 }),
        fc.array(rubbish, { minLength: 1, maxLength: 4 }),
        (atr, answers) => isTurnedAway(wild(atr, answers)),
      ),
      { seed: 1, numRuns: 40 },
    )
  }, 60_000)

  it('does not keep the next customer from being served', async () => {
    await payWithOneNote(box, 'no-account-money', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

describe('P3 P5 P7: a card that answers rubbish while it is written', () => {
  it('from any command on costs nobody anything, and the card itself settles it another day', async () => {
    await fc.assert(
      fc.asyncProperty(spoilings(8), async (how) => {
        const shop = await kioskInABox()
        try {
          await payWithOneNote(shop, 'plain-sale', 50)
          const card = shop.card('plain-sale')
          const { transmit } = card
          // The card in the slot goes mad; in another slot it is well again.
          card.transmit = spoilt({ ...card, transmit }, how).transmit
          shop.press({ type: 'confirm' })
          await shop.until('the customer is told', () =>
            ['take card', 'mishap', 'open order', 'put card back'].includes(
              shop.view().screen.kind,
            ),
          )
          const { screen } = shop.view()
          if (screen.kind === 'mishap') {
            expect(screen.money.kind).not.toBe('not taken')
            expect(screen.reference.words).toHaveLength(4)
          }
          expect(shop.audit()).toEqual([])
          card.transmit = transmit
          await leave(shop)
          expect(shop.audit()).toEqual([])
          shop.insert('plain-sale')
          await shop.until('the card is judged', () =>
            ['account', 'refused', 'open order', 'healed'].includes(shop.view().screen.kind),
          )
          shop.press({ type: 'finish order' })
          await shop.pass(5_000)
          await leave(shop)
          expect(shop.audit()).toEqual([])
        } finally {
          await shop.close()
        }
      }),
      { seed: 1, numRuns: 7 },
    )
  }, 120_000)
})
