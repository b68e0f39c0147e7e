// A keyboard on the screen: Latin and Arabic letters, the digits, and what stands in addresses. A code has only its own letters.
import { useSignal } from '@preact/signals'
import type { Language } from '../../domain/language.ts'
import { Picture } from '../parts/pictures.tsx'
import type { SetupTexts } from './texts.ts'

const latin = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm.:/']
const arabic = ['1234567890.-', 'ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظذأإآ']
/** Crockford's: no I, L, O, U. */
const ofCode = ['0123456789', 'ABCDEFGHJK', 'MNPQRSTVWXYZ']

export const Keyboard = ({
  keys,
  language,
  words,
  type,
  erase,
  stick,
}: {
  keys: 'code' | 'any'
  language: Language
  words: SetupTexts['keyboard']
  type: (letter: string) => void
  erase: () => void
  /** Reads it from a stick instead; null where it cannot be. */
  stick: (() => void) | null
}) => {
  const isArabic = useSignal(language === 'ar' && keys === 'any')
  const capitals = useSignal(false)
  const rows = keys === 'code' ? ofCode : isArabic.value ? arabic : latin
  return (
    <div class="keyboard" role="group" aria-label={words.label} dir="ltr">
      {rows.map((row) => (
        <div class="row" key={row}>
          {Array.from(row, (letter) => {
            const shown = capitals.value ? letter.toUpperCase() : letter
            return (
              <button type="button" key={letter} onClick={() => type(shown)}>
                {shown}
              </button>
            )
          })}
        </div>
      ))}
      <div class="row last">
        {keys === 'any' && (
          <>
            <button
              type="button"
              class="wide"
              aria-label={words.capitals}
              aria-pressed={capitals.value}
              onClick={() => {
                capitals.value = !capitals.value
              }}
            >
              <svg class="picture" viewBox="0 0 48 48" aria-hidden="true">
                <path d="M24 8 8 25h9v14h14V25h9z" />
              </svg>
            </button>
            <button
              type="button"
              class="wide"
              onClick={() => {
                isArabic.value = !isArabic.value
              }}
            >
              {isArabic.value ? 'ABC' : 'عربي'}
            </button>
            <button type="button" class="space" aria-label={words.space} onClick={() => type(' ')}>
              {words.space}
            </button>
          </>
        )}
        {stick !== null && (
          <button type="button" class="space" onClick={stick}>
            {words.stick}
          </button>
        )}
        <button type="button" class="wide" aria-label={words.erase} onClick={erase}>
          <Picture name="erase" />
        </button>
      </div>
    </div>
  )
}
