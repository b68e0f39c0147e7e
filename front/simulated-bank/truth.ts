// What the simulated bank has in its books, whatever anybody has been told about it.
import { nothing, type Minor } from '../../domain/money.ts'
import type { Decision } from './request.ts'

/** Plain JSON: it can be written down and handed to a new bank, as a host keeps its books over a restart. */
export type BankTruth = {
  /** `YYYY-MM-DD`. */
  businessDate: string
  /** When each business day began, in milliseconds since 1970. */
  opened: Record<string, number>
  /** By account token: field 2. */
  accounts: Record<string, BankAccount>
  /** By unique key, see `transactionKey`; refused ones too, since they have an answer that must not change. */
  transactions: Record<string, BankTransaction>
  /** By the original as field 90 names it, see `originalKey`: so a reversal is the same one again. */
  reversals: Record<string, BankReversal>
  /** By order number: what an advice said of the card. */
  deliveries: Record<string, 'loaded' | 'not loaded'>
  /** Counts references (field 37) and approval codes (38). */
  lastReference: number
}

export type BankAccount = {
  /** May fall below 0 only by what was completed offline, and by a return that was spent and then reversed. */
  balance: Minor
  currency: string
  /** Most for one debit, and for all of a business day; null for no limit. */
  perTransaction: Minor | null
  perDay: Minor | null
  /** Debited less reversed, by business date. */
  spent: Record<string, Minor>
  blocked: boolean
  /** Asked for with every debit; null when this account is debited without. */
  pin: string | null
  pinTriesLeft: number
}

export type BankTransaction = {
  kind: 'sale' | 'top-up' | 'return'
  state: 'booked' | 'reversed' | 'refused'
  account: string
  amount: Minor
  orderNumber: string
  terminal: string
  merchant: string
  stan: string
  businessDate: string
  /** Field 7, by which a reversal names it beside its STAN. */
  time: string
  reference: string
  atMs: number
  /** What must be the same when the same key comes again. */
  content: string
  /** What was answered, and is again. */
  decided: Decision
}

export type BankReversal = {
  /** The unique key of the original, whether there is one or not. */
  original: string
  /** 00: nothing is booked any more. 25: there was no original, and a late one will be refused. */
  code: '00' | '25'
  /** What went back to the account, or was taken from it again when a return was reversed; 0 when nothing was booked. */
  amount: Minor
  orderNumber: string
  terminal: string
  merchant: string
  stan: string
  /** The business day it was booked on, which may be a later one than that of the original. */
  businessDate: string
  reference: string
  atMs: number
}

export const mostPinTries = 3

/** A bank without customers, on the first day of its life. */
export const newBank = ({
  businessDate,
  nowMs,
}: {
  businessDate: string
  nowMs: number
}): BankTruth => ({
  businessDate,
  opened: { [businessDate]: nowMs },
  accounts: {},
  transactions: {},
  reversals: {},
  deliveries: {},
  lastReference: 0,
})

export const newAccount = (changes: Partial<BankAccount> = {}): BankAccount => ({
  balance: nothing,
  currency: 'ZAR',
  perTransaction: null,
  perDay: null,
  spent: {},
  blocked: false,
  pin: null,
  pinTriesLeft: mostPinTries,
  ...changes,
})

/** Business date, merchant, terminal, STAN (domain.md 13.2): one transaction for ever. */
export const transactionKey = (
  businessDate: string,
  merchant: string,
  terminal: string,
  stan: string,
): string => [businessDate, merchant, terminal, stan].join('|')

/** The key of a transaction and its field 7. */
export const originalKey = (transaction: string, time: string): string => `${transaction}|${time}`

/** Field 37. */
export const nextReference = (truth: BankTruth): string => {
  truth.lastReference += 1
  return String(truth.lastReference).padStart(12, '0')
}
