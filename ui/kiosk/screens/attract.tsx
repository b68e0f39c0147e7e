// Nobody is here: what to do first, in each language in turn, where the card goes, and what one can pay with right now.
import type { ReadonlySignal } from '@preact/signals'
import { languages } from '../../../domain/language.ts'
import { Note } from '../../parts/note.tsx'
import { Picture } from '../../parts/pictures.tsx'
import { tenderPictures, tendersShown } from '../../parts/tenders.ts'
import { directions, insertCard } from '../../texts/first-words.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const Attract = ({
  screen,
  at,
  turn,
}: ScreenProps<'attract'> & {
  /** Grows every few seconds; another language speaks louder each time. */
  turn: ReadonlySignal<number>
}) => {
  const { view, texts, format } = at
  const offered = view.languages ?? languages
  const first = offered.indexOf(view.language)
  const loud = offered[(Math.max(0, first) + turn.value) % offered.length] ?? view.language
  const cash = screen.tenders.some((offer) => offer.tender === 'cash' && offer.works)
  return (
    <>
      <section class="known invitation">
        <Title>
          {[loud, ...offered.filter((language) => language !== loud)].map((language, index) => (
            <span
              key={language}
              class={index === 0 ? 'loud' : 'soft'}
              lang={language}
              dir={directions[language]}
            >
              {insertCard[language]}
            </span>
          ))}
        </Title>
      </section>
      <section class="answers offers">
        <h2>{texts.attract.payWith}</h2>
        <ul class="tenders">
          {tendersShown(screen.tenders).map((offer) => (
            <li key={offer.tender} class={offer.works ? 'works' : 'not'}>
              <Picture name={tenderPictures[offer.tender]} />
              <span>
                <b>{texts.tenders[offer.tender]}</b>
                {!offer.works && <small>{texts.tenderTrouble[offer.why]}</small>}
              </span>
            </li>
          ))}
        </ul>
        {screen.tenders.every((offer) => !offer.works) && (
          <p class="notice attention">
            <Picture name="attention" />
            <span>{texts.outOfService['no tender works'].todo}</span>
          </p>
        )}
        {cash && (
          <p class="taken">
            <span>{texts.attract.notes}</span>
            <span class="row">
              {screen.denominations.map((value) => (
                <Note key={value} value={value} format={format} />
              ))}
            </span>
          </p>
        )}
        <p class="paper-state">
          <Picture name={screen.receipts === 'on paper' ? 'receipt' : 'information'} />
          {texts.attract.receipts[screen.receipts]}
        </p>
      </section>
    </>
  )
}
