// The books of a simulated bank terminal: payments from the bank's yes to their end, and what is told of them.
import { formatMoney, minor, type Minor } from '../../../../domain/money.ts'
import { apdu, type Apdu } from '../apdu.ts'
import { bytesOfHex, latin1, packed } from '../bytes.ts'
import { field, tag } from '../fields.ts'
import { localDigits } from '../local-time.ts'
import { control } from '../requests.ts'
import { intermediate, result } from '../result-codes.ts'
import { tellStep } from './saying.ts'
import { takeNumbers, type Booking, type SimulatedPayment } from './truth.ts'
import { wait, type Unit } from './unit.ts'

/** The bank has agreed. */
export const bookApproval = (unit: Unit, amount: Minor, cardType: string): SimulatedPayment => {
  const payment: SimulatedPayment = {
    ...takeNumbers(unit.truth),
    amount,
    at: momentOf(unit),
    cardType,
    state: 'authorised',
    settled: false,
  }
  unit.truth.payments.push(payment)
  unit.changed()
  return payment
}

const momentOf = (unit: Unit): string => localDigits(unit.now(), unit.timeZone).slice(4)

export const store = (unit: Unit, payment: SimulatedPayment): void => {
  const { receiptNumber, trace, amount, at } = payment
  payment.state = 'stored'
  unit.truth.last = { kind: 'payment', receiptNumber, trace, originalTrace: null, amount, at }
  unit.changed()
}

/** At the bank at once, or as soon as it is reached again. */
export const takeBack = async (unit: Unit, payment: SimulatedPayment): Promise<void> => {
  payment.state = 'reversal pending'
  unit.changed()
  await postReversals(unit)
}

/** What is still to be reversed goes before anything new. */
export const postReversals = async (unit: Unit): Promise<void> => {
  const pending = unit.truth.payments.filter(({ state }) => state === 'reversal pending')
  if (pending.length === 0 || !unit.truth.hostReachable) return
  await tellStep(unit, intermediate.autoReversal)
  await wait(unit, unit.delays.host)
  for (const payment of pending) payment.state = 'reversed'
  unit.changed()
}

/** A stored payment is reversed on command: a booking of its own. */
export const bookReversal = (unit: Unit, payment: SimulatedPayment): Booking => {
  const booking: Booking = {
    kind: 'reversal',
    ...takeNumbers(unit.truth),
    originalTrace: payment.trace,
    amount: payment.amount,
    at: momentOf(unit),
  }
  payment.state = 'reversed'
  unit.truth.last = booking
  unit.changed()
  return booking
}

/** `04 0F` of a booking. The card number is masked and must not be kept all the same. */
export const informationOf = (
  unit: Unit,
  booking: Pick<SimulatedPayment, 'receiptNumber' | 'trace' | 'amount' | 'at'> & {
    originalTrace?: number | null
    cardType?: string
  },
): Apdu => {
  const { originalTrace = null, cardType } = booking
  return apdu(
    control.statusInformation,
    field(tag.result, [result.ok]),
    field(tag.amount, packed(booking.amount, 6)),
    field(tag.currency, packed(unit.truth.currency, 2)),
    field(tag.time, packed(Number(booking.at.slice(4)), 3)),
    field(tag.date, packed(Number(booking.at.slice(0, 4)), 2)),
    field(0x22, bytesOfHex('EE EE EE EE EE EE 28 1F')),
    field(tag.receiptNumber, packed(booking.receiptNumber, 2)),
    field(tag.trace, packed(booking.trace, 3)),
    field(tag.terminalId, packed(Number(unit.truth.terminalId), 4)),
    ...(originalTrace === null ? [] : [field(tag.originalTrace, packed(originalTrace, 3))]),
    ...(cardType === undefined ? [] : [field(tag.cardName, latin1(`${cardType}\u0000`))]),
  )
}

/** What stands on the customer's slip. */
export const slipOf = (unit: Unit, payment: SimulatedPayment): string[] => {
  const { amount, receiptNumber, trace, cardType, at } = payment
  return [
    'BANK CARD PAYMENT',
    `Terminal ${unit.truth.terminalId}`,
    `Receipt ${String(receiptNumber).padStart(4, '0')} Trace ${String(trace).padStart(6, '0')}`,
    `${at.slice(2, 4)}.${at.slice(0, 2)}. ${at.slice(4, 6)}:${at.slice(6, 8)}`,
    `${cardType} ############0281`,
    `AMOUNT ${formatMoney(amount)}`,
    'APPROVED',
  ]
}

/** Ends the day: what is stored is settled. Nothing can be taken back afterwards. */
export const settleDay = (unit: Unit): { payments: number; total: Minor } => {
  const day = unit.truth.payments.filter(({ state, settled }) => state === 'stored' && !settled)
  for (const payment of day) payment.settled = true
  unit.changed()
  return {
    payments: day.length,
    total: minor(day.reduce((sum, { amount }) => sum + amount, 0)),
  }
}
