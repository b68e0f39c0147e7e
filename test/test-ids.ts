// Ids for tests: they count up, so that a test can be read.
import { InsertionId, NoteId, PaymentId, RequestId, SaleId, ulidOf } from '../domain/identifiers.ts'
import { ExchangeId, VisitId } from '../domain/service/service-entries.ts'
import type { Ids } from '../state-machines/casting.ts'

export const testIds = (): Ids => {
  let count = 0
  const next = () => {
    const chance = new Uint8Array(10)
    new DataView(chance.buffer).setUint32(6, ++count)
    return ulidOf(0, chance)
  }
  return {
    sale: () => SaleId.parse(next()),
    insertion: () => InsertionId.parse(next()),
    note: () => NoteId.parse(next()),
    payment: () => PaymentId.parse(next()),
    request: () => RequestId.parse(next()),
    visit: () => VisitId.parse(next()),
    exchange: () => ExchangeId.parse(next()),
  }
}
