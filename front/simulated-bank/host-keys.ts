// The working keys of one connection, as the host keeps them: in memory only, so that a restart asks for a new sign-on.
import type { Sealed } from '../iso8583/body.ts'
import { madeWith } from '../iso8583/mac.ts'

export type HostKeys = {
  /** Sign-on: from now on this key alone. */
  begin: (key: Uint8Array) => void
  /** Key change: this key as soon as the other side uses it; until then the one it uses, for what is on its way. */
  offer: (key: Uint8Array) => void
  /** The key a message was sealed with; null when none of ours. */
  keyOf: (sealed: Sealed | null) => Uint8Array | null
  /** What the other side is known to use; null before sign-on. */
  inUse: () => Uint8Array | null
  forget: () => void
}

export const hostKeys = (): HostKeys => {
  let inUse: Uint8Array | null = null
  let offered: Uint8Array | null = null
  return {
    begin: (key) => {
      inUse = key
      offered = null
    },
    offer: (key) => {
      offered = key
    },
    keyOf: (sealed) => {
      // A connection keeps the order: with the first message under the new key nothing under the old one can follow.
      if (offered !== null && madeWith(offered, sealed)) {
        inUse = offered
        offered = null
      }
      return inUse !== null && madeWith(inUse, sealed) ? inUse : null
    },
    inUse: () => inUse,
    forget: () => {
      inUse = null
      offered = null
    },
  }
}
