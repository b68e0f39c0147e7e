// Pure: the slip of a cash box exchange: which box left, under which seal, with what in it, and who was there.
import type { ChainHead } from '../../domain/journal-chain.ts'
import type { Language } from '../../domain/language.ts'
import { formatMoney, minus, type Minor } from '../../domain/money.ts'
import { notesCompared, valueOfNotes } from '../../domain/service/notes-counted.ts'
import type { NotesCounted } from '../../domain/service/service-entries.ts'
import { slipCopies, type StandingExchange } from '../../domain/service/standing-exchange.ts'
import type { ReceiptDocument } from '../../drivers/receipt-printer/receipt-printer.ts'
import { countAgrees } from '../../state-machines/exchanging-context.ts'
import { receiptTexts } from '../receipt-texts.ts'
import { onPaper, pair, type SlipLine } from '../slip-lines.ts'
import { head, type ReceiptFacts } from '../slip-parts.ts'
import { exchangeTexts, type ExchangeTexts } from './exchange-texts.ts'

export type ExchangeSlipFacts = ReceiptFacts & {
  /** Which copy; those beyond the first two say that they are duplicates. */
  copyNumber: number
  /** The head of the journal as it is printed; null where it cannot be trusted. */
  journal: ChainHead | null
}

export const exchangeSlip = (
  exchange: StandingExchange,
  language: Language,
  facts: ExchangeSlipFacts,
): ReceiptDocument => {
  const texts = exchangeTexts[language]
  const { copyNumber, journal, reference } = facts
  const again = copyNumber > slipCopies ? { copy: copyNumber - slipCopies } : {}
  const slip: SlipLine[] = [
    ...head({ language, facts: { ...facts, ...again }, texts: receiptTexts[language] }, null),
    { kind: 'title', text: texts.title },
    pair(texts.exchange, String(exchange.period)),
    pair(receiptTexts[language].reference, reference.number),
    ...(copyNumber > slipCopies ? [] : [pair(texts.copy, `${copyNumber} / ${slipCopies}`)]),
    { kind: 'space' },
    ...boxLines(exchange, texts),
    { kind: 'rule' },
    ...countLines(exchange, texts, facts.currency.code),
    { kind: 'rule' },
    ...personLines(exchange, texts),
    ...(journal === null
      ? []
      : [pair(texts.journal, `${journal.sequence} ${journal.hash.slice(0, 12)}`)]),
  ]
  return { language, lines: slip.flatMap(onPaper) }
}

const boxLines = ({ removed, exchanged }: StandingExchange, texts: ExchangeTexts): SlipLine[] => [
  ...(removed === null ? [] : [pair(texts.oldBox, removed.box), pair(texts.seal, removed.seal)]),
  ...(exchanged === null
    ? []
    : [pair(texts.newBox, exchanged.box), pair(texts.seal, exchanged.seal)]),
]

/** A box that goes sealed is counted blind at the office: what is expected in it does not travel with it. */
const countLines = (
  exchange: StandingExchange,
  texts: ExchangeTexts,
  currency: string,
): SlipLine[] => {
  const { counted, expected, unknownValue, open, accuracy } = exchange
  return [
    ...(counted === null || counted.notes === null
      ? [{ kind: 'sentence' as const, text: texts.sealed }]
      : [
          ...comparedLines(expected, counted.notes, { texts, currency }),
          {
            kind: 'sentence' as const,
            text: countAgrees(exchange) === true ? texts.agrees : texts.differs,
          },
        ]),
    ...(unknownValue === 0 ? [] : [pair(texts.unknownValue, String(unknownValue))]),
    ...(open.length === 0 ? [] : [pair(texts.unknownFate, String(open.length))]),
    pair(texts.record, texts.accuracy[accuracy]),
  ]
}

const comparedLines = (
  expected: NotesCounted,
  counted: NotesCounted,
  { texts, currency }: { texts: ExchangeTexts; currency: string },
): SlipLine[] => {
  const sum = (label: string, amount: Minor, strong: boolean): SlipLine => ({
    ...pair(label, `${currency} ${formatMoney(amount)}`),
    strong,
  })
  const [was, is] = [valueOfNotes(expected), valueOfNotes(counted)]
  return [
    { kind: 'sentence', text: texts.columns },
    ...notesCompared(expected, counted).map((each) =>
      pair(
        `${currency} ${formatMoney(each.value)}`,
        `${each.expected} / ${each.counted} / ${signed(each.difference)}`,
      ),
    ),
    { kind: 'space' },
    sum(texts.expected, was, false),
    sum(texts.counted, is, true),
    sum(texts.difference, minus(is, was), true),
  ]
}

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : `${difference}`)

/** Each person by number, with room to sign. */
const personLines = (
  { counted, exchanged }: StandingExchange,
  texts: ExchangeTexts,
): SlipLine[] => {
  const { person, witness } = exchanged ?? { person: null, witness: null }
  const signing = (label: string, number: string): SlipLine[] => [
    pair(label, number),
    { kind: 'space' },
    pair(texts.signature, '........................'),
    { kind: 'space' },
  ]
  return [
    ...(counted === null || counted.notes === null ? [] : [pair(texts.countedBy, counted.person)]),
    ...(person === null ? [] : signing(texts.exchangedBy, person)),
    ...(witness === null ? [] : signing(texts.witness, witness)),
  ]
}
