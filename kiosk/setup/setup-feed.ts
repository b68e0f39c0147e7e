// The views of a set-up, numbered; and which presses still belong to the page that is shown.
import type { SetupPage, SetupView } from '../../ui/setup/setup-view.ts'

export type SetupFeed = {
  view: () => SetupView
  /** The view if it differs from the last one in anything but its moment, else null. */
  next: () => SetupView | null
  /** Whether a press on this view was made on the page that is shown now. */
  belongs: (view: number) => boolean
}

/** `compose` gives everything but the number. */
export const setupFeed = (compose: () => Omit<SetupView, 'number'>): SetupFeed => {
  let number = 0
  let shown = compose()
  /** The first view of the page that is shown now. */
  let since = 0
  return {
    view: () => ({ ...shown, number, now: compose().now }),
    next: () => {
      const view = compose()
      if (JSON.stringify({ ...view, now: 0 }) === JSON.stringify({ ...shown, now: 0 })) return null
      number += 1
      if (nameOf(view.page) !== nameOf(shown.page)) since = number
      shown = view
      return { ...view, number }
    },
    belongs: (view) => view >= since && view <= number,
  }
}

const nameOf = (page: SetupPage): string => {
  switch (page.kind) {
    case 'question':
      return `question ${page.question}`
    case 'device':
      return `device ${page.device.device}`
    case 'testing':
      return `testing ${page.device} ${page.looking}`
    default:
      return page.kind
  }
}
