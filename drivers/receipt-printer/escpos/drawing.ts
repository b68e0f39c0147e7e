// Draws rows of a receipt as pictures, with Debian's Noto fonts: Arabic is shaped and runs from the right, Chinese has its
// own forms (fonts-noto-core, fonts-noto-cjk). The only door to `@napi-rs/canvas` in the driver; loaded by the first row.
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { never } from '../../../domain/never.ts'
import type { Language } from '../../../domain/language.ts'
import { blankBitmap, setDot } from './bitmap.ts'
import type { Bitmap } from './codec.ts'
import { styleOf, type Paper, type Style, type WordLine } from './layout.ts'

// Under names of our own, so that the same files give the same dots on every machine. Where a file is missing, a system
// font takes its place.
const fonts = {
  'WattPoint Latin': 'truetype/noto/NotoSans-',
  'WattPoint Arabic': 'truetype/noto/NotoSansArabic-',
  'WattPoint Chinese': 'opentype/noto/NotoSansCJK-',
} as const
for (const [name, file] of Object.entries(fonts)) {
  const ending = file.startsWith('opentype') ? 'ttc' : 'ttf'
  for (const weight of ['Regular', 'Bold']) {
    GlobalFonts.registerFromPath(`/usr/share/fonts/${file}${weight}.${ending}`, name)
  }
}
const family = [...Object.keys(fonts).map((name) => `"${name}"`), 'sans-serif'].join(', ')

/** Dots: a character of the printer's own is 24 high, and Arabic needs room above and below. */
const sizes = {
  normal: { font: 25, row: 37, baseline: 27 },
  large: { font: 50, row: 72, baseline: 53 },
} as const

/** So much of a dot must be covered for it to be ink. Thin strokes at 203 dots to the inch need less than half. */
const inkFrom = 0.3

export type Drawing = Paper & {
  /** A row that fits, as wide as the paper. */
  draw: (row: WordLine) => Bitmap
}

/** Draws for one paper and one language; which side a row begins at follows from the language. */
export const drawingFor = (dots: number, language: Language): Drawing => {
  const contextOf = (height: number, style: Style): SKRSContext2D => {
    const context = createCanvas(dots, height).getContext('2d')
    context.lang = language === 'zh' ? 'zh-Hans' : language
    context.font = `${style.weight === 'bold' ? 700 : 400} ${sizes[style.size].font}px ${family}`
    return context
  }
  const ruler = contextOf(1, { size: 'normal', weight: 'normal' })
  const measure = (text: string, style: Style): number => {
    ruler.font = `${style.weight === 'bold' ? 700 : 400} ${sizes[style.size].font}px ${family}`
    ruler.direction = directionOf(text, language)
    return Math.ceil(ruler.measureText(text).width)
  }
  return {
    width: dots,
    gap: 16,
    measure,
    draw: (row) => {
      const style = styleOf(row)
      const { row: height, baseline } = sizes[style.size]
      const context = contextOf(height, style)
      const place = (text: string, where: 'left' | 'centre' | 'right') => {
        const width = measure(text, style)
        const x = where === 'left' ? 0 : where === 'right' ? dots - width : (dots - width) / 2
        context.direction = directionOf(text, language)
        context.textAlign = 'left'
        context.fillText(text, Math.round(x), baseline)
      }
      const [start, end] =
        language === 'ar' ? (['right', 'left'] as const) : (['left', 'right'] as const)
      switch (row.kind) {
        case 'text':
          place(row.text, row.align === 'centre' ? 'centre' : row.align === 'end' ? end : start)
          break
        case 'pair':
          place(row.label, start)
          place(row.value, end)
          break
        default:
          never(row)
      }
      return bitmapOf(context, dots, height)
    },
  }
}

/**
 * On an Arabic receipt a text runs from the right as soon as it has an Arabic letter; an amount or `60.00 kWh x 1.2000`
 * reads from the left there too. Elsewhere its first letter decides.
 */
export const directionOf = (text: string, language: Language): 'rtl' | 'ltr' => {
  const decides = language === 'ar' ? /\p{Script=Arabic}/u : /^\P{L}*\p{Script=Arabic}/u
  return decides.test(text) ? 'rtl' : 'ltr'
}

const bitmapOf = (context: SKRSContext2D, width: number, height: number): Bitmap => {
  const { data } = context.getImageData(0, 0, width, height)
  const bitmap = blankBitmap(width, height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) >= inkFrom * 255) setDot(bitmap, x, y)
    }
  }
  return bitmap
}
