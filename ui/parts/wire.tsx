// The wire: five nodes, filled as far as the current has come, pulsing, broken or closed. The only progress indicator.
import type { Wire as WireOf } from '../kiosk/screen.ts'
import { wireNodes } from '../kiosk/screen.ts'
import type { Texts } from '../texts/texts.ts'

export const Wire = ({ wire, texts }: { wire: WireOf; texts: Texts }) => {
  const reached = wire.at === null ? -1 : wireNodes.indexOf(wire.at)
  return (
    <nav
      class="wire"
      data-state={wire.state}
      data-reached={reached}
      aria-label={texts.progress}
      style={`--reached:${reached}`}
    >
      <i class="bare" />
      <i class="charge" />
      {wire.state === 'pulsing' && <i class="spark" />}
      {wire.state === 'broken' && (
        <svg class="gap" viewBox="0 0 40 40" aria-hidden="true">
          <path d="M2 20h8l5-12M38 20h-8l-5 12" />
        </svg>
      )}
      <ol>
        {wireNodes.map((node, index) => (
          <li
            key={node}
            class={index < reached ? 'past' : index === reached ? 'here' : 'ahead'}
            aria-current={index === reached ? 'step' : undefined}
          >
            <i />
            <span>{texts.wire[node]}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
