// What a writer says outside the disk under test: what it is about to ask for, and what has been answered.
import { appendFileSync, closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { entryCountOf, headerBytes } from './block-log.ts'

/** A line of the notebook. `entries`: so many block writes were in the log when the answer was there. */
export type Note<Sent, Answer> =
  | { kind: 'sent'; what: Sent }
  | { kind: 'acknowledged'; what: Answer; entries: number }

export type Notebook<Sent, Answer> = {
  sent: (what: Sent) => void
  acknowledged: (what: Answer) => void
}

/** For the writer: every line is with the operating system before the writer goes on. */
export const openNotebook = <Sent, Answer>(of: {
  path: string
  log: string
}): Notebook<Sent, Answer> => {
  const log = openSync(of.log, 'r')
  const write = (note: Note<Sent, Answer>) => appendFileSync(of.path, `${JSON.stringify(note)}\n`)
  process.once('exit', () => closeSync(log))
  return {
    sent: (what) => write({ kind: 'sent', what }),
    acknowledged: (what) => write({ kind: 'acknowledged', what, entries: entriesIn(log) }),
  }
}

const entriesIn = (log: number): number => {
  const header = Buffer.alloc(headerBytes)
  readSync(log, header, 0, headerBytes, 0)
  const count = entryCountOf(header)
  if (count === null) throw new Error('the log of the disk cannot be read')
  return count
}

export const readNotebook = <Sent, Answer>(path: string): Note<Sent, Answer>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Note<Sent, Answer>)

/** What was sent at all, and what of it must be there after a cut behind so many block writes. */
export const known = <Sent, Answer>(
  notes: readonly Note<Sent, Answer>[],
  cut: number,
): { sent: Sent[]; acknowledged: Answer[] } => ({
  sent: notes.flatMap((note) => (note.kind === 'sent' ? [note.what] : [])),
  acknowledged: notes.flatMap((note) =>
    note.kind === 'acknowledged' && note.entries <= cut ? [note.what] : [],
  ),
})
