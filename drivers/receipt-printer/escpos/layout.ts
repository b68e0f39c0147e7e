// Cuts the lines of a receipt to rows that fit the paper, by whatever measure: columns of type, or dots of a drawing. Pure.
import type { ReceiptLine } from '../receipt-printer.ts'

type TextLine = Extract<ReceiptLine, { kind: 'text' }>
type PairLine = Extract<ReceiptLine, { kind: 'pair' }>
/** Lines with words; the others have nothing to cut. */
export type WordLine = TextLine | PairLine

export type Style = { size: 'normal' | 'large'; weight: 'normal' | 'bold' }

export type Paper = {
  /** What a row holds, in the unit of `measure`. */
  width: number
  /** The least room between a label and its value. */
  gap: number
  measure: (text: string, style: Style) => number
}

export const styleOf = (line: WordLine): Style => ({
  size: line.kind === 'text' ? (line.size ?? 'normal') : 'normal',
  weight: line.weight ?? 'normal',
})

/** The same line as rows, each of which fits. */
export const rowsOf = (line: WordLine, paper: Paper): WordLine[] =>
  line.kind === 'text'
    ? wrap(line.text, paper.width, paper, styleOf(line)).map((text) => ({ ...line, text }))
    : rowsOfPair(line, paper)

/**
 * A value that leaves its label half the row stands at the end of the label's last row. A longer one has rows of its own
 * below the label, at the reading end.
 */
const rowsOfPair = (line: PairLine, paper: Paper): WordLine[] => {
  const style = styleOf(line)
  const room = paper.width - paper.gap - paper.measure(line.value, style)
  const label = paper.measure(line.label, style)
  if (label <= room || room >= paper.width / 2) {
    const above = wrap(line.label, room, paper, style)
    const last = above.pop() ?? ''
    return [
      ...above.map((text): WordLine => ({ kind: 'text', text, weight: style.weight })),
      { ...line, label: last },
    ]
  }
  const labels = line.label === '' ? [] : wrap(line.label, paper.width, paper, style)
  return [
    ...labels.map((text): WordLine => ({ kind: 'text', text, weight: style.weight })),
    ...wrap(line.value, paper.width, paper, style).map((text): WordLine => ({
      kind: 'text',
      text,
      weight: style.weight,
      align: 'end',
    })),
  ]
}

/** At spaces; between Chinese characters, but not before a mark that ends a phrase; within a word only if it must be. */
const wrap = (text: string, width: number, { measure }: Paper, style: Style): string[] => {
  const rows: string[] = []
  let row = ''
  for (const piece of text.match(pieces) ?? []) {
    if (measure((row + piece).trimEnd(), style) <= width) row += piece
    else {
      if (row !== '') rows.push(row.trimEnd())
      row = piece.trimStart()
      while (measure(row.trimEnd(), style) > width) {
        const fits = longestThatFits(row, (start) => measure(start, style) <= width)
        rows.push(row.slice(0, fits.length))
        row = row.slice(fits.length)
      }
    }
  }
  if (row.trimEnd() !== '' || rows.length === 0) rows.push(row.trimEnd())
  return rows
}

/** At least one character, so that it ends. */
const longestThatFits = (text: string, fits: (start: string) => boolean): string => {
  let start = ''
  for (const character of text) {
    if (start !== '' && !fits(start + character)) break
    start += character
  }
  return start
}

const chinese = '\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef'
const endsPhrase = '，。、；：！？）》」”'
const pieces = new RegExp(
  `\\s+|[${chinese}][${endsPhrase}]*|[^\\s${chinese}]+[${endsPhrase}]*`,
  'gu',
)
