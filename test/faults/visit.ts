// One customer at a kiosk in a box, from card in to card out, whatever happens on the way; and what the customer was told.
import type { Screen } from '../../ui/kiosk/screen.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

export type Wish = 'cash' | 'account'

/** Who comes for what: the cards of the town. */
export const cardOf: Record<Wish, string> = { cash: 'plain-sale', account: 'rich-account' }

/** What is bought, in whole currency units, and the notes in the customer's hand. */
const units = 40
const notes = 2000

export type Visit = ReturnType<typeof visit>

/** `mayStart`: a customer who has seen the kiosk start again in the middle does not begin anew. */
export const visit = (box: KioskInABox, wish: Wish) => {
  const told: Screen[] = []
  let begun = false
  let over = false
  let residue = 0
  let last = { view: -1, at: 0 }
  let tried = false

  /** What is shown is acted on once; notes are put in as long as the slot takes them. */
  const step = (): void => {
    const { screen, number } = box.view()
    if (screen.kind === 'insert notes' && box.notes.takesNotes()) {
      box.notes.insert(notes)
      return
    }
    const now = box.clock.monotonic()
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
        if (begun && !box.reader.present()) over = true
        else if (!begun) {
          begun = true
          box.insert(cardOf[wish])
        } else box.reader.remove()
        break
      case 'account':
        box.press({ type: 'buy' })
        break
      case 'choose amount':
        for (const digit of String(units)) box.press({ type: 'digit', digit: Number(digit) })
        box.press({ type: 'continue' })
        break
      case 'choose tender':
        // Whoever is sent back here has got every note back.
        box.press(tried ? { type: 'cancel' } : { type: 'tender', tender: wish })
        tried = true
        break
      case 'insert notes':
        if (screen.note.kind === 'stopped') box.press({ type: 'cancel' })
        break
      case 'more than chosen':
        box.press({ type: 'rest', to: 'account' })
        break
      case 'confirm purchase':
        residue = screen.quote.residue
        box.press({ type: 'confirm' })
        break
      case 'confirm deposit':
        box.press({ type: 'confirm' })
        break
      case 'confirm cancel':
        box.press({ type: 'cancel' })
        break
      case 'open order':
        box.press({ type: 'finish order' })
        break
      case 'put card back':
        tell(screen)
        if (!box.reader.present()) box.insert(cardOf[wish])
        break
      case 'mishap':
        tell(screen)
        box.press({ type: 'done' })
        break
      case 'refused':
      case 'take card':
        tell(screen)
        box.reader.remove()
        break
      case 'thank you':
        tell(screen)
        break
      case 'out of service':
        if (begun) {
          box.reader.remove()
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
  screen.kind === 'put card back' ||
  (screen.kind === 'take card' && ['on paper', 'on screen'].includes(screen.receipt.kind))
