// Pure: a line of a slip, and the same line on paper and on the screen where no paper comes.
import { formatEnergy } from '../domain/energy.ts'
import type { Language } from '../domain/language.ts'
import { never } from '../domain/never.ts'
import type { ReceiptLine } from '../drivers/receipt-printer/receipt-printer.ts'
import type { ReceiptText } from '../ui/kiosk/screen.ts'

/** One line of a slip: to paper and screen alike, but for how it looks. */
export type SlipLine =
  | { kind: 'title' | 'note' | 'sentence'; text: string }
  | { kind: 'pair'; label: string; value: string; strong?: boolean }
  /** The largest thing on the slip, under a few words. */
  | { kind: 'big'; label: string; value: string }
  | { kind: 'rule' | 'space' }
  | { kind: 'qr'; data: string }

/**
 * The end of a number, however much of it came from the centre. Stars, not dots: they are in every printer's font.
 */
export const lastFour = (number: string): string => `****${number.slice(-4)}`

/**
 * A number beside words. On an Arabic slip it is a world of its own (U+2066 to U+2069), or `2026-11` would be shown as
 * 11-2026.
 */
export const beside = (words: string, number: string, language: Language): string =>
  language === 'ar' ? `${words} \u2066${number}\u2069` : `${words} ${number}`

export const pair = (label: string, value: string): Extract<SlipLine, { kind: 'pair' }> => ({
  kind: 'pair',
  label,
  value,
})

// The unit as the meter shows it, in every language.
export const kWh = (amount: Parameters<typeof formatEnergy>[0]): string =>
  `${formatEnergy(amount)} kWh`

/** `2026-11-23 16:45`, in Latin digits everywhere. */
export const localTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(at)

export const onPaper = (line: SlipLine): ReceiptLine[] => {
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

export const onScreen = (line: SlipLine): ReceiptText[] => {
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
