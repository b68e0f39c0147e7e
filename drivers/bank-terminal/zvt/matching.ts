// Where a payment is, told from the last one in the terminal's books (devices.md 10.8): by all of its receipt, never by "last". Pure.
import type { PaymentPlace, PaymentReceipt } from '../bank-terminal.ts'
import type { StatusInformation } from './messages.ts'
import { result } from './result-codes.ts'

/** The terminal's clock and ours may be apart by so much, in seconds. */
export const clockSlackS = 120

export const sameReceipt = (one: PaymentReceipt, other: PaymentReceipt): boolean =>
  one.receiptNumber === other.receiptNumber &&
  one.trace === other.trace &&
  one.terminalId === other.terminalId &&
  one.amount === other.amount &&
  one.at === other.at

export type Sought = {
  receipt: PaymentReceipt | null
  amount: number
  /** `YYYYMMDDhhmmss` in the terminal's local time: not asked for before. */
  since: string
  /** The terminal may have been told to store it. */
  confirmed: boolean
  /** Known to be of other payments. */
  others?: readonly PaymentReceipt[]
}

/** `last` is what 06 20 told; null when there is nothing in the books. */
export const placeOf = (
  { receipt, amount, since, confirmed, others = [] }: Sought,
  last: StatusInformation | null,
): PaymentPlace => {
  if (last === null) {
    // A day that was ended may have emptied the books of it.
    return confirmed ? cannotSay('the terminal shows no payment') : { kind: 'not charged' }
  }
  if (last.receipt === null) return cannotSay('the last payment could not be read')
  const { receipt: found } = last
  // Of an approval that was never heard of only time could tell, and a clock may have been set back: the last payment of the
  // books is one that is known to be another, and ours would have come after it.
  if (receipt === null && others.some((other) => sameReceipt(other, found))) {
    return { kind: 'not charged' }
  }
  return receipt === null
    ? placeByTime({ amount, since }, last, last.receipt)
    : placeByReceipt(receipt, last, last.receipt)
}

const cannotSay = (why: string): PaymentPlace => ({ kind: 'cannot say', why })

const placeByReceipt = (
  sought: PaymentReceipt,
  last: StatusInformation,
  found: PaymentReceipt,
): PaymentPlace => {
  if (found.terminalId !== sought.terminalId) return cannotSay('another terminal')
  if (last.originalTrace === sought.trace) return { kind: 'not charged' }
  if (sameReceipt(sought, found)) return storedIfGood(last, found)
  // The terminal counts on with every payment: were ours stored, none before it would be the last one.
  const earlierByTrace = before(found.trace, sought.trace, 1_000_000)
  const earlierByTime = !before(secondsOf(sought.at), secondsOf(found.at), yearS)
  if (earlierByTrace && earlierByTime) return { kind: 'not charged' }
  return cannotSay('a later or another payment is the last one')
}

/** Never heard of an approval: ours would be of this amount and not from before it was asked for. */
const placeByTime = (
  { amount, since }: Pick<Sought, 'amount' | 'since'>,
  last: StatusInformation,
  found: PaymentReceipt,
): PaymentPlace => {
  const lateS = secondsAfter(since, found.at)
  if (lateS < -clockSlackS) return { kind: 'not charged' }
  const isOfAmount = found.amount === amount
  if (lateS < 0 && !isOfAmount) return { kind: 'not charged' }
  if (lateS < 0) return cannotSay('the same amount was paid just before')
  if (!isOfAmount || last.originalTrace !== null) {
    return cannotSay('a later or another payment is the last one')
  }
  return storedIfGood(last, found)
}

const storedIfGood = (last: StatusInformation, receipt: PaymentReceipt): PaymentPlace =>
  last.result === null || last.result === result.ok
    ? { kind: 'stored', receipt }
    : { kind: 'not charged' }

/** Whether one is earlier than the other on a counter that begins again. */
const before = (one: number, other: number, round: number): boolean =>
  signed(other - one, round) > 0

/** The shorter way round. */
const signed = (difference: number, round: number): number => {
  const positive = ((difference % round) + round) % round
  return positive > round / 2 ? positive - round : positive
}

const yearS = 372 * 86_400

/** `MMDDhhmmss` as seconds of a year whose months all have 31 days: good for order, not for differences. */
const secondsOf = (at: string): number => {
  const [month, day, hours, minutes, seconds] = partsOf(at)
  return (((month - 1) * 31 + day - 1) * 24 + hours) * 3600 + minutes * 60 + seconds
}

/** How long after a moment of a known year the terminal's own moment was, in whichever year that is nearest. */
const secondsAfter = (since: string, at: string): number => {
  const year = Number(since.slice(0, 4))
  const sinceS = realSeconds(year, since.slice(4))
  const ways = [year - 1, year, year + 1].map((one) => realSeconds(one, at) - sinceS)
  return ways.reduce((nearest, way) => (Math.abs(way) < Math.abs(nearest) ? way : nearest))
}

const realSeconds = (year: number, at: string): number => {
  const [month, day, hours, minutes, seconds] = partsOf(at)
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) / 1000
}

const partsOf = (at: string): [number, number, number, number, number] => {
  const [month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] =
    at.match(/../g)?.map(Number) ?? []
  return [month, day, hours, minutes, seconds]
}
