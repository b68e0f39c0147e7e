// Compares the acceptor's own counters with the journal whenever the acceptor is at rest, and journals what comes of it.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { CashTallied } from '../state-machines/kiosk-context.ts'
import {
  cashRecordAfter,
  compareCash,
  saysNothingNew,
  type CashCompared,
  type CashRecord,
} from './cash-comparison.ts'
import type { Log } from './log.ts'

export type ComparingCash = {
  /** Told of entries in the moment they get their place in the journal, before they are on disk. */
  journalled: (entries: readonly JournalEntry[]) => void
  /** The acceptor is at rest and says what it has counted. */
  compare: (tallied: CashTallied) => void
}

export const comparingCash = (of: {
  /** What the journal said when this program started. */
  record: CashRecord
  /** Gives entries their place in the journal at once; resolves when they are on disk. */
  journal: (entries: JournalEntry[]) => Promise<void>
  log: Pick<Log, 'fatal' | 'error' | 'info'>
}): ComparingCash => {
  const { journal, log } = of
  let { record } = of
  let comparedBefore = false
  return {
    journalled: (entries) => {
      record = entries.reduce(cashRecordAfter, record)
    },
    compare: (tallied) => {
      const compared = compareCash(record, tallied)
      // At each start it is on record that both were compared; later only what has changed.
      if (comparedBefore && saysNothingNew(record, compared)) return
      comparedBefore = true
      tell(log, compared)
      journal([compared, ...faultOf(compared)]).catch((error: unknown) =>
        log.error({ err: error }, 'a comparison of cash is not journalled'),
      )
    },
  }
}

/** Raised, and cleared by nobody but a person who has counted the box. */
const faultOf = ({ verdict, difference, unit, counters }: CashCompared): JournalEntry[] => {
  if (verdict !== 'differs' && verdict !== 'counters went back') return []
  const detail =
    verdict === 'differs'
      ? `unit ${unit} counts ${counters.stacked}: ${Math.abs(difference)} notes too ${difference > 0 ? 'many' : 'few'}`
      : `unit ${unit} counts ${counters.stacked}`
  const fault = verdict === 'differs' ? 'cash differs' : verdict
  return [{ type: 'fault.raised', device: 'cashBox', fault, detail }]
}

const tell = (log: Pick<Log, 'fatal' | 'error' | 'info'>, compared: CashCompared): void => {
  switch (compared.verdict) {
    case 'differs':
      return log.fatal(
        compared,
        'cash differs: the note acceptor and the journal do not count the same',
      )
    case 'counters went back':
      return log.error(compared, 'the counters of the note acceptor went back')
    default:
      return log.info(compared, 'cash compared')
  }
}
