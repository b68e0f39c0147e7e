// One kiosk in depth: how it stands now, what happened, what wears out, and what it was told to do.
import { useAnswer } from '../asking.ts'
import { Page, type Crumb } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { tabOf, Tabs } from '../parts/tabs.tsx'
import { Id, When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { words } from '../texts/words.ts'
import { KioskCommands } from './kiosk-commands.tsx'
import { KioskNow } from './kiosk-now.tsx'
import { KioskTimeline } from './kiosk-timeline.tsx'
import { KioskTrends } from './kiosk-trends.tsx'
import { stateMarks } from './naming.ts'

const everyMs = 10_000

export const toFleet = (): Crumb => ({ href: '/fleet', label: words().fleet.title })

export const KioskPage = ({ part }: PageProps) => {
  const kiosk = part('kiosk')
  const answer = useAnswer('fleet/kiosk', { kiosk }, { everyMs })
  const { fleet } = words()
  const { tabs, label, visit } = fleet.one
  const all = [
    { key: 'now', label: tabs.now },
    { key: 'timeline', label: tabs.timeline },
    { key: 'trends', label: tabs.trends },
    { key: 'commands', label: tabs.commands },
  ]
  const shown = tabOf(all)
  const told = answer.kind === 'told' ? answer.told : null
  return (
    <Page
      title={told?.place ?? fleet.kiosk}
      crumbs={[toFleet()]}
      about={
        <span class="kiosk-line">
          <Id of={kiosk} />
          {told !== null && (
            <>
              {told.area !== null && <span>{told.area}</span>}
              <Status mark={stateMarks[told.state]} word={fleet.states[told.state]} />
              {told.line.heardAt !== null && (
                <span>
                  {fleet.one.lastHeard} <When at={told.line.heardAt} as="ago" />
                </span>
              )}
              {told.visitSince !== null && (
                <span>
                  {visit} <When at={told.visitSince} as="time" />
                </span>
              )}
            </>
          )}
        </span>
      }
    >
      <Tabs label={label} of={all} />
      {shown === 'now' && (
        <Answered answer={answer} lines={20}>
          {(here) => <KioskNow told={here} />}
        </Answered>
      )}
      {shown === 'timeline' && <KioskTimeline kiosk={kiosk} />}
      {shown === 'trends' && <KioskTrends kiosk={kiosk} />}
      {shown === 'commands' && <KioskCommands kiosk={kiosk} />}
    </Page>
  )
}
