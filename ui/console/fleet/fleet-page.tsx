// The fleet at a glance: how many kiosks stand how, and those that somebody has to look at first.
import {
  fleetDevices,
  kioskStates,
  needs,
  type KioskState,
} from '../../../domain/console/fleet-words.ts'
import type { FleetRow, FleetTold } from '../../../domain/console/fleet.ts'
import { useAnswer } from '../asking.ts'
import { Choice, Field } from '../parts/fields.tsx'
import { Figures } from '../parts/figures.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { MarkShape, Status } from '../parts/status.tsx'
import { More, Table, type Column } from '../parts/table.tsx'
import { Count, Id, When } from '../parts/values.tsx'
import { hrefTo, Link, where, withQuery } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { askedOfFleet, toRollout } from './filters.ts'
import { Gauge } from './gauge.tsx'
import { alarmName, severityMark, severityName, stateMarks } from './naming.ts'

const everyMs = 15_000

export const FleetPage = () => {
  const { fleet } = words()
  const answer = useAnswer('fleet', askedOfFleet(), { everyMs })
  return (
    <Page title={fleet.title} about={fleet.about}>
      <Answered answer={answer} lines={16}>
        {(told) => (
          <>
            <Counts told={told} />
            <FleetFilters choices={told.choices} />
            <div class="found">
              <p role="status">{fleet.filters.found(told.found)}</p>
              {may('command kiosks') && told.found > 0 && (
                <Link href={toRollout()}>{fleet.rollouts.fromFilters(told.found)}</Link>
              )}
            </div>
            <Table
              label={fleet.title}
              columns={columnsOf()}
              rows={told.rows}
              rowKey={({ kiosk }) => kiosk}
              rowHref={({ kiosk }) => hrefTo(['fleet', 'kiosks', kiosk])}
              empty={fleet.empty}
            />
            {told.rows.some(({ box }) => box?.assumed === true) && (
              <p class="about">{fleet.assumed}</p>
            )}
            <More next={told.next} />
          </>
        )}
      </Answered>
    </Page>
  )
}

const Counts = ({ told: { counts } }: { told: FleetTold }) => {
  const { fleet } = words()
  const { states, needs: firsts, kiosks, needed } = counts
  const share = (state: KioskState) => ({
    label: fleet.states[state],
    value: <Count of={states[state]} />,
    compared: fleet.counts.ofAll(kiosks),
    href: withQuery({ state, needed: null, after: null }),
  })
  return (
    <>
      <Figures
        label={fleet.title}
        of={[
          {
            label: fleet.counts.needed,
            value: <Count of={needed} />,
            compared: fleet.counts.ofAll(kiosks),
            mark: needed > 0 ? 'wrong' : 'well',
            href: withQuery({ needed: 'yes', state: null, after: null }),
          },
          { ...share('inService'), mark: 'well' },
          { ...share('degraded'), mark: states.degraded > 0 ? 'attention' : 'quiet' },
          { ...share('outOfService'), mark: states.outOfService > 0 ? 'wrong' : 'quiet' },
          { ...share('silent'), mark: states.silent > 0 ? 'wrong' : 'quiet' },
        ]}
      />
      {needed > 0 && (
        <ul class="need-counts" aria-label={fleet.counts.first}>
          {needs
            .filter((need) => firsts[need] > 0)
            .map((need) => (
              <li key={need}>
                <span>{fleet.needs[need]}</span> <Count of={firsts[need]} />
              </li>
            ))}
        </ul>
      )}
    </>
  )
}

const FleetFilters = ({ choices }: { choices: FleetTold['choices'] }) => {
  const { fleet } = words()
  const { query } = where.value
  const of = (name: string): string => query.get(name) ?? ''
  return (
    <Filters label={fleet.filters.label}>
      <Field
        name="search"
        type="search"
        label={fleet.filters.search}
        value={of('search')}
        maxLength={80}
      />
      <Choice
        name="needed"
        label={fleet.filters.need}
        value={of('needed')}
        any
        options={[{ value: 'yes', label: fleet.filters.onlyNeeded }]}
      />
      <Choice
        name="state"
        label={fleet.filters.state}
        value={of('state')}
        any
        options={kioskStates.map((value) => ({ value, label: fleet.states[value] }))}
      />
      <Choice
        name="severity"
        label={fleet.filters.severity}
        value={of('severity')}
        any
        options={['4', '3', '2', '1'].map((value) => ({
          value,
          label: severityName(Number(value)),
        }))}
      />
      <Choice
        name="area"
        label={fleet.region}
        value={of('area')}
        any
        options={choices.areas.map(({ area, name }) => ({ value: String(area), label: name }))}
      />
      <Choice
        name="device"
        label={fleet.filters.device}
        value={of('device')}
        any
        options={fleetDevices.map((value) => ({ value, label: fleet.devices[value] }))}
      />
      {choices.versions.length > 1 && (
        <Choice
          name="version"
          label={fleet.version}
          value={of('version')}
          any
          options={choices.versions.map((value) => ({ value, label: value }))}
        />
      )}
    </Filters>
  )
}

const Trouble = ({ trouble }: { trouble: FleetRow['trouble'] }) => {
  const { trouble: said, needs: needNames, severityOf } = words().fleet
  if (trouble === null) return <span class="quiet">{said.nothing}</span>
  const { severity, device, code, since, more, need, acknowledged, muted } = trouble
  const quiet = acknowledged || muted
  return (
    <span class={quiet ? 'trouble known' : 'trouble'}>
      <span class="trouble-what">
        <MarkShape mark={quiet ? 'quiet' : severityMark(severity)} />
        <span class="heard">{severityOf(severityName(severity))}</span>
        <b>{alarmName(device, code)}</b>
      </span>
      <small>
        {needNames[need]} · <When at={since} as="ago" />
        {acknowledged && ` · ${said.known}`}
        {muted && ` · ${said.muted}`}
        {more > 0 && ` · ${said.more(more)}`}
      </small>
    </span>
  )
}

const columnsOf = (): Column<FleetRow>[] => {
  const { fleet } = words()
  return [
    {
      key: 'place',
      label: fleet.kiosk,
      cell: ({ kiosk, place }) => (
        <span class="named">
          <b>{place}</b>
          <small>
            <Id of={kiosk} />
          </small>
        </span>
      ),
    },
    {
      key: 'state',
      label: fleet.filters.state,
      cell: ({ state, onVisit }) => (
        <>
          <Status mark={stateMarks[state]} word={fleet.states[state]} />
          {onVisit && <small class="below">{fleet.onVisit}</small>}
        </>
      ),
    },
    {
      key: 'trouble',
      label: fleet.trouble.head,
      cell: ({ trouble }) => <Trouble trouble={trouble} />,
    },
    { key: 'area', label: fleet.region, wideOnly: true, cell: ({ area }) => area ?? '' },
    {
      key: 'box',
      label: fleet.box,
      cell: ({ box }) =>
        box === null ? null : (
          <Gauge
            of={box.percent / 100}
            word={`${box.assumed ? '≈ ' : ''}${format().percent(box.percent / 100)}`}
          />
        ),
    },
    {
      key: 'paper',
      label: fleet.paperWord,
      cell: ({ paper }) =>
        paper === null ? null : (
          <Status
            mark={paper === 'ok' ? 'quiet' : paper === 'low' ? 'attention' : 'wrong'}
            word={fleet.supplies[paper]}
          />
        ),
    },
    {
      key: 'heard',
      label: fleet.heard,
      end: true,
      cell: ({ heardAt }) => (heardAt === null ? fleet.neverHeard : <When at={heardAt} as="ago" />),
    },
  ]
}
