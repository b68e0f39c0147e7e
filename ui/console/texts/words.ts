// The words of the console in the language that is spoken now. An area adds its words in en.ts, zh.ts and ar.ts.
import { signal } from '@preact/signals'
import type { Language } from '../../../domain/language.ts'
import { keepLanguage, language } from './language.ts'
import type { en } from './en.ts'

/** By area: whatever English has, the other languages have too, or they do not compile. */
export type Words = typeof en

const books: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
  ar: async () => (await import('./ar.ts')).ar,
}

const spoken = signal<Words | null>(null)

/** Read while a page is drawn: the page is drawn again when another language is chosen. */
export const words = (): Words => {
  if (spoken.value === null) throw new Error('speak before anything is drawn')
  return spoken.value
}

/** From now on this language is spoken on this device. Its words are fetched first, so nothing is shown half in each. */
export const speak = async (next: Language): Promise<void> => {
  const book = await books[next]()
  spoken.value = book
  language.value = next
}

export const choose = async (next: Language): Promise<void> => {
  keepLanguage(next)
  await speak(next)
}
