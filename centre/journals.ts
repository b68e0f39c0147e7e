// The journals of the kiosks: kept line by line exactly as they stand on their disks, each once and in order (P6).
import type { z } from 'zod'
import type { Answered, JournalRequest } from '../domain/centre-messages.ts'
import { noHead, type ChainHead, type Link } from '../domain/journal-chain.ts'
import { JournalEntry } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import { raise, type AlarmKind } from './alarms.ts'
import { setAlert } from './alerts/alerts.ts'
import { standsAs } from './alerts/own-alerts.ts'
import { alarmOnCash } from './cash-alarms.ts'
import { followBoxes } from './cash-boxes.ts'
import { followDays } from './fleet/days-of-journals.ts'
import { withFleet } from './fleet/fleet-tables.ts'
import { judge, type Judged, type KeptLine, type KnownEntry } from './journal-judging.ts'
import { bookedNotesInJournal, followNotes } from './journal-notes.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof JournalRequest>
type Row = Tables['journals']
type Reply = Answered<'journal'>

/**
 * Keeps what follows the last line that is here. A message that does not answer the last answer was held up on its way, or
 * its kiosk has just started: it is told where the centre stands, and nothing else happens. So no late message can look
 * like a disk that was put back, and a centre that was restored from a backup is simply sent again what it has lost.
 */
export const journal = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const row = await rowOf(turn)
  if (asked.answering !== row.answer) return answered({ ...standOf(row), answer: row.answer })
  const { has, knows } = standOf(row)
  const atHead = await hashOf(turn, asked.head.sequence, has)
  const judged = judge(asked, { has, knows, atHead })
  if (judged.kind === 'wrong') return refused(400, judged.problem)
  const answer = row.answer + 1
  const next: Row = { ...row, answer, answered_at: turn.now }
  switch (judged.kind) {
    case 'sound': {
      const kept: Row = {
        ...next,
        through: judged.has.sequence,
        hash: judged.has.hash,
        head_sequence: judged.knows.sequence,
        head_hash: judged.knows.hash,
        // The message was made after that answer was given.
        whole_at: judged.whole ? row.answered_at : row.whole_at,
        finding: null,
      }
      await keepLines(turn, judged.lines)
      if (row.finding === 'journal gap') await gapIsFilled(turn)
      const postingChecked = judged.whole ? await bookedNotesInJournal(turn, kept) : null
      await saveRow(turn, { ...kept, posting_checked: postingChecked ?? row.posting_checked })
      return answered({ kind: 'kept', answer, through: kept.through, hash: kept.hash })
    }
    case 'go on':
      await saveRow(turn, next)
      return answered({ ...standOf(row), answer })
    case 'gap':
      await found(turn, next, { kind: 'journal gap', asked, judged })
      return answered({ ...judged, answer })
    case 'fork':
      await found(turn, next, { kind: 'journal fork', asked, judged })
      return answered({ ...judged, answer })
    case 'behind':
      await found(turn, next, { kind: 'journal rolled back', asked, judged })
      return answered({ ...judged, answer })
    case 'altered':
      await found(turn, next, { kind: 'journal altered', asked, judged })
      return answered({ kind: 'altered', at: judged.at, answer })
    default:
      return never(judged)
  }
}

const nothingYet = (turn: Turn): Row => ({
  kiosk: turn.kiosk,
  through: noHead.sequence,
  hash: noHead.hash,
  head_sequence: noHead.sequence,
  head_hash: noHead.hash,
  answer: 0,
  answered_at: turn.now,
  whole_at: null,
  finding: null,
  posting_checked: 0,
})

const rowOf = async (turn: Turn): Promise<Row> =>
  (await turn.work
    .selectFrom('journals')
    .selectAll()
    .where('kiosk', '=', turn.kiosk)
    .executeTakeFirst()) ?? nothingYet(turn)

const saveRow = async ({ work }: Turn, row: Row): Promise<void> => {
  await work
    .insertInto('journals')
    .values(row)
    .onConflict((it) => it.column('kiosk').doUpdateSet(row))
    .execute()
}

const standOf = (row: Row): { kind: 'go on'; has: ChainHead; knows: ChainHead } => ({
  kind: 'go on',
  has: { sequence: row.through, hash: row.hash },
  knows: { sequence: row.head_sequence, hash: row.head_hash },
})

/** The hash of a line that is here; null where there is none of that number. */
const hashOf = async (turn: Turn, sequence: number, has: ChainHead): Promise<string | null> => {
  if (sequence === noHead.sequence) return noHead.hash
  if (sequence > has.sequence) return null
  const { hash } = await turn.work
    .selectFrom('journal_lines')
    .select('hash')
    .where('kiosk', '=', turn.kiosk)
    .where('sequence', '=', sequence)
    .executeTakeFirstOrThrow()
  return hash
}

const keepLines = async (turn: Turn, lines: readonly KeptLine[]): Promise<void> => {
  if (lines.length === 0) return
  const { work, kiosk, now: kept_at } = turn
  const rows = lines.map(({ text: line, link: { sequence, hash } }) => {
    return { kiosk, sequence, line, hash, kept_at }
  })
  await work.insertInto('journal_lines').values(rows).execute()
  const known = lines.flatMap(({ link }) => knownEntry(link))
  await followNotes(turn, known)
  await alarmOnCash(turn, known)
  await followBoxes(turn, known)
  await followDays(turn, known)
}

const gapIsFilled = ({ work, now, kiosk }: Turn): Promise<void> =>
  setAlert({ work: withFleet(work), now, kiosk }, { ...standsAs['journal gap'], stands: false })

/** Its entry as far as this centre has a word for it: a kiosk may be newer. */
const knownEntry = ({ entry, sequence, at }: Link): KnownEntry[] => {
  const parsed = JournalEntry.safeParse(entry)
  return parsed.success ? [{ entry: parsed.data, sequence, at }] : []
}

/** An alarm once for each finding: a kiosk that is started again with the same disk tells nothing new. */
const found = async (
  turn: Turn,
  row: Row,
  of: { kind: AlarmKind; asked: Asked; judged: Exclude<Judged, { kind: 'sound' }> },
): Promise<void> => {
  const { kind, asked, judged } = of
  await saveRow(turn, { ...row, finding: kind })
  if (row.finding === kind) return
  const { has, knows } = standOf(row)
  const { after, head, lines } = asked
  const evidence = { found: judged, has, knows, kiosk: { after, head, lines: lines.length } }
  await raise(turn.work, { kind, at: turn.now, kiosk: turn.kiosk, evidence })
}
