// An echo each minute, so that a dead line is found out before a payment finds it.
import type { BankAnswer } from './bank-line.ts'
import type { LineClock } from './connection.ts'

export const echoDelays = {
  everyMs: 60_000,
  /** How long one may take before the line counts as dead: the deadline of domain.md 13.3. */
  answerMs: 30_000,
}

/** `dead` is called at most once, and ends the echoes; so does the function returned. */
export const echoes = (
  clock: Pick<LineClock, 'after'>,
  ask: () => Promise<BankAnswer>,
  dead: () => void,
): (() => void) => {
  let takeBack = () => {}
  let stopped = false
  const next = () => {
    if (!stopped) takeBack = clock.after(echoDelays.everyMs, () => void echo())
  }
  const echo = async () => {
    const answer = await ask()
    if (answer.kind === 'unknown' && answer.why === 'no answer in time') dead()
    else next()
  }
  next()
  return () => {
    stopped = true
    takeBack()
  }
}
