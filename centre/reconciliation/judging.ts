// What a difference between bank, centre and delivery means: the table of domain.md 14.2, row by row. Pure.
import { never } from '../../domain/never.ts'
import type { MoneyAtCentre } from './centre-leg.ts'

/** `long`: the bank has more than the centre accounts for; `short`: less; `open`: neither yet, it ages in the list. */
export type Result = 'matched' | 'long' | 'short' | 'open'
export type Judged = {
  result: Result
  why: string
  /** The energy is with the customer and the bank did not pay: an alarm, and the customer owes nothing. */
  isClaim?: true
}

/** The bank is master of the money: its word, or that there is none yet. */
export type BankWord = 'charged' | 'not charged' | 'no file'

const matched = (why: string): Judged => ({ result: 'matched', why })
const long = (why: string): Judged => ({ result: 'long', why })
const short = (why: string): Judged => ({ result: 'short', why })
const open = (why: string): Judged => ({ result: 'open', why })
const claim = (why: string): Judged => ({ result: 'short', why, isClaim: true })

export const judge = (bank: BankWord, centre: MoneyAtCentre | null): Judged => {
  switch (bank) {
    case 'no file':
      return open('the file of the bank is not here yet')
    case 'charged':
      return centre === null
        ? long('no order and no payment at the centre: a person decides')
        : charged(centre)
    case 'not charged':
      return centre === null ? matched('not charged and not funded: closed') : notCharged(centre)
    default:
      return never(bank)
  }
}

const charged = (centre: MoneyAtCentre): Judged => {
  switch (centre.place) {
    case 'order':
      return chargedForOrder(centre)
    case 'account':
      return matched('top-up of the account')
    case 'suspense':
      return matched('in suspense, claimed by its slip')
    case 'payer':
      return long('the centre has given it back, and the bank has not')
    case 'unpaid delivery':
      return long('booked as an unpaid delivery, and the bank has charged it')
    case 'nowhere':
      return long(`told as ${centre.ended} by its kiosk, and the bank has charged it`)
    default:
      return never(centre.place)
  }
}

const chargedForOrder = ({ order, delivery }: MoneyAtCentre): Judged => {
  switch (order?.state) {
    case 'LOADED':
    case 'METER_CREDITED':
      return matched('sold, and delivered')
    case 'RETURNED_TO_ACCOUNT':
    case 'UNDONE':
      return delivery.kind === 'not loaded'
        ? matched('not delivered: top-up of the account')
        : open('returned to the account without a proof')
    case 'SUSPECT':
      return open('the office decides on the order')
    default:
      return open('the card decides on the order')
  }
}

const notCharged = (centre: MoneyAtCentre): Judged => {
  switch (centre.place) {
    case 'order':
      return notChargedForOrder(centre)
    case 'account':
    case 'suspense':
      return short(`it is in ${centre.place}, and the bank has not charged it`)
    case 'unpaid delivery':
      return claim('vended unpaid: claim against the bank, the customer owes nothing')
    case 'payer':
      return matched('given back: closed')
    case 'nowhere':
      return matched('not charged and not funded: closed')
    default:
      return never(centre.place)
  }
}

const notChargedForOrder = ({ order }: MoneyAtCentre): Judged => {
  switch (order?.state) {
    case 'LOADED':
    case 'METER_CREDITED':
      return claim('delivered: claim against the bank, the customer owes nothing')
    case 'RETURNED_TO_ACCOUNT':
    case 'UNDONE':
      return short('the order went back to the account, and the bank has not charged it')
    case 'SUSPECT':
      return open('not charged; the office decides on the order')
    default:
      return open('not charged; the card decides on the order')
  }
}
