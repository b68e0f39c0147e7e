// The cash collection plan: day by day and region by region, to be printed or taken along as CSV.
import type {
  CollectionDay,
  CollectionStop,
  CollectionTold,
} from '../../../domain/console/fleet-cash.ts'
import { useAnswer } from '../asking.ts'
import { Choice } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Day, Id, Money } from '../parts/values.tsx'
import { hrefTo, Link, where } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { csvOf, saveText } from './csv.ts'
import { Gauge } from './gauge.tsx'
import { toFleet } from './kiosk-page.tsx'

const spans = ['1', '3', '7', '14']

export const CollectionPage = () => {
  const { fleet } = words()
  const { cash } = fleet
  const { query } = where.value
  const asked = query.get('days') ?? ''
  const days = spans.includes(asked) ? asked : '7'
  const area = query.get('area') ?? undefined
  const answer = useAnswer('fleet/collection', { days, area })
  return (
    <Page
      title={cash.title}
      about={cash.about}
      crumbs={[toFleet()]}
      actions={
        answer.kind === 'told' && (
          <>
            <button type="button" class="button" onClick={() => print()}>
              {cash.print}
            </button>
            <button type="button" class="button" onClick={() => save(answer.told)}>
              {cash.csv}
            </button>
          </>
        )
      }
    >
      <Filters label={cash.filters}>
        <Choice
          name="days"
          label={cash.days}
          value={days}
          options={spans.map((value) => ({ value, label: fleet.wear.days(Number(value)) }))}
        />
        <Choice
          name="area"
          label={fleet.region}
          value={area ?? ''}
          any
          options={(answer.kind === 'told' ? answer.told.areas : []).map((each) => ({
            value: String(each.area),
            label: each.name,
          }))}
        />
      </Filters>
      {!may('see cash') && <Note>{cash.blind}</Note>}
      <Answered answer={answer} lines={14}>
        {(told) => <Plan told={told} />}
      </Answered>
    </Page>
  )
}

const Plan = ({ told }: { told: CollectionTold }) => {
  const { fleet } = words()
  const { cash } = fleet
  const assumed = told.days.some(({ areas }) =>
    areas.some(({ stops }) => stops.some((it) => it.assumed)),
  )
  return (
    <>
      {told.days.map((day) => (
        <DayPlan key={day.day} of={day} />
      ))}
      {told.later > 0 && <p class="about">{cash.later(told.later)}</p>}
      {told.unknown.length > 0 && (
        <details>
          <summary>{cash.unknown(told.unknown.length)}</summary>
          <ul class="plain-list">
            {told.unknown.map(({ kiosk, place }) => (
              <li key={kiosk}>
                <Link href={hrefTo(['fleet', 'kiosks', kiosk])}>{place}</Link> <Id of={kiosk} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {assumed && <p class="about">{fleet.assumed}</p>}
    </>
  )
}

const DayPlan = ({ of }: { of: CollectionDay }) => {
  const { fleet } = words()
  const { cash } = fleet
  const { weekday, day } = format()
  return (
    <Section
      title={`${weekday(of.day)}, ${day(of.day)}`}
      about={
        of.stops === 0 ? (
          cash.nothing
        ) : (
          <>
            {cash.stops(of.stops)}
            {of.expectedValue !== null && (
              <>
                {' · '}
                {cash.expected} <Money of={of.expectedValue} />
              </>
            )}
          </>
        )
      }
      bare
    >
      {of.areas.map(({ area, name, stops }) => (
        <div class="collection-area" key={area ?? 'none'}>
          <h3>{name ?? fleet.noRegion}</h3>
          <Table
            label={`${name ?? fleet.noRegion}, ${day(of.day)}`}
            columns={columnsOf(of.expectedValue !== null)}
            rows={stops}
            rowKey={({ kiosk }) => kiosk}
            rowHref={({ kiosk }) => hrefTo(['fleet', 'kiosks', kiosk])}
          />
        </div>
      ))}
    </Section>
  )
}

const marks: Record<CollectionStop['why'], Mark> = {
  'full now': 'wrong',
  'would be full': 'attention',
  'might be full': 'attention',
  'long in': 'quiet',
}

const columnsOf = (withSums: boolean): Column<CollectionStop>[] => {
  const { fleet } = words()
  const { cash } = fleet
  const { percent } = format()
  const value: Column<CollectionStop> = {
    key: 'value',
    label: cash.value,
    end: true,
    cell: ({ expectedValue }) => (expectedValue === null ? null : <Money of={expectedValue} />),
  }
  return [
    {
      key: 'place',
      label: fleet.kiosk,
      cell: ({ kiosk, place, order }) => (
        <span class="named">
          <b>
            {order}. {place}
          </b>
          <small>
            <Id of={kiosk} />
          </small>
        </span>
      ),
    },
    {
      key: 'why',
      label: cash.whyHead,
      cell: ({ why }) => <Status mark={marks[why]} word={cash.why[why]} />,
    },
    {
      key: 'full',
      label: fleet.box,
      cell: ({ percent: full, assumed }) => (
        <Gauge of={full / 100} word={`${assumed ? '≈ ' : ''}${percent(full / 100)}`} />
      ),
    },
    {
      key: 'day',
      label: cash.fullOn,
      cell: ({ full }) => (full.kind === 'known' ? <Day of={full.day} /> : null),
    },
    {
      key: 'notes',
      label: cash.notes,
      end: true,
      cell: ({ expectedNotes }) => <Count of={expectedNotes} />,
    },
    ...(withSums ? [value] : []),
  ]
}

const save = (told: CollectionTold): void => {
  const { fleet } = words()
  const { cash } = fleet
  const stops = told.days.flatMap(({ day, areas }) =>
    areas.flatMap(({ name, stops: here }) => here.map((stop) => ({ day, name, stop }))),
  )
  const withSums = stops.some(({ stop }) => stop.expectedValue !== null)
  const heads = [
    cash.day,
    fleet.region,
    cash.order,
    fleet.kiosk,
    fleet.place,
    cash.whyHead,
    cash.early,
    cash.late,
    cash.notes,
    ...(withSums ? [cash.value] : []),
  ]
  const rows = stops.map(({ day, name, stop }) => [
    day,
    name ?? '',
    stop.order,
    stop.kiosk,
    stop.place,
    cash.why[stop.why],
    stop.full.kind === 'known' ? stop.full.early : '',
    stop.full.kind === 'known' ? (stop.full.late ?? '') : '',
    stop.expectedNotes,
    ...(withSums ? [((stop.expectedValue ?? 0) / 100).toFixed(2)] : []),
  ])
  saveText(`${cash.file}-${told.days[0]?.day ?? ''}.csv`, csvOf([heads, ...rows]))
}
