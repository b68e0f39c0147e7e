// What the disks of a bench say: for the auditor, and for whoever waits until a sale is closed.
import type { Bench } from '../../kiosk/bench/bench.ts'
import { townKiosks } from '../../kiosk/bench/town/town.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { audit } from '../auditor.ts'
import { centreEvidence, journalLines, uploadedLines } from '../evidence.ts'

/** Everything that does not add up, a sentence each. */
export const auditOf = (bench: Bench): string[] => {
  const { cashBox, terminal, cards } = bench.truth()
  // Before the journal is read: what the centre has of it is on the disk by then.
  const lines = townKiosks.flatMap(({ kiosk }) => uploadedLines(bench.paths.centreDatabase, kiosk))
  return audit({
    journal: journalLines(bench.paths.journal),
    uploaded: { lines, atRest: false },
    cashBox,
    payments: terminal.payments.map((payment) => ({ ...payment, terminalId: terminal.terminalId })),
    centre: centreEvidence(bench.paths.centreDatabase),
    cards,
  })
}

export const journalOf = ({ paths }: Bench): JournalEntry[] =>
  journalLines(paths.journal).map((line) => (JSON.parse(line) as { entry: JournalEntry }).entry)

const movesMoney = new Set<JournalEntry['type']>([
  'note.stacking',
  'note.stacked',
  'note.unexpected',
  'payment.requesting',
  'order.requesting',
])

/** Sales that moved money and are not closed with the centre yet. */
export const openSales = (bench: Bench): string[] => {
  const entries = journalOf(bench)
  const salesOf = (is: (entry: JournalEntry) => boolean) =>
    entries.flatMap((entry) =>
      is(entry) && 'saleId' in entry && entry.saleId !== null ? [entry.saleId as string] : [],
    )
  const closed = new Set(salesOf(({ type }) => type === 'sale.settled'))
  return salesOf(({ type }) => movesMoney.has(type)).filter((sale) => !closed.has(sale))
}
