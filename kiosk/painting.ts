// Whether the customer's page still paints: it is asked every few seconds, and answers when it has drawn what it was sent.
import { z } from 'zod'

/** A page is asked so often. */
export const pingMs = 5_000

/** The number of the ping, and of the view that stands on the page. */
export const Painted = z.strictObject({ ping: z.int().positive(), view: z.int().nonnegative() })
export type Painted = z.infer<typeof Painted>

export type Painting = {
  /** The number of the next ping; `view` is the one the kiosk shows now. */
  ping: (view: number) => number
  /**
   * `now`: the view the kiosk shows. False when the page answers an older ping, or stands on an older view than it was sent
   * before the ping, or on one of an earlier start: its loop runs, and what a customer sees is wrong all the same.
   */
  painted: (painted: Painted, now: number) => boolean
  /** Since a page last answered; before the first answer, since the kiosk began to serve it. */
  ageMs: () => number
}

export const painting = (monotonic: () => number): Painting => {
  let at = monotonic()
  let number = 0
  /** Of the last ping and the one before: a view that was sent just before a ping may still be on its way to the glass. */
  let views = { least: 0, now: 0 }
  return {
    ping: (view) => {
      views = { least: views.now, now: view }
      number += 1
      return number
    },
    painted: ({ ping, view }, now) => {
      if (ping !== number || view < views.least || view > now) return false
      at = monotonic()
      return true
    },
    ageMs: () => monotonic() - at,
  }
}
