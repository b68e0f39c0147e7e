// One page of the maintenance mode: what it is about, what to do now, what is known, and what can be done.
import { Keypad } from '../../parts/keypad.tsx'
import { Title } from '../title.tsx'
import { Shape } from './mark.tsx'
import type { ServiceProps } from './part.ts'
import { Readings } from './readings.tsx'
import type { ServicePage, ServiceSentence } from './service-page.ts'
import { rowsApart, Tasks } from './tasks.tsx'
import { Typed } from './typed.tsx'

export const Service = ({ screen, part, at }: ServiceProps) => {
  const { page } = screen
  const { press, texts, format, view } = at
  const words = part.wordsOf(format)
  const reader = { words, format, now: view.now }
  // What has the whole screen lies over everything, and says it all itself.
  if (page.whole !== null) return null
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

/** Said while something is under way and nothing is to be decided. */
const whileWaiting = new Set<ServiceSentence>([
  'wait for lock',
  'waits for parties',
  'insert a card',
  'insert a note',
  'note comes back',
  'testing',
  'restarts now',
])

const waits = ({ sentence, typing, choices, confirm }: ServicePage): boolean =>
  sentence !== null &&
  whileWaiting.has(sentence) &&
  typing === null &&
  choices.length === 0 &&
  !confirm

const sizeOf = (rows: number): 'few' | 'many' => (rows > 8 ? 'many' : 'few')
