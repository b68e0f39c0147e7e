// One customer at a kiosk in a box, from card in to card out, whatever happens on the way; and what the customer was told.
import type { Press, Screen } from '../../ui/kiosk/screen.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

export type Wish = 'cash' | 'account'

/** Who comes for what: the cards of the town. */
export const cardOf: Record<Wish, string> = { cash: 'plain-sale', account: 'rich-account' }

/** What is bought, in whole currency units, and the notes in the customer's hand: two of them pay it. */
const units = 100
const notes = 5000

/** What a customer has before them, at a box and on real wires. */
export type Front = {
  screen: () => { screen: Screen; number: number }
  press: (press: Press) => unknown
  card: { isIn: () => boolean; putIn: () => unknown; takeOut: () => unknown }
  notes: { areTaken: () => boolean; putIn: (value: number) => unknown }
  /** Milliseconds since some moment. */
  now: () => number
}

export const frontOf = (box: KioskInABox, card: string): Front => ({
  screen: box.view,
  press: box.press,
  card: {
    isIn: box.reader.present,
    putIn: () => box.insert(card),
    takeOut: box.reader.remove,
  },
  notes: { areTaken: box.notes.takesNotes, putIn: box.notes.insert },
  now: box.clock.monotonic,
})

export type Visit = ReturnType<typeof visit>

export const visit = (front: Front, wish: Wish) => {
  const told: Screen[] = []
  let begun = false
  let over = false
  let residue = 0
  let last = { view: -1, at: 0 }
  let tried = false

  /** What is shown is acted on once; notes are put in as long as the slot takes them. */
  const step = (): void => {
    const { screen, number } = front.screen()
    if (screen.kind === 'insert notes' && front.notes.areTaken()) {
      front.notes.putIn(notes)
      return
    }
    const now = front.now()
    // Whoever pressed and saw nothing happen presses again after a while.
    if (number === last.view && now - last.at < 3_000) return
    last = { view: number, at: now }
    act(screen)
  }
  const tell = (screen: Screen) => {
    if (told.at(-1)?.kind === screen.kind) told.pop()
    told.push(screen)
  }
  const act = (screen: Screen): void => {
    switch (screen.kind) {
      case 'attract':
        if (begun && !front.card.isIn()) over = true
        else if (!begun) {
          begun = true
          front.card.putIn()
        } else front.card.takeOut()
        break
      case 'account':
        front.press({ type: 'buy' })
        break
      case 'choose amount':
        front.press({ type: 'suggestion', value: units })
        break
      case 'choose tender':
        // Whoever is sent back here has got every note back.
        front.press(tried ? { type: 'cancel' } : { type: 'tender', tender: wish })
        tried = true
        break
      case 'insert notes':
        if (screen.note.kind === 'stopped') front.press({ type: 'cancel' })
        break
      case 'more than chosen':
        front.press({ type: 'rest', to: 'account' })
        break
      case 'confirm purchase':
        residue = screen.quote.residue
        front.press({ type: 'confirm' })
        break
      case 'confirm deposit':
        front.press({ type: 'confirm' })
        break
      case 'confirm cancel':
        front.press({ type: 'cancel' })
        break
      case 'open order':
        front.press({ type: 'finish order' })
        break
      case 'put card back':
        tell(screen)
        if (!front.card.isIn()) front.card.putIn()
        break
      case 'mishap':
      case 'interrupted':
        tell(screen)
        front.press({ type: 'done' })
        break
      case 'healed':
        tell(screen)
        front.press({ type: 'continue' })
        break
      case 'refused':
      case 'take card':
        tell(screen)
        front.card.takeOut()
        break
      case 'thank you':
        tell(screen)
        break
      case 'out of service':
        if (begun) {
          front.card.takeOut()
          over = true
        }
        break
      default:
    }
  }
  return {
    step,
    told,
    /** The card is out, and nobody is served. */
    isOver: () => over,
    /** What of the price went back, as the last question said. */
    residue: () => residue,
  }
}

/** On paper or on the screen, the sale has a name to ask for it by. */
export const isReferred = (screen: Screen): boolean =>
  screen.kind === 'mishap' ||
  screen.kind === 'interrupted' ||
  screen.kind === 'put card back' ||
  (screen.kind === 'take card' && ['on paper', 'on screen'].includes(screen.receipt.kind))
