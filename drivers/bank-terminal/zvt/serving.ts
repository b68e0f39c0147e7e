// An open line: the terminal is registered, watched and asked for what the kiosk wants, one thing after another.
import { never } from '../../../domain/never.ts'
import { enterPin } from './asking-pin.ts'
import { giveUpWaiting } from './commanded.ts'
import { clear, pause, raise, type Conversation, type Job } from './conversation.ts'
import { diagnose } from './diagnosing.ts'
import { endTheDay } from './ending-day.ts'
import { answerStrangers } from './exchange.ts'
import { find, takeBack } from './finding.ts'
import { greet } from './greeting.ts'
import { pay } from './paying.ts'
import { terminalState } from './result-codes.ts'
import { look } from './watching.ts'

export const servingDelays = {
  /** Before a terminal that is in the middle of something older is asked again. */
  busyMs: 2_000,
}

const isOpen = (c: Conversation): boolean => !c.stopped && c.link?.isOpen() === true

/** Until the line is of no use any more: registered again whenever that is in doubt. */
export const greetAndServe = async (c: Conversation): Promise<'silent' | 'stranger'> => {
  while (isOpen(c)) {
    const greeted = await greet(c)
    if (greeted.kind === 'silent') return 'silent'
    if (greeted.kind === 'refused') {
      raise(c, greeted.fault)
      return 'stranger'
    }
    if (greeted.kind === 'registered') await serve(c)
    else await pauseHearing(c, servingDelays.busyMs)
  }
  return 'silent'
}

/** A registered terminal, until the line is gone or the registration in doubt. */
const serve = async (c: Conversation): Promise<void> => {
  c.doubtful = false
  c.inTouch = false
  c.statusDueMs = c.clock.monotonic()
  while (isOpen(c) && !c.doubtful) {
    await answerStrangers(c)
    if (c.clock.monotonic() >= c.statusDueMs && !(await look(c))) break
    tellReady(c)
    const job = nextJob(c)
    if (job === undefined) {
      giveUpOld(c)
      if (c.inbox.length === 0) await pause(c, c.statusDueMs - c.clock.monotonic())
    } else {
      await carryOut(c, job)
      // It may have kept the card, or have something to do that was not there before.
      c.statusDueMs = c.clock.monotonic()
    }
  }
}

/** A terminal that is not ready is asked for nothing, except what is wrong with it. */
const nextJob = (c: Conversation): Job | undefined => {
  if (c.state === terminalState.ready && c.inTouch) return c.jobs.shift()
  const test = c.jobs.find(({ command }) => command.type === 'bank-terminal.diagnose')
  c.jobs = c.jobs.filter((job) => job !== test)
  return test
}

/** Waits, and answers meanwhile what the terminal says of something older. */
const pauseHearing = async (c: Conversation, ms: number): Promise<void> => {
  const untilMs = c.clock.monotonic() + ms
  while (isOpen(c) && c.clock.monotonic() < untilMs) {
    await answerStrangers(c)
    if (c.inbox.length === 0) await pause(c, untilMs - c.clock.monotonic())
  }
}

/** Told once for each line, when it is registered and says that it is ready. */
const tellReady = (c: Conversation): void => {
  if (c.inTouch || c.unit === null || c.state !== terminalState.ready || !isOpen(c)) return
  c.inTouch = true
  c.wasOfUse = true
  clear(c, 'not answering', 'wrong terminal', 'not suitable', 'broken')
  c.tell({ type: 'bank-terminal.ready', unit: c.unit })
}

/** A terminal that answers and does not get ready keeps nobody waiting for ever. */
const giveUpOld = (c: Conversation): void => {
  if (c.jobs.some(({ untilMs }) => untilMs <= c.clock.monotonic())) giveUpWaiting(c)
}

const carryOut = async (c: Conversation, { command }: Job): Promise<void> => {
  switch (command.type) {
    case 'bank-terminal.authorise':
      return pay(c, command)
    case 'bank-terminal.find':
      return find(c, command)
    case 'bank-terminal.reverse':
      return takeBack(c, command)
    case 'bank-terminal.ask-pin':
      return enterPin(c, command)
    case 'bank-terminal.end-day':
      return void (await endTheDay(c))
    case 'bank-terminal.diagnose':
      return diagnose(c)
    default:
      return never(command)
  }
}
