// The wire: five nodes, filled as far as the current has come, pulsing, broken or closed. The only progress indicator.
import type { Wire as WireOf } from '../kiosk/screen.ts'

export const Wire = ({
  reached,
  state,
  names,
  label,
}: {
  /** The node the current has come to, from 0; −1 before the first. */
  reached: number
  state: WireOf['state']
  /** Of the five nodes. */
  names: string[]
  label: string
}) => (
  <nav
    class="wire"
    data-state={state}
    data-reached={reached}
    aria-label={label}
    style={`--reached:${reached}`}
  >
    <i class="bare" />
    <i class="charge" />
    {state === 'pulsing' && <i class="spark" />}
    {state === 'broken' && (
      <svg class="gap" viewBox="0 0 40 40" aria-hidden="true">
        <path d="M2 20h8l5-12M38 20h-8l-5 12" />
      </svg>
    )}
    <ol>
      {names.map((name, index) => (
        <li
          key={name}
          class={index < reached ? 'past' : index === reached ? 'here' : 'ahead'}
          aria-current={index === reached ? 'step' : undefined}
        >
          <i />
          <span>{name}</span>
        </li>
      ))}
    </ol>
  </nav>
)
