// The bank terminal over ZVT: opens the line, talks with the terminal for as long as the kiosk lives, and tells what happens.
import type { Duplex } from 'node:stream'
import { fromCallback } from 'xstate'
import { realClock, type Clock } from '../../clock.ts'
import type { LineSettings } from '../../serial-port.ts'
import type { BankTerminalCommand, BankTerminalEvent } from '../bank-terminal.ts'
import { giveUpWaiting, obey } from './commanded.ts'
import { pause, raise, type Conversation, type Terms } from './conversation.ts'
import { serialLink, tcpLink, type LineReport } from './link.ts'
import { greetAndServe } from './serving.ts'

/** Devices.md 2.2. */
export const zvtLineSettings: LineSettings = {
  baudRate: 9600,
  dataBits: 8,
  stopBits: 2,
  parity: 'none',
}

export const driverDelays = {
  /** Before the line is opened again; doubled with each failure up to the second. */
  reopenMs: 500,
  reopenMostMs: 10_000,
  /** Before a terminal that is not ours, or not fit, is looked at again. */
  strangerMs: 10_000,
}

export type ZvtBankTerminalOptions = Terms & {
  /** Opens the line: `openSerialLine(path, zvtLineSettings)`. Called again after every loss. */
  open: () => Promise<Duplex>
  /** 'serial' with frames and acknowledgements; 'tcp' (port 20007) without. */
  framing: 'serial' | 'tcp'
  clock?: Pick<Clock, 'monotonic' | 'after'>
  /** Milliseconds since 1970. */
  now?: () => number
  /** What the line is like: counted for the heartbeat, written to the diagnostic log. Never card data. */
  report?: (report: LineReport) => void
  /** Called at every good answer: when it was last called says whether the loop still runs. */
  heard?: () => void
}

/** The actor the kiosk machine invokes as `bankTerminal`. It never fails: all trouble is told as `bank-terminal.failed`. */
export const zvtBankTerminal = (options: ZvtBankTerminalOptions) =>
  fromCallback<BankTerminalCommand>(({ sendBack, receive }) => {
    const tell = (event: BankTerminalEvent) => sendBack(event)
    const c = newConversation(options, tell)
    receive((command) => obey(c, command))
    void keepTalking(c, options)
    return () => {
      c.stopped = true
      c.link?.close()
      c.wake()
    }
  })

const newConversation = (
  options: ZvtBankTerminalOptions,
  tell: (event: BankTerminalEvent) => void,
): Conversation => {
  const {
    clock = realClock,
    now = () => Date.now(),
    report = () => {},
    heard = () => {},
    ...terms
  } = options
  const c: Conversation = {
    terms,
    clock,
    now,
    // A driver that is stopped is silent, also about what its end cuts off.
    tell: (event) => {
      if (!c.stopped) tell(event)
    },
    report,
    heard,
    stopped: false,
    link: null,
    inbox: [],
    unit: null,
    inTouch: false,
    wasOfUse: false,
    state: null,
    statusDueMs: 0,
    doubtful: false,
    remedied: null,
    notReadySinceMs: null,
    resetMs: null,
    sequence: null,
    theirSequence: null,
    faults: [],
    jobs: [],
    payment: null,
    decisions: [],
    pinAsked: null,
    verdicts: new Map(),
    confirmed: null,
    wake: () => {},
  }
  return c
}

/** Opens the line and talks, for ever; after each end waits and begins again. */
const keepTalking = async (c: Conversation, options: ZvtBankTerminalOptions): Promise<void> => {
  let reopenMs = driverDelays.reopenMs
  while (!c.stopped) {
    const line = await options.open().catch(() => null)
    const ended = line === null ? 'silent' : await talkOver(c, line, options.framing)
    if (c.stopped) return undefined
    if (ended === 'silent') raise(c, { kind: 'not answering', moneyAtRisk: 'unknown' })
    giveUpWaiting(c)
    // A line that was of use is tried again soon.
    if (c.wasOfUse) reopenMs = driverDelays.reopenMs
    c.wasOfUse = false
    await pause(c, ended === 'stranger' ? driverDelays.strangerMs : reopenMs)
    reopenMs = Math.min(2 * reopenMs, driverDelays.reopenMostMs)
  }
  return undefined
}

/** One open line, from its first word until it is let go. */
const talkOver = async (
  c: Conversation,
  line: Duplex,
  framing: 'serial' | 'tcp',
): Promise<'silent' | 'stranger'> => {
  const link = linkOver(c, line, framing)
  const ended = c.stopped ? 'silent' : await greetAndServe(c)
  link.close()
  c.link = null
  c.inTouch = false
  c.state = null
  return ended
}

const linkOver = (c: Conversation, line: Duplex, framing: 'serial' | 'tcp') => {
  const make = framing === 'serial' ? serialLink : tcpLink
  c.inbox = []
  const link = make(line, {
    clock: c.clock,
    report: (report) => {
      // What had to be said twice may have been said to a terminal without power.
      if (report.kind === 'sent again' && report.why === 'no answer') c.doubtful = true
      c.report(report)
    },
    hear: (apdu) => {
      c.heard()
      c.inbox.push(apdu)
      c.wake()
    },
    gone: () => c.wake(),
  })
  c.link = link
  return link
}
