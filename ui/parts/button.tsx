// What can be pressed: answers, and the ways at the foot of the screen. Acts on release inside the button, as a click does.
import type { ComponentChildren } from 'preact'
import { Picture, type PictureName } from './pictures.tsx'

/** One of the answers of a screen: a picture, what it does, and a line more. */
export const Choice = ({
  picture,
  label,
  hint,
  number,
  chosen = false,
  press,
}: {
  picture: PictureName
  label: string
  hint?: string | undefined
  /** The key of the keypad that presses it; shown while the keypad is used. */
  number: number | null
  chosen?: boolean
  press: () => void
}) => (
  <button type="button" class={`choice ${chosen ? 'chosen' : ''}`} onClick={press}>
    <Picture name={picture} />
    <span class="words">
      <b>{label}</b>
      {hint !== undefined && <small>{hint}</small>}
    </span>
    {number !== null && <kbd>{number}</kbd>}
  </button>
)

/** An answer that is not there today, and why. */
export const NoChoice = ({
  picture,
  label,
  why,
}: {
  picture: PictureName
  label: string
  why: string
}) => (
  <p class="choice not">
    <Picture name={picture} />
    <span class="words">
      <b>{label}</b>
      <small>{why}</small>
    </span>
  </p>
)

export const WayButton = ({
  kind,
  children,
  press,
}: {
  kind: 'cancel' | 'back' | 'on'
  children: ComponentChildren
  press: () => void
}) => (
  <button type="button" class={`way ${kind}`} onClick={press}>
    {children}
  </button>
)
