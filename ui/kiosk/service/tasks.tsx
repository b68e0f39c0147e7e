// What can be done on a page: numbered by the keys of the keypad, with how it stands where that is known.
import type { Press } from '../screen.ts'
import { Shape } from './mark.tsx'
import type { ServiceChoice, ServicePage, ServiceRow } from './service-page.ts'
import { timeIn, Value, type Reader } from './value.tsx'

/** Of a row that is about one of the choices: it stands on its button, and not in the table again. */
export const rowOf = (choice: ServiceChoice, { rows }: ServicePage): ServiceRow | undefined =>
  rows.find(({ label }) => label === choice)

/** Rows that no choice is about. */
export const rowsApart = ({ rows, choices }: ServicePage): ServiceRow[] =>
  rows.filter(({ label }) => !choices.some((choice) => choice === label))

export const Tasks = ({
  page,
  reader,
  press,
}: {
  page: ServicePage
  reader: Reader
  press: (press: Press) => void
}) => (
  <div class="tasks" data-count={page.choices.length}>
    {page.choices.map((choice, at) => {
      const row = rowOf(choice, page)
      return (
        <button
          type="button"
          class="task"
          key={choice}
          onClick={() => press({ type: 'choose', choice })}
        >
          {/* While digits are typed the keypad types. */}
          {page.typing === null && <kbd>{at + 1}</kbd>}
          <span class="words">
            <b>
              <bdi>{reader.words.choice[choice]}</bdi>
            </b>
            {row !== undefined && (
              <small class="marked" data-mark={row.mark}>
                <Shape mark={row.mark} />
                <span>
                  <Value row={row} reader={reader} />
                  {row.at !== undefined && ` · ${timeIn(row.at, reader)}`}
                </span>
              </small>
            )}
          </span>
        </button>
      )
    })}
  </div>
)
