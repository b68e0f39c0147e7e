// The console's page: language and appearance first, then who is signed in, then wherever the address leads.
import { effect } from '@preact/signals'
import { render } from 'preact'
import { directions } from '../texts/first-words.ts'
import { App } from './app.tsx'
import { followAppearance } from './appearance.ts'
import { listenToWay } from './router.ts'
import { followAddress } from './shown.ts'
import { keepAsking } from './signing.ts'
import { language } from './texts/language.ts'
import { speak } from './texts/words.ts'

followAppearance(document.documentElement)
effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dir = directions[language.value]
})

const root = document.getElementById('console')
if (root !== null) {
  await speak(language.value)
  listenToWay()
  followAddress()
  keepAsking()
  render(<App />, root)
}
