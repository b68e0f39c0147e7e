// What is known, as a table that breathes: what it is, how much, and how that stands. Notes that were counted stand in columns.
import type { Format } from '../../parts/format.ts'
import { Note } from '../../parts/note.tsx'
import { Mark, Shape } from './mark.tsx'
import type { ServiceRow } from './service-page.ts'
import type { ServiceTexts } from './texts.ts'
import { signed, timeIn, Value, type NotesValue, type Reader } from './value.tsx'

export const Readings = ({ rows, reader }: { rows: ServiceRow[]; reader: Reader }) => {
  const notes = rows.filter(isNotes)
  const kinds = new Set(notes.map(({ label }) => label))
  const inColumns = kinds.size > 1
  const sums = rows.filter(({ label, value }) => value.kind === 'money' && kinds.has(label))
  const plain = rows.filter((row) => !isNotes(row) && !(inColumns && sums.includes(row)))
  return (
    <>
      {inColumns && <Columns notes={notes} sums={sums} reader={reader} />}
      {plain.length > 0 && (
        <table class="readings">
          <tbody>
            {plain.map((row, at) => (
              <Reading
                key={at}
                row={row}
                more={plain[at - 1]?.label === row.label}
                reader={reader}
              />
            ))}
          </tbody>
        </table>
      )}
      {!inColumns && notes.length > 0 && <Stacks notes={notes} reader={reader} />}
    </>
  )
}

type NotesRow = ServiceRow & { value: NotesValue }
const isNotes = (row: ServiceRow): row is NotesRow => row.value.kind === 'notes'

const Reading = ({
  row,
  more,
  reader,
}: {
  row: ServiceRow
  /** One more of what the row above is about: that is said once. */
  more: boolean
  reader: Reader
}) => {
  const { value, label, mark } = row
  const name = labelIn(label, reader.words)
  const written = <Value row={row} reader={reader} />
  // What to do is a sentence: it has the whole width, under what it is about.
  if (value.kind === 'fault' && value.say === 'what to do') {
    return (
      <tr class="advice">
        <td colSpan={2}>
          <span class="told">{written}</span>
        </td>
      </tr>
    )
  }
  return (
    <tr data-mark={mark}>
      <th scope="row" aria-label={name}>
        {more ? '' : name}
      </th>
      <td>
        <span class="value">
          <span>
            {written}
            {row.at !== undefined && <small class="when">{timeIn(row.at, reader)}</small>}
          </span>
          <Mark mark={mark} words={reader.words} />
        </span>
      </td>
    </tr>
  )
}

const labelIn = (label: ServiceRow['label'], words: ServiceTexts): string => {
  const named: Partial<Record<ServiceRow['label'], string>> = words.label
  const chosen: Partial<Record<ServiceRow['label'], string>> = words.choice
  return named[label] ?? chosen[label] ?? label
}

/** One kind of figure for each value of note: the notes themselves, side by side. */
const Stacks = ({ notes, reader }: { notes: NotesRow[]; reader: Reader }) => {
  const [first] = notes
  if (first === undefined) return null
  return (
    <div class="stacks">
      <p>{labelIn(first.label, reader.words)}</p>
      <ul>
        {notes.map((row) => (
          <li key={row.value.value}>
            <Value row={row} reader={reader} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Several figures for each value of note, such as expected, counted and the difference. */
const Columns = ({
  notes,
  sums,
  reader,
}: {
  notes: NotesRow[]
  sums: ServiceRow[]
  reader: Reader
}) => {
  const { words, format } = reader
  const labels = [...new Set(notes.map(({ label }) => label))]
  const values = [...new Set(notes.map(({ value }) => value.value))]
  const at = (label: NotesRow['label'], value: NotesValue['value']) =>
    notes.find((row) => row.label === label && row.value.value === value)
  return (
    <table class="columns">
      <thead>
        <tr>
          <th scope="col">{words.note}</th>
          {labels.map((label) => (
            <th scope="col" key={label}>
              {labelIn(label, words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value}>
            <th scope="row">
              <Note value={value} format={format} />
            </th>
            {labels.map((label) => (
              <Figure key={label} row={at(label, value)} />
            ))}
          </tr>
        ))}
      </tbody>
      {sums.length > 0 && <Sums labels={labels} sums={sums} words={words} format={format} />}
    </table>
  )
}

const Figure = ({ row }: { row: NotesRow | undefined }) => (
  <td data-mark={row?.mark ?? 'quiet'}>
    {row !== undefined && (
      <span class="marked">
        {row.mark !== 'well' && <Shape mark={row.mark} />}
        <bdi dir="ltr">{signed(row.value.count)}</bdi>
      </span>
    )}
  </td>
)

const Sums = ({
  labels,
  sums,
  words,
  format,
}: {
  labels: ServiceRow['label'][]
  sums: ServiceRow[]
  words: ServiceTexts
  format: Format
}) => (
  <tfoot>
    <tr>
      <th scope="row">{words.together}</th>
      {labels.map((label) => {
        const sum = sums.find((row) => row.label === label)
        return (
          <td key={label} data-mark={sum?.mark ?? 'quiet'}>
            {sum?.value.kind === 'money' && format.money(sum.value.value)}
          </td>
        )
      })}
    </tr>
  </tfoot>
)
