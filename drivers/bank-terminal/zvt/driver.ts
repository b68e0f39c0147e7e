// The bank terminal over ZVT: opens the line, talks with the terminal for as long as the kiosk lives, and tells what happens.
import type { Duplex } from 'node:stream'
import { fromCallback } from 'xstate'
import { never } from '../../../domain/never.ts'
import { realClock, type Clock } from '../../clock.ts'
import type { LineSettings } from '../../serial-port.ts'
import type { BankTerminalCommand, BankTerminalEvent } from '../bank-terminal.ts'
import { enterPin } from './asking-pin.ts'
import { giveUpWaiting, obey } from './commanded.ts'
import { clear, pause, raise, type Conversation, type Job, type Terms } from './conversation.ts'
import { endTheDay } from './ending-day.ts'
import { answerStrangers } from './exchange.ts'
import { find, takeBack } from './finding.ts'
import { greet } from './greeting.ts'
import { serialLink, tcpLink, type LineReport } from './link.ts'
import { pay } from './paying.ts'
import { terminalState } from './result-codes.ts'
import { look } from './watching.ts'

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
  /** Before a terminal that is in the middle of something older is asked again. */
  busyMs: 2_000,
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
  const { clock = realClock, now = () => Date.now(), report = () => {}, ...terms } = options
  const c: Conversation = {
    terms,
    clock,
    now,
    // A driver that is stopped is silent, also about what its end cuts off.
    tell: (event) => {
      if (!c.stopped) tell(event)
    },
    report,
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
    let waitMs = reopenMs
    if (line !== null) {
      const link = linkOver(c, line, options.framing)
      if (c.stopped) return link.close()
      waitMs = (await talkOver(c)) === 'stranger' ? driverDelays.strangerMs : reopenMs
      // A line that was of use is tried again soon.
      if (c.wasOfUse) waitMs = reopenMs = driverDelays.reopenMs
      link.close()
      c.link = null
      c.inTouch = false
      c.wasOfUse = false
      c.state = null
    }
    if (c.stopped) return undefined
    if (waitMs === reopenMs) raise(c, { kind: 'not answering', moneyAtRisk: 'unknown' })
    giveUpWaiting(c)
    await pause(c, waitMs)
    reopenMs = Math.min(2 * reopenMs, driverDelays.reopenMostMs)
  }
  return undefined
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
      c.inbox.push(apdu)
      c.wake()
    },
    gone: () => c.wake(),
  })
  c.link = link
  return link
}

const isOpen = (c: Conversation): boolean => !c.stopped && c.link?.isOpen() === true

/** One open line, until it is of no use any more: registered again whenever that is in doubt. */
const talkOver = async (c: Conversation): Promise<'silent' | 'stranger'> => {
  while (isOpen(c)) {
    const greeted = await greet(c)
    if (greeted.kind === 'silent') return 'silent'
    if (greeted.kind === 'refused') {
      raise(c, greeted.fault)
      return 'stranger'
    }
    if (greeted.kind === 'registered') await serve(c)
    else await pauseHearing(c, driverDelays.busyMs)
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
    const job = c.state === terminalState.ready && c.inTouch ? c.jobs.shift() : undefined
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
    default:
      return never(command)
  }
}
