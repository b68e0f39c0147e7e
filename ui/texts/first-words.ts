// What the first screen says in every language at once, before anybody has chosen one.
import type { Language } from '../../domain/language.ts'

export const ownNames: Record<Language, string> = { en: 'English', zh: '简体中文', ar: 'العربية' }

export const insertCard: Record<Language, string> = {
  en: 'Insert your electricity card',
  zh: '请插入电卡',
  ar: 'أدخل بطاقة الكهرباء',
}

export const directions: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', zh: 'ltr', ar: 'rtl' }

/** Said before any language could be loaded. */
export const oneMoment: Record<Language, string> = {
  en: 'One moment',
  zh: '请稍候',
  ar: 'لحظة من فضلك',
}
