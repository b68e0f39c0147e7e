// What the maintenance mode is drawn with: fetched when it is first shown, so that the customer's page stays light.
import type { ComponentType } from 'preact'
import type { Language } from '../../../domain/language.ts'
import type { Stage } from '../stage.ts'
import type { ServiceScreen } from './service-page.ts'
import type { ServiceTexts, ServiceTextsOf } from './texts.ts'

type Drawn = ComponentType<{ screen: ServiceScreen; words: ServiceTexts; at: Stage }>

export type ServicePart = {
  Head: Drawn
  Service: Drawn
  /** Over everything else, for a page that has the whole screen. */
  Whole: Drawn
  wordsOf: ServiceTextsOf
}

/** The same in a language. */
export type ServiceSpoken = Omit<ServicePart, 'wordsOf'> & { words: ServiceTexts }

const texts: Record<Language, () => Promise<{ serviceTextsOf: ServiceTextsOf }>> = {
  en: () => import('./texts.en.ts'),
  zh: () => import('./texts.zh.ts'),
  ar: () => import('./texts.ar.ts'),
}

export const loadService = async (language: Language): Promise<ServicePart> => {
  const [{ serviceTextsOf }, { drawn }] = await Promise.all([
    texts[language](),
    import('./drawn.ts'),
  ])
  return { ...drawn, wordsOf: serviceTextsOf }
}
