// Numbers in Arabic sentences: digits stay left to right, and what is counted takes the form its number asks for.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'

/** Latin digits and codes stay left to right inside a sentence. */
export const ltr = (text: string | number): string => `\u2066${text}\u2069`

export type Forms = { one: string; two: string; few: string; many: string; other: string }

export const counted = (format: Format, count: number, forms: Forms): string => {
  const rule = format.plural(count)
  switch (rule) {
    case 'one':
      return forms.one
    case 'two':
      return forms.two
    case 'few':
      return `${ltr(count)} ${forms.few}`
    case 'many':
      return `${ltr(count)} ${forms.many}`
    case 'zero':
    case 'other':
      return `${ltr(count)} ${forms.other}`
    default:
      return never(rule)
  }
}

export const days: Forms = {
  one: 'يوماً واحداً',
  two: 'يومين',
  few: 'أيام',
  many: 'يوماً',
  other: 'يوم',
}
export const notes: Forms = {
  one: 'ورقة واحدة',
  two: 'ورقتان',
  few: 'أوراق',
  many: 'ورقة',
  other: 'ورقة',
}
