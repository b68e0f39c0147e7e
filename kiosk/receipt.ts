// Pure: the end of a sale as a slip, and the same lines for the screen where no paper comes (domain.md 11.1).
import { noEnergy } from '../domain/energy.ts'
import { formatMoney, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import { inGroups } from '../domain/reference.ts'
import {
  energyOf,
  restGoesTo,
  type PreparedReceipt,
  type SaleContext,
} from '../state-machines/sale-context.ts'
import { paymentIn } from '../state-machines/sale-payment.ts'
import type { Outcome } from '../ui/kiosk/screen.ts'
import { bankLines, bankTexts } from './bank-slip.ts'
import { moneyLines, notesByValue, paidOf, type MoneyLine } from './receipt-sums.ts'
import { receiptTexts } from './receipt-texts.ts'
import {
  beside,
  kWh,
  lastFour,
  localTime,
  onPaper,
  onScreen,
  pair,
  type SlipLine,
} from './slip-lines.ts'
import {
  foot,
  head,
  moneyPlaceLines,
  referenceLines,
  whereAndWhatNow,
  type Letter,
  type ReceiptFacts,
} from './slip-parts.ts'

/** Language, context and facts, as every part of a slip needs them. */
type Telling = Letter & { sale: SaleContext }

export const receiptOf = (
  sale: SaleContext,
  facts: ReceiptFacts,
): Omit<PreparedReceipt, 'jobId'> => {
  const { language } = sale
  const telling: Telling = { language, sale, facts, texts: receiptTexts[language] }
  const slip = [
    ...head(telling, sale.order?.orderNumber ?? null),
    ...body(telling),
    ...foot(telling, sale.mishap !== null),
  ]
  return {
    paper: { language, lines: slip.flatMap(onPaper) },
    texts: slip.flatMap(onScreen),
    qr: sale.receiptProof ?? facts.claim ?? null,
  }
}

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
        ...(sale.order === null
          ? []
          : [
              pair(texts.total, `${telling.facts.currency.code} ${formatMoney(sale.order.tender)}`),
            ]),
        ...identity(telling),
        ...proofLines(telling),
        ...claim,
      ]
    case 'undone':
      return [...undoneLines(telling, sale.outcome.amount), ...claim]
    case 'returned to account':
      return sale.mishap === null ? returnLines(telling, sale.outcome.amount) : claim
    case 'redeemed':
      return sale.mishap === null ? redeemedLines(telling, sale.outcome.amount) : claim
    case 'claim asked':
      return sale.mishap === null ? claimAskedLines(telling) : claim
    case 'kept':
    case 'deposited':
      return sale.mishap === null ? depositLines(telling, sale.outcome.amount) : claim
    case 'not charged':
      return sale.mishap !== null && sale.outcome.energy === null
        ? claim
        : [...notChargedLines(telling, sale.outcome), ...claim]
    // The order stands, or nobody knows of a payment, so something went wrong: the claim says what.
    case 'held in order':
    case 'payment unknown':
      return claimLines(telling)
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
    ...proofLines(telling),
  ]
}

const proofLines = ({ sale, texts }: Telling): SlipLine[] =>
  sale.receiptProof === null
    ? []
    : [
        { kind: 'qr', data: sale.receiptProof },
        { kind: 'note', text: texts.scan },
      ]

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
  ...throughBank(sale),
]

const throughBank = (sale: SaleContext): SlipLine[] => {
  const payment = paymentIn(sale)
  return payment === null ? [] : bankLines(payment, sale.language)
}

/** A payment was undone: nothing was delivered for it, or the energy is a gift. */
const notChargedLines = (
  telling: Telling,
  { amount, energy }: Extract<Outcome, { kind: 'not charged' }>,
): SlipLine[] => {
  const { sale, facts, texts } = telling
  const bank = bankTexts[sale.language]
  const sum = `${facts.currency.code} ${formatMoney(amount)}`
  return [
    ...(energy === null
      ? [
          { kind: 'big' as const, label: bank.notCharged, value: sum },
          { kind: 'sentence' as const, text: bank.notChargedWhy },
        ]
      : [
          { kind: 'big' as const, label: texts.energyOnCard, value: kWh(energy) },
          { kind: 'note' as const, text: texts.loaded },
          { kind: 'rule' as const },
          pair(bank.notCharged, sum),
          { kind: 'sentence' as const, text: bank.nothingOwed },
        ]),
    { kind: 'rule' },
    ...throughBank(sale),
    ...(sale.mishap === null ? referenceLines(telling) : []),
    ...identity(telling),
    ...proofLines(telling),
  ]
}

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

const moneyPair = (line: MoneyLine, telling: Telling): SlipLine =>
  pair(moneyLabel(line, telling), formatMoney(line.amount))

const moneyLabel = (line: MoneyLine, { sale, texts }: Telling): string => {
  const { language } = sale
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
      return restGoesTo(sale) === 'account' ? texts.toAccount : texts.kept
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
    ...(arrived ? [] : whereAndWhatNow(sale.money, telling)),
    { kind: 'rule' },
    ...paidLines(telling),
    ...balanceLines(telling),
    ...identity(telling),
    ...(arrived ? [] : referenceLines(telling)),
  ]
}

/** A claim slip was redeemed: how much, to which account, and which slip it was. */
const redeemedLines = (telling: Telling, amount: Minor): SlipLine[] => {
  const { facts, texts } = telling
  return [
    {
      kind: 'big',
      label: texts.deposited,
      value: `${facts.currency.code} ${formatMoney(amount)}`,
    },
    { kind: 'sentence', text: texts.claim.redeemed },
    slipNumber(telling),
    { kind: 'rule' },
    ...balanceLines(telling),
    ...identity(telling),
  ]
}

const claimAskedLines = (telling: Telling): SlipLine[] => [
  { kind: 'title', text: telling.texts.happened['centre did not answer'] },
  { kind: 'sentence', text: telling.texts.claim.asked },
  slipNumber(telling),
  { kind: 'rule' },
  ...identity(telling),
]

/** The number that was typed, as it stands on the other slip. */
const slipNumber = ({ sale, texts }: Telling): SlipLine => ({
  ...pair(texts.claim.slip, inGroups(sale.typed)),
  strong: true,
})

const returnLines = (telling: Telling, amount: Minor): SlipLine[] => [
  ...backLines(telling, amount, telling.texts.returnedWhy),
  ...balanceLines(telling),
  ...identity(telling),
]

/** A load was taken back: its slip carries the same reference as the one of the purchase. */
const undoneLines = (telling: Telling, amount: Minor): SlipLine[] => [
  ...backLines(telling, amount, telling.texts.undoneWhy),
  // With something gone wrong as well it stands under that.
  ...(telling.sale.mishap === null ? referenceLines(telling) : []),
  ...balanceLines(telling),
  ...identity(telling),
]

const backLines = ({ facts, texts }: Telling, amount: Minor, why: string): SlipLine[] => [
  {
    kind: 'big',
    label: texts.returned,
    value: `${facts.currency.code} ${formatMoney(amount)}`,
  },
  { kind: 'sentence', text: why },
  { kind: 'sentence', text: texts.toDo['in the account'] },
  { kind: 'rule' },
]

/** What happened, where the money is, what to do, and by what to ask for it (accessibility.md A13). */
const claimLines = (telling: Telling): SlipLine[] => {
  const { sale, texts } = telling
  const { mishap, money } = sale
  const toldAbove =
    ['bought', 'settled', 'undone'].includes(sale.outcome.kind) ||
    (sale.outcome.kind === 'not charged' && sale.outcome.energy !== null)
  return [
    { kind: toldAbove ? 'rule' : 'space' },
    ...(mishap === null ? [] : [{ kind: 'title' as const, text: texts.happened[mishap] }]),
    { kind: 'space' },
    ...moneyPlaceLines(money, telling),
    { kind: 'rule' },
    ...referenceLines(telling),
    ...(toldAbove ? [] : [...cashLines(telling), ...balanceLines(telling), ...identity(telling)]),
  ]
}

/** What was put in, where something was: the customer's own count against ours. */
const cashLines = (telling: Telling): SlipLine[] =>
  telling.sale.notes.length === 0 ? throughBank(telling.sale) : paidLines(telling)

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

/** Who and what, as far as a lost slip may say it; nothing on a claim, which is whoever's that holds it. */
const identity = ({ sale, facts, texts }: Telling): SlipLine[] => {
  const { account, order, quote, serial } = sale
  if (typeof facts.claim === 'string' && order === null) return []
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

/** 1/10000 of the currency unit: `12000` as `1.2000`. */
const priceOf = (price: number): string => {
  const digits = String(price).padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
}

/** 1/10000: `1500` as `15%`, `1550` as `15.5%`. */
const percent = (rate: number): string => `${rate / 100}%`
