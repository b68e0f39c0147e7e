// A customer who pays 40 by bank card and does on each screen what there is to do; or who cancels once the bank has agreed.
import type { KioskInABox } from './kiosk-in-a-box.ts'

export const cardCustomer = (box: KioskInABox, wants: 'energy' | 'to cancel') => {
  let seen = ''
  let over = false
  let asked = false
  const leaves = () => {
    over = true
    box.reader.remove()
  }
  const react = () => {
    const { screen } = box.view()
    if (screen.kind === 'paying by card' && box.terminal.waitsForPerson()) {
      box.terminal.presentCard()
    }
    if (screen.kind === seen) return
    seen = screen.kind
    switch (screen.kind) {
      case 'attract':
        if (!over) box.insert('plain-sale')
        break
      case 'account':
        box.press({ type: 'buy' })
        break
      case 'choose amount':
        box.press({ type: 'digit', digit: 4 })
        box.press({ type: 'digit', digit: 0 })
        box.press({ type: 'continue' })
        break
      case 'choose tender':
        // Asked to choose again: it is given up.
        box.press(asked ? { type: 'cancel' } : { type: 'tender', tender: 'bank card' })
        asked = true
        break
      case 'confirm purchase':
        box.press(wants === 'energy' ? { type: 'confirm' } : { type: 'cancel' })
        break
      case 'confirm cancel':
        box.press({ type: 'cancel' })
        break
      case 'mishap':
        box.press({ type: 'done' })
        break
      case 'take card':
        leaves()
        break
      default:
    }
  }
  return { react, over: () => over }
}
