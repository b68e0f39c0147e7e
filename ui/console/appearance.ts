// Light, dark or high contrast: as the device says, or as was chosen on it.
import { effect, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export const appearances = ['system', 'day', 'night', 'contrast'] as const
export type Appearance = (typeof appearances)[number]

const isAppearance = (word: string | null): word is Appearance =>
  appearances.some((appearance) => appearance === word)

const chosen = kept('appearance')

export const appearance = signal<Appearance>(isAppearance(chosen) ? chosen : 'system')

export const appear = (next: Appearance): void => {
  keep('appearance', next)
  appearance.value = next
}

/** Sets the theme of the page now and whenever the choice or the device changes. */
export const followAppearance = (page: HTMLElement): void => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')
  const set = () => {
    const wanted = appearance.value
    page.dataset['theme'] =
      wanted !== 'system' ? wanted : contrast.matches ? 'contrast' : dark.matches ? 'night' : 'day'
  }
  dark.addEventListener('change', set)
  contrast.addEventListener('change', set)
  effect(set)
  // Paper is light.
  addEventListener('beforeprint', () => {
    page.dataset['theme'] = 'day'
  })
  addEventListener('afterprint', set)
}
