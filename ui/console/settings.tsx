// Language and appearance of this device.
import type { Language } from '../../domain/language.ts'
import { languages } from '../../domain/language.ts'
import { ownNames } from '../texts/first-words.ts'
import { appear, appearance, appearances } from './appearance.ts'
import { language } from './texts/language.ts'
import { choose, words } from './texts/words.ts'

export const Settings = () => {
  const { frame } = words()
  return (
    <div class="settings">
      <label>
        <span>{frame.language}</span>
        <select
          value={language.value}
          onChange={({ currentTarget }) => {
            const next = languages.find((each) => each === currentTarget.value)
            if (next !== undefined) void choose(next)
          }}
        >
          {languages.map((each: Language) => (
            <option key={each} value={each} lang={each}>
              {ownNames[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{frame.appearance}</span>
        <select
          value={appearance.value}
          onChange={({ currentTarget }) => {
            const next = appearances.find((each) => each === currentTarget.value)
            if (next !== undefined) appear(next)
          }}
        >
          {appearances.map((each) => (
            <option key={each} value={each}>
              {frame.appearances[each]}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
