// Pure: what a test of the printer puts on paper: every language, every width of its letters, a code, and the knife.
import type { Language } from '../../domain/language.ts'
import type { ReceiptDocument, ReceiptLine } from '../../drivers/receipt-printer/receipt-printer.ts'
import type { PaperTest, TestPaper } from '../../state-machines/testing-receipt-printer.ts'
import type { KioskConfig } from '../config.ts'
import { localTime } from '../slip-lines.ts'

type Words = {
  test: string
  kiosk: string
  date: string
  normal: string
  bold: string
  large: string
}

/** No slip of a sale has these words: test paper is never taken for one. */
const words: Record<Language, Words> = {
  en: {
    test: 'TEST PAGE - NOT A RECEIPT',
    kiosk: 'Kiosk',
    date: 'Date',
    normal: 'Normal letters: the quick brown fox jumps over the lazy dog.',
    bold: 'Bold letters',
    large: 'Large letters',
  },
  zh: {
    test: '测试页，不是收据',
    kiosk: '终端',
    date: '日期',
    normal: '普通字体：电力购买终端打印测试，字迹应当清晰完整。',
    bold: '粗体字',
    large: '大号字',
  },
  ar: {
    test: 'صفحة اختبار وليست إيصالاً',
    kiosk: 'الجهاز',
    date: 'التاريخ',
    normal: 'حروف عادية: يجب أن تكون الكتابة واضحة وكاملة من اليمين إلى اليسار.',
    bold: 'حروف عريضة',
    large: 'حروف كبيرة',
  },
}

/** As wide as the widest paper: what does not fit on one line shows how wide this one is. */
const ruler = '----+----1----+----2----+----3----+----4----+---'

type Facts = Pick<KioskConfig, 'kiosk' | 'timeZone' | 'languages'> & {
  /** ms since 1970. */
  at: number
  /** Of this test alone, so that no job of it has been printed before. */
  id: string
}

/** The pieces of paper, in the order they come out; each is cut. */
export const testPapers = (what: PaperTest, facts: Facts): TestPaper[] =>
  what === 'cut'
    ? [{ jobId: `${facts.id}-cut`, paper: { language: 'en', lines: [{ kind: 'space' }] } }]
    : facts.languages.map((language) => ({
        jobId: `${facts.id}-${language}`,
        paper: testPage(language, facts),
      }))

const testPage = (language: Language, { kiosk, timeZone, at }: Facts): ReceiptDocument => {
  const said = words[language]
  const time = localTime(at, timeZone)
  const lines: ReceiptLine[] = [
    { kind: 'text', text: said.test, weight: 'bold', align: 'centre' },
    { kind: 'rule' },
    { kind: 'pair', label: said.kiosk, value: kiosk.number },
    { kind: 'pair', label: said.date, value: time, weight: 'bold' },
    { kind: 'space' },
    { kind: 'text', text: said.normal },
    { kind: 'text', text: said.bold, weight: 'bold' },
    { kind: 'text', text: said.large, size: 'large' },
    { kind: 'text', text: said.large, size: 'large', weight: 'bold', align: 'end' },
    { kind: 'text', text: ruler },
    { kind: 'qr', data: `TEST ${kiosk.number} ${time}` },
    { kind: 'rule' },
  ]
  return { language, lines }
}
