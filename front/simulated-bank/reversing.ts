// Reversals: 0420, 0421 and 0400, the same one however often it comes (domain.md 13.3).
import { nothing } from '../../domain/money.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import { amountIn, businessDateField, businessDateOf, originalIn } from '../iso8583/values.ts'
import { move, type Counter } from './booking.ts'
import { needed, refusal, type Decision } from './request.ts'
import { nextReference, originalKey, transactionKey, type BankReversal } from './truth.ts'

/**
 * Fields 15, 41 and 42 are those of the original, and with STAN and time in field 90 they name it. Without an original the
 * answer is 25 and the reversal stays as a tombstone: this bank guarantees that a late original is refused. Field 15 of the
 * answer is the business date it was booked on: a day that is closed is not opened again.
 */
export const reverse = (counter: Counter, message: IsoMessage): Decision => {
  const { truth, nowMs, forced } = counter
  if (forced !== null) return forced
  const read = needed(message, 11, 15, 41, 42, 90)
  if (read.kind === 'refused') return read.refused
  const businessDate = businessDateOf(read.fields[15], nowMs)
  const original = originalIn(message.fields)
  if (businessDate === null || original === null) return refusal('30', 'field 15 is no day')
  const { 11: stan, 41: terminal, 42: merchant } = read.fields
  const key = transactionKey(businessDate, merchant, terminal, original.stan)
  const named = originalKey(key, original.time)
  const before = truth.reversals[named]
  if (before !== undefined) return answerOf(before)
  const found = truth.transactions[key]
  const known = found?.time === original.time ? found : undefined
  const amount = amountIn(message.fields[4])
  if (known !== undefined && amount !== null && amount !== known.amount) {
    return refusal('13', 'the original has another amount')
  }
  const reversal: BankReversal = {
    original: key,
    code: known === undefined ? '25' : '00',
    amount: known?.state === 'booked' ? known.amount : nothing,
    orderNumber: known?.orderNumber ?? message.fields[62] ?? '',
    terminal,
    merchant,
    stan,
    businessDate: truth.businessDate,
    reference: nextReference(truth),
    atMs: nowMs,
  }
  truth.reversals[named] = reversal
  if (known?.state === 'booked') {
    known.state = 'reversed'
    move(truth, known.kind, known, -1)
  }
  return answerOf(reversal)
}

const answerOf = ({ code, reference, businessDate }: BankReversal): Decision => ({
  code,
  ...(code === '25' && { words: 'there is no original; a late one will be refused' }),
  fields: { 15: businessDateField(businessDate), 37: reference },
})
