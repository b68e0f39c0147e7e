// Labels and values, one below the other.
import type { ComponentChildren } from 'preact'

export type Fact = { label: string; value: ComponentChildren }

export const Facts = ({ of }: { of: readonly Fact[] }) => (
  <dl class="facts">
    {of.map(({ label, value }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
