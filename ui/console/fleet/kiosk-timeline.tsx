// What happened at a kiosk, one line of time: faults, alarms, visits, cash boxes, commands and their answers, its line.
import { timelineKinds } from '../../../domain/console/fleet-words.ts'
import type { TimelineRow } from '../../../domain/console/fleet.ts'
import { useAnswer } from '../asking.ts'
import { Choice } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { More } from '../parts/table.tsx'
import { Timeline, type TimelineEvent } from '../parts/timeline.tsx'
import { where } from '../router.ts'
import { words } from '../texts/words.ts'
import {
  alarmName,
  answerMark,
  answerName,
  deviceName,
  operationName,
  severityMark,
  wordIn,
} from './naming.ts'

export const KioskTimeline = ({ kiosk }: { kiosk: string }) => {
  const { timeline } = words().fleet
  const { query } = where.value
  const kind = query.get('kinds') ?? ''
  const after = query.get('after') ?? undefined
  const answer = useAnswer(
    'fleet/timeline',
    { kiosk, ...(kind === '' ? {} : { kinds: kind }), after },
    after === undefined ? { everyMs: 15_000 } : {},
  )
  return (
    <Section title={timeline.title}>
      <Filters label={timeline.title}>
        <Choice
          name="kinds"
          label={timeline.show}
          value={kind}
          any={timeline.all}
          options={timelineKinds.map((value) => ({ value, label: timeline.kinds[value] }))}
        />
      </Filters>
      <Answered answer={answer} lines={16}>
        {({ rows, next }) => (
          <>
            {rows.length === 0 && <p class="empty">{timeline.empty}</p>}
            <Timeline label={timeline.title} of={rows.map(eventOf)} />
            <More next={next} />
          </>
        )}
      </Answered>
    </Section>
  )
}

const eventOf = (row: TimelineRow): TimelineEvent => ({ key: row.id, at: row.at, ...toldOf(row) })

const toldOf = (row: TimelineRow): Omit<TimelineEvent, 'key' | 'at'> => {
  const { timeline, alarms } = words().fleet
  const { sources } = timeline
  switch (row.what) {
    case 'raised':
    case 'cleared':
      return faultTold(row)
    case 'acknowledged':
      return {
        title: timeline.acknowledged(alarmName(row.device, row.code)),
        told: (
          <p>
            {timeline.by(row.by)}
            {row.note !== null && `: ${row.note}`}
          </p>
        ),
        source: sources.office,
      }
    case 'done on site':
      return {
        title: wordIn(timeline.done, row.code),
        mark: row.code === 'locked out' ? 'attention' : 'quiet',
        source: sources.kiosk,
      }
    case 'ordered':
      return { title: timeline.ordered(operationName(row.op), row.by), source: sources.office }
    case 'answered':
      return {
        title: timeline.answered(operationName(row.op), answerName(row.st, row.code)),
        mark: answerMark(row.st),
        source: sources.kiosk,
      }
    case 'line':
      return {
        title: row.st === 'online' ? timeline.online : timeline.offlineNow,
        told: <p>{wordIn(timeline.why, row.why)}</p>,
        mark: row.st === 'online' ? 'well' : 'attention',
        source: sources.centre,
      }
    case 'box':
      return {
        title: wordIn(timeline.boxStates, row.state),
        told: (
          <p>
            {[
              ...(row.box === null ? [] : [timeline.boxNumber(row.box)]),
              ...(row.person === null ? [] : [timeline.person(row.person)]),
            ].join(' · ')}
          </p>
        ),
        source: sources.kiosk,
      }
    default:
      return { title: alarms.title }
  }
}

const faultTold = (
  row: Extract<TimelineRow, { what: 'raised' | 'cleared' }>,
): Omit<TimelineEvent, 'key' | 'at'> => {
  const { timeline, alarms } = words().fleet
  const name = alarmName(row.device, row.code)
  const isPerson = row.by !== null && !Object.hasOwn(alarms.clearedBy, row.by)
  const more = [
    deviceName(row.device),
    ...(row.times > 1 ? [timeline.times(row.times)] : []),
    ...(row.offline ? [timeline.offline] : []),
    ...(isPerson ? [timeline.clearedBy(row.by ?? '')] : []),
  ]
  return {
    title: row.what === 'raised' ? timeline.raised(name) : timeline.cleared(name),
    mark: row.what === 'raised' ? severityMark(row.severity) : 'well',
    told: <p>{more.join(' · ')}</p>,
    source: row.kind === 'alarm' ? timeline.sources.centre : timeline.sources.kiosk,
  }
}
