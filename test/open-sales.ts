// Which sales of a journal have money somewhere that the centre has not closed yet, or may have: read by the entries alone.
import type { JournalEntry } from '../domain/journal-entry.ts'

/** A note in the box or perhaps in it, or an order asked for, and no settlement after it. */
export const openSales = (entries: readonly JournalEntry[]): string[] => {
  const open = new Map<string, Set<string>>()
  for (const entry of entries) {
    if (!('saleId' in entry) || entry.saleId === null) continue
    const acts = open.get(entry.saleId) ?? new Set()
    open.set(entry.saleId, acts)
    if (entry.type === 'note.stacking' || entry.type === 'note.unexpected') acts.add(entry.noteId)
    if (entry.type === 'note.returned') acts.delete(entry.noteId)
    if (entry.type === 'order.requesting') acts.add('order')
    if (entry.type === 'sale.settled') acts.clear()
  }
  return [...open].flatMap(([sale, acts]) => (acts.size > 0 ? [sale] : []))
}
