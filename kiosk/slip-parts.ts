// Pure: what every slip of this kiosk has: its head, where the money is, the reference, and whom to call.
import type { Language } from '../domain/language.ts'
import { formatMoney, type Minor } from '../domain/money.ts'
import type { OrderNumber } from '../domain/identifiers.ts'
import type { Reference } from '../domain/reference.ts'
import type { MoneyPlace } from '../ui/kiosk/screen.ts'
import type { KioskConfig } from './config.ts'
import type { ReceiptTexts } from './receipt-texts.ts'
import { beside, localTime, pair, type SlipLine } from './slip-lines.ts'

export type ReceiptFacts = Pick<KioskConfig, 'kiosk' | 'utility' | 'currency' | 'timeZone'> & {
  /** The running number of this kiosk's slips; null when it could not be had. */
  number: number | null
  /** Milliseconds since 1970. */
  at: number
  reference: Reference
  /** The signed line of a claim; null or absent where there is nothing to claim. */
  claim?: string | null
  /** 1 for the first reprint, and so on: a reprint says that it is one and is counted. */
  copy?: number
}

/** Whom a slip speaks to, about what, and in which words. */
export type Letter = { language: Language; facts: ReceiptFacts; texts: ReceiptTexts }

/** `orderNumber`: null where there is no order. */
export const head = (
  { language, facts, texts }: Letter,
  orderNumber: OrderNumber | null,
): SlipLine[] => [
  { kind: 'title', text: facts.utility.name },
  { kind: 'note', text: beside(texts.taxNumber, facts.utility.taxNumber, language) },
  ...(facts.copy === undefined
    ? []
    : [
        {
          kind: 'title' as const,
          text: beside(texts.duplicate, String(facts.copy), language),
        },
      ]),
  { kind: 'space' },
  pair(texts.date, localTime(facts.at, facts.timeZone)),
  ...(facts.number === null ? [] : [pair(texts.receipt, String(facts.number))]),
  ...(orderNumber === null ? [] : [pair(texts.order, orderNumber)]),
  pair(texts.kiosk, facts.kiosk.number),
  { kind: 'sentence', text: facts.kiosk.place },
  { kind: 'rule' },
]

/** How much, where it is, and what to do about it. */
export const moneyPlaceLines = (money: MoneyPlace, letter: Letter): SlipLine[] => [
  ...(money.kind === 'not taken' ? [] : [amountLine(money.amount, letter.facts, letter.texts)]),
  ...whereAndWhatNow(money, letter),
]

const amountLine = (amount: Minor | null, facts: ReceiptFacts, texts: ReceiptTexts): SlipLine =>
  amount === null
    ? { kind: 'title', text: texts.amountUnknown }
    : {
        kind: 'big',
        label: texts.yourMoney,
        value: `${facts.currency.code} ${formatMoney(amount)}`,
      }

export const whereAndWhatNow = (money: MoneyPlace, { facts, texts }: Letter): SlipLine[] => [
  { kind: 'sentence', text: texts.place[money.kind] },
  // A claim says itself how its money is had: two ways on one slip would be one too many.
  ...(money.kind === 'held' && typeof facts.claim === 'string'
    ? []
    : [{ kind: 'sentence' as const, text: texts.toDo[money.kind] }]),
]

export const referenceLines = ({ facts, texts }: Letter): SlipLine[] => [
  { ...pair(texts.reference, facts.reference.number), strong: true },
  { ...pair(texts.words, facts.reference.words.join(' ')), strong: true },
  ...(typeof facts.claim === 'string'
    ? [
        { kind: 'space' as const },
        { kind: 'title' as const, text: texts.claim.title },
        { kind: 'sentence' as const, text: texts.claim.told },
        { kind: 'qr' as const, data: facts.claim },
        { kind: 'note' as const, text: texts.claim.once },
      ]
    : []),
]

/** `urgent`: something went wrong, and this number is what to do about it. */
export const foot = ({ facts, texts }: Letter, urgent: boolean): SlipLine[] => [
  { kind: 'rule' },
  { ...pair(texts.help, facts.kiosk.phone), strong: urgent },
]
