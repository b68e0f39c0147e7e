// Questions that move no money: the balance of an account (0100) and the totals of a business day (0500).
import { minus, most, nothing, plus, type Minor } from '../../domain/money.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import { amountField, businessDateOf, processingCode } from '../iso8583/values.ts'
import { effectOf, type Counter } from './booking.ts'
import { checkPin } from './pin.ts'
import { needed, refusal, type Decision } from './request.ts'
import type { BankTruth } from './truth.ts'

/** Field 54: account type 00, amount type 02 (available), currency, C or D, 12 digits. */
export const enquire = ({ truth, readPin, forced }: Counter, message: IsoMessage): Decision => {
  const read = needed(message, 2, 3)
  if (read.kind === 'refused') return read.refused
  if (read.fields[3] !== processingCode.enquiry) return refusal('12', 'this bank does not do that')
  const account = truth.accounts[read.fields[2]]
  if (account === undefined) return refusal('14', 'no such account')
  if (account.blocked) return refusal('05', 'the account is blocked')
  const refused = forced ?? checkPin(account, message, readPin)
  if (refused !== null) return refused
  const { balance, currency } = account
  const sign = balance < 0 ? 'D' : 'C'
  const amount = amountField(most(balance, minus(nothing, balance)))
  return { code: '00', fields: { 54: `0002${currency}${sign}${amount}` } }
}

export type Totals = Record<
  'credits' | 'reversedCredits' | 'debits' | 'reversedDebits',
  { count: number; sum: Minor }
>

/** Of one merchant on one business day; a reversal counts on the day it was booked on. */
export const totalsOf = (truth: BankTruth, businessDate: string, merchant: string): Totals => {
  const none = () => ({ count: 0, sum: nothing })
  const totals: Totals = {
    credits: none(),
    reversedCredits: none(),
    debits: none(),
    reversedDebits: none(),
  }
  const add = (name: keyof Totals, amount: Minor) => {
    totals[name] = { count: totals[name].count + 1, sum: plus(totals[name].sum, amount) }
  }
  for (const done of Object.values(truth.transactions)) {
    if (done.state === 'refused' || done.businessDate !== businessDate) continue
    if (done.merchant === merchant) add(`${effectOf(done.kind)}s`, done.amount)
  }
  for (const undone of Object.values(truth.reversals)) {
    const original = truth.transactions[undone.original]
    if (original === undefined || undone.amount === 0) continue
    if (undone.businessDate !== businessDate || undone.merchant !== merchant) continue
    add(effectOf(original.kind) === 'debit' ? 'reversedDebits' : 'reversedCredits', undone.amount)
  }
  return totals
}

/** 0500: always answered with the bank's own totals; whether they agree, whoever asked sees for himself. */
export const total = ({ truth, nowMs }: Counter, message: IsoMessage): Decision => {
  const read = needed(message, 15, 42)
  if (read.kind === 'refused') return read.refused
  const businessDate = businessDateOf(read.fields[15], nowMs)
  if (businessDate === null) return refusal('30', 'field 15 is no day')
  const totals = totalsOf(truth, businessDate, read.fields[42])
  return {
    code: '00',
    fields: {
      74: digits(totals.credits.count, 10),
      75: digits(totals.reversedCredits.count, 10),
      76: digits(totals.debits.count, 10),
      77: digits(totals.reversedDebits.count, 10),
      86: digits(totals.credits.sum, 16),
      87: digits(totals.reversedCredits.sum, 16),
      88: digits(totals.debits.sum, 16),
      89: digits(totals.reversedDebits.sum, 16),
    },
  }
}

const digits = (value: number, size: number): string => String(value).padStart(size, '0')
