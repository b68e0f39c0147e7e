// One page of the maintenance mode: what it is about, what to do now, what is known, and what can be done.
import { Keypad } from '../../parts/keypad.tsx'
import type { Stage } from '../stage.ts'
import { Title } from '../title.tsx'
import { Shape } from './mark.tsx'
import { Readings } from './readings.tsx'
import type { ServicePage, ServiceScreen } from './service-page.ts'
import { rowsApart, Tasks } from './tasks.tsx'
import type { ServiceTexts } from './texts.ts'
import { Typed } from './typed.tsx'

export const Service = ({
  screen,
  words,
  at,
}: {
  screen: ServiceScreen
  words: ServiceTexts
  at: Stage
}) => {
  const { page } = screen
  const { press, texts, format, view } = at
  const reader = { words, format, now: view.now }
  const rows = rowsApart(page)
  const tasks = page.choices.length > 0 && <Tasks page={page} reader={reader} press={press} />
  return (
    // Another page begins anew: the focus goes to its heading, not to the button that stands where the last one stood.
    <div class="service" key={page.title} data-title={page.title} data-rows={sizeOf(rows.length)}>
      <section class="known">
        <Title>{words.title[page.title]}</Title>
        {page.sentence !== null && (
          <p class="sentence" data-mark={page.mark} role="status">
            <Shape mark={page.mark} />
            <span>{words.sentence[page.sentence]}</span>
          </p>
        )}
        {page.typing !== null && <Typed typing={page.typing} reader={reader} />}
        {rows.length > 0 && <Readings rows={rows} reader={reader} />}
        {waits(page) && <i class="current" aria-hidden="true" />}
        {page.typing !== null && tasks}
      </section>
      {page.typing !== null ? (
        <section class="answers">
          <Keypad
            label={texts.amount.digits}
            eraseLabel={texts.amount.erase}
            digit={(digit) => press({ type: 'digit', digit })}
            erase={() => press({ type: 'erase' })}
          />
        </section>
      ) : (
        tasks !== false && <section class="answers">{tasks}</section>
      )}
    </div>
  )
}

/** Something is under way, and there is nothing to press but perhaps the way back. */
const waits = ({ typing, choices, confirm, whole }: ServicePage): boolean =>
  typing === null && choices.length === 0 && !confirm && whole === null

const sizeOf = (rows: number): 'few' | 'many' => (rows > 8 ? 'many' : 'few')
