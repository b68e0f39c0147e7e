// What one conversation with a note acceptor consists of, for as long as the kiosk lives: options, line, knowledge, ladder.
import type { Duplex } from 'node:stream'
import { never } from '../../../domain/never.ts'
import { wakeablePause, type Clock } from '../../clock.ts'
import type { NoteAcceptorFault } from '../faults.ts'
import type { NoteAcceptorEvent } from '../note-acceptor.ts'
import type { Chance } from './encryption.ts'
import type { Ladder } from './ladder.ts'
import type { LineReport, Link, Overhear } from './link.ts'
import type { Identity, Started } from './start-up.ts'
import type { Step } from './step.ts'
import type { Talk } from './talk.ts'

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

export type Conversation = {
  options: SspNoteAcceptorOptions
  clock: Clock
  chance: Chance
  tell: (event: NoteAcceptorEvent) => void
  talk: Talk
  stopped: boolean
  link: Link | null
  /** Unanswered sends in a row. */
  unanswered: number
  ladder: Ladder
  /** Ends the present pause. */
  wake: () => void
}

/** Why a line was given up. */
export type Ended = Exclude<Started, { kind: 'talking' }>

export const take = (c: Conversation, { talk, tell }: Step): void => {
  c.talk = talk
  for (const event of tell) c.tell(event)
}

export const pause = (c: Conversation, delayMs: number): Promise<void> => {
  const { over, wake } = wakeablePause(c.clock, delayMs)
  c.wake = wake
  return over
}

export const faultOf = (ended: Ended): NoteAcceptorFault => {
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
