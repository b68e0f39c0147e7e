// How the terminal is between payments: asked often enough for its own timed jobs, and helped as the specification says (10.6).
import { never } from '../../../domain/never.ts'
import { type Conversation, clear, raise } from './conversation.ts'
import { endTheDay } from './ending-day.ts'
import { hearNext, lead, lose, runCommand } from './exchange.ts'
import { paymentOpen, rungFor } from './ladder.ts'
import { localDigits } from './local-time.ts'
import { statusIn } from './messages.ts'
import { paymentDelays } from './payment.ts'
import { diagnosis, initialise, reset, setClock, statusEnquiry } from './requests.ts'
import { faultOfState, terminalState, type Remedy } from './result-codes.ts'

export const watchDelays = {
  /** Between status enquiries; devices.md 10.6 asks for one a minute at least. */
  statusMs: 30_000,
  /** While it is not ready. */
  notReadyMs: 2_000,
}

/** Asks for the state, tells what is wrong or right again, and helps. False when the line is lost. */
export const look = async (c: Conversation): Promise<boolean> => {
  const end = await runCommand(c, statusEnquiry)
  if (end.kind === 'lost') return false
  const nowMs = c.clock.monotonic()
  const told = end.kind === 'completed' ? statusIn(end.data) : { status: end.code, version: null }
  c.state = told.status ?? terminalState.busy
  if (c.unit !== null) c.unit = { ...c.unit, version: told.version ?? c.unit.version }
  tellState(c, c.state)
  c.statusDueMs =
    nowMs + (c.state === terminalState.ready ? watchDelays.statusMs : watchDelays.notReadyMs)
  return help(c, c.state)
}

const tellState = (c: Conversation, state: number): void => {
  const fault = faultOfState(state)
  const others = (['not ready', 'card left inside', 'day not ended'] as const).filter(
    (kind) => kind !== fault?.kind,
  )
  clear(c, ...others)
  // Busy passes by itself, and is no fault unless nothing else comes of it.
  if (fault !== null && state !== terminalState.busy) raise(c, fault)
}

const help = async (c: Conversation, state: number): Promise<boolean> => {
  const nowMs = c.clock.monotonic()
  c.notReadySinceMs = state === terminalState.ready ? null : (c.notReadySinceMs ?? nowMs)
  const rung = rungFor(state, { ...c, paymentOpen: paymentOpen(c) }, nowMs)
  switch (rung.kind) {
    case 'wait':
      return true
    case 'remedy':
      c.remedied = { remedy: rung.remedy, atMs: nowMs }
      return apply(c, rung.remedy)
    case 'reset':
      c.resetMs = nowMs
      c.notReadySinceMs = null
      return startAnew(c)
    default:
      return never(rung)
  }
}

/** Whatever it answers, it has lost its registration: the line is let go, opened again, and it is registered again. */
const startAnew = async (c: Conversation): Promise<boolean> => {
  if ((await lead(c, reset)) === 'sent') {
    await hearNext(c, c.clock.monotonic() + paymentDelays.answerMs)
  }
  lose(c)
  return false
}

const apply = async (c: Conversation, remedy: Remedy): Promise<boolean> => {
  if (remedy === 'end day') return endTheDay(c)
  const local = localDigits(c.now(), c.terms.timeZone).slice(2)
  const command = {
    initialise: initialise(c.terms.password),
    'set clock': setClock(local),
    diagnosis,
  }[remedy]
  return (await runCommand(c, command)).kind !== 'lost'
}
