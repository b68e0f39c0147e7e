// Who is signed in on this page, what they may do, and the town they work for.
import { computed, signal } from '@preact/signals'
import type { SignedIn } from '../../domain/console/staff-room.ts'
import type { StaffRight } from '../../domain/console/staff.ts'

export type Session =
  | { kind: 'asking' }
  /** `over`: there was a session, and it has ended; the page stays where it is and goes on after the sign-in. */
  | { kind: 'nobody'; over: boolean }
  | { kind: 'signed in'; me: SignedIn }

export const session = signal<Session>({ kind: 'asking' })

/** Null: nobody is signed in. */
export const me = computed(() => (session.value.kind === 'signed in' ? session.value.me : null))

/** The centre said that nobody is signed in. */
export const ended = (): void => {
  const before = session.peek().kind
  if (before !== 'nobody') session.value = { kind: 'nobody', over: before === 'signed in' }
}

export const signedIn = (me: SignedIn): void => {
  session.value = { kind: 'signed in', me }
}

export const may = (right: StaffRight): boolean => me.value?.rights.includes(right) ?? false

/** Any of them; null: whoever is signed in. */
export const mayAny = (rights: StaffRight | readonly StaffRight[] | null): boolean =>
  rights === null || [rights].flat().some((right) => may(right))

/** Before anybody has signed in nothing is shown that needs it. */
export const town = computed(() => me.value?.town ?? { currency: 'CNY', timeZone: 'UTC', name: '' })
