// What handling one message has in its hands: the transaction, the moment, who asks, and the centre's means.
import type { KioskNumber } from '../domain/identifiers.ts'
import type { CardSecurity } from './card-security/card-security.ts'
import type { Policy } from './config.ts'
import type { Work } from './store.ts'

/** The same for every message. `random` gives bytes that nobody can foresee. */
export type Means = {
  policy: Policy
  security: CardSecurity
  random: (count: number) => Uint8Array
  /** Kiosks have enrolled: a key that has not come that way is not believed. */
  enrolledOnly?: boolean
}

/** `now` in ms since 1970, the same throughout the message. */
export type Turn = Means & {
  work: Work
  now: number
  kiosk: KioskNumber
}

/** A moment as messages carry it. */
export const momentOf = (ms: number): string => new Date(ms).toISOString()
