// One open line to a note acceptor, from its first word until it is let go: start-up, talk, and the ladder when that fails.
import { answered } from './answered.ts'
import { driverDelays, faultOf, pause, take, unansweredUntilFault } from './conversation.ts'
import type { Conversation, Ended } from './conversation.ts'
import {
  climb,
  ladderDelays,
  refusingSince,
  stepOff,
  syncTriesOnLadder,
  type Rung,
} from './ladder.ts'
import { mostTries, type Asked, type Link } from './link.ts'
import { asking, commandOf, next } from './request.ts'
import { resetUnit, startUp } from './start-up.ts'
import { raise } from './step.ts'
import { begun, interrupted, type Talk } from './talk.ts'

/** Start-up and talk, and again as the ladder says while anything of that may help. Says why it ended. */
export const talkOver = async (
  c: Conversation,
  link: Link,
  hasAnswered: () => void,
): Promise<Ended> => {
  let syncTries = mostTries
  while (!c.stopped) {
    const started = await startUp(link, c.options, c.chance, syncTries)
    let rung: Rung | null = null
    if (started.kind === 'talking') {
      hasAnswered()
      c.talk = begun(c.talk, started, c.clock.monotonic())
      const end = await talkWithUnit(c, link)
      if (end !== 'keys are gone') rung = nextRung(c, link)
      c.talk = interrupted(c.talk)
      if (rung === 'open again') return endOf(c.talk)
    } else {
      // A unit that is not ours, or has another key, is no better for anything that is tried here.
      const mayHelp = started.kind === 'silent' || started.kind === 'broken'
      rung = mayHelp ? nextRung(c, link) : 'open again'
      if (rung === 'open again') return started
      take(c, raise(c.talk, faultOf(started)))
    }
    if (rung === 'reset') await resetUnit(link)
    if (rung !== null) syncTries = syncTriesOnLadder
    await pause(c, driverDelays.startAgainMs)
  }
  return { kind: 'silent' }
}

const nextRung = (c: Conversation, link: Link): Rung => {
  if (!link.isOpen()) return 'open again'
  const { rung, ladder } = climb(c.ladder, c.talk, c.clock.monotonic())
  c.ladder = ladder
  return rung
}

/** What stands when the line is let go. */
const endOf = ({ faults }: Talk): Ended => {
  const broken = faults.find(({ kind }) => kind === 'broken')
  const silent = faults.some(({ kind }) => kind === 'not answering')
  return broken?.kind === 'broken' && !silent
    ? { kind: 'broken', code: broken.code }
    : { kind: 'silent' }
}

const talkWithUnit = async (
  c: Conversation,
  link: Link,
): Promise<'no answer' | 'refuses' | 'keys are gone'> => {
  let refusingMs: number | null = null
  while (!c.stopped && link.isOpen()) {
    const todo = next(c.talk, c.clock.monotonic())
    if (todo.kind === 'wait') {
      await pause(c, todo.untilMs - c.clock.monotonic())
      continue
    }
    c.talk = asking(c.talk, todo.request)
    c.unanswered = 0
    const asked: Asked = await link.ask(commandOf(todo.request))
    if (c.stopped || asked.kind !== 'answered') return 'no answer'
    if (asked.answer.kind === 'no keys') return 'keys are gone'
    const nowMs = c.clock.monotonic()
    take(c, answered(c.talk, todo.request, asked.answer, nowMs))
    if (c.talk.startAgain) return 'keys are gone'
    // Devices.md 3: after a gap the serial number comes first; in the gap the unit may have been swapped.
    if (c.unanswered >= unansweredUntilFault) c.talk = { ...c.talk, askSerial: true }
    refusingMs = refusingSince(c.talk, refusingMs, nowMs)
    if (refusingMs !== null && nowMs - refusingMs >= ladderDelays.refusingMs) return 'refuses'
    if (c.talk.phase === 'working' && refusingMs === null) c.ladder = stepOff(c.ladder)
  }
  return 'no answer'
}
