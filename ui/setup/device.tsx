// One device: its test and what that said, its model, and the line it is on, for whoever knows better than the search.
import { Readings } from '../kiosk/service/readings.tsx'
import { Shape } from '../kiosk/service/mark.tsx'
import { Title } from '../kiosk/title.tsx'
import { markOf } from './device-card.tsx'
import { Problem } from './problem.tsx'
import type { PageProps } from './stage.ts'

export const Device = ({ page, at }: PageProps<'device'>) => {
  const { texts, service, format, view, press } = at
  const { device: line, rows } = page
  const { found, tested, device } = line
  const reader = { words: service, format, now: view.now }
  return (
    <div class="setup-page device">
      <section class="setup-asked">
        <Title>{texts.device[device]}</Title>
        {view.problem !== null ? (
          <Problem at={at} />
        ) : found === null ? (
          <p class="sentence" data-mark="attention">
            <Shape mark="attention" />
            <span>{texts.assigning.missing[device]}</span>
          </p>
        ) : (
          <p class="sentence" data-mark={markOf(line)}>
            <Shape mark={markOf(line)} />
            <span>
              {texts.devices.tested[tested]}{' '}
              <bdi dir="ltr" class="said">
                {found.said}
              </bdi>
            </span>
          </p>
        )}
        {rows.length > 0 && <Readings rows={rows} reader={reader} />}
      </section>
      <section class="assigning">
        {found !== null && (
          <div class="tasks">
            <button
              type="button"
              class="task"
              data-digit={1}
              onClick={() => press({ type: 'choose', choice: 'test' })}
            >
              <kbd>1</kbd>
              {texts.assigning.test}
            </button>
            {device !== 'cardReader' && (
              <button
                type="button"
                class="task plain"
                data-digit={2}
                onClick={() => press({ type: 'choose', choice: 'leave out' })}
              >
                <kbd>2</kbd>
                {texts.assigning.leaveOut}
              </button>
            )}
          </div>
        )}
        {page.models.length > 0 && (
          <Chosen
            title={texts.assigning.models}
            all={page.models.map(({ name, called }) => ({ name, called }))}
            chosen={page.chosen}
            choose={(model) => press({ type: 'model', model })}
          />
        )}
        {page.lines.length > 0 && (
          <Chosen
            title={texts.assigning.where}
            all={page.lines.map((name) => ({ name, called: shortOf(name) }))}
            chosen={found?.line ?? null}
            choose={(name) => press({ type: 'line', line: name })}
          />
        )}
      </section>
    </div>
  )
}

const Chosen = ({
  title,
  all,
  chosen,
  choose,
}: {
  title: string
  all: { name: string; called: string }[]
  chosen: string | null
  choose: (name: string) => void
}) => (
  <div class="chosen-of" role="group" aria-label={title}>
    <h2>{title}</h2>
    <ul>
      {all.map(({ name, called }) => (
        <li key={name}>
          <button
            type="button"
            dir="ltr"
            class="task"
            aria-pressed={name === chosen}
            onClick={() => choose(name)}
          >
            {called}
          </button>
        </li>
      ))}
    </ul>
  </div>
)

/** The end of a path is what tells ports apart. */
const shortOf = (line: string): string => (line.length <= 34 ? line : `…${line.slice(-33)}`)
