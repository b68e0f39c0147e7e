// What the hand-made histories of the auditor's own tests are written with.
import { createHash } from 'node:crypto'
import type { Evidence } from './auditor.ts'

export type Entry = { type: string } & Record<string, unknown>
export type History = { entries: Entry[] } & Omit<Evidence, 'journal'>

/** Ids that can be told apart when they are read. */
export const id = (what: string) =>
  what
    .toUpperCase()
    .replaceAll(/[^0-9A-HJKMNP-TV-Z]/g, '0')
    .padEnd(26, '0')
export const request = id('R')
export const quote = id('Q')
export const insertion = id('1N')
export const stacking = (saleId: string | null, noteId: string, value: number): Entry[] => [
  { type: 'note.escrowed', saleId, noteId, value },
  { type: 'note.stacking', saleId, noteId, value, counters: null },
]
export const stacked = (saleId: string | null, noteId: string, value: number): Entry[] => [
  ...stacking(saleId, noteId, value),
  { type: 'note.stacked', saleId, noteId, value },
]
export const opened = (saleId: string, serial: string): Entry => ({
  type: 'session.opened',
  saleId,
  insertionId: insertion,
  serial,
})
export const closed = (saleId: string, end: string, cash: number): Entry => ({
  type: 'session.closed',
  saleId,
  end,
  cash,
})
export const closing = (saleId: string, ...notes: [string, number][]): Entry => ({
  type: 'sale.closing',
  saleId,
  insertionId: insertion,
  requestId: request,
  notes: notes.map(([noteId, value]) => ({ noteId, value })),
})
export const settled = (saleId: string, orderNumber: string | null, toAccount: number): Entry => ({
  type: 'sale.settled',
  saleId,
  orderNumber,
  toAccount,
  toSuspense: 0,
})
export const ordered = (
  saleId: string,
  orderNumber: string,
  of: { tender: string; amount: number; toAccount: number; energy: number },
): Entry[] => [
  {
    type: 'order.requesting',
    saleId,
    requestId: request,
    quoteId: quote,
    tender: of.tender,
    amount: of.amount + of.toAccount,
  },
  {
    type: 'order.reserved',
    saleId,
    orderNumber,
    amount: of.amount,
    toAccount: of.toAccount,
    energy: of.energy,
  },
]

/** As domain/journal-entry.ts says: SHA-256 over the line without its hash, each line naming the hash before. */
export const chained = (entries: readonly Entry[]): string[] => {
  const lines: string[] = []
  let previous = '0'.repeat(64)
  for (const [index, entry] of entries.entries()) {
    const at = new Date(Date.UTC(2026, 10, 23, 16, 45, index)).toISOString()
    const body = JSON.stringify({ sequence: index + 1, at, previous, entry })
    previous = createHash('sha256').update(body).digest('hex')
    lines.push(`${body.slice(0, -1)},"hash":"${previous}"}`)
  }
  return lines
}

export const evidenceOf = ({ entries, ...rest }: History): Evidence => ({
  journal: chained(entries),
  ...rest,
})

export const entryOf = (history: History, type: string, of: Partial<Entry> = {}): Entry => {
  const found = history.entries.find(
    (entry) =>
      entry.type === type && Object.entries(of).every(([name, value]) => entry[name] === value),
  )
  if (found === undefined) throw new Error(`the day has no ${type}`)
  return found
}
export const without = (history: History, type: string, of: Partial<Entry> = {}): void => {
  const gone = entryOf(history, type, of)
  history.entries = history.entries.filter((entry) => entry !== gone)
}
export const after = (
  history: History,
  type: string,
  of: Partial<Entry>,
  ...more: Entry[]
): void => {
  history.entries.splice(history.entries.indexOf(entryOf(history, type, of)) + 1, 0, ...more)
}
