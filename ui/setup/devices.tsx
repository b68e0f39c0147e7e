// All devices of the kiosk: what was found where, and what is still to be done about each.
import { Shape } from '../kiosk/service/mark.tsx'
import { Title } from '../kiosk/title.tsx'
import { DeviceCard } from './device-card.tsx'
import type { PageProps } from './stage.ts'

export const Devices = ({ page, at }: PageProps<'devices'>) => {
  const { texts, press } = at
  return (
    <div class="setup-page devices">
      <section class="setup-asked">
        <Title>{texts.devices.title}</Title>
        {page.mayGoOn ? (
          <p class="hint">{texts.devices.hint}</p>
        ) : (
          <p class="sentence" data-mark="attention">
            <Shape mark="attention" />
            <span>{texts.devices.noReader}</span>
          </p>
        )}
      </section>
      <section class="cards">
        {page.devices.map((line, place) => (
          <button
            type="button"
            key={line.device}
            class="task"
            data-digit={place + 1}
            onClick={() => press({ type: 'device', device: line.device })}
          >
            <kbd>{place + 1}</kbd>
            <DeviceCard line={line} at={at} />
          </button>
        ))}
        <button
          type="button"
          class="task plain"
          data-digit={page.devices.length + 1}
          onClick={() => press({ type: 'choose', choice: 'search again' })}
        >
          <kbd>{page.devices.length + 1}</kbd>
          {texts.devices.again}
        </button>
      </section>
    </div>
  )
}
