// The one door to the `escpos` package: its text commands, collected into one run of bytes (devices.md 11.3).
import Printer from 'escpos/printer.js'
import type { TypedCharacters } from './characters.ts'
import { bold, characterSize, doubleByte, selectCodePage } from './codec.ts'
import type { PrinterModel } from './models.ts'

/** What one printed line looks like. Alignment is the printer's: start is left in every language that is typed. */
export type TypedStyle = {
  size: 'normal' | 'large'
  weight: 'normal' | 'bold'
  align: 'start' | 'centre' | 'end'
}

export type TextPrinter = {
  /** One line of text in the given characters; the caller has made sure that they exist and that it fits. */
  line(text: string, characters: TypedCharacters, style: TypedStyle): void
  /** Blank paper, 0-255 dots. */
  gap(dots: number): void
  /** Commands of our own, at the start of a line; `align` is how the printer is to place what they print. */
  raw(bytes: Uint8Array, align?: TypedStyle['align']): void
  /** Everything written so far, in order; each part is whole commands. */
  parts(): readonly Uint8Array[]
}

const alignments = { start: 'LT', centre: 'CT', end: 'RT' } as const
/** Dots from line to line: 24 of character and a third of that as air. */
const spacing = { normal: 32, large: 58 } as const

export const textPrinter = (model: PrinterModel): TextPrinter => {
  const parts: Uint8Array[] = []
  // A write and a close are all that the package asks of an adapter. Its buffer is used again after each flush: copy it.
  const adapter = {
    write: (data: Buffer, done: (error: Error | null) => void) => {
      if (data.length > 0) parts.push(new Uint8Array(data))
      done(null)
    },
    close: (done: (error: Error | null) => void) => done(null),
  }
  // Without `new` the package would lose the options.
  const printer = new Printer(adapter, { encoding: model.codePage.encoding })
  // The package writes a plain array of bytes as the text `27,116,19`: a Buffer is what it copies.
  const send = (bytes: Uint8Array) => printer.print(Buffer.from(bytes))
  const endPart = () => printer.flush(() => {})

  printer.hardware('INIT')
  send(selectCodePage(model.codePage.number))
  if (model.chinese === 'gb18030') send(doubleByte(false))
  endPart()

  return {
    line: (text, characters, { size, weight, align }) => {
      const chinese = characters === 'gb18030'
      const times = size === 'large' ? 2 : 1
      printer.align(alignments[align]).lineSpace(spacing[size])
      // The package knows no code page: bytes above 7F mean what we say before them.
      if (chinese) send(doubleByte(true))
      // Size before weight, for `1B 21` clears bold. Many a Chinese font obeys only `1D 21`, so that follows.
      printer.size(times, times)
      if (chinese) send(characterSize(times))
      if (weight === 'bold') send(bold(true))
      printer.text(text, chinese ? 'gb18030' : model.codePage.encoding)
      if (weight === 'bold') send(bold(false))
      if (size === 'large') printer.size(1, 1)
      if (chinese) {
        send(characterSize(1))
        send(doubleByte(false))
      }
      endPart()
    },
    gap: (dots) => {
      if (dots === 0) return
      printer.lineSpace(dots).feed(1)
      endPart()
    },
    raw: (bytes, align = 'start') => {
      printer.align(alignments[align])
      send(bytes)
      endPart()
    },
    parts: () => parts,
  }
}
