// A receipt as the bytes of a job: typed where the printer has the characters, drawn where it has not (devices.md 11).
import { never } from '../../../domain/never.ts'
import type { ReceiptDocument } from '../receipt-printer.ts'
import { bandsOf, blankBitmap, cropped } from './bitmap.ts'
import { charactersFor, columnsOf } from './characters.ts'
import { rasterImage, type Bitmap } from './codec.ts'
import type { Drawing } from './drawing.ts'
import { rowsOf, styleOf, type Paper, type Style, type WordLine } from './layout.ts'
import type { PrinterModel } from './models.ts'
import { prepareQr } from './qr.ts'
import { textPrinter, type TextPrinter } from './text-printer.ts'

/** Dots of blank paper. */
const gaps = { space: 20, besideRule: 10, besideQr: 24 }

/** Of the printer's own characters: a rule is as long as the rows it parts. */
const dotsOfColumn = 12

/** Each part is whole commands: a question may go out between two of them and never inside one. */
export type JobParts = readonly Uint8Array[]

/**
 * Everything of a receipt but the cut. Arabic is always drawn, for no printer of ours shapes it; Chinese is typed where the
 * printer has GB18030; a line with a character the printer lacks is drawn.
 */
export const composeJob = async (
  { language, lines }: ReceiptDocument,
  model: PrinterModel,
): Promise<JobParts> => {
  const typed = typedPaper(model)
  const types = (line: WordLine) => mayType(language, model) && charactersOf(line, model) !== null
  const words = lines.filter((line) => line.kind === 'text' || line.kind === 'pair')
  // The drawing library is large: a kiosk that never draws never loads it.
  const drawing = words.every(types)
    ? null
    : (await import('./drawing.ts')).drawingFor(model.dots, language)
  const printer = textPrinter(model)
  for (const line of lines) {
    switch (line.kind) {
      case 'text':
      case 'pair':
        if (drawing === null || types(line)) {
          for (const row of rowsOf(line, typed)) typeRow(printer, row, model)
        } else {
          for (const row of rowsOf(line, drawing)) drawRow(printer, row, drawing)
        }
        break
      case 'rule':
        printer.gap(gaps.besideRule)
        printPicture(
          printer,
          ruleOf(drawing === null ? model.columns * dotsOfColumn : model.dots),
          'start',
        )
        printer.gap(gaps.besideRule)
        break
      case 'space':
        printer.gap(gaps.space)
        break
      case 'qr':
        printQr(printer, line.data, model)
        break
      default:
        never(line)
    }
  }
  return printer.parts()
}

const mayType = (language: ReceiptDocument['language'], model: PrinterModel): boolean =>
  language === 'en' || (language === 'zh' && model.chinese !== 'none')

const charactersOf = (line: WordLine, model: PrinterModel) =>
  charactersFor(line.kind === 'text' ? line.text : line.label + line.value, model)

const typedPaper = (model: PrinterModel): Paper => ({
  width: model.columns,
  gap: 1,
  measure: (text: string, { size }: Style) => {
    const columns =
      columnsOf(text, model.codePage.encoding, 1) ?? columnsOf(text, 'gb18030', 2) ?? text.length
    return size === 'large' ? 2 * columns : columns
  },
})

const typeRow = (printer: TextPrinter, row: WordLine, model: PrinterModel): void => {
  const characters = charactersOf(row, model) ?? 'code page'
  const style = styleOf(row)
  switch (row.kind) {
    case 'text':
      printer.line(row.text, characters, { ...style, align: row.align ?? 'start' })
      break
    case 'pair': {
      const { width, measure } = typedPaper(model)
      const room = width - measure(row.label, style) - measure(row.value, style)
      const text = row.label + ' '.repeat(Math.max(1, room)) + row.value
      printer.line(text, characters, { ...style, align: 'start' })
      break
    }
    default:
      never(row)
  }
}

const drawRow = (printer: TextPrinter, row: WordLine, drawing: Drawing): void => {
  const { above, below, bitmap } = cropped(drawing.draw(row))
  printer.gap(above)
  if (bitmap !== null) printPicture(printer, bitmap, 'start')
  printer.gap(below)
}

const printPicture = (printer: TextPrinter, bitmap: Bitmap, align: 'start' | 'centre'): void => {
  for (const band of bandsOf(bitmap)) printer.raw(rasterImage(band), align)
}

const ruleOf = (dots: number): Bitmap => {
  const { widthBytes, rows } = blankBitmap(dots, 2)
  return { widthBytes, rows: rows.map((row) => row.fill(0xff)) }
}

/** A code that does not fit is left out: what it proves can be asked for under the order's number. */
const printQr = (printer: TextPrinter, data: string, model: PrinterModel): void => {
  const qr = prepareQr(data, model)
  if (qr.kind === 'does not fit') return
  printer.gap(gaps.besideQr)
  if (qr.kind === 'command') printer.raw(qr.bytes, 'centre')
  else printPicture(printer, qr.bitmap, 'centre')
  printer.gap(gaps.besideQr)
}
