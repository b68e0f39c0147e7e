// A kiosk as it stands now: its line, what the customer sees by its kind, its alarms, devices, cash and paper.
import type { DeviceTold, KioskTold } from '../../../domain/console/fleet.ts'
import { Facts } from '../parts/facts.tsx'
import { Beside, Section } from '../parts/page.tsx'
import { Note } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Id, Money, When } from '../parts/values.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { AlarmsTable } from './alarms-table.tsx'
import { ForecastTold } from './forecast.tsx'
import { Gauge } from './gauge.tsx'
import {
  activityName,
  alarmName,
  deviceName,
  screenName,
  severityMark,
  whatToDo,
  wordIn,
} from './naming.ts'

export const KioskNow = ({ told }: { told: KioskTold }) => {
  const { one } = words().fleet
  return (
    <>
      <Beside>
        <Live told={told} />
        <Cash told={told} />
      </Beside>
      <Section title={one.standing} bare>
        <AlarmsTable rows={told.alarms} empty={one.nothingStands} here />
      </Section>
      <Devices of={told.devices} />
      <System told={told} />
    </>
  )
}

const Live = ({ told }: { told: KioskTold }) => {
  const { one, timeline } = words().fleet
  const { line, now, unresolved } = told
  if (now === null) {
    return (
      <Section title={one.live}>
        <p>{one.notHeard}</p>
      </Section>
    )
  }
  const money: { mark: Mark; word: string } = now.moneyAtRisk
    ? { mark: 'attention', word: one.moneyYes }
    : { mark: 'well', word: one.moneyNo }
  return (
    <Section title={one.live} about={one.asOf}>
      <Facts
        of={[
          {
            label: one.doing,
            value: (
              <>
                {activityName(now.activity)} · <bdi>{format().lasting(now.forSeconds * 1000)}</bdi>
              </>
            ),
          },
          {
            label: one.shows,
            value: (
              <>
                {screenName(now.screen)}
                {now.screenAge !== null && (
                  <small class="below">{one.screenAge(now.screenAge)}</small>
                )}
              </>
            ),
          },
          { label: one.money, value: <Status {...money} /> },
          {
            label: one.line,
            value: (
              <>
                <Status
                  mark={line.st === 'online' ? 'well' : 'wrong'}
                  word={one.lineStates[line.st]}
                />
                <small class="below">
                  {wordIn(timeline.why, line.why)} · <When at={line.since} />
                </small>
              </>
            ),
          },
        ]}
      />
      {unresolved > 0 && <Status mark="wrong" word={one.unresolved(unresolved)} />}
      <p class="about">{one.noPersonal}</p>
    </Section>
  )
}

const Cash = ({ told }: { told: KioskTold }) => {
  const { fleet } = words()
  const { one } = fleet
  const { cash, paper } = told
  const { count, percent } = format()
  return (
    <Section title={`${one.cash} · ${one.paper}`}>
      {cash !== null && (
        <>
          <Facts
            of={[
              {
                label: one.full,
                value: (
                  <Gauge
                    of={cash.percent / 100}
                    word={`${cash.assumed ? '≈ ' : ''}${percent(cash.percent / 100)}`}
                  />
                ),
              },
              { label: one.notes, value: <Count of={cash.notes} /> },
              {
                label: one.value,
                value:
                  cash.value === null ? (
                    <span class="quiet">{one.hidden}</span>
                  ) : (
                    <Money of={cash.value} />
                  ),
              },
              { label: one.accuracy, value: wordIn(one.accuracies, cash.accuracy) },
              { label: one.willBeFull, value: <ForecastTold of={cash.full} /> },
              ...(cash.lastExchange === null
                ? []
                : [{ label: one.lastExchange, value: <When at={cash.lastExchange} /> }]),
            ]}
          />
          {cash.assumed && <Note>{fleet.assumed}</Note>}
        </>
      )}
      <Facts
        of={[
          {
            label: one.paper,
            value:
              paper.word === null ? (
                one.notHeard
              ) : (
                <Status
                  mark={paper.word === 'ok' ? 'well' : paper.word === 'low' ? 'attention' : 'wrong'}
                  word={fleet.supplies[paper.word]}
                />
              ),
          },
          ...(paper.receipts.changedAt === null
            ? []
            : [{ label: one.rollSince, value: <When at={paper.receipts.changedAt} /> }]),
          ...(paper.receipts.since === null
            ? []
            : [{ label: one.receiptsSince, value: <Count of={paper.receipts.since} /> }]),
          ...(paper.receipts.usual === null
            ? []
            : [{ label: one.rollLasts, value: one.receipts(count(paper.receipts.usual)) }]),
          { label: one.willBeEmpty, value: <ForecastTold of={paper.empty} /> },
        ]}
      />
    </Section>
  )
}

const Devices = ({ of }: { of: readonly DeviceTold[] }) => {
  const { one } = words().fleet
  return (
    <Section title={one.devices} bare>
      <Table label={one.devices} columns={deviceColumns()} rows={of} rowKey={({ role }) => role} />
    </Section>
  )
}

const DeviceState = ({ device: { word, faults, role } }: { device: DeviceTold }) => {
  const { deviceWords, acts } = words().fleet
  if (faults.length === 0) {
    return <Status mark={word === 'online' ? 'well' : 'attention'} word={deviceWords[word]} />
  }
  return (
    <ul class="faults">
      {faults.map(({ code, severity, act, since }) => {
        const todo = whatToDo(role, code)
        return (
          <li key={code}>
            <Status mark={severityMark(severity)} word={alarmName(role, code)} />
            <small class="below">
              {act !== null && acts[act]}
              {since !== null && (
                <>
                  {' · '}
                  <When at={since} as="ago" />
                </>
              )}
            </small>
            {todo !== null && <small class="below">{todo}</small>}
          </li>
        )
      })}
    </ul>
  )
}

const deviceColumns = (): Column<DeviceTold>[] => {
  const { one } = words().fleet
  const { count } = format()
  return [
    {
      key: 'device',
      label: one.device,
      cell: ({ role, model }) => (
        <span class="named">
          <b>{deviceName(role)}</b>
          {model !== null && model !== '' && (
            <small>
              <Id of={model} />
            </small>
          )}
        </span>
      ),
    },
    { key: 'state', label: one.state, cell: (device) => <DeviceState device={device} /> },
    {
      key: 'age',
      label: one.answered,
      end: true,
      cell: ({ age }) => (age === null ? null : <bdi>{one.secondsAgo(age)}</bdi>),
    },
    {
      key: 'line',
      label: one.lineOf,
      cell: ({ line }) =>
        line === null ? null : one.lineCounts(count(line.broken), count(line.again)),
    },
    {
      key: 'last',
      label: one.lastFault,
      cell: ({ role, last }) =>
        last === null ? (
          <span class="quiet">{one.noFault}</span>
        ) : (
          <>
            {alarmName(role, last.code)}
            <small class="below">
              <When at={last.raisedAt} />
            </small>
          </>
        ),
    },
  ]
}

const megabyte = 1_000_000

/** What the kiosk says of the machine under it. */
const machineFacts = (system: KioskTold['system']) => {
  const { one } = words().fleet
  const { count, lasting } = format()
  const { clockFreeSeconds, diskFree, diskSize, readOnly, drift, startedBy } = system
  const megabytes = (bytes: number) => count(bytes / megabyte)
  return [
    {
      label: one.clockHeld,
      value:
        clockFreeSeconds === null ? null : clockFreeSeconds === 0 ? (
          <Status mark="well" word={one.clockIsHeld} />
        ) : (
          <Status mark="attention" word={one.clockFree(lasting(clockFreeSeconds * 1000))} />
        ),
    },
    {
      label: one.diskFree,
      value:
        diskFree === null ? null : (
          <>
            <bdi>
              {diskSize === null
                ? `${megabytes(diskFree)} MB`
                : one.diskOf(megabytes(diskFree), megabytes(diskSize))}
            </bdi>
            {readOnly && <Status mark="wrong" word={one.readOnly} />}
          </>
        ),
    },
    { label: one.drift, value: drift === null ? null : <Drift of={drift} /> },
    {
      label: one.certificateEnds,
      value: system.certificateEnds === null ? null : <When at={system.certificateEnds} />,
    },
    { label: one.startedBy, value: startedBy === null ? null : one.starts[startedBy] },
  ]
}

const Drift = ({ of }: { of: NonNullable<KioskTold['system']['drift']> }) => {
  const { one } = words().fleet
  const { count, lasting } = format()
  return (
    <>
      {of.n === 0 ? (
        <Status mark="well" word={one.noDrift} />
      ) : (
        <Status mark={of.firewall ? 'wrong' : 'attention'} word={one.differences(count(of.n))} />
      )}
      <small class="below">
        {of.firewall && `${one.firewallDiffers} · `}
        {one.checkedAgo(lasting(of.age * 1000))}
      </small>
    </>
  )
}

const System = ({ told: { system } }: { told: KioskTold }) => {
  const { fleet } = words()
  const { one } = fleet
  const { count, lasting } = format()
  const text = (value: string | null) => (value === null ? null : <Id of={value} />)
  const facts = [
    { label: fleet.version, value: text(system.version) },
    { label: 'Node', value: text(system.node) },
    { label: 'OS', value: text(system.os) },
    { label: one.configuration, value: text(system.configuration?.slice(0, 12) ?? null) },
    {
      label: one.running,
      value: system.upSeconds === null ? null : lasting(system.upSeconds * 1000),
    },
    {
      label: one.clockOff,
      value: system.clockOffMs === null ? null : lasting(Math.abs(system.clockOffMs)),
    },
    ...machineFacts(system),
    {
      label: one.waiting,
      value: system.waiting === null ? null : <Count of={system.waiting.records} />,
    },
    {
      label: one.journalHere,
      value:
        system.journalThrough === null
          ? null
          : one.journalOf(count(system.journalThrough), count(system.journalHead ?? 0)),
    },
    { label: one.unreadable, value: <Count of={system.unreadable} /> },
    ...Object.entries(system.serials).map(([of, serial]) => ({
      label: deviceName(of),
      value: <Id of={serial} />,
    })),
  ]
  return (
    <Section title={one.system}>
      <Facts of={facts.filter(({ value }) => value !== null && value !== '')} />
    </Section>
  )
}
