// Bars of things that have names: longest first or in their own order, each with its value written beside it.
import type { ComponentChildren } from 'preact'
import { Link } from '../../router.ts'
import { words } from '../../texts/words.ts'
import { MarkShape, type Mark } from '../status.tsx'
import { ChartFrame } from './chart.tsx'

export type Bar = {
  label: string
  value: number
  /** Of the time before, or of the neighbours: a notch across the bar. */
  compared?: number
  mark?: Mark
  href?: string
  /** Smaller, behind the value. */
  more?: ComponentChildren
}

export const Bars = ({
  title,
  rows,
  format,
  names = {},
}: {
  title: string
  rows: readonly Bar[]
  format: (value: number) => string
  /** Heads of the table: what the rows are, the value, and what it is compared with. */
  names?: { row?: string; value?: string; compared?: string }
}) => {
  const longest = Math.max(...rows.flatMap(({ value, compared }) => [value, compared ?? 0]), 1)
  const comparing = rows.some(({ compared }) => compared !== undefined)
  const share = (value: number) => `${(Math.max(value, 0) / longest) * 100}%`
  const { value: valueWord } = words().parts
  return (
    <ChartFrame
      title={title}
      table={{
        heads: [
          names.row ?? '',
          names.value ?? valueWord,
          ...(comparing ? [names.compared ?? words().parts.was('')] : []),
        ],
        rows: rows.map(({ label, value, compared }) => [
          label,
          format(value),
          ...(comparing ? [compared === undefined ? '–' : format(compared)] : []),
        ]),
      }}
    >
      <ul class="bars">
        {rows.map(({ label, value, compared, mark, href, more }) => (
          <li key={label} class={href === undefined ? undefined : 'leads'} data-mark={mark}>
            <span class="bar-label">
              {mark !== undefined && <MarkShape mark={mark} />}
              {href === undefined ? (
                label
              ) : (
                <Link class="whole" href={href}>
                  {label}
                </Link>
              )}
            </span>
            <span class="bar-place" aria-hidden="true">
              <i class="bar" style={{ inlineSize: share(value) }} />
              {compared !== undefined && (
                <i class="notch" style={{ insetInlineStart: share(compared) }} />
              )}
            </span>
            <span class="bar-value">
              <bdi class="value">{format(value)}</bdi>
              {more !== undefined && <small> {more}</small>}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  )
}
