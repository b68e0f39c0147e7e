// The paper in a simulated printer: rows of dots, what can be read on them, and how it all looks as a picture.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import type { Bitmap } from '../codec.ts'

/** White beside the print area, dots. */
const margin = 28
const paperColour = '#fdfcf7'
/** Red, green, blue and how opaque, as one word in the order of this machine. */
const [ink = 0] = new Uint32Array(Uint8Array.of(0x1d, 0x1c, 0x1a, 0xff).buffer)

export type Roll = {
  feed: (dots: number) => void
  /** Rows of dots, one value a dot, from the left edge, and what they say; what does not fit is lost. */
  print: (dots: readonly Uint8Array[], said: string) => void
  length: () => number
  text: () => string
  /** Parts it so many rows before the end: a knife is not where the head is. The rest stays on the roll. */
  part: (rowsLeft: number) => { piece: { text: string; png: string }; rest: Roll }
}
type Word = { text: string; row: number }

/** An end of paper, `width` dots across: fresh, or with what is on it already. */
export const roll = (width: number, rows: Uint8Array[] = [], words: Word[] = []): Roll => ({
  feed: (dots) => {
    for (let row = 0; row < dots; row += 1) rows.push(new Uint8Array(width))
  },
  print: (dots, said) => {
    words.push({ text: said, row: rows.length })
    for (const inked of dots) {
      const row = new Uint8Array(width)
      row.set(inked.subarray(0, width))
      rows.push(row)
    }
  },
  length: () => rows.length,
  text: () => textOf(words),
  part: (rowsLeft) => {
    const knife = Math.max(0, rows.length - rowsLeft)
    const beyond = words.filter(({ row }) => row >= knife)
    return {
      piece: {
        text: textOf(words.filter(({ row }) => row < knife)),
        png: pictureOf(rows.slice(0, knife), width),
      },
      rest: roll(
        width,
        rows.slice(knife),
        beyond.map(({ text, row }) => ({ text, row: row - knife })),
      ),
    }
  },
})

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join('\n')

/** A PNG in base64. */
const pictureOf = (rows: readonly Uint8Array[], width: number): string => {
  const canvas = createCanvas(width + 2 * margin, Math.max(1, rows.length) + 2 * margin)
  const context = canvas.getContext('2d')
  context.fillStyle = paperColour
  context.fillRect(0, 0, canvas.width, canvas.height)
  const print = context.getImageData(margin, margin, width, Math.max(1, rows.length))
  const { buffer, byteOffset, length } = print.data
  const pixels = new Uint32Array(buffer, byteOffset, length / 4)
  rows.forEach((row, y) => {
    // Most of a paper is white.
    for (let x = row.indexOf(1); x !== -1; x = row.indexOf(1, x + 1)) pixels[y * width + x] = ink
  })
  context.putImageData(print, margin, margin)
  return canvas.toBuffer('image/png').toString('base64')
}

/** The bytes of an image command as dots. */
export const dotsOf = ({ rows, widthBytes }: Bitmap): Uint8Array[] =>
  rows.map((row) =>
    Uint8Array.from({ length: widthBytes * 8 }, (_, x) =>
      ((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) === 0 ? 0 : 1,
    ),
  )

/** A typed character: how many dots wide (12 or 24), how many times larger, and whether bold. */
export type Glyph = { character: string; width: 12 | 24; wide: number; high: number; bold: boolean }

const glyphHeight = 24
export const heightOf = (glyphs: readonly Glyph[]): number =>
  glyphHeight * Math.max(1, ...glyphs.map(({ high }) => high))
export const widthOf = (glyphs: readonly Glyph[]): number =>
  glyphs.reduce((sum, { width, wide }) => sum + width * wide, 0)

/** One line of characters on a common baseline, `offset` dots from the left. */
export const typedRows = (
  glyphs: readonly Glyph[],
  { offset, width }: { offset: number; width: number },
): Uint8Array[] => {
  const height = heightOf(glyphs)
  const rows = Array.from({ length: height }, () => new Uint8Array(width))
  let left = offset
  for (const glyph of glyphs) {
    const dots = drawGlyph(glyph)
    const top = height - glyphHeight * glyph.high
    for (let y = 0; y < glyphHeight * glyph.high; y += 1) {
      for (let x = 0; x < glyph.width * glyph.wide; x += 1) {
        const dot = dots[Math.floor(y / glyph.high) * glyph.width + Math.floor(x / glyph.wide)]
        const row = rows[top + y]
        if (dot === 1 && row !== undefined && left + x < width) row[left + x] = 1
      }
    }
    left += glyph.width * glyph.wide
  }
  return rows
}

GlobalFonts.registerFromPath('/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf', 'Printer Latin')
for (const weight of ['Regular', 'Bold']) {
  GlobalFonts.registerFromPath(
    `/usr/share/fonts/opentype/noto/NotoSansCJK-${weight}.ttc`,
    'Printer Chinese',
  )
}
const drawn = new Map<string, Uint8Array>()

// As a printer's character generator has it: 12 or 24 dots wide, 24 high. Bold is the same, struck twice.
const drawGlyph = ({ character, width, bold }: Glyph): Uint8Array => {
  const key = `${character} ${width} ${bold}`
  const known = drawn.get(key)
  if (known !== undefined) return known
  const context = createCanvas(width, glyphHeight).getContext('2d')
  context.lang = 'zh-Hans'
  context.font = `${width === 12 ? 19 : 23}px "Printer Latin", "Printer Chinese", monospace`
  context.textAlign = 'center'
  context.fillText(character, width / 2, width === 12 ? 18 : 20, width)
  const { data } = context.getImageData(0, 0, width, glyphHeight)
  const once = Uint8Array.from({ length: width * glyphHeight }, (_, at) =>
    (data[at * 4 + 3] ?? 0) > 110 ? 1 : 0,
  )
  const dots = bold
    ? once.map((dot, at) => (dot === 1 || (at % width > 0 && once[at - 1] === 1) ? 1 : 0))
    : once
  drawn.set(key, dots)
  return dots
}
