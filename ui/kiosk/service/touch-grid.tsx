// The touch test: every field of the glass fills where a finger was; when all are filled it is said by itself.
import { useSignal } from '@preact/signals'
import { WayButton } from '../../parts/button.tsx'
import { Title } from '../title.tsx'
import { choicesOf } from '../ways.ts'
import type { ServiceProps } from './part.ts'
import { Tasks } from './tasks.tsx'

/** Fields of about a fingertip. `card`: where the words lie, first and last column and row; what is pressed there needs no field. */
const grids = {
  standing: { columns: 7, rows: 12, card: { columns: [1, 5], rows: [4, 6] } },
  lying: { columns: 12, rows: 7, card: { columns: [3, 8], rows: [2, 4] } },
} as const

export const TouchGrid = ({ screen: { page }, part, at }: ServiceProps) => {
  const { press, texts, format, view } = at
  const words = part.wordsOf(format)
  const { columns, rows, card } = matchMedia('(min-aspect-ratio: 1/1)').matches
    ? grids.lying
    : grids.standing
  const touched = useSignal<ReadonlySet<number>>(new Set())
  const fields = Array.from({ length: columns * rows }, (_, field) => field).filter((field) => {
    const [column, row] = [field % columns, Math.floor(field / columns)]
    return !(
      column >= card.columns[0] &&
      column <= card.columns[1] &&
      row >= card.rows[0] &&
      row <= card.rows[1]
    )
  })
  const left = fields.filter((field) => !touched.value.has(field)).length

  const touch = ({ clientX, clientY, buttons }: PointerEvent): void => {
    if (buttons === 0) return
    const column = Math.floor((clientX / innerWidth) * columns)
    const row = Math.floor((clientY / innerHeight) * rows)
    const field = row * columns + column
    if (touched.value.has(field)) return
    const all = new Set(touched.value).add(field)
    touched.value = all
    if (fields.every((each) => all.has(each))) press({ type: 'choose', choice: 'seen' })
  }

  const place = (field: number) =>
    `grid-area: ${Math.floor(field / columns) + 1} / ${(field % columns) + 1}`
  return (
    <div
      class="touch-grid"
      style={`--columns:${columns};--rows:${rows}`}
      onPointerDown={touch}
      onPointerMove={touch}
    >
      {fields.map((field) => (
        <i key={field} class={touched.value.has(field) ? 'lit' : ''} style={place(field)} />
      ))}
      <div
        class="card-of-test"
        style={`grid-area: ${card.rows[0] + 1} / ${card.columns[0] + 1} / ${card.rows[1] + 2} / ${card.columns[1] + 2}`}
      >
        <Title>{words.sentence['touch every field']}</Title>
        <p>{words.fieldsLeft(left)}</p>
        <div class="ways-of-test">
          {page.back && (
            <WayButton kind="back" press={() => press({ type: 'cancel' })}>
              {texts.back}
            </WayButton>
          )}
          <Tasks
            page={{ ...page, rows: [], choices: choicesOf(page) }}
            reader={{ words, format, now: view.now }}
            press={press}
          />
        </div>
      </div>
    </div>
  )
}
