// What every chart has: a title that says what is seen, a line that reads out what is pointed at, and a table that says the same.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from '../../router.ts'
import { words } from '../../texts/words.ts'

/** Values along the same steps; null: there is none, and the line has a gap. */
export type Series = { name: string; values: readonly (number | null)[] }

export type ChartTable = {
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** Where each row leads: the way into a column of the chart for those without a mouse. */
  hrefs?: readonly (string | null)[]
}

export const ChartFrame = ({
  title,
  readout,
  table,
  names = [],
  children,
}: {
  title: string
  /** What is pointed at now, or what is said when nothing is. */
  readout?: ComponentChildren
  table: ChartTable
  /** Of the series, in their order, where they have no room beside their lines. */
  names?: readonly string[]
  children: ComponentChildren
}) => (
  <figure class="chart">
    <figcaption>
      <span class="chart-title">{title}</span>
      {readout !== undefined && <span class="readout">{readout}</span>}
    </figcaption>
    {names.length > 0 && (
      <ul class="chart-key">
        {names.map((name, index) => (
          <li key={name}>
            <i class={seriesClass(index)} />
            {name}
          </li>
        ))}
      </ul>
    )}
    {children}
    <details>
      <summary>{words().parts.asTable}</summary>
      <div class="table chart-table" role="group" aria-label={title} tabIndex={0}>
        <table aria-label={title}>
          <thead>
            <tr>
              {table.heads.map((head, index) => (
                <th key={head} scope="col" class={index === 0 ? undefined : 'end'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, step) => (
              <tr key={row[0]}>
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key={table.heads[index]} scope="row">
                      <RowName name={cell} href={table.hrefs?.[step] ?? null} />
                    </th>
                  ) : (
                    <td key={table.heads[index]} class="end" data-label={table.heads[index]}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  </figure>
)

const RowName = ({ name, href }: { name: string; href: string | null }) =>
  href === null ? name : <Link href={href}>{name}</Link>

export const seriesClass = (index: number): string => `series series-${(index % 6) + 1}`

/** How wide the place of a chart is, in pixels; a guess until it is measured, so that nothing jumps far. */
export const useWidth = () => {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useEffect(() => {
    const measured = place.current
    if (measured === null) return undefined
    const observer = new ResizeObserver(() => setWidth(Math.max(measured.clientWidth, 120)))
    observer.observe(measured)
    return () => observer.disconnect()
  }, [])
  return { place, width }
}

/** Labels of steps that fit side by side: every n-th of them. */
export const spread = (count: number, width: number, each = 64): number[] => {
  const step = Math.max(1, Math.ceil((count * each) / Math.max(width, 1)))
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step)
}

/** Moves labels apart that would lie on each other: same order, `gap` pixels at least. */
export const apart = (wanted: readonly number[], gap: number, lowest: number): number[] => {
  const order = wanted.map((y, index) => ({ y, index })).sort((one, other) => one.y - other.y)
  const placed = wanted.map(() => 0)
  let above = Number.NEGATIVE_INFINITY
  for (const { y, index } of order) {
    above = Math.max(y, above + gap)
    placed[index] = above
  }
  let below = lowest + gap
  for (const { index } of order.reverse()) {
    below = Math.min(placed[index] ?? 0, below - gap)
    placed[index] = below
  }
  return placed
}

/** The steps of several series as a table, newest last. */
export const tableOf = (
  head: string,
  x: readonly string[],
  series: readonly Series[],
  format: (value: number) => string,
): ChartTable => ({
  heads: [head, ...series.map(({ name }) => name)],
  rows: x.map((label, step) => [
    label,
    ...series.map(({ values }) => {
      const value = values[step] ?? null
      return value === null ? '–' : format(value)
    }),
  ]),
})
