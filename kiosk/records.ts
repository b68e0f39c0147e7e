// What the kiosk keeps on its disk, opened together: the journal, what it says is owed, and the counters beside it.
import { join } from 'node:path'
import type { JournalEntry, JournalLine } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import {
  exchangeAfter,
  stillOpen,
  type StandingExchange,
} from '../domain/service/standing-exchange.ts'
import type { OpenNote } from '../state-machines/kiosk-context.ts'
import { emptyCashBox, type CashBox } from './cash-box.ts'
import { cashRecordAfter, noCashRecord, type CashRecord } from './cash-comparison.ts'
import type { Clock } from './clock.ts'
import { openCounters, type Counters, type CountersFound } from './counters.ts'
import { realDisk, whyOf, type Disk } from './disk.ts'
import { openJournal, type Journal, type JournalOptions } from './journal.ts'
import type { UploadableJournal } from './journal-upload.ts'
import { noTrail, type NoteTrail } from './note-trail.ts'
import { noSiteRecord, siteRecordAfter, type SiteRecord } from './site-record.ts'
import {
  openNotes,
  outcomesOfStop,
  standingBook,
  type Standing,
  type StandingBook,
} from './standing.ts'
import { unresolved } from './unresolved.ts'

export type RecordsOptions = {
  folder: string
  clock: Pick<Clock, 'now'>
  version: string
  /** Something a technician should know: the counters were unreadable, a sale is not resolved. */
  report: (fact: string, details: Record<string, unknown>) => void
  journal?: Pick<JournalOptions, 'openFile' | 'freeBytes' | 'leastSpaceBytes'>
  disk?: Disk
}

export type Records = {
  /** Why nothing may be sold: the journal cannot be trusted or not be written. Null when all is well. */
  trouble: () => string | null
  /** Resolves when every entry is on disk, in order. Rejects when that is not known. */
  append: (entries: JournalEntry[]) => Promise<void>
  standing: () => Standing
  /** Last lines that were torn by a power cut and found by this start: the names of the files they are kept in. */
  tornLines: string[]
  /** Notes that were moving when the kiosk stopped, and what the acceptor may tell again. */
  openNotes: OpenNote[]
  trail: NoteTrail
  /** The notes that were not compared with the acceptor's counters before this start. */
  cash: CashRecord
  /** Whether the kiosk is closed, and its last faults. */
  site: () => SiteRecord
  /** The journal as its lines go to the centre; null when it cannot be trusted. */
  uploadable: UploadableJournal | null
  /** A number that was never given to a receipt before. */
  nextReceipt: () => Promise<number>
  /** How many there were. */
  receipts: () => number
  cashBox: () => CashBox
  /** The exchange of the cash box that stands open; null where none does. */
  exchange: () => StandingExchange | null
  /** Whether a sale may begin with the room that is left on the disk. */
  roomForSale: () => Promise<boolean>
  /** Puts the counters on disk, so that the next start reads less of the journal. */
  save: () => Promise<void>
  close: () => Promise<void>
}

type TornLine = Extract<JournalEntry, { type: 'journal.torn' }>

export type OpenedRecords =
  | { kind: 'open'; records: Records }
  /** Another program has this journal: two kiosks on one journal would break it. */
  | { kind: 'in use' }

/** Opens the records, journals this start and the outcomes nobody saw. A journal in trouble opens too, and says so. */
export const openRecords = async (options: RecordsOptions): Promise<OpenedRecords> => {
  const { folder, clock, disk = realDisk } = options
  const telling = Promise.withResolvers<Told>()
  const opened = await openJournal({
    path: join(folder, 'journal.ndjson'),
    clock,
    disk,
    reader: async () => {
      const told = await tellingOf(options)
      telling.resolve(told)
      return told.enter
    },
    ...options.journal,
  })
  switch (opened.kind) {
    case 'in use':
      return opened
    case 'broken':
      return open(untrusted(`line ${opened.atLine} of the journal: ${opened.why}`))
    case 'failed':
      return open(untrusted(opened.why))
    case 'open':
      return open(await trusted(options, opened.journal, await telling.promise))
    default:
      return never(opened)
  }
}

const open = (records: Records): OpenedRecords => ({ kind: 'open', records })

/** All that a start wants to know of the journal, gathered while its chain is verified: it is read once. */
type Told = {
  enter: (line: JournalLine) => void
  counters: CountersFound
  book: StandingBook
  cash: () => CashRecord
  site: () => SiteRecord
  exchange: () => StandingExchange | null
  /** Torn lines that no start has told of yet. */
  torn: () => readonly TornLine[]
}

const tellingOf = async ({ folder, report, disk }: RecordsOptions): Promise<Told> => {
  const counters = await openCounters({
    path: join(folder, 'counters.json'),
    onUnreadable: (found) => report('the counters were unreadable and are rebuilt', found),
    ...(disk && { disk }),
  })
  const book = standingBook()
  let cash = noCashRecord
  let site = noSiteRecord
  let exchange: StandingExchange | null = null
  let torn: TornLine[] = []
  return {
    enter: (line) => {
      const { entry } = line
      counters.read(line)
      book.enter(entry)
      cash = cashRecordAfter(cash, entry)
      site = siteRecordAfter(site, line)
      exchange = exchangeAfter(exchange, entry)
      if (entry.type === 'journal.torn') torn.push(entry)
      else if (entry.type === 'kiosk.started') torn = []
    },
    counters,
    book,
    cash: () => cash,
    exchange: () => exchange,
    site: () => site,
    torn: () => torn,
  }
}

const trusted = async (options: RecordsOptions, journal: Journal, told: Told): Promise<Records> => {
  const { report, version } = options
  const { book } = told
  try {
    const torn = told.torn()
    for (const { keptAside, bytes } of torn) {
      report('a torn last line was kept aside', { keptAside, bytes })
    }
    const counters = told.counters.upToDate()
    const before = book.standing()
    const tornLines = torn.map(({ keptAside }) => keptAside)
    const records = recordsOn({
      journal,
      counters,
      book,
      before,
      tornLines,
      cash: told.cash(),
      site: told.site(),
      exchange: told.exchange(),
    })
    await records.append([
      { type: 'kiosk.started', boot: await counters.nextBoot(), version },
      ...outcomesOfStop(before),
    ])
    for (const each of unresolved(book.standing())) report('not resolved', each)
    return records
  } catch (error) {
    // It cannot be read to its end, cannot be written, or says what cannot be true.
    await journal.close()
    return untrusted(whyOf(error))
  }
}

const recordsOn = (on: {
  journal: Journal
  counters: Counters
  book: StandingBook
  before: Standing
  tornLines: string[]
  cash: CashRecord
  site: SiteRecord
  exchange: StandingExchange | null
}): Records => {
  const { journal, counters, book, before, tornLines, cash } = on
  let { site, exchange } = on
  let contradiction: string | null = null
  const follow = (line: JournalLine) => {
    counters.follow(line)
    site = siteRecordAfter(site, line)
    exchange = exchangeAfter(exchange, line.entry)
    try {
      book.enter(line.entry)
    } catch (error) {
      contradiction ??= whyOf(error)
      throw error
    }
  }
  return {
    trouble: () => contradiction ?? journal.trouble(),
    append: async (entries) => {
      await Promise.all(entries.map((entry) => journal.append(entry).then(follow)))
    },
    standing: book.standing,
    tornLines,
    openNotes: openNotes(before),
    trail: before.trail,
    cash,
    site: () => site,
    uploadable: journal,
    nextReceipt: () => counters.nextReceipt(),
    receipts: () => counters.receipts(),
    cashBox: () => counters.cashBox(),
    exchange: () => stillOpen(exchange),
    roomForSale: async () => (await journal.spaceLeft()).enough,
    save: () => counters.save(),
    close: async () => {
      await journal.close()
      await counters.save()
    },
  }
}

/** The kiosk runs, shows why it sells nothing, and writes nothing. */
const untrusted = (why: string): Records => {
  const refuse = () => Promise.reject(new Error(why))
  return {
    trouble: () => why,
    append: refuse,
    standing: () => standingBook().standing(),
    tornLines: [],
    openNotes: [],
    trail: noTrail,
    cash: noCashRecord,
    site: () => noSiteRecord,
    uploadable: null,
    nextReceipt: refuse,
    receipts: () => 0,
    cashBox: () => ({ ...emptyCashBox, accuracy: 'unknown' }),
    exchange: () => null,
    roomForSale: () => Promise.resolve(true),
    save: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
