// The page of the first setup: the view of the new kiosk on its screen, the technician's answers back.
import { computed, effect, signal } from '@preact/signals'
import { render } from 'preact'
import { languages, type Language } from '../../domain/language.ts'
import type { ServiceTextsOf } from '../kiosk/service/texts.ts'
import { formatFor } from '../parts/format.ts'
import { openStream } from '../parts/stream.ts'
import { directions } from '../texts/first-words.ts'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import type { SetupPress, SetupView } from './setup-view.ts'
import { loadSetupTexts, type SetupTexts } from './texts.ts'

type Words = { texts: SetupTexts; service: ServiceTextsOf }

const service: Record<Language, () => Promise<{ serviceTextsOf: ServiceTextsOf }>> = {
  en: () => import('../kiosk/service/texts.en.ts'),
  zh: () => import('../kiosk/service/texts.zh.ts'),
  ar: () => import('../kiosk/service/texts.ar.ts'),
}
const loaded = new Map<Language, Words>()
const wordsIn = async (language: Language): Promise<Words> => {
  const known = loaded.get(language)
  if (known !== undefined) return known
  const [texts, part] = await Promise.all([loadSetupTexts(language), service[language]()])
  const words = { texts, service: part.serviceTextsOf }
  loaded.set(language, words)
  return words
}

const shown = signal<{ view: SetupView; words: Words } | null>(null)
const silent = signal(false)
let wanted: SetupView | null = null

/** Shows a view once its words are here; of several that wait, only the newest. */
const show = async (view: SetupView): Promise<void> => {
  wanted = view
  const words = await wordsIn(view.language)
  if (wanted === view) shown.value = { view, words }
}

const viewOf = (data: string): SetupView | null => {
  try {
    const value: unknown = JSON.parse(data)
    return isView(value) ? value : null
  } catch {
    return null
  }
}

const isView = (value: unknown): value is SetupView =>
  typeof value === 'object' &&
  value !== null &&
  'page' in value &&
  'step' in value &&
  'language' in value &&
  languages.some((language) => language === value.language)

const connection = openStream(viewOf, {
  view: (view) => void show(view),
  silent: (isSilent) => {
    silent.value = isSilent
  },
  // The kiosk is there: it has a page of its own.
  stranger: () => location.reload(),
})
const press = (press: SetupPress): void => {
  const view = shown.peek()?.view
  if (view !== undefined) connection.send({ view: view.number, press })
}

listenToKeys()

const stage = computed(() => {
  if (shown.value === null) return null
  const { view, words } = shown.value
  const format = formatFor(view)
  return { view, texts: words.texts, service: words.service(format), format, press }
})
effect(() => {
  const view = shown.value?.view
  if (view === undefined) return
  const page = document.documentElement
  page.lang = view.language
  page.dir = directions[view.language]
  page.dataset['theme'] = 'day'
})

const root = document.getElementById('setup')
if (root !== null) render(<App stage={stage} silent={silent} />, root)
