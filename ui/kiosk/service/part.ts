// What the maintenance mode is made of: fetched when it is first shown, so that the customer's page stays light.
import type { ComponentType } from 'preact'
import type { Language } from '../../../domain/language.ts'
import type { Cue } from '../cue-for.ts'
import type { Press, Slots } from '../screen.ts'
import { play } from '../sounds.ts'
import type { Stage } from '../stage.ts'
import { Head } from './head.tsx'
import { serviceCues } from './service-cues.ts'
import type { ServicePage, ServiceScreen } from './service-page.ts'
import css from './service.css?inline'
import { Service } from './service.tsx'
import type { ServiceTextsOf } from './texts.ts'
import { Whole } from './whole.tsx'

export type ServiceProps = { screen: ServiceScreen; part: ServicePart; at: Stage }
type Drawn = ComponentType<ServiceProps>

export type ServicePart = {
  Head: Drawn
  Service: Drawn
  /** Over everything else, for a page that has the whole screen. */
  Whole: Drawn
  cues: (page: ServicePage, slots: Slots) => Cue[]
  /** What a press does in the page itself, beside being sent. */
  pressed: (press: Press) => void
  wordsOf: ServiceTextsOf
}

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets.push(sheet)

/** One after the other, for whoever listens whether all three are there. */
const pressed = (press: Press): void => {
  if (press.type !== 'choose' || press.choice !== 'play') return
  play('take')
  play('done', 900)
  play('attention', 2_200)
}

const texts: Record<Language, () => Promise<{ serviceTextsOf: ServiceTextsOf }>> = {
  en: () => import('./texts.en.ts'),
  zh: () => import('./texts.zh.ts'),
  ar: () => import('./texts.ar.ts'),
}

export const servicePart = async (language: Language): Promise<ServicePart> => ({
  Head,
  Service,
  Whole,
  cues: serviceCues,
  pressed,
  wordsOf: (await texts[language]()).serviceTextsOf,
})
