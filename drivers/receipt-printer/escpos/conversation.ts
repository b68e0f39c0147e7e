// What the driver knows of the printer it talks with: its faults, its jobs, and the paper at its exit.
import type { ReceiptDocument, ReceiptPrinterEvent } from '../receipt-printer.ts'
import { askFullStatus, askRealTime, type RealTimeQuestion } from './codec.ts'
import { type Clock, wakeablePause } from '../../clock.ts'
import type { Heard, Link } from './link.ts'
import type { PrinterModel } from './models.ts'
import {
  faultsOfAutomaticStatus,
  faultsOfRound,
  obstacle,
  ticketAtExit,
  type FaultKind,
  type StatusRound,
} from './status.ts'

/** So many unanswered rounds in a row raise 'not answering'. */
export const unansweredUntilFault = 3

/** Printed jobs that are remembered: many more than can still be asked for. */
const printedKept = 200

export type Job = { id: string; paper: ReceiptDocument }

export type Conversation = {
  model: PrinterModel
  clock: Clock
  tell: (event: ReceiptPrinterEvent) => void
  report: (heard: Exclude<Heard, { kind: 'closed' }>) => void
  /** A round of questions was answered. */
  heard: () => void
  stopped: boolean
  link: Link | null
  /** Raised and not cleared, the worst first. */
  faults: readonly FaultKind[]
  /** Rounds in a row without an answer. */
  unanswered: number
  /** It has answered since the line was opened, and been told how to speak. */
  inTouch: boolean
  waiting: Job[]
  printing: Printing | null
  printed: string[]
  /** A job ended in the middle: what is left of it is to be cut off before anything else is printed. */
  abandoned: boolean
  /** Since when a receipt lies at the exit of a presenter. */
  presentedMs: number | null
  retractAsked: boolean
  lookedMs: number
  /** Of a printer that stands on an error: when it is told to recover, and how long after that again. */
  recovery: { dueMs: number; waitMs: number } | null
  /** Ends the present pause. */
  wake: () => void
}

export type Printing = {
  job: Job
  /** Four characters that no other job has, where the printer says them back. */
  mark: string
  marked: boolean
  /** Why it died; null while it lives. */
  death: FaultKind | null
}

/** Raises and clears, so that exactly these stand. A fault that stops the paper ends the job and all that wait. */
export const nowFaults = (c: Conversation, faults: readonly FaultKind[]): void => {
  const before = c.faults
  c.faults = faults
  for (const kind of before) {
    if (!faults.includes(kind)) c.tell({ type: 'receipt-printer.cleared', fault: kind })
  }
  for (const kind of faults) {
    if (!before.includes(kind)) {
      c.tell({ type: 'receipt-printer.failed', fault: { kind, moneyAtRisk: 'no' } })
    }
  }
  const why = obstacle(faults)
  if (why === null) return
  // A hot head cools by itself, often within the job's own time.
  if (why !== 'too hot' && c.printing !== null) die(c.printing, why)
  for (const { id } of c.waiting.splice(0)) notPrinted(c, id, why)
  c.wake()
}

/** What happens after the end of a job does not take its paper back. */
export const die = (printing: Printing, why: FaultKind): void => {
  if (!printing.marked) printing.death ??= why
}

export const notAnswering = (c: Conversation): void => {
  c.inTouch = false
  nowFaults(c, ['not answering', ...c.faults.filter((kind) => kind !== 'not answering')])
}

export const notPrinted = (c: Conversation, jobId: string, why: FaultKind): void =>
  c.tell({ type: 'receipt.not-printed', jobId, why })

export const isPrinted = (c: Conversation, jobId: string): void => {
  c.printed = [...c.printed, jobId].slice(-printedKept)
  c.tell({ type: 'receipt.printed', jobId })
}

/** What comes unasked. */
export const hear = (c: Conversation, heard: Heard): void => {
  const { printing } = c
  switch (heard.kind) {
    case 'automatic status': {
      const silent = c.faults.includes('not answering') ? (['not answering'] as const) : []
      nowFaults(c, [...silent, ...faultsOfAutomaticStatus(heard.status)])
      break
    }
    case 'paper in turn':
      if (printing?.death === null && c.model.endOfJob === 'paper in turn') printing.marked = true
      break
    case 'process':
      if (printing?.mark === heard.id && printing.death === null) printing.marked = true
      break
    case 'closed':
      if (printing !== null) die(printing, 'not answering')
      break
    default:
      break
  }
  if (heard.kind !== 'closed') c.report(heard)
  c.wake()
}

/** One round of questions: are the faults still the same, is the receipt still there? */
export const look = async (c: Conversation, link: Link): Promise<StatusRound | null> => {
  c.lookedMs = c.clock.monotonic()
  const round = await askRound(c, link)
  if (c.stopped || !link.isOpen()) return null
  if (round === null) {
    c.unanswered += 1
    if (c.unanswered === unansweredUntilFault) notAnswering(c)
    return null
  }
  c.unanswered = 0
  c.heard()
  nowFaults(c, faultsOfRound(round))
  if (c.presentedMs !== null && !ticketAtExit(round)) {
    c.presentedMs = null
    c.tell({ type: 'receipt.taken' })
  }
  return round
}

/** Rounds in which the printer changed between the first answer and the last are asked again, so often at most. */
const tornRoundsMost = 3

const askRound = async (c: Conversation, link: Link): Promise<StatusRound | null> => {
  for (let torn = 0; ; torn += 1) {
    const round = await askOnce(c, link)
    const after = round === null ? null : await link.askStatus(askRealTime('printer'))
    if (round === null || after === null) return null
    if (after.status === round.printer || torn === tornRoundsMost) return round
  }
}

const askOnce = async (c: Conversation, link: Link): Promise<StatusRound | null> => {
  const ask = async (question: RealTimeQuestion): Promise<number | null> =>
    (await link.askStatus(askRealTime(question)))?.status ?? null
  const printer = await ask('printer')
  // An answer does not say which question it is for: a round is whole, or it is none.
  if (printer === null) return null
  const offline = await ask('offline')
  if (offline === null) return null
  const error = await ask('error')
  if (error === null) return null
  const paper = await ask('paper')
  if (paper === null) return null
  if (c.model.presenter.kind === 'none') return { printer, offline, error, paper, full: null }
  const full = await link.askFullStatus(askFullStatus)
  return full === null ? null : { printer, offline, error, paper, full: full.status }
}

/** Ends after so long, or earlier when something has happened. */
export const pause = (c: Conversation, delayMs: number): Promise<void> => {
  const { over, wake } = wakeablePause(c.clock, delayMs)
  c.wake = wake
  return over
}
