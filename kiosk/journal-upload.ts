// Sends the journal to the centre line by line, for ever and with patience; and finds out first whether it still is the one
// that the centre knows (P6).
//
//   ask where the centre stands ─► its lines are ours: anchored ─► upload ─► wait for the next entry ─► upload ─► …
//                               └► they are not: the disk was put back, cut or rewritten ─► tell the centre, sell nothing
//
// Where to go on from is asked of the centre and never kept on this disk: a disk that was put back would believe itself.
import type { Answered, Asked } from '../domain/centre-messages.ts'
import { uploadLimits } from '../domain/centre-messages.ts'
import type { ChainHead } from '../domain/journal-chain.ts'
import { never } from '../domain/never.ts'
import type { CentreClient } from './centre-client.ts'
import type { Clock } from './clock.ts'
import { whyOf } from './disk.ts'
import type { Journal } from './journal.ts'
import type { Place } from './journal-reading.ts'

export type UploadableJournal = Pick<Journal, 'found' | 'head' | 'placeOf' | 'linesAfter'>

export type JournalUploadParts = {
  journal: UploadableJournal
  centre: CentreClient
  clock: Pick<Clock, 'wait' | 'chance' | 'ids'>
  /** The centre has the same journal: from now on things may be sold. */
  anchored: () => void
  /** Nothing can be said about that yet: the centre does not answer. */
  unanchored: () => void
  /** The journal is not the one the centre knows, or cannot be read: nothing may be sold. Said once, in a sentence. */
  trouble: (why: string) => void
  /** For the diagnostic log: an upload that has to be tried again. */
  report: (why: string) => void
}

export type JournalUpload = {
  /** Until the signal aborts, or there is trouble and the centre knows of it. Never rejects. */
  run: (signal: AbortSignal) => Promise<void>
  /** There is something new on disk. */
  appended: () => void
  /** The centre answers again: there is no point in waiting. */
  centreReached: () => void
  /** The last line that the centre is known to have. */
  through: () => number
}

export const uploadTimes = {
  /** One question is asked for so long before it is asked again under its id after a pause. */
  askLimitMs: 5_000,
  firstPauseMs: 1_000,
  longestPauseMs: 300_000,
  /** What comes within so long goes in one upload. */
  gatherMs: 2_000,
  /** With nothing new the head goes alone this often. */
  headEveryMs: 300_000,
}

/** Replies in a row by which nothing is kept, and after which the next question waits. */
const usualQuestions = 2

/** With what JSON adds to lines that are JSON themselves this stays well below what the centre takes in one message. */
const uploadSize = { lines: uploadLimits.lines, bytes: 128 * 1024 }

type Reply = Answered<'journal'>

type Upload = JournalUploadParts & {
  signal: AbortSignal
  pause: Pause
  /** The `answer` of the last reply. */
  answering: number | null
  /** The last line that the centre has; null = not known, to be asked. */
  place: Place | null
  /** The centre knows another journal than this. It is told so until it has said so itself. */
  differs: boolean
  /** Told of each line that the centre has said it has. */
  keptThrough: (line: number) => void
}

export const journalUpload = (parts: JournalUploadParts): JournalUpload => {
  const pause = interruptible(parts.clock)
  let through = 0
  return {
    run: async (signal) => {
      const upload = {
        ...parts,
        signal,
        pause,
        answering: null,
        place: null,
        differs: false,
        keptThrough: (line: number) => (through = line),
      }
      try {
        await keepUploading(upload)
      } catch (error) {
        // The disk does not give back what it took.
        if (!signal.aborted) parts.trouble(`the journal cannot be read: ${whyOf(error)}`)
      }
    },
    appended: () => pause.end('for news'),
    centreReached: () => pause.end('for the centre'),
    through: () => through,
  }
}

const keepUploading = async (upload: Upload): Promise<void> => {
  const { signal, pause, journal, clock } = upload
  let keptNothing = 0
  while (!signal.aborted) {
    // One question and one upload are the usual way to a line that is kept; a centre that contradicts itself is not hurried.
    if (keptNothing > usualQuestions) await clock.wait(uploadTimes.firstPauseMs, signal)
    const { asked, last } = await nextUpload(upload)
    const reply = await askUntilAnswered(upload, asked)
    if (reply === null) return
    upload.answering = reply.answer
    keptNothing = reply.kind === 'kept' ? 0 : keptNothing + 1
    if ((await take(upload, reply, last)) === 'over') return
    if (upload.place?.sequence !== journal.head().sequence) continue
    const news = await pause.wait(uploadTimes.headEveryMs, 'for news', signal)
    if (news === 'ended') await clock.wait(uploadTimes.gatherMs, signal)
  }
}

/** What to send now, and the last line in it. */
const nextUpload = async (
  upload: Upload,
): Promise<{ asked: Asked<'journal'>; last: Place | null }> => {
  const { journal, answering, place, differs } = upload
  const head = journal.head()
  if (place === null) {
    // A journal that differs is told as it was found: what this run has added to it says nothing about the disk.
    const told = differs ? { answering, head: journal.found() } : { answering: null, head }
    return { asked: { ...told, after: 0, lines: [] }, last: null }
  }
  const { lines, last } = await journal.linesAfter(place, uploadSize)
  if (lines.length === 0 && place.sequence < head.sequence) {
    throw new Error(`line ${place.sequence + 1} is gone`)
  }
  // Lines that came onto the disk while it was read are behind the head by then.
  const behind = last.sequence > head.sequence ? journal.head() : head
  return { asked: { answering, after: place.sequence, lines, head: behind }, last }
}

/** Asks under one id until there is an answer; null when the kiosk stops. */
const askUntilAnswered = async (upload: Upload, asked: Asked<'journal'>): Promise<Reply | null> => {
  const { centre, clock, signal, pause, report, unanchored } = upload
  const requestId = clock.ids.request()
  let pauseMs = uploadTimes.firstPauseMs
  while (!signal.aborted) {
    const limits = { deadlineMs: uploadTimes.askLimitMs, signal }
    const answer = await centre.ask('journal', requestId, asked, limits)
    if (answer.kind === 'answered') return answer.reply
    if (signal.aborted) return null
    report(answer.kind === 'refused' ? answer.problem : answer.why)
    unanchored()
    // Chance keeps kiosks that lost the centre together from coming back together.
    await pause.wait(pauseMs * (0.5 + clock.chance() / 2), 'for the centre', signal)
    pauseMs = Math.min(pauseMs * 2, uploadTimes.longestPauseMs)
  }
  return null
}

/** What follows from a reply. `over`: the centre has said that this is not the journal it knows. */
const take = async (
  upload: Upload,
  reply: Reply,
  last: Place | null,
): Promise<'go on' | 'over'> => {
  const { trouble, differs } = upload
  const over = (why: string): 'over' => {
    if (!differs) trouble(why)
    return 'over'
  }
  switch (reply.kind) {
    case 'kept':
      upload.keptThrough(reply.through)
      upload.place =
        last !== null && isSame(last, { ...reply, sequence: reply.through }) ? last : null
      return 'go on'
    case 'go on':
      await compare(upload, reply)
      return 'go on'
    case 'gap':
      upload.place = null
      return 'go on'
    case 'fork':
      return over(`line ${reply.at} of the journal is another than the centre has`)
    case 'altered':
      return over(`line ${reply.at} of the journal is not what it was`)
    case 'behind':
      return over(missing(upload.journal.found(), reply.through))
    default:
      return never(reply)
  }
}

/** Are the lines that the centre has and knows of among ours? */
const compare = async (
  upload: Upload,
  { has, knows }: Extract<Reply, { kind: 'go on' }>,
): Promise<void> => {
  const { journal, anchored, trouble } = upload
  const found = journal.found()
  const place = await journal.placeOf(has.sequence)
  const known = knows.sequence === has.sequence ? place : await journal.placeOf(knows.sequence)
  const agrees = isSame(place, has) && isSame(known, knows)
  // One that was found longer than what is known goes up as it is: the centre sees where it begins to differ.
  upload.place = agrees || found.sequence > knows.sequence ? place : null
  if (agrees) return anchored()
  if (upload.differs) return
  upload.differs = true
  trouble(
    found.sequence < knows.sequence
      ? missing(found, knows.sequence)
      : `the journal is another than the centre has, at line ${knows.sequence} at the latest`,
  )
}

const isSame = (one: ChainHead | null, other: ChainHead): boolean =>
  one !== null && one.sequence === other.sequence && one.hash === other.hash

const missing = (found: ChainHead, through: number): string =>
  `the centre knows line ${through} of this journal, the disk ends with line ${found.sequence}: ` +
  'it was put back, emptied or cut'

type Why = 'for news' | 'for the centre'
type Pause = {
  /** Waits so long; `ended` when somebody has ended a pause that is made for this reason. */
  wait: (ms: number, why: Why, signal: AbortSignal) => Promise<'over' | 'aborted' | 'ended'>
  end: (why: Why) => void
}

const interruptible = (clock: Pick<Clock, 'wait'>): Pause => {
  let waiting: { why: Why; nap: AbortController } | null = null
  return {
    wait: async (ms, why, signal) => {
      const nap = new AbortController()
      waiting = { why, nap }
      const end = await clock.wait(ms, AbortSignal.any([signal, nap.signal]))
      waiting = null
      return nap.signal.aborted && !signal.aborted ? 'ended' : end
    },
    end: (why) => {
      if (waiting?.why === why) waiting.nap.abort()
    },
  }
}
