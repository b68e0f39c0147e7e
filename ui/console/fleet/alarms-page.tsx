// Alarms of all kiosks and of the centre: what stands, the gravest first, and what is over.
import { useAnswer } from '../asking.ts'
import { Choice } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { More } from '../parts/table.tsx'
import { tabOf, Tabs } from '../parts/tabs.tsx'
import { where } from '../router.ts'
import { words } from '../texts/words.ts'
import { AlarmsTable } from './alarms-table.tsx'
import { toFleet } from './kiosk-page.tsx'
import { severityName } from './naming.ts'

const everyMs = 15_000

export const AlarmsPage = () => {
  const { fleet } = words()
  const { alarms } = fleet
  const { query } = where.value
  const all = [
    { key: 'open', label: alarms.tabs.open },
    { key: 'over', label: alarms.tabs.over },
  ]
  const show = tabOf(all) === 'over' ? 'over' : 'open'
  const unknown = query.get('unknown') === 'yes' ? 'yes' : 'no'
  const severity = query.get('severity') ?? undefined
  const from = query.get('after') ?? undefined
  const answer = useAnswer('fleet/alarms', { show, unknown, severity, from }, { everyMs })
  return (
    <Page title={alarms.title} about={alarms.about} crumbs={[toFleet()]}>
      <Tabs label={alarms.label} of={all} />
      <Filters label={alarms.filters}>
        <Choice
          name="severity"
          label={fleet.filters.severity}
          value={severity ?? ''}
          any
          options={['4', '3', '2'].map((value) => ({ value, label: severityName(Number(value)) }))}
        />
        {show === 'open' && (
          <Choice
            name="unknown"
            label={fleet.filters.need}
            value={unknown === 'yes' ? unknown : ''}
            any
            options={[{ value: 'yes', label: alarms.onlyUnknown }]}
          />
        )}
      </Filters>
      <Answered answer={answer} lines={12}>
        {({ rows, next }) => (
          <>
            <AlarmsTable rows={rows} empty={show === 'open' ? alarms.empty : alarms.emptyOver} />
            <More next={next} />
          </>
        )}
      </Answered>
    </Page>
  )
}
