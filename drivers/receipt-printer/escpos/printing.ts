// One job from its first byte to the printer's own word that it is done; and what to do with the rest of one that died.
import {
  die,
  isPrinted,
  look,
  notPrinted,
  pause,
  unansweredUntilFault,
  type Conversation,
  type Job,
  type Printing,
} from './conversation.ts'
import {
  askPaperInTurn,
  clearBuffers,
  initialise,
  presentTicket,
  retractTicket,
  tellProcess,
} from './codec.ts'
import type { Link } from './link.ts'
import type { PrinterModel } from './models.ts'
import { obstacle } from './status.ts'

export const printingDelays = {
  /** From the first byte to the end of the job: a little less than a customer is kept waiting for paper. */
  jobMs: 18_000,
  /** Between rounds of questions while a job is printed; never inside an image. */
  lookMs: 1_000,
  /** After the rest of a dead job was cut off: its own mark may still come, and must not count for the next one. */
  strayMarkMs: 1_000,
}

/** Prints one job and tells how it ended. A job that dies is never tried again by itself: half of it may be on paper. */
export const printJob = async (c: Conversation, link: Link, job: Job): Promise<void> => {
  const printing = begin(c, job)
  const body = await composed(c, job)
  if (body === null) die(printing, 'broken')
  const begun = await send(c, link, printing, [...(body ?? []), ...endOfPaper(c.model)])
  // The mark says that everything before it is done; one more answer says that it was the printer that said so, and not a
  // line that came alive again.
  const printed = printing.marked && (await answers(c, link))
  c.printing = null
  if (c.stopped) return
  if (printed) {
    if (c.model.presenter.kind !== 'none') c.presentedMs = c.clock.monotonic()
    isPrinted(c, job.id)
  } else {
    c.abandoned ||= begun
    notPrinted(c, job.id, printing.death ?? 'not answering')
  }
}

const answers = async (c: Conversation, link: Link): Promise<boolean> => {
  for (let tries = 0; tries < unansweredUntilFault && link.isOpen(); tries += 1) {
    if ((await look(c, link)) !== null) return true
  }
  return false
}

/** Cuts off what a dead job has left in the printer, so that the next receipt is on paper of its own. */
export const clearAway = async (c: Conversation, link: Link): Promise<void> => {
  const { model } = c
  const retract = model.presenter.kind === 'none' ? [] : [retractTicket]
  const printing = begin(c, { id: '', paper: { language: 'en', lines: [] } })
  await send(c, link, printing, [clearBuffers, initialise, model.cut, ...retract])
  c.printing = null
  if (!printing.marked) return
  const quietFromMs = c.clock.monotonic() + printingDelays.strayMarkMs
  while (link.isOpen() && !c.stopped && c.clock.monotonic() < quietFromMs) {
    await pause(c, quietFromMs - c.clock.monotonic())
  }
  c.abandoned = false
}

/** Text package and drawing library are loaded by the first job. A document that cannot be made into one is not printed. */
const composed = async ({ model }: Conversation, { paper }: Job) => {
  try {
    const { composeJob } = await import('./job.ts')
    return await composeJob(paper, model)
  } catch {
    return null
  }
}

const endOfPaper = ({ cut, presenter }: PrinterModel): Uint8Array[] =>
  presenter.kind === 'none' ? [cut] : [cut, presentTicket(presenter.steps)]

let marks = 0

const begin = (c: Conversation, job: Job): Printing => {
  marks = (marks + 1) % 36 ** 3
  const mark = `J${marks.toString(36).toUpperCase().padStart(3, '0')}`
  const printing: Printing = { job, mark, marked: false, death: null }
  c.printing = printing
  return printing
}

/** Sends the parts and the mark, and waits until it comes back or the job is dead. Says whether anything was sent. */
const send = async (
  c: Conversation,
  link: Link,
  printing: Printing,
  parts: readonly Uint8Array[],
): Promise<boolean> => {
  const stopClock = c.clock.after(printingDelays.jobMs, () => {
    die(printing, obstacle(c.faults) ?? 'not answering')
    c.wake()
  })
  const mark = c.model.endOfJob === 'process' ? tellProcess(printing.mark) : askPaperInTurn
  const left = [...parts, mark]
  const lives = () => printing.death === null && !c.stopped
  let begun = false
  for (let part = left.shift(); part !== undefined && lives(); part = left.shift()) {
    begun = true
    await orDeath(c, link, lives, link.write(part))
    // Between two commands, where it can never be taken for dots.
    if (lives() && lookIsDue(c)) await look(c, link)
  }
  while (lives() && !printing.marked) {
    await pause(c, printingDelays.lookMs)
    if (lives() && !printing.marked && lookIsDue(c)) await look(c, link)
  }
  stopClock()
  return begun
}

const lookIsDue = (c: Conversation): boolean =>
  c.clock.monotonic() - c.lookedMs >= printingDelays.lookMs

/**
 * Until the bytes are taken, which a printer that has stopped may put off for ever, or the job is dead. A question asked
 * meanwhile is not among them: the line keeps their order, and what XOFF holds back has not begun.
 */
const orDeath = async (
  c: Conversation,
  link: Link,
  lives: () => boolean,
  written: Promise<unknown>,
): Promise<void> => {
  const sent = { done: false }
  const isDone = () => {
    sent.done = true
    c.wake()
  }
  written.then(isDone, isDone)
  while (!sent.done && lives()) {
    await pause(c, printingDelays.lookMs)
    if (!sent.done && lives() && lookIsDue(c)) await look(c, link)
  }
}
