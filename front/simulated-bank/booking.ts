// Debits and returns: 0200 decided by the bank, 0220 told after the fact (domain.md 13.2 and 13.3).
import { minus, plus, type Minor, minor, nothing } from '../../domain/money.ts'
import { never } from '../../domain/never.ts'
import type { IsoMessage } from '../iso8583/message.ts'
import { deliveryFunction, processingCode } from '../iso8583/values.ts'
import { checkPin, type ReadPin } from './pin.ts'
import { askedIn, needed, refusal, type Asked, type Decision } from './request.ts'
import {
  nextReference,
  originalKey,
  transactionKey,
  type BankAccount,
  type BankTransaction,
  type BankTruth,
} from './truth.ts'

export type Counter = {
  truth: BankTruth
  nowMs: number
  readPin: ReadPin
  /** What the bank has been told to decide, whatever its books say; null to let them decide. */
  forced: Decision | null
}

/** 0200: the same key again gets the same answer; with other content, 94. */
export const decideFinancial = (counter: Counter, message: IsoMessage): Decision => {
  const { truth, nowMs, forced } = counter
  const read = askedIn(message, nowMs)
  if (read.kind === 'refused') return read.refused
  const kind = kindOf(message.fields[3])
  if (kind === null) return refusal('12', 'this bank does not do that')
  const { asked } = read
  const key = keyOf(asked)
  const known = truth.transactions[key]
  if (known !== undefined) return answerAgain(known, contentOf(kind, asked))
  if (truth.reversals[originalKey(key, asked.time)] !== undefined)
    return refusal('68', 'it was reversed before it arrived')
  const refused = forced ?? whyNot(counter, message, kind, asked)
  return record(counter, key, kind, asked, refused ?? { code: '00' })
}

/** 0220 and 0221: it has happened already, so the answer is 00 however often it comes and whatever it is. */
export const takeAdvice = (counter: Counter, message: IsoMessage): Decision => {
  if (message.fields[3] === processingCode.cardWrite) return takeDelivery(counter.truth, message)
  const read = askedIn(message, counter.nowMs)
  if (read.kind === 'refused') return read.refused
  const kind = kindOf(message.fields[3])
  if (kind === null) return refusal('12', 'this bank does not do that')
  const key = keyOf(read.asked)
  const { truth } = counter
  const known = truth.transactions[key]
  if (known !== undefined && known.content !== contentOf(kind, read.asked)) return duplicate
  if (truth.accounts[read.asked.account] === undefined) return refusal('14', 'no such account')
  if (known === undefined && truth.reversals[originalKey(key, read.asked.time)] === undefined) {
    record(counter, key, kind, read.asked, { code: '00' })
  }
  return { code: '00' }
}

const takeDelivery = (truth: BankTruth, message: IsoMessage): Decision => {
  const read = needed(message, 60, 62)
  if (read.kind === 'refused') return read.refused
  const said = read.fields[60].slice(3)
  if (said !== deliveryFunction.loaded && said !== deliveryFunction.notLoaded) {
    return refusal('12', 'field 60 says neither loaded nor not loaded')
  }
  truth.deliveries[read.fields[62]] = said === deliveryFunction.loaded ? 'loaded' : 'not loaded'
  return { code: '00' }
}

const kindOf = (code: string | undefined): BankTransaction['kind'] | null => {
  switch (code) {
    case processingCode.sale:
      return 'sale'
    case processingCode.topUp:
      return 'top-up'
    case processingCode.return:
      return 'return'
    default:
      return null
  }
}

/** What a transaction does to the customer's account. */
export const effectOf = (kind: BankTransaction['kind']): 'debit' | 'credit' => {
  switch (kind) {
    case 'sale':
    case 'top-up':
      return 'debit'
    case 'return':
      return 'credit'
    default:
      return never(kind)
  }
}

const keyOf = ({ businessDate, merchant, terminal, stan }: Asked): string =>
  transactionKey(businessDate, merchant, terminal, stan)

const contentOf = (kind: string, asked: Asked): string =>
  [kind, asked.time, asked.account, asked.amount, asked.currency, asked.orderNumber].join('|')

const duplicate = refusal('94', 'this number was used for something else')

const answerAgain = (known: BankTransaction, content: string): Decision => {
  if (known.content !== content) return duplicate
  // It was approved, and is not any more: the stored answer would be a lie.
  if (known.state === 'reversed') return refusal('68', 'it has been reversed')
  return known.decided
}

/** Why the books refuse it; null when they do not. */
const whyNot = (
  { truth, readPin }: Counter,
  message: IsoMessage,
  kind: BankTransaction['kind'],
  { account: token, amount, currency, businessDate }: Asked,
): Decision | null => {
  const account = truth.accounts[token]
  if (account === undefined) return refusal('14', 'no such account')
  if (account.blocked) return refusal('05', 'the account is blocked')
  if (businessDate < truth.businessDate) return refusal('12', 'the business day is closed')
  if (amount === 0) return refusal('13', 'nothing to pay')
  if (currency !== account.currency) return refusal('12', 'the account has another currency')
  if (effectOf(kind) === 'credit') return null
  return (
    checkPin(account, message, readPin) ??
    whyNotDebit(account, amount, spentOn(account, businessDate))
  )
}

const whyNotDebit = (account: BankAccount, amount: Minor, spent: Minor): Decision | null => {
  const { perTransaction, perDay, balance } = account
  if (perTransaction !== null && amount > perTransaction) {
    return refusal('61', 'more than one payment may be')
  }
  if (perDay !== null && plus(spent, amount) > perDay) return refusal('61', 'the limit of the day')
  return amount > balance ? refusal('51', 'not enough money in the account') : null
}

export const spentOn = (account: BankAccount, businessDate: string): Minor =>
  account.spent[businessDate] ?? nothing

const record = (
  { truth, nowMs }: Counter,
  key: string,
  kind: BankTransaction['kind'],
  asked: Asked,
  { code, words }: Decision,
): Decision => {
  const reference = nextReference(truth)
  const approved = code === '00'
  const decided: Decision = {
    code,
    ...(words !== undefined && { words }),
    fields: { 37: reference, ...(approved && { 38: reference.slice(-6) }) },
  }
  const { currency: _, ...kept } = asked
  truth.transactions[key] = {
    ...kept,
    kind,
    state: approved ? 'booked' : 'refused',
    reference,
    atMs: nowMs,
    content: contentOf(kind, asked),
    decided,
  }
  if (approved) move(truth, kind, asked, 1)
  return decided
}

/** Books an amount on its account (1), or takes that back (-1). */
export const move = (
  truth: BankTruth,
  kind: BankTransaction['kind'],
  { account: token, amount, businessDate }: Pick<Asked, 'account' | 'amount' | 'businessDate'>,
  direction: 1 | -1,
): void => {
  const account = truth.accounts[token]
  if (account === undefined) return
  const debit = minor(effectOf(kind) === 'debit' ? direction * amount : -direction * amount)
  account.balance = minus(account.balance, debit)
  if (effectOf(kind) === 'debit') {
    account.spent[businessDate] = plus(spentOn(account, businessDate), debit)
  }
}
