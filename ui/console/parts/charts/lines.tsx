// Lines over steps of time: each with its name at its end, gaps where there is no value.
import { scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { useState } from 'preact/hooks'
import { words } from '../../texts/words.ts'
import { apart, ChartFrame, seriesClass, spread, tableOf, useWidth, type Series } from './chart.tsx'
import { along, heightScale, Plot } from './plot.tsx'

export type LinesProps = {
  /** Says what is seen: "Notes refused per 100, last 90 days". */
  title: string
  /** The steps, as they are written below: days, months, hours. */
  x: readonly string[]
  series: readonly Series[]
  format: (value: number) => string
  /** For the few numbers at the side; `format` unless given. */
  axis?: (value: number) => string
  /** A line that should not be crossed, with its name. */
  limit?: { value: number; name: string }
  /** What a step is, as the head of the table: "Day". */
  step?: string
  heightPx?: number
}

export const Lines = ({
  title,
  x,
  series,
  format,
  axis = format,
  limit,
  step = '',
  heightPx: height = 220,
}: LinesProps) => {
  const { place, width } = useWidth()
  const [pointed, setPointed] = useState<number | null>(null)
  const direct = width >= 520 && series.length > 1
  const size = { width, height, start: 56, end: direct ? 120 : 16 }
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null))
  const most = Math.max(...all, limit?.value ?? Number.NEGATIVE_INFINITY)
  const y = heightScale(Math.min(...all, 0), Number.isFinite(most) ? most : 1, height)
  const steps = scalePoint<number>()
    .domain(x.map((_, index) => index))
    .range([size.start, width - size.end])
  const at = x.map((_, index) => steps(index) ?? size.start)
  const path = line<{ x: number; value: number | null }>()
    .defined(({ value }) => value !== null)
    .x(({ x }) => along(x, width))
    .y(({ value }) => y(value ?? 0))
  // Straight from step to step: a curve would say something of moments nobody has counted.
  const ends = series.map(({ values }) => {
    const last = values.findLastIndex((value) => value !== null)
    return { step: at[last] ?? width - size.end, height: y(values[last] ?? 0) }
  })
  const endsApart = apart(
    ends.map((end) => end.height),
    16,
    height - 24,
  )

  return (
    <ChartFrame
      title={title}
      names={direct || series.length < 2 ? [] : series.map(({ name }) => name)}
      readout={<Readout {...{ x, series, format, pointed }} />}
      table={tableOf(step === '' ? words().parts.value : step, x, series, format)}
    >
      <div class="chart-place" ref={place}>
        <Plot
          {...{ title, size, y, axis }}
          labels={spread(x.length, width - size.start - size.end).map((index) => ({
            x: at[index] ?? 0,
            text: x[index] ?? '',
          }))}
          step={{ at, pointed }}
          onStep={setPointed}
        >
          {limit !== undefined && (
            <g class="limit">
              <line
                x1={along(size.start, width)}
                x2={along(width - size.end, width)}
                y1={y(limit.value)}
                y2={y(limit.value)}
              />
              <text x={along(size.start + 6, width)} y={y(limit.value) - 5}>
                {limit.name}
              </text>
            </g>
          )}
          {series.map(({ name, values }, index) => (
            <g key={name} class={seriesClass(index)}>
              <path
                class="line"
                d={path(values.map((value, step) => ({ x: at[step] ?? 0, value }))) ?? ''}
              />
              {values.map((value, step) =>
                value !== null && (step === pointed || alone(values, step)) ? (
                  <circle key={x[step]} cx={along(at[step] ?? 0, width)} cy={y(value)} r="3.5" />
                ) : null,
              )}
              {direct && (
                <text
                  class="name"
                  x={along((ends[index]?.step ?? 0) + 8, width)}
                  y={endsApart[index]}
                  dy="0.32em"
                >
                  {name}
                </text>
              )}
            </g>
          ))}
        </Plot>
      </div>
    </ChartFrame>
  )
}

/** Between two gaps a line has no length: it is a point. */
const alone = (values: readonly (number | null)[], step: number): boolean =>
  (values[step - 1] ?? null) === null && (values[step + 1] ?? null) === null

/** What is pointed at; else the last step. */
export const Readout = ({
  x,
  series,
  format,
  pointed,
}: Pick<LinesProps, 'x' | 'series' | 'format'> & { pointed: number | null }) => {
  const step = pointed ?? x.length - 1
  const said = series.flatMap(({ name, values }) => {
    const value = values[step] ?? null
    return value === null ? [] : [{ name, value: format(value) }]
  })
  return (
    <>
      <span class="readout-step">{x[step]}</span>
      {said.map(({ name, value }) => (
        <span key={name}>
          {series.length > 1 && <small>{name} </small>}
          <bdi class="value">{value}</bdi>
        </span>
      ))}
    </>
  )
}
