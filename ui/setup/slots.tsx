// Where the slots of the machine are: its screen, drawn, with the seven places around it. Left and right as in the world.
import { useSignal } from '@preact/signals'
import type { SlotPlace, Slots } from '../kiosk/screen.ts'
import { Title } from '../kiosk/title.tsx'
import { Picture, type PictureName } from '../parts/pictures.tsx'
import type { PageProps } from './stage.ts'

const pictures: Record<keyof Slots, PictureName> = {
  card: 'card',
  notes: 'notes',
  bankTerminal: 'bank terminal',
  receipt: 'receipt',
}
const places: SlotPlace[] = [
  'left-high',
  'left-mid',
  'left-low',
  'right-high',
  'right-mid',
  'right-low',
  'bottom',
]

export const SlotsPage = ({ page, at: { texts, press } }: PageProps<'slots'>) => {
  const { slots, asked } = page
  const active = useSignal<keyof Slots>('card')
  return (
    <div class="setup-page slots">
      <section class="setup-asked">
        <Title>{texts.slots.title}</Title>
        <p class="hint">{texts.slots.hint}</p>
        <div class="tasks" role="group">
          {asked.map((slot, place) => (
            <button
              type="button"
              key={slot}
              class="task"
              data-digit={place + 1}
              aria-pressed={slot === active.value}
              onClick={() => {
                active.value = slot
              }}
            >
              <kbd>{place + 1}</kbd>
              <Picture name={pictures[slot]} />
              {texts.slots.slot[slot]}
            </button>
          ))}
        </div>
      </section>
      <section class="front" dir="ltr">
        <i class="glass" aria-hidden="true" />
        {places.map((place) => {
          const here = asked.filter((slot) => slots[slot] === place)
          const said = here.map((slot) => texts.slots.slot[slot]).join(', ')
          return (
            <button
              type="button"
              key={place}
              class="place"
              data-place={place}
              data-active={here.includes(active.value)}
              aria-pressed={here.includes(active.value)}
              aria-label={[texts.slots.place[place], said].filter((text) => text !== '').join(': ')}
              onClick={() => press({ type: 'slot', slot: active.peek(), place })}
            >
              {here.map((slot) => (
                <Picture key={slot} name={pictures[slot]} />
              ))}
            </button>
          )
        })}
      </section>
    </div>
  )
}
