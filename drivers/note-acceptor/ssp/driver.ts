// The note acceptor over SSP: opens the line, talks with the unit for as long as the kiosk lives, and tells what happens.
import { fromCallback } from 'xstate'
import { realClock } from '../../clock.ts'
import type { LineSettings } from '../../serial-port.ts'
import type { NoteAcceptorCommand, NoteAcceptorEvent } from '../note-acceptor.ts'
import { commanded } from './commanded.ts'
import { driverDelays, faultOf, pause, take, unansweredUntilFault } from './conversation.ts'
import type { Conversation, Ended, SspNoteAcceptorOptions } from './conversation.ts'
import { secureChance } from './encryption.ts'
import { foot } from './ladder.ts'
import { sspLink, type LineReport } from './link.ts'
import { raise } from './step.ts'
import { interrupted, silence } from './talk.ts'
import { talkOver } from './talking.ts'

/** Devices.md 2.2. */
export const sspLineSettings: LineSettings = {
  baudRate: 9600,
  dataBits: 8,
  stopBits: 2,
  parity: 'none',
}

/** The actor the kiosk machine invokes as `noteAcceptor`. It never fails: all trouble is told as `note-acceptor.failed`. */
export const sspNoteAcceptor = (options: SspNoteAcceptorOptions) =>
  fromCallback<NoteAcceptorCommand>(({ sendBack, receive }) => {
    const tell = (event: NoteAcceptorEvent) => sendBack(event)
    const conversation = converse(options, tell)
    receive(conversation.command)
    return conversation.stop
  })

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
    ladder: foot,
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
    let ended: Ended = { kind: 'silent' }
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

const hearReport = (c: Conversation, report: LineReport): void => {
  c.options.report?.(report)
  if (report.kind !== 'unanswered') return
  c.unanswered = report.times
  if (report.times === unansweredUntilFault) take(c, raise(c.talk, faultOf({ kind: 'silent' })))
}
