// Pure: the readiness report on paper, for the file of the kiosk and for whoever stands at it.
import type { Language } from '../../domain/language.ts'
import { reportWords } from '../../domain/setup/report-words.ts'
import type { ReceiptDocument, ReceiptLine } from '../../drivers/receipt-printer/receipt-printer.ts'
import type { SetupReportRow } from '../../ui/setup/setup-view.ts'
import type { KioskConfig } from '../config.ts'
import { localTime } from '../slip-lines.ts'

export const readinessSlip = (of: {
  language: Language
  config: Pick<KioskConfig, 'kiosk' | 'timeZone' | 'utility'>
  rows: readonly SetupReportRow[]
  /** ms since 1970. */
  at: number
}): ReceiptDocument => {
  const { language, config, rows, at } = of
  const { kiosk, timeZone, utility } = config
  const words = reportWords[language]
  const ready = rows.every(({ mark }) => mark !== 'wrong')
  const lines: ReceiptLine[] = [
    { kind: 'text', text: words.title, weight: 'bold', size: 'large', align: 'centre' },
    { kind: 'text', text: utility.name, align: 'centre' },
    { kind: 'rule' },
    { kind: 'pair', label: words.kiosk, value: kiosk.number, weight: 'bold' },
    { kind: 'text', text: kiosk.place },
    { kind: 'pair', label: words.date, value: localTime(at, timeZone) },
    { kind: 'rule' },
    ...rows.map((row): ReceiptLine => ({
      kind: 'pair',
      label: words.check[row.check],
      value: valueOf(row, language, timeZone),
      weight: row.mark === 'wrong' ? 'bold' : 'normal',
    })),
    { kind: 'rule' },
    { kind: 'text', text: ready ? words.ready : words.notReady, weight: 'bold' },
    { kind: 'space' },
  ]
  return { language, lines }
}

/** What is more than a word, and how it stands: figures and plates as they are. */
const valueOf = ({ value, mark }: SetupReportRow, language: Language, timeZone: string): string => {
  const word = reportWords[language].mark[mark]
  switch (value.kind) {
    case 'text':
      return value.text
    case 'time':
      return localTime(value.at, timeZone).slice(0, 10)
    case 'bytes':
      return `${Math.floor(value.value / 1_000_000_000)} GB`
    case 'tender':
      return reportWords[language].tender[value.tender]
    default:
      return word
  }
}
