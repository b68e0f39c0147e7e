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

/** So many stand below each other where the screen lies, and wherever each says how it stands. */
const mostInColumn = 7

export const Tasks = ({
  page,
  reader,
  press,
}: {
  page: ServicePage
  reader: Reader
  press: (press: Press) => void
}) => {
  const { choices, typing } = page
  const stated = choices.some((choice) => rowOf(choice, page) !== undefined)
  return (
    <div class="tasks" data-few={choices.length <= mostInColumn} data-stated={stated}>
      {choices.map((choice, at) => (
        <button
          type="button"
          class="task"
          key={choice}
          onClick={() => press({ type: 'choose', choice })}
        >
          {/* While digits are typed the keypad types. */}
          {typing === null && <kbd>{at + 1}</kbd>}
          <span class="words">
            <b>
              <bdi>{reader.words.choice[choice]}</bdi>
            </b>
            <State row={rowOf(choice, page)} reader={reader} />
          </span>
        </button>
      ))}
    </div>
  )
}

const State = ({ row, reader }: { row: ServiceRow | undefined; reader: Reader }) =>
  row === undefined ? null : (
    <small class="marked" data-mark={row.mark}>
      <Shape mark={row.mark} />
      <span>
        <Value row={row} reader={reader} />
        {row.at !== undefined && ` · ${timeIn(row.at, reader)}`}
      </span>
    </small>
  )
