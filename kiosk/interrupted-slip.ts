// Pure: the slip of a sale that a stop of the kiosk broke off (P7): where the money is, and what is on the card.
import type { Language } from '../domain/language.ts'
import type { InterruptedSale } from '../state-machines/interrupted-sale.ts'
import type { PreparedReceipt } from '../state-machines/sale-context.ts'
import { receiptTexts } from './receipt-texts.ts'
import { lastFour, onPaper, onScreen, pair, type SlipLine } from './slip-lines.ts'
import {
  foot,
  head,
  moneyPlaceLines,
  referenceLines,
  type Letter,
  type ReceiptFacts,
} from './slip-parts.ts'

export const interruptedSlip = (
  sale: InterruptedSale,
  language: Language,
  facts: ReceiptFacts,
): Omit<PreparedReceipt, 'jobId'> => {
  const texts = receiptTexts[language]
  const letter: Letter = { language, facts, texts }
  const slip: SlipLine[] = [
    ...head(letter, null),
    { kind: 'space' },
    { kind: 'title', text: texts.stopped },
    { kind: 'space' },
    ...sale.money.flatMap((place) => moneyPlaceLines(place, letter)),
    { kind: 'space' },
    { kind: 'sentence', text: texts.onCard[sale.energy] },
    { kind: 'rule' },
    ...referenceLines(letter),
    ...(sale.serial === null ? [] : [pair(texts.card, lastFour(sale.serial))]),
    ...foot(letter, true),
  ]
  return {
    paper: { language, lines: slip.flatMap(onPaper) },
    texts: slip.flatMap(onScreen),
    qr: null,
  }
}
