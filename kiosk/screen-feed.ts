// The views a page is sent, numbered; and which presses still belong to what is shown.
import type { Pressed, Screen, View } from '../ui/kiosk/screen.ts'

export type ScreenFeed = {
  /** The view as it is now. */
  view: () => View
  /** The view if it differs from the last one in anything but its moment, else null. */
  next: () => View | null
  /** Whether a press was made on the screen that is shown now. */
  belongs: (pressed: Pressed) => boolean
}

/** Screens on which a press means what exactly they say: with one figure changed, it means another thing. */
const bindingScreens = new Set<Screen['kind']>([
  'choose tender',
  'more than chosen',
  'confirm purchase',
  'confirm deposit',
  'confirm cancel',
  'open order',
])

/** `compose` gives everything but the number. */
export const screenFeed = (compose: () => Omit<View, 'number'>): ScreenFeed => {
  let number = 0
  let shown = compose()
  /** When the warning began that is shown now. */
  let warnedAt = shown.now
  /** The first view of the screen that is shown now. */
  let since = 0

  const take = (view: Omit<View, 'number'>) => {
    number += 1
    if (!isSameScreen(shown.screen, view.screen)) since = number
    if (shown.warning === null) warnedAt = view.now
    shown = view
  }

  return {
    // A page that connects late has the time as it is, and what is left of a warning.
    view: () => {
      const { now } = compose()
      return { ...shown, number, now, warning: leftOf(shown.warning, now - warnedAt) }
    },
    next: () => {
      const view = compose()
      if (withoutMoment(view) === withoutMoment(shown)) return null
      take(view)
      return { ...view, number }
    },
    belongs: ({ view, press }) =>
      press.type === 'language' || press.type === 'theme' || (view >= since && view <= number),
  }
}

const leftOf = (warning: View['warning'], passedMs: number): View['warning'] =>
  warning === null
    ? null
    : { secondsLeft: Math.max(0, warning.secondsLeft - Math.floor(Math.max(0, passedMs) / 1000)) }

const withoutMoment = (view: Omit<View, 'number'>): string => JSON.stringify({ ...view, now: 0 })

const isSameScreen = (one: Screen, other: Screen): boolean =>
  one.kind === other.kind &&
  pageOf(one) === pageOf(other) &&
  (!bindingScreens.has(one.kind) || JSON.stringify(one) === JSON.stringify(other))

/** The pages of the maintenance mode are screens of their own, and so is each value that is counted. */
const pageOf = (screen: Screen): string =>
  screen.kind === 'service' ? `${screen.page.title} ${screen.page.typing?.of ?? ''}` : ''
