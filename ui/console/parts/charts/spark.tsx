// A line the size of a word: which way something goes. The words beside it say the value.
import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { along } from './plot.tsx'

const width = 96
const height = 24

export const Spark = ({
  values,
  label,
}: {
  values: readonly (number | null)[]
  /** What it shows, and which way it goes, in words. */
  label: string
}) => {
  const all = values.filter((value) => value !== null)
  const y = scaleLinear()
    .domain([Math.min(...all, 0), Math.max(...all, 1)])
    .range([height - 3, 3])
  const x = scalePoint<number>()
    .domain(values.map((_, step) => step))
    .range([3, width - 5])
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, step) => along(x(step) ?? 0, width))
    .y((value) => y(value ?? 0))
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg class="spark" width={width} height={height} role="img" aria-label={label}>
      <path d={path(values) ?? ''} />
      {last >= 0 && <circle cx={along(x(last) ?? 0, width)} cy={y(values[last] ?? 0)} r="2.5" />}
    </svg>
  )
}
