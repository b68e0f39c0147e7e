// The note acceptor over SSP: opens the line, talks with the unit for as long as the kiosk lives, and tells what happens.
import type { Duplex } from 'node:stream'
import { fromCallback } from 'xstate'
import { never } from '../../../domain/never.ts'
import type { LineSettings } from '../../serial-port.ts'
import type { NoteAcceptorFault } from '../faults.ts'
import type { NoteAcceptorCommand, NoteAcceptorEvent } from '../note-acceptor.ts'
import { answered } from './answered.ts'
import { realClock, type Clock, wakeablePause } from '../../clock.ts'
import { commanded } from './commanded.ts'
import { secureChance, type Chance } from './encryption.ts'
import { sspLink, type Asked, type LineReport, type Link, type Overhear } from './link.ts'
import { asking, commandOf, next } from './request.ts'
import { startUp, type Identity, type Started } from './start-up.ts'
import { raise, type Step } from './step.ts'
import { begun, interrupted, silence, type Talk } from './talk.ts'

/** Devices.md 2.2. */
export const sspLineSettings: LineSettings = {
  baudRate: 9600,
  dataBits: 8,
  stopBits: 2,
  parity: 'none',
}

export const driverDelays = {
  /** Before the line is opened again; doubled with each failure up to the second. */
  reopenMs: 500,
  reopenMostMs: 10_000,
  /** Before keys are agreed again with a unit that has lost them. */
  startAgainMs: 200,
  /** Before a unit that is not ours, does not share our key, or does not work is looked at again. */
  strangerMs: 10_000,
}

/** So many unanswered sends in a row raise 'not answering', and the serial number is asked after such a gap. */
export const unansweredUntilFault = 3

export type SspNoteAcceptorOptions = Identity & {
  /** Opens the line: `openSerialLine(path, sspLineSettings)`. Called again after every loss. */
  open: () => Promise<Duplex>
  /**
   * The only way this driver works: money events are kept by the unit until they are acknowledged, which SSP allows inside
   * encryption only.
   */
  encryption: 'required'
  clock?: Clock
  chance?: Chance
  /** What the line is like: counted for the heartbeat, written to the diagnostic log. */
  report?: (report: LineReport) => void
  /** Called at every good answer: when it was last called says whether the loop still runs. */
  heard?: () => void
  /** For a recording of the line, which in sealed bytes alone could not be read. */
  overhear?: Overhear
}

/** The actor the kiosk machine invokes as `noteAcceptor`. It never fails: all trouble is told as `note-acceptor.failed`. */
export const sspNoteAcceptor = (options: SspNoteAcceptorOptions) =>
  fromCallback<NoteAcceptorCommand>(({ sendBack, receive }) => {
    const tell = (event: NoteAcceptorEvent) => sendBack(event)
    const conversation = converse(options, tell)
    receive(conversation.command)
    return conversation.stop
  })

type Conversation = {
  options: SspNoteAcceptorOptions
  clock: Clock
  chance: Chance
  tell: (event: NoteAcceptorEvent) => void
  talk: Talk
  stopped: boolean
  link: Link | null
  /** Unanswered sends in a row. */
  unanswered: number
  /** Ends the present pause. */
  wake: () => void
}

const converse = (
  options: SspNoteAcceptorOptions,
  tell: (event: NoteAcceptorEvent) => void,
): { command: (command: NoteAcceptorCommand) => void; stop: () => void } => {
  const { clock = realClock, chance = secureChance() } = options
  const c: Conversation = {
    options,
    clock,
    chance,
    tell,
    talk: silence,
    stopped: false,
    link: null,
    unanswered: 0,
    wake: () => {},
  }
  void keepTalking(c)
  return {
    command: (command) => {
      c.talk = commanded(c.talk, command, clock.monotonic())
      // Only a pause in the middle of a talk ends early; the line is not opened sooner for a command.
      if (c.link !== null) c.wake()
    },
    stop: () => {
      c.stopped = true
      c.wake()
      c.link?.close()
    },
  }
}

/** Opens the line and talks, for ever; after each end waits and begins again. */
const keepTalking = async (c: Conversation): Promise<void> => {
  let reopenMs = driverDelays.reopenMs
  while (!c.stopped) {
    const line = await c.options.open().catch(() => null)
    let ended: Exclude<Started, { kind: 'talking' }> = { kind: 'silent' }
    if (line !== null) {
      const report = (heard: LineReport) => hearReport(c, heard)
      const { overhear, heard } = c.options
      const ears = {
        report,
        gone: () => c.wake(),
        ...(overhear && { overhear }),
        ...(heard && { heard }),
      }
      const link = sspLink(line, { ...c, ...ears })
      if (c.stopped) return link.close()
      c.link = link
      ended = await talkOver(c, link, () => {
        reopenMs = driverDelays.reopenMs
      })
      c.link = null
      link.close()
    }
    if (c.stopped) return undefined
    c.talk = interrupted(c.talk)
    take(c, raise(c.talk, faultOf(ended)))
    await pause(c, ended.kind === 'silent' ? reopenMs : driverDelays.strangerMs)
    reopenMs = Math.min(2 * reopenMs, driverDelays.reopenMostMs)
  }
  return undefined
}

/** One open line: start-up and talk, again whenever the unit has lost its keys. Says why it ended. */
const talkOver = async (
  c: Conversation,
  link: Link,
  hasAnswered: () => void,
): Promise<Exclude<Started, { kind: 'talking' }>> => {
  while (!c.stopped) {
    const started = await startUp(link, c.options, c.chance)
    if (started.kind !== 'talking') return started
    hasAnswered()
    c.talk = begun(c.talk, started, c.clock.monotonic())
    const end = await talkWithUnit(c, link)
    if (end === 'line lost') return { kind: 'silent' }
    c.talk = interrupted(c.talk)
    await pause(c, driverDelays.startAgainMs)
  }
  return { kind: 'silent' }
}

const talkWithUnit = async (c: Conversation, link: Link): Promise<'line lost' | 'start again'> => {
  while (!c.stopped && link.isOpen()) {
    const todo = next(c.talk, c.clock.monotonic())
    if (todo.kind === 'wait') {
      await pause(c, todo.untilMs - c.clock.monotonic())
      continue
    }
    c.talk = asking(c.talk, todo.request)
    c.unanswered = 0
    const asked: Asked = await link.ask(commandOf(todo.request))
    if (c.stopped || asked.kind !== 'answered') return 'line lost'
    if (asked.answer.kind === 'no keys') return 'start again'
    take(c, answered(c.talk, todo.request, asked.answer, c.clock.monotonic()))
    if (c.talk.startAgain) return 'start again'
    // Devices.md 3: after a gap the serial number comes first; in the gap the unit may have been swapped.
    if (c.unanswered >= unansweredUntilFault) c.talk = { ...c.talk, askSerial: true }
  }
  return 'line lost'
}

const hearReport = (c: Conversation, report: LineReport): void => {
  c.options.report?.(report)
  if (report.kind !== 'unanswered') return
  c.unanswered = report.times
  if (report.times === unansweredUntilFault) take(c, raise(c.talk, faultOf({ kind: 'silent' })))
}

const take = (c: Conversation, { talk, tell }: Step): void => {
  c.talk = talk
  for (const event of tell) c.tell(event)
}

const pause = (c: Conversation, delayMs: number): Promise<void> => {
  const { over, wake } = wakeablePause(c.clock, delayMs)
  c.wake = wake
  return over
}

const faultOf = (ended: Exclude<Started, { kind: 'talking' }>): NoteAcceptorFault => {
  switch (ended.kind) {
    case 'silent':
      return { kind: 'not answering', moneyAtRisk: 'unknown' }
    case 'wrong unit':
      return { ...ended, moneyAtRisk: 'no' }
    case 'not trusted':
      return { ...ended, moneyAtRisk: 'no' }
    case 'broken':
      return { ...ended, moneyAtRisk: 'unknown' }
    default:
      return never(ended)
  }
}
