// The maintenance key: a lock in the head of the machine, and the key that is turned in it.
import type { Bench } from './model.ts'
import type { Panel } from './panel.ts'

export const MaintenanceKey = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const { keyOn } = panel.serviceSwitch
  return (
    <button
      type="button"
      class={keyOn ? 'key-lock on' : 'key-lock'}
      role="switch"
      aria-checked={keyOn}
      aria-label="Maintenance key"
      title={keyOn ? 'Turn the key back' : 'Turn the maintenance key'}
      onClick={() => void bench.act({ type: 'service-key.turn', on: !keyOn })}
    >
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle class="ring" cx="20" cy="20" r="18" />
        <path class="marks" d="M20 1v5M39 20h-5" />
        <g class="key">
          <circle cx="20" cy="20" r="11" />
          <path d="M17.5 8h5v24h-5z" />
        </g>
      </svg>
    </button>
  )
}
