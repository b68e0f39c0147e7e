// Few big numbers, each with its label, what it is compared with, and the way to what it is made of.
import type { ComponentChildren } from 'preact'
import { Link } from '../router.ts'
import { MarkShape, type Mark } from './status.tsx'

export type Figure = {
  label: string
  value: ComponentChildren
  /** Smaller, below: "4 % more than in October". */
  compared?: ComponentChildren
  mark?: Mark
  /** The transactions it is made of. */
  href?: string
}

export const Figures = ({ of, label }: { of: readonly Figure[]; label?: string }) => (
  <dl class="figures" aria-label={label}>
    {of.map(({ label, value, compared, mark, href }) => (
      <div key={label} class={href === undefined ? 'figure' : 'figure leads'} data-mark={mark}>
        <dt>
          {mark !== undefined && <MarkShape mark={mark} />}
          {label}
        </dt>
        <dd>
          {href === undefined ? (
            value
          ) : (
            <Link class="whole" href={href}>
              {value}
            </Link>
          )}
        </dd>
        {compared !== undefined && <dd class="compared">{compared}</dd>}
      </div>
    ))}
  </dl>
)
