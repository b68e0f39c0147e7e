// Which language the console speaks on this device: chosen once and kept, else that of the browser.
import { signal } from '@preact/signals'
import { languages, type Language } from '../../../domain/language.ts'
import { kept, keep } from '../kept.ts'

const isLanguage = (word: string | null): word is Language =>
  languages.some((language) => language === word)

const ofBrowser = (): Language =>
  navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'

const chosen = kept('language')

/** The language whose words are shown; changed by `speak` of words.ts, once its words are there. */
export const language = signal<Language>(isLanguage(chosen) ? chosen : ofBrowser())

export const keepLanguage = (next: Language): void => keep('language', next)

/** Whether a line begins at the right. */
export const mirrored = (): boolean => language.value === 'ar'
