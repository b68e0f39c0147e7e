// Pure: the end of a sale as a slip, and the same lines for the screen where no paper comes (domain.md 11.1).
import { formatEnergy, noEnergy } from '../domain/energy.ts'
import type { Language } from '../domain/language.ts'
import { formatMoney, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { Reference } from '../domain/reference.ts'
import type { ReceiptLine } from '../drivers/receipt-printer/receipt-printer.ts'
import { energyOf, type PreparedReceipt, type SaleContext } from '../state-machines/sale-context.ts'
import type { MoneyPlace, ReceiptText } from '../ui/kiosk/screen.ts'
import type { KioskConfig } from './config.ts'
import { moneyLines, notesByValue, paidOf, type MoneyLine } from './receipt-sums.ts'
import { receiptTexts, type ReceiptTexts } from './receipt-texts.ts'

export type ReceiptFacts = Pick<KioskConfig, 'kiosk' | 'utility' | 'currency' | 'timeZone'> & {
  /** The running number of this kiosk's slips; null when it could not be had. */
  number: number | null
  /** Milliseconds since 1970. */
  at: number
  reference: Reference
  /** 1 for the first reprint, and so on: a reprint says that it is one and is counted. */
  copy?: number
}

/** One line of a slip: to paper and screen alike, but for how it looks. */
type SlipLine =
  | { kind: 'title' | 'note' | 'sentence'; text: string }
  | { kind: 'pair'; label: string; value: string; strong?: boolean }
  /** The largest thing on the slip, under a few words. */
  | { kind: 'big'; label: string; value: string }
  | { kind: 'rule' | 'space' }
  | { kind: 'qr'; data: string }

/** Language, context and facts, as every part of a slip needs them. */
type Telling = { sale: SaleContext; facts: ReceiptFacts; texts: ReceiptTexts }

export const receiptOf = (
  sale: SaleContext,
  facts: ReceiptFacts,
): Omit<PreparedReceipt, 'jobId'> => {
  const telling: Telling = { sale, facts, texts: receiptTexts[sale.language] }
  const slip = [...head(telling), ...body(telling), ...foot(telling)]
  return {
    paper: { language: sale.language, lines: slip.flatMap(onPaper) },
    texts: slip.flatMap(onScreen),
    qr: sale.receiptProof,
  }
}

const head = ({ sale, facts, texts }: Telling): SlipLine[] => [
  { kind: 'title', text: facts.utility.name },
  { kind: 'note', text: beside(texts.taxNumber, facts.utility.taxNumber, sale.language) },
  ...(facts.copy === undefined
    ? []
    : [
        {
          kind: 'title' as const,
          text: beside(texts.duplicate, String(facts.copy), sale.language),
        },
      ]),
  { kind: 'space' },
  pair(texts.date, localTime(facts.at, facts.timeZone)),
  ...(facts.number === null ? [] : [pair(texts.receipt, String(facts.number))]),
  ...(sale.order === null ? [] : [pair(texts.order, sale.order.orderNumber)]),
  pair(texts.kiosk, facts.kiosk.number),
  { kind: 'sentence', text: facts.kiosk.place },
  { kind: 'rule' },
]

const body = (telling: Telling): SlipLine[] => {
  const { sale, texts } = telling
  const claim = sale.mishap === null ? [] : claimLines(telling)
  switch (sale.outcome.kind) {
    case 'bought':
      return [...purchaseLines(telling), ...claim]
    case 'settled':
      return [
        { kind: 'big', label: texts.energyOnCard, value: kWh(sale.outcome.energy) },
        { kind: 'sentence', text: texts.settledEarlier },
        { kind: 'sentence', text: texts.loaded },
        { kind: 'rule' },
        ...identity(telling),
        ...claim,
      ]
    case 'returned to account':
      return sale.mishap === null ? returnLines(telling, sale.outcome.amount) : claim
    case 'deposited':
      return sale.mishap === null ? depositLines(telling, sale.outcome.amount) : claim
    case 'nothing bought':
    case 'refused':
      return sale.mishap === null ? [{ kind: 'sentence', text: texts.nothingBought }] : claim
    default:
      return never(sale.outcome)
  }
}

const purchaseLines = (telling: Telling): SlipLine[] => {
  const { sale, facts, texts } = telling
  const { quote, order } = sale
  const all = quote === null ? (order?.energy ?? noEnergy) : energyOf(quote)
  const money = (amount: Minor) => `${facts.currency.code} ${formatMoney(amount)}`
  return [
    { kind: 'big', label: texts.energyOnCard, value: kWh(all) },
    ...(quote !== null && quote.freeEnergy > noEnergy
      ? [pair(texts.freeEnergy, kWh(quote.freeEnergy))]
      : []),
    { kind: 'note', text: texts.loaded },
    { kind: 'rule' },
    ...paidLines(telling),
    { kind: 'space' },
    { kind: 'sentence', text: texts.whatItPaid },
    ...moneyLines(sale).map((line) => moneyPair(line, telling)),
    { ...pair(texts.total, money(paidOf(sale))), strong: true },
    ...vatInside(telling),
    { kind: 'rule' },
    ...(quote !== null && quote.arrears.before > 0
      ? [
          pair(texts.arrearsBefore, formatMoney(quote.arrears.before)),
          pair(texts.arrearsLeft, formatMoney(quote.arrears.after)),
        ]
      : []),
    ...balanceLines(telling),
    ...historyLines(telling),
    ...identity(telling),
    ...(sale.receiptProof === null
      ? []
      : [
          { kind: 'qr' as const, data: sale.receiptProof },
          { kind: 'note' as const, text: texts.scan },
        ]),
  ]
}

const paidLines = ({ sale, facts, texts }: Telling): SlipLine[] => [
  {
    ...pair(
      texts.paidBy[sale.tender ?? 'cash'],
      `${facts.currency.code} ${formatMoney(paidOf(sale))}`,
    ),
    strong: true,
  },
  ...(sale.tender === 'cash' || sale.tender === null
    ? notesByValue(sale).map(({ value, count }) => pair('', `${count} x ${formatMoney(value)}`))
    : []),
]

/** VAT that is inside amounts above, and so in no sum. */
const vatInside = ({ sale: { quote, language }, texts }: Telling): SlipLine[] => [
  ...(quote !== null && quote.vat.included > 0
    ? [
        pair(
          beside(texts.vatInPrices, percent(quote.vat.rate), language),
          formatMoney(quote.vat.included),
        ),
      ]
    : []),
  ...(quote !== null && quote.fixed.vat > 0
    ? [pair(texts.vatInFixed, formatMoney(quote.fixed.vat))]
    : []),
]

const moneyPair = (line: MoneyLine, { sale, texts }: Telling): SlipLine =>
  pair(moneyLabel(line, texts, sale.language), formatMoney(line.amount))

const moneyLabel = (line: MoneyLine, texts: ReceiptTexts, language: Language): string => {
  switch (line.what) {
    case 'fee':
      return texts.fee
    case 'fixed':
      return beside(texts.fixed, line.period, language)
    case 'arrears':
      return texts.arrearsPaid
    case 'block':
      return `${kWh(line.energy)} x ${priceOf(line.price)}`
    case 'vat':
      return beside(texts.vat, percent(line.rate), language)
    case 'levies':
      return texts.levies
    case 'account':
      return texts.toAccount
    case 'energy':
      return texts.energy
    case 'other':
      return texts.other
    default:
      return never(line)
  }
}

const depositLines = (telling: Telling, amount: Minor): SlipLine[] => {
  const { sale, facts, texts } = telling
  const arrived = sale.money.kind === 'in the account'
  return [
    {
      kind: 'big',
      label: arrived ? texts.deposited : texts.yourMoney,
      value: `${facts.currency.code} ${formatMoney(amount)}`,
    },
    ...(arrived ? [] : whereAndWhatNow(sale.money, texts)),
    { kind: 'rule' },
    ...paidLines(telling),
    ...balanceLines(telling),
    ...identity(telling),
    ...(arrived ? [] : referenceLines(telling)),
  ]
}

const returnLines = (telling: Telling, amount: Minor): SlipLine[] => {
  const { facts, texts } = telling
  return [
    {
      kind: 'big',
      label: texts.returned,
      value: `${facts.currency.code} ${formatMoney(amount)}`,
    },
    { kind: 'sentence', text: texts.returnedWhy },
    { kind: 'sentence', text: texts.toDo['in the account'] },
    { kind: 'rule' },
    ...balanceLines(telling),
    ...identity(telling),
  ]
}

/** What happened, where the money is, what to do, and by what to ask for it (accessibility.md A13). */
const claimLines = (telling: Telling): SlipLine[] => {
  const { sale, facts, texts } = telling
  const { mishap, money } = sale
  const bought = sale.outcome.kind === 'bought' || sale.outcome.kind === 'settled'
  return [
    { kind: bought ? 'rule' : 'space' },
    ...(mishap === null ? [] : [{ kind: 'title' as const, text: texts.happened[mishap] }]),
    { kind: 'space' },
    ...(money.kind === 'not taken'
      ? []
      : [
          {
            kind: 'big' as const,
            label: texts.yourMoney,
            value: `${facts.currency.code} ${formatMoney(money.amount)}`,
          },
        ]),
    ...whereAndWhatNow(money, texts),
    { kind: 'rule' },
    ...referenceLines(telling),
    ...(bought ? [] : [...cashLines(telling), ...balanceLines(telling), ...identity(telling)]),
  ]
}

/** What was put in, where something was: the customer's own count against ours. */
const cashLines = (telling: Telling): SlipLine[] =>
  telling.sale.notes.length === 0 ? [] : paidLines(telling)

const whereAndWhatNow = (money: MoneyPlace, texts: ReceiptTexts): SlipLine[] => [
  { kind: 'sentence', text: texts.place[money.kind] },
  { kind: 'sentence', text: texts.toDo[money.kind] },
]

const referenceLines = ({ facts, texts }: Telling): SlipLine[] => [
  { ...pair(texts.reference, facts.reference.number), strong: true },
  { ...pair(texts.words, facts.reference.words.join(' ')), strong: true },
]

const balanceLines = ({ sale, facts, texts }: Telling): SlipLine[] =>
  sale.balance === null
    ? []
    : [pair(texts.balance, `${facts.currency.code} ${formatMoney(sale.balance)}`)]

const historyLines = ({ sale, facts, texts }: Telling): SlipLine[] => {
  const reading = sale.account?.meterReading ?? null
  const [last] = sale.account?.lastPurchases ?? []
  const day = (moment: string) => localTime(Date.parse(moment), facts.timeZone).slice(0, 10)
  return [
    ...(reading === null
      ? []
      : [pair(beside(texts.inMeter, day(reading.at), sale.language), kWh(reading.remaining))]),
    ...(last === undefined ? [] : [pair(texts.lastPurchase, day(last.at))]),
  ]
}

/** Who and what, as far as a lost slip may say it. */
const identity = ({ sale, texts }: Telling): SlipLine[] => {
  const { account, order, quote, serial } = sale
  const count = order === null ? [] : [pair(texts.purchaseCount, String(order.count))]
  if (account === null) {
    return [...(serial === null ? [] : [pair(texts.card, lastFour(serial))]), ...count]
  }
  const tariff = quote?.tariff ?? account.tariff
  return [
    pair(texts.customer, beside(account.shortName, lastFour(account.customer), sale.language)),
    pair(texts.meter, lastFour(account.meter)),
    pair(texts.card, lastFour(account.card)),
    pair(texts.tariff, tariff.code === tariff.name ? tariff.code : `${tariff.code} ${tariff.name}`),
    ...count,
  ]
}

const foot = ({ facts, texts, sale }: Telling): SlipLine[] => [
  { kind: 'rule' },
  { ...pair(texts.help, facts.kiosk.phone), strong: sale.mishap !== null },
]

/**
 * The end of a number, however much of it came from the centre. Stars, not dots: they are in every printer's font.
 */
const lastFour = (number: string): string => `****${number.slice(-4)}`

/**
 * A number beside words. On an Arabic slip it is a world of its own (U+2066 to U+2069), or `2026-11` would be shown as
 * 11-2026.
 */
const beside = (words: string, number: string, language: Language): string =>
  language === 'ar' ? `${words} \u2066${number}\u2069` : `${words} ${number}`

const pair = (label: string, value: string): Extract<SlipLine, { kind: 'pair' }> => ({
  kind: 'pair',
  label,
  value,
})

// The unit as the meter shows it, in every language.
const kWh = (amount: Parameters<typeof formatEnergy>[0]): string => `${formatEnergy(amount)} kWh`

/** 1/10000 of the currency unit: `12000` as `1.2000`. */
const priceOf = (price: number): string => {
  const digits = String(price).padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
}

/** 1/10000: `1500` as `15%`, `1550` as `15.5%`. */
const percent = (rate: number): string => `${rate / 100}%`

/** `2026-11-23 16:45`, in Latin digits everywhere. */
const localTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(at)

const onPaper = (line: SlipLine): ReceiptLine[] => {
  switch (line.kind) {
    case 'title':
      return [{ kind: 'text', text: line.text, weight: 'bold', align: 'centre' }]
    case 'note':
      return [{ kind: 'text', text: line.text, align: 'centre' }]
    case 'sentence':
      return [{ kind: 'text', text: line.text }]
    case 'big':
      return [
        { kind: 'text', text: line.label, align: 'centre' },
        { kind: 'text', text: line.value, size: 'large', weight: 'bold', align: 'centre' },
      ]
    case 'pair':
      return [
        {
          kind: 'pair',
          label: line.label,
          value: line.value,
          weight: line.strong === true ? 'bold' : 'normal',
        },
      ]
    case 'rule':
    case 'space':
      return [{ kind: line.kind }]
    case 'qr':
      return [line]
    default:
      return never(line)
  }
}

const onScreen = (line: SlipLine): ReceiptText[] => {
  switch (line.kind) {
    case 'title':
      return [{ label: '', value: line.text, strong: true }]
    case 'note':
    case 'sentence':
      return [{ label: '', value: line.text, strong: false }]
    case 'big':
      return [{ label: line.label, value: line.value, strong: true }]
    case 'pair':
      return [{ label: line.label, value: line.value, strong: line.strong === true }]
    case 'rule':
    case 'space':
    case 'qr':
      return []
    default:
      return never(line)
  }
}
