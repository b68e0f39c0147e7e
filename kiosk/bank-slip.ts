// Pure: what a slip says of a payment through a bank: by what it is known, the bank's own text, and that nothing is charged.
import type { Language } from '../domain/language.ts'
import { never } from '../domain/never.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import type { Payment } from '../state-machines/payment.ts'
import { pair, type SlipLine } from './slip-lines.ts'

type BankTexts = {
  terminal: string
  terminalReceipt: string
  trace: string
  bankReference: string
  /** Under the amount. */
  notCharged: string
  notChargedWhy: string
  /** Undone by the terminal when the energy was on the card already. */
  nothingOwed: string
  notConfirmed: string
}

export const bankTexts: Record<Language, BankTexts> = {
  en: {
    terminal: 'Terminal',
    terminalReceipt: 'Terminal receipt',
    trace: 'Trace no.',
    bankReference: 'Bank reference',
    notCharged: 'NOT CHARGED',
    notChargedWhy:
      'Nothing is taken from your bank. If it shows the sum as reserved, that goes away by itself within a few days.',
    nothingOwed: 'The payment was undone. The energy is yours, and you owe nothing for it.',
    notConfirmed: 'The bank has not confirmed this payment yet. It is charged once at most.',
  },
  zh: {
    terminal: '刷卡终端',
    terminalReceipt: '终端凭证号',
    trace: '流水号',
    bankReference: '银行参考号',
    notCharged: '未扣款',
    notChargedWhy: '银行没有扣款。如银行显示该金额被冻结，几天内会自动解冻。',
    nothingOwed: '付款已撤销。电量归您所有，无需付款。',
    notConfirmed: '银行尚未确认本次付款。最多扣款一次。',
  },
  ar: {
    terminal: 'جهاز الدفع',
    terminalReceipt: 'إيصال جهاز الدفع',
    trace: 'رقم التتبع',
    bankReference: 'مرجع المصرف',
    notCharged: 'لم يُخصم',
    notChargedWhy: 'لم يُخصم شيء من مصرفك. إن ظهر المبلغ محجوزاً لديه فإنه يعود وحده خلال أيام قليلة.',
    nothingOwed: 'أُلغي الدفع. الطاقة لك ولا يلزمك شيء مقابلها.',
    notConfirmed: 'لم يؤكد المصرف هذا الدفع بعد، ولا يُخصم إلا مرة واحدة على الأكثر.',
  },
}

/** Under the sum that was paid: numbers to ask by, and the text the bank wants its customer to have. */
export const bankLines = (
  { evidence, slip, phase }: Pick<Payment, 'evidence' | 'slip' | 'phase'>,
  language: Language,
): SlipLine[] => {
  const texts = bankTexts[language]
  const text = withoutCardNumbers(slip)
  return [
    ...(evidence === null ? [] : evidenceLines(evidence, texts)),
    ...(phase === 'unknown' ? [{ kind: 'sentence' as const, text: texts.notConfirmed }] : []),
    ...(text.length === 0 ? [] : [{ kind: 'space' as const }]),
    ...text.map((line): SlipLine => ({ kind: 'note', text: line })),
  ]
}

const evidenceLines = (evidence: PaymentEvidence, texts: BankTexts): SlipLine[] => {
  switch (evidence.kind) {
    case 'terminal':
      return [
        pair(texts.terminal, evidence.terminalId),
        pair(texts.terminalReceipt, String(evidence.receiptNumber)),
        pair(texts.trace, String(evidence.trace)),
      ]
    case 'bank':
      return [pair(texts.bankReference, evidence.reference)]
    default:
      return never(evidence)
  }
}

/** A run of twelve digits or more may be a card number that the terminal failed to mask: such a line is left out whole. */
const mayHoldCardNumber = (line: string): boolean => /\d(?:[ .-]?\d){11}/.test(line)

/** The lines of the bank as they may stand on paper. */
export const withoutCardNumbers = (slip: readonly string[]): string[] =>
  slip.filter((line) => line.trim() !== '' && !mayHoldCardNumber(line)).map((line) => line.trim())
