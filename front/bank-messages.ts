// What the front machine says to the bank about a payment, and what the bank's answers mean (domain.md 13.2).
import type { PinBlock, WhyDeclined } from '../domain/front-messages.ts'
import type { OrderNumber, PaymentId } from '../domain/identifiers.ts'
import type { Minor } from '../domain/money.ts'
import type { IsoFields } from './iso8583/fields.ts'
import { pendingAction, type IsoMessage } from './iso8583/message.ts'
import { isResponseCode, meaningOf, type ResponseCode } from './iso8583/responses.ts'
import {
  amountField,
  amountIn,
  businessDateField,
  businessDateOf,
  deliveryFunction,
  originalField,
  processingCode,
  transmissionTime,
} from './iso8583/values.ts'

/** What every message to the bank has in common. */
export type Sender = { terminal: string; merchant: string; currency: string; timeZone: string }

/** By what the bank knows one message for ever: business date, merchant, terminal and STAN, and its time for a reversal. */
export type Named = { businessDate: string; stan: number; at: number }

type Charged = { amount: Minor; paymentId: PaymentId }

/** 0200: charges the account. Field 61 names the payment, so that a PIN block is good for one. */
export const saleRequest = (
  sender: Sender,
  named: Named,
  { amount, paymentId, account, pin }: Charged & { account: string; pin: PinBlock },
): IsoMessage => ({
  mti: '0200',
  pendingAction: pendingAction.none,
  fields: {
    ...common(sender, named),
    2: account,
    3: processingCode.sale,
    4: amountField(amount),
    52: pin.block,
    53: pin.keySerial,
    60: `${business}${payFunction}`,
    61: paymentId,
  },
})

/** 0420: the account is not to be charged, whatever became of the 0200 that field 90 names. */
export const reversalAdvice = (
  sender: Sender,
  named: Named,
  of: Charged & { original: { stan: number; time: string } },
): IsoMessage => ({
  mti: '0420',
  pendingAction: pendingAction.none,
  fields: {
    ...common(sender, named),
    3: processingCode.sale,
    4: amountField(of.amount),
    60: `${business}${payFunction}`,
    61: of.paymentId,
    90: fieldOf(of.original),
  },
})

/** 0220: what the card says of the order that was paid. */
export const deliveryAdvice = (
  sender: Sender,
  named: Named,
  of: Charged & {
    original: { stan: number; time: string }
    orderNumber: OrderNumber
    delivery: keyof typeof deliveryFunction
  },
): IsoMessage => ({
  mti: '0220',
  pendingAction: pendingAction.none,
  fields: {
    ...common(sender, named),
    3: processingCode.cardWrite,
    4: amountField(of.amount),
    60: `${business}${deliveryFunction[of.delivery]}`,
    61: of.paymentId,
    62: of.orderNumber,
    90: fieldOf(of.original),
  },
})

/** Numbers and sums of a business day, as the bank is to have them too. Payments are its debits. */
export type Totals = { payments: number; paid: Minor; reversals: number; reversed: Minor }

export const totalsRequest = (sender: Sender, named: Named, totals: Totals): IsoMessage => ({
  mti: '0500',
  pendingAction: pendingAction.none,
  fields: {
    ...common(sender, named),
    74: '0'.repeat(10),
    75: '0'.repeat(10),
    76: String(totals.payments).padStart(10, '0'),
    77: String(totals.reversals).padStart(10, '0'),
    86: '0'.repeat(16),
    87: '0'.repeat(16),
    88: String(totals.paid).padStart(16, '0'),
    89: String(totals.reversed).padStart(16, '0'),
  },
})

/** An advice that was perhaps sent before: the same message of the type that says so. */
export const asRepeat = (message: IsoMessage): IsoMessage => {
  switch (message.mti) {
    case '0420':
      return { ...message, mti: '0421' }
    case '0220':
      return { ...message, mti: '0221' }
    default:
      throw new Error(`a ${message.mti} is never repeated`)
  }
}

export type PaymentVerdict =
  | { kind: 'approved'; reference: string; bankDate: string }
  | { kind: 'declined'; why: WhyDeclined }
  /** Not one thing or the other: to be reversed. */
  | { kind: 'unknown'; why: string }

/** What an 0210 with a right MAC means. An approval that is not whole is none, and not a refusal either. */
export const verdictOn = (
  { fields }: IsoMessage,
  asked: { amount: Minor; businessDate: string; now: number },
): PaymentVerdict => {
  const { 4: amount, 15: date, 37: reference, 39: code } = fields
  if (code !== '00') {
    const why = isResponseCode(code) ? refusals[code] : undefined
    return why === undefined ? { kind: 'unknown', why: meaningOf(code) } : { kind: 'declined', why }
  }
  if (amount !== undefined && amountIn(amount) !== asked.amount) {
    return { kind: 'unknown', why: 'approved for another amount' }
  }
  if (reference === undefined || reference.trim() === '') {
    return { kind: 'unknown', why: 'approved without a reference' }
  }
  const bankDate = businessDateOf(date, asked.now) ?? asked.businessDate
  return { kind: 'approved', reference: reference.trim(), bankDate }
}

/** Codes after which the account is certainly not charged. What stands in none of the rows is unknown, and is reversed. */
const refusals: Partial<Record<ResponseCode, WhyDeclined>> = {
  '05': 'declined',
  '12': 'declined',
  '13': 'declined',
  '14': 'not linked',
  '30': 'declined',
  '51': 'not enough money',
  '55': 'wrong pin',
  '61': 'limit',
  '75': 'wrong pin',
  '91': 'bank away',
  A0: 'bank away',
}

/** Field 60: business 001 is the sale of power, function 002 a payment (domain.md 13.1). */
const business = '001'
const payFunction = '002'

const common = (sender: Sender, { businessDate, stan, at }: Named): IsoFields => ({
  7: transmissionTime(at),
  11: String(stan).padStart(6, '0'),
  ...localFields(sender.timeZone, at),
  15: businessDateField(businessDate),
  41: sender.terminal,
  42: sender.merchant,
  49: sender.currency,
})

/** Fields 12 and 13: hhmmss and MMDD as the clocks on the wall show them. */
const localFields = (timeZone: string, at: number): Pick<IsoFields, 12 | 13> => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '00'
  return {
    12: `${part('hour')}${part('minute')}${part('second')}`,
    13: `${part('month')}${part('day')}`,
  }
}

const fieldOf = ({ stan, time }: { stan: number; time: string }): string =>
  originalField({ mti: '0200', fields: { 7: time, 11: String(stan).padStart(6, '0') } })
