// The readiness report: every check with its result, before the kiosk goes into service.
import { reportWords } from '../../domain/setup/report-words.ts'
import { Shape } from '../kiosk/service/mark.tsx'
import { Value } from '../kiosk/service/value.tsx'
import { Title } from '../kiosk/title.tsx'
import type { SetupReportRow } from './setup-view.ts'
import type { PageProps, SetupStage } from './stage.ts'

export const Report = ({ page, at }: PageProps<'report'>) => {
  const { texts, view, press } = at
  const words = reportWords[view.language]
  return (
    <div class="setup-page report">
      <section class="setup-asked">
        <Title>{words.title}</Title>
        <p class="sentence" data-mark={page.ready ? 'well' : 'wrong'} role="status">
          <Shape mark={page.ready ? 'well' : 'wrong'} />
          <span>{page.ready ? words.ready : words.notReady}</span>
        </p>
      </section>
      <dl class="checks">
        {page.rows.map((row, place) => (
          <div key={place} data-mark={row.mark}>
            <dt>
              <Shape mark={row.mark} />
              {words.check[row.check]}
            </dt>
            <dd>
              <Said row={row} at={at} />
            </dd>
          </div>
        ))}
      </dl>
      <section class="after-report">
        <div class="tasks">
          {page.paper !== 'no printer' && (
            <button
              type="button"
              class="task"
              data-digit={1}
              disabled={page.paper === 'printing'}
              onClick={() => press({ type: 'choose', choice: 'print' })}
            >
              <kbd>1</kbd>
              {texts.report.print}
            </button>
          )}
          <button
            type="button"
            class="task plain"
            data-digit={2}
            onClick={() => press({ type: 'choose', choice: 'check again' })}
          >
            <kbd>2</kbd>
            {texts.report.again}
          </button>
        </div>
        {page.paper !== 'none' && (
          <p class="hint" role="status">
            {texts.report.paper[page.paper]}
          </p>
        )}
      </section>
    </div>
  )
}

/** The values of the maintenance mode, in its words. */
const Said = ({
  row: { value, mark },
  at: { service, format, view },
}: {
  row: SetupReportRow
  at: SetupStage
}) =>
  value.kind === 'time' ? (
    <>{format.date(value.at)}</>
  ) : (
    <Value
      row={{ label: 'state', value, mark }}
      reader={{ words: service, format, now: view.now }}
    />
  )
