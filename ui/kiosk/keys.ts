// The metal keypad and the arrow keys: everything a finger can do on the screen.
import { pressOfKey, waysOf } from './ways.ts'
import type { Kiosk } from './model.ts'
import type { Press } from './screen.ts'

export const listenToKeys = (kiosk: Kiosk, press: (press: Press) => void): void => {
  document.addEventListener('keydown', (event) => {
    // A key that is held down is one press (accessibility.md 2).
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    const view = kiosk.view.peek()
    const texts = kiosk.texts.peek()
    if (view === null || texts === null || kiosk.silent.peek()) return
    kiosk.keyUsed()
    if (event.key.startsWith('Arrow')) {
      event.preventDefault()
      moveFocus(event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1)
      return
    }
    // A focused button is pressed by Enter itself.
    if (event.key === 'Enter' && document.activeElement instanceof HTMLButtonElement) return
    const ways = waysOf(view.screen, texts)
    const wanted =
      view.warning !== null && event.key === 'Enter'
        ? ({ type: 'more time' } as const)
        : pressOfKey(event.key, view.screen, ways)
    if (wanted === null) return
    event.preventDefault()
    // Whoever types has left the buttons: the next Enter is the way on, not the button that was touched before.
    if (wanted.type === 'digit' || wanted.type === 'erase') letGo()
    press(wanted)
  })
}

const letGo = (): void => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** To the next or the last thing that can be pressed, in the order of reading. */
const moveFocus = (step: 1 | -1): void => {
  const buttons = [...document.querySelectorAll('button')].filter(
    (button) => button.closest('[inert]') === null,
  )
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = at === -1 ? (step === 1 ? 0 : buttons.length - 1) : at + step
  buttons[(next + buttons.length) % buttons.length]?.focus()
}
