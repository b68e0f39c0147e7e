// Banknotes as drawings: the ones that are in, side by side, as they lie in the hand.
import type { Minor } from '../../domain/money.ts'
import type { Format } from './format.ts'

export const Note = ({ value, format }: { value: Minor; format: Format }) => (
  <span class="note" data-value={value}>
    <i />
    <bdi dir="ltr">{faceOf(value, format)}</bdi>
    <i />
  </span>
)

/** Notes of one value lie on each other with their number; the values stand in a row, the last one in first. */
export const Notes = ({
  values,
  format,
  label,
}: {
  values: Minor[]
  format: Format
  label: string
}) => (
  <ul class="notes" aria-label={label}>
    {stacks(values).map(({ value, count }) => (
      <li key={value} class="stack" data-more={count > 1}>
        {count > 1 && <b dir="ltr">{count} ×</b>}
        <Note value={value} format={format} />
      </li>
    ))}
  </ul>
)

const stacks = (values: Minor[]): { value: Minor; count: number }[] =>
  [...new Set(values)]
    .sort((one, other) => other - one)
    .map((value) => ({ value, count: values.filter((each) => each === value).length }))

/** A note says whole units; there are no notes of hundredths. */
const faceOf = (value: Minor, format: Format): string =>
  format.wholeParts(Math.round(value / 100)).number
