// The customer's page: the kiosk's view on the screen, the customer's presses back.
import { effect } from '@preact/signals'
import { render } from 'preact'
import type { Language } from '../../domain/language.ts'
import { directions } from '../texts/first-words.ts'
import { App } from './app.tsx'
import { connect } from './connection.ts'
import { listenToKeys } from './keys.ts'
import { KioskModel, type TextsOf } from './model.ts'
import type { Press } from './screen.ts'
import { loud, play, soundOf } from './sounds.ts'

const texts: Record<Language, () => Promise<{ textsOf: TextsOf }>> = {
  en: () => import('../texts/en.ts'),
  zh: () => import('../texts/zh.ts'),
  ar: () => import('../texts/ar.ts'),
}
const loadTexts = async (language: Language): Promise<TextsOf> => (await texts[language]()).textsOf

const kiosk = new KioskModel({
  loadTexts,
  loadService: async (language) => (await import('./service/part.ts')).servicePart(language),
  ticks: () => performance.now(),
  pause: (ms) => new Promise((over) => setTimeout(over, ms)),
})
const connection = connect({ view: (view) => void kiosk.show(view), silent: kiosk.heard })
const press = (press: Press): void => {
  const pressed = kiosk.pressed(press)
  if (pressed === null) return
  kiosk.service.peek()?.pressed(press)
  connection.send(pressed)
}

setInterval(kiosk.tick, 1_000)
listenToKeys(kiosk, press)

// The page itself, for style sheets and readers: language, direction, theme, and the view that is shown.
let before = kiosk.view.peek()
effect(() => {
  const view = kiosk.view.value
  if (view === null) return
  const page = document.documentElement
  page.lang = view.language
  page.dir = directions[view.language]
  page.dataset['theme'] = view.theme
  const sound = soundOf(before, view)
  loud(view.volume)
  if (sound !== null) play(sound)
  before = view
})

const root = document.getElementById('kiosk')
if (root !== null) render(<App kiosk={kiosk} press={press} />, root)
