// Seeded journals of sales as a kiosk writes them: every kind of end, in entries that are appended one by one or together.
import type { Chance } from '../../kiosk/clock.ts'
import { idsOf } from '../../kiosk/clock.ts'
import { energy } from '../../domain/energy.ts'
import {
  CardSerial,
  OrderNumber,
  QuoteId,
  type NoteId,
  type SaleId,
} from '../../domain/identifiers.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { minor, plus, type Minor } from '../../domain/money.ts'

const noteValues = [1000, 2000, 5000, 10_000].map(minor)

type Note = { noteId: NoteId; value: Minor }

/** Sale after sale for ever; what is in one list is appended together. */
export function* saleHistories(below: (count: number) => number): Generator<JournalEntry[], never> {
  const chance: Chance = (bytes) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = below(256)
  }
  const ids = idsOf(() => Date.UTC(2026, 10, 24), chance)
  for (let number = 1; ; number++) {
    const saleId = ids.sale()
    const insertionId = ids.insertion()
    const serial = CardSerial.parse(`00112233445566${String(10 + (number % 90))}`)
    yield [{ type: 'session.opened', saleId, insertionId, serial }]
    const notes: Note[] = []
    for (let count = 1 + below(4); count > 0; count--) {
      const note = {
        noteId: ids.note(),
        value: noteValues[below(noteValues.length)] ?? minor(1000),
      }
      if (yield* noteEntries(saleId, note, below(10))) notes.push(note)
    }
    const cash = plus(...notes.map(({ value }) => value))
    const orderNumber = OrderNumber.parse(String(2611240000000000 + number))
    const ordered = notes.length > 0 && below(5) > 0 ? below(10) : null
    let end = 'cancelled'
    if (ordered !== null) {
      const quoteId = QuoteId.parse(ids.sale())
      const request = { saleId, requestId: ids.request(), quoteId, tender: 'cash' as const }
      const paidWith = notes.map(({ noteId }) => noteId)
      yield [{ type: 'order.requesting', ...request, amount: cash, notes: paidWith }]
      yield ordered < 8
        ? [
            {
              type: 'order.reserved',
              saleId,
              orderNumber,
              amount: cash,
              toAccount: minor(0),
              energy: energy(1234),
            },
          ]
        : [{ type: ordered === 8 ? 'order.refused' : 'order.unknown', saleId, why: 'so it is' }]
      if (ordered < 8) end = yield* writingEntries(saleId, orderNumber, below(10))
    }
    const jobId = `J${number}`
    yield [{ type: 'receipt.queued', saleId, jobId, number }]
    yield [
      { type: 'receipt.printed', saleId, jobId },
      { type: 'session.closed', saleId, end, cash },
    ]
    if (cash === 0) continue
    yield [{ type: 'sale.closing', saleId, insertionId, requestId: ids.request(), notes }]
    const held = ordered !== null && ordered < 8
    const rest = held ? minor(0) : cash
    yield [
      {
        type: 'sale.settled',
        saleId,
        orderNumber: held ? orderNumber : null,
        toAccount: rest,
        toSuspense: minor(0),
      },
    ]
  }
}

/** Whether the note is in the box in the end. */
function* noteEntries(saleId: SaleId, note: Note, how: number): Generator<JournalEntry[], boolean> {
  yield [{ type: 'note.escrowed', saleId, ...note }]
  if (how === 0) {
    yield [{ type: 'note.returning', saleId, ...note }]
    yield [{ type: 'note.returned', saleId, ...note }]
    return false
  }
  yield [{ type: 'note.stacking', saleId, ...note, counters: { stacked: 5, rejected: 0 } }]
  if (how === 1) {
    yield [{ type: 'note.unknown', saleId, ...note, why: 'no answer' }]
    return false
  }
  yield [{ type: 'note.stacked', saleId, ...note }]
  return true
}

function* writingEntries(
  saleId: SaleId,
  orderNumber: OrderNumber,
  how: number,
): Generator<JournalEntry[], string> {
  yield [{ type: 'card.writing', saleId, orderNumber }]
  if (how > 1) {
    yield [{ type: 'card.written', saleId, orderNumber }]
    return 'bought'
  }
  yield how === 1
    ? [{ type: 'card.not-written', saleId, orderNumber, state: 'NOT_LOADED_RETRY' }]
    : [{ type: 'card.unknown', saleId, orderNumber, why: 'the card was pulled' }]
  return 'not written'
}
