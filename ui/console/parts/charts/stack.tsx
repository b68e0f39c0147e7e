// Columns over steps of time, of one part or of several on top of each other; each may lead to what it is made of.
import { scaleBand } from 'd3-scale'
import { useState } from 'preact/hooks'
import { go } from '../../router.ts'
import { words } from '../../texts/words.ts'
import { ChartFrame, seriesClass, spread, tableOf, useWidth, type Series } from './chart.tsx'
import { Readout, type LinesProps } from './lines.tsx'
import { along, heightScale, Plot } from './plot.tsx'

export type StackProps = Omit<LinesProps, 'limit'> & {
  /** Where a press on the column of a step leads; its row in the table leads there too. */
  hrefOf?: (step: number) => string | null
}

export const Stack = ({
  title,
  x,
  series,
  format,
  axis = format,
  step = '',
  heightPx: height = 220,
  hrefOf,
}: StackProps) => {
  const { place, width } = useWidth()
  const [pointed, setPointed] = useState<number | null>(null)
  const size = { width, height, start: 56, end: 12 }
  const sums = x.map((_, index) =>
    series.reduce((sum, { values }) => sum + Math.max(values[index] ?? 0, 0), 0),
  )
  const falls = x.map((_, index) =>
    series.reduce((sum, { values }) => sum + Math.min(values[index] ?? 0, 0), 0),
  )
  const y = heightScale(Math.min(...falls, 0), Math.max(...sums, 0), height)
  const bands = scaleBand<number>()
    .domain(x.map((_, index) => index))
    .range([size.start, width - size.end])
    .paddingInner(x.length > 60 ? 0.1 : 0.24)
    .paddingOuter(0.1)
  const middle = (index: number) => (bands(index) ?? 0) + bands.bandwidth() / 2
  const at = x.map((_, index) => middle(index))
  const shown =
    series.length > 1 ? [...series, { name: words().parts.total, values: sums }] : series

  return (
    <ChartFrame
      title={title}
      names={series.length < 2 ? [] : series.map(({ name }) => name)}
      readout={<Readout x={x} series={shown} {...{ format, pointed }} />}
      table={{
        ...tableOf(step === '' ? words().parts.value : step, x, shown, format),
        hrefs: x.map((_, index) => hrefOf?.(index) ?? null),
      }}
    >
      <div class="chart-place" ref={place}>
        <Plot
          {...{ title, size, y, axis }}
          labels={spread(x.length, width - size.start - size.end).map((index) => ({
            x: middle(index),
            text: x[index] ?? '',
          }))}
          step={{ at, pointed }}
          onStep={setPointed}
        >
          {x.map((label, index) => {
            const href = hrefOf?.(index) ?? null
            return (
              <g
                key={label}
                class={[index === pointed && 'pointed-column', href !== null && 'leads']
                  .filter(Boolean)
                  .join(' ')}
                onClick={() => {
                  if (href !== null) go(href)
                }}
              >
                {partsOf(series, index).map(({ part, from, to }) => (
                  <rect
                    key={part}
                    class={seriesClass(part)}
                    x={along(middle(index), width) - bands.bandwidth() / 2}
                    width={bands.bandwidth()}
                    y={y(Math.max(from, to))}
                    height={Math.max(Math.abs(y(from) - y(to)) - (series.length > 1 ? 1 : 0), 0)}
                  />
                ))}
              </g>
            )
          })}
        </Plot>
      </div>
    </ChartFrame>
  )
}

/** What rises above nothing is piled up, what falls below it is piled down. */
const partsOf = (series: readonly Series[], step: number) => {
  let up = 0
  let down = 0
  return series.flatMap(({ values }, part) => {
    const value = values[step] ?? 0
    if (value === 0) return []
    const from = value > 0 ? up : down
    const to = from + value
    if (value > 0) up = to
    else down = to
    return [{ part, from, to }]
  })
}
