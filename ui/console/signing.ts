// Signing in and out, and asking from time to time whether one still is.
import { effect } from '@preact/signals'
import type { SignedIn } from '../../domain/console/staff-room.ts'
import { askAgain, posted, reach, silentSince, unattended } from './asking.ts'
import { ended, me, session, signedIn } from './signed-in.ts'
import { words } from './texts/words.ts'

/** A centre that is silent is asked again so often. */
const retryMs = 5_000
/** How old the count of what awaits this person may be. */
const everyMs = 60_000

/** Null: done. Else the sentence that says why not. */
export const signIn = async (name: string, password: string): Promise<string | null> => {
  const reply = await reach<SignedIn>('/api/sign-in', posted({ name, password }))
  if (reply.kind === 'unreached') return words().parts.unreached
  if (reply.kind === 'told') {
    signedIn(reply.told)
    return null
  }
  return reply.problem
}

/** Whatever the centre says: this page shows nothing any more, and keeps nothing. */
export const signOut = async (): Promise<void> => {
  await reach('/api/sign-out', posted({}))
  location.assign('/')
}

/** Asks who is signed in: at the beginning, then again and again, and after a change of one's own. */
export const askWho = async (init: RequestInit = {}): Promise<void> => {
  const reply = await reach<SignedIn>('/api/me', init)
  if (reply.kind === 'told') signedIn(reply.told)
  // Without the centre nobody can be signed in, but whoever was keeps what is on the page.
  else if (me.peek() === null && session.peek().kind === 'asking') ended()
}

export const keepAsking = (): void => {
  const ask = () => {
    if (me.peek() !== null && !document.hidden) void askWho({ headers: unattended })
  }
  void askWho()
  setInterval(ask, everyMs)
  let retrying: ReturnType<typeof setInterval> | undefined
  effect(() => {
    if (silentSince.value !== null) {
      retrying ??= setInterval(ask, retryMs)
      return
    }
    if (retrying === undefined) return
    // It answers again: what could not be asked meanwhile is asked now.
    clearInterval(retrying)
    retrying = undefined
    askAgain()
  })
}
