// The first page: which language, said in each of them.
import { languages } from '../../domain/language.ts'
import { Title } from '../kiosk/title.tsx'
import { ownNames } from '../texts/first-words.ts'
import type { SetupStage } from './stage.ts'

export const LanguagePage = ({ at: { texts, press } }: { at: SetupStage }) => (
  <div class="setup-page welcome">
    <section class="setup-asked">
      <Title>{texts.language.title}</Title>
      <p class="hint">{texts.language.hint}</p>
    </section>
    <section class="own-names">
      {languages.map((language, place) => (
        <button
          type="button"
          key={language}
          class="task"
          lang={language}
          data-digit={place + 1}
          onClick={() => press({ type: 'language', language })}
        >
          <kbd>{place + 1}</kbd>
          <b>{ownNames[language]}</b>
        </button>
      ))}
    </section>
  </div>
)
