// The receipt printer over ESC/POS: opens the line, asks how the printer is, prints, and tells what happens.
import type { Duplex } from 'node:stream'
import { fromCallback } from 'xstate'
import { never } from '../../../domain/never.ts'
import type { LineSettings } from '../../serial-port.ts'
import type { ReceiptPrinterCommand, ReceiptPrinterEvent } from '../receipt-printer.ts'
import { longestImageBytes } from './bitmap.ts'
import { realClock, type Clock } from '../../clock.ts'
import { automaticStatus, retractTicket } from './codec.ts'
import { hear, look, notAnswering, notPrinted, pause, type Conversation } from './conversation.ts'
import { climb, recoverIfDue } from './ladder.ts'
import { escposLink, type Heard, type Link } from './link.ts'
import { printerModels, type PrinterModelName } from './models.ts'
import { clearAway, printJob } from './printing.ts'
import { obstacle, ticketAtExit } from './status.ts'

/** Set the printer to the same (its switches or its setting print): a drawn receipt at 19200 would take a minute. */
export const escposLineSettings: LineSettings = {
  baudRate: 115_200,
  dataBits: 8,
  stopBits: 1,
  parity: 'none',
}

export const driverDelays = {
  /** Before the line is opened again; doubled with each failure up to the second. */
  reopenMs: 500,
  reopenMostMs: 10_000,
  /** Between rounds of questions at rest. A printer with automatic status tells a change at once. */
  lookMs: 2_000,
  /** Between rounds while it does not answer. */
  silentMs: 5_000,
  /** A receipt nobody took is drawn back in (devices.md 11.2: 15 to 60 s). */
  presentedMs: 45_000,
}

export type EscposReceiptPrinterOptions = {
  /** Opens the line: `openSerialLine(path, escposLineSettings)`. Called again after every loss. */
  open: () => Promise<Duplex>
  model: PrinterModelName
  clock?: Clock
  /** What came unasked, noise included: for the diagnostic log. */
  report?: (heard: Exclude<Heard, { kind: 'closed' }>) => void
  /** Called at every good answer: when it was last called says whether the loop still runs. */
  heard?: () => void
}

/**
 * The actor the kiosk machine invokes as `receiptPrinter`. It never fails: trouble is told as `receipt-printer.failed`, and
 * every `receipt.print` is answered by `receipt.printed` or `receipt.not-printed`.
 */
export const escposReceiptPrinter = (options: EscposReceiptPrinterOptions) =>
  fromCallback<ReceiptPrinterCommand>(({ sendBack, receive }) => {
    const tell = (event: ReceiptPrinterEvent) => sendBack(event)
    const c = newConversation(options, tell)
    receive((command) => obey(c, command))
    void keepTalking(c, options.open)
    return () => {
      c.stopped = true
      c.link?.close()
      c.wake()
    }
  })

const newConversation = (
  { model, clock = realClock, report = () => {}, heard = () => {} }: EscposReceiptPrinterOptions,
  tell: (event: ReceiptPrinterEvent) => void,
): Conversation => ({
  model: printerModels[model],
  clock,
  tell,
  report,
  heard,
  stopped: false,
  link: null,
  faults: [],
  unanswered: 0,
  inTouch: false,
  waiting: [],
  printing: null,
  printed: [],
  abandoned: false,
  presentedMs: null,
  retractAsked: false,
  lookedMs: 0,
  recovery: null,
  wake: () => {},
})

const obey = (c: Conversation, command: ReceiptPrinterCommand): void => {
  switch (command.type) {
    case 'receipt.print': {
      const { jobId: id, paper } = command
      const why = obstacle(c.faults)
      if (c.printed.includes(id)) c.tell({ type: 'receipt.printed', jobId: id })
      else if (c.printing?.job.id === id || c.waiting.some((job) => job.id === id)) return
      else if (why !== null) notPrinted(c, id, why)
      else c.waiting.push({ id, paper })
      break
    }
    case 'receipt.retract':
      c.retractAsked = true
      break
    default:
      never(command)
  }
  // Only a pause in the middle of a talk ends early; the line is not opened sooner for a command.
  if (c.link !== null) c.wake()
}

/** Opens the line and talks, for ever; after each end waits and begins again. */
const keepTalking = async (c: Conversation, open: () => Promise<Duplex>): Promise<void> => {
  let reopenMs = driverDelays.reopenMs
  while (!c.stopped) {
    const line = await open().catch(() => null)
    if (line !== null) {
      const dialect = c.model.presenter.kind === 'custom' ? 'custom' : 'epson'
      const link = escposLink(line, { clock: c.clock, dialect, hear: (heard) => hear(c, heard) })
      if (c.stopped) return link.close()
      c.link = link
      c.inTouch = false
      c.unanswered = 0
      const wasOfUse = await talkOver(c, link)
      c.link = null
      link.close()
      // A line that was of use is tried again soon.
      if (wasOfUse) reopenMs = driverDelays.reopenMs
    }
    if (c.stopped) return undefined
    notAnswering(c)
    await pause(c, reopenMs)
    reopenMs = Math.min(2 * reopenMs, driverDelays.reopenMostMs)
  }
  return undefined
}

/** Until the line is of no use any more. Says whether it ever was. */
const talkOver = async (c: Conversation, link: Link): Promise<boolean> => {
  let wasOfUse = false
  // Whoever spoke before may have been cut off in the middle of an image: so many zeros end any, and between commands a
  // zero is nothing.
  await link.write(new Uint8Array(longestImageBytes))
  while (link.isOpen() && !c.stopped) {
    const round = await look(c, link)
    if (round === null && climb(c, link) === 'open again') return wasOfUse
    if (round !== null) recoverIfDue(c, link)
    if (round !== null && !c.inTouch) await greet(c, link, ticketAtExit(round))
    wasOfUse ||= c.inTouch
    if (c.inTouch && !c.stopped) await serve(c, link)
    if (!link.isOpen() || c.stopped) break
    const silent = c.faults.includes('not answering')
    if (c.waiting.length === 0) {
      await pause(c, silent ? driverDelays.silentMs : driverDelays.lookMs)
    }
  }
  return wasOfUse
}

/** First words after a silence: it may have been switched off, or be another one. */
const greet = async (c: Conversation, link: Link, ticket: boolean): Promise<void> => {
  await link.write(automaticStatus(true))
  // Devices.md 11.2: a receipt that was forgotten belongs to the customer before, never to the next.
  if (ticket) await retract(c, link)
  c.inTouch = true
  c.tell({ type: 'receipt-printer.ready', model: c.model.name })
}

/** What there is to do while it is well. */
const serve = async (c: Conversation, link: Link): Promise<void> => {
  if (obstacle(c.faults) !== null) return
  if (mustRetract(c)) await retract(c, link)
  if (c.abandoned) {
    await clearAway(c, link)
    // It answers questions and never comes to the end of what it was sent.
    if (c.abandoned) for (const { id } of c.waiting.splice(0)) notPrinted(c, id, 'not answering')
  }
  while (!c.abandoned && link.isOpen() && !c.stopped && obstacle(c.faults) === null) {
    const job = c.waiting.shift()
    if (job === undefined) return
    if (c.presentedMs !== null) await retract(c, link)
    await printJob(c, link, job)
  }
}

const mustRetract = (c: Conversation): boolean => {
  const asked = c.retractAsked
  c.retractAsked = false
  return (
    c.presentedMs !== null &&
    (asked || c.clock.monotonic() - c.presentedMs >= driverDelays.presentedMs)
  )
}

const retract = async (c: Conversation, link: Link): Promise<void> => {
  await link.write(retractTicket)
  if (c.presentedMs !== null) c.tell({ type: 'receipt.retracted' })
  c.presentedMs = null
}
