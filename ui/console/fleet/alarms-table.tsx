// Alarms as a table, each with its history and what may be done about it.
import { useState } from 'preact/hooks'
import type { AlarmTold } from '../../../domain/console/fleet-alarms.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/fields.tsx'
import { Answered } from '../parts/problem.tsx'
import { MarkShape } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { Count, When } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { words } from '../texts/words.ts'
import { alarmName, deviceName, severityMark, severityName, wordIn } from './naming.ts'

type Act = { kind: 'acknowledge' | 'clear' | 'history'; alarm: AlarmTold }

/** `here`: all of one kiosk, which needs not be named. */
export const AlarmsTable = ({
  rows,
  empty,
  here = false,
}: {
  rows: readonly AlarmTold[]
  empty: string
  here?: boolean
}) => {
  const [act, setAct] = useState<Act | null>(null)
  const { alarms } = words().fleet
  return (
    <>
      <Table
        label={alarms.title}
        columns={columnsOf({ here, onAct: setAct })}
        rows={rows}
        rowKey={({ alarm }) => alarm}
        empty={empty}
      />
      {act !== null && <Acting act={act} onClose={() => setAct(null)} />}
    </>
  )
}

const Acting = ({ act: { kind, alarm }, onClose }: { act: Act; onClose: () => void }) => {
  const { alarms } = words().fleet
  const title = alarmName(alarm.device, alarm.code)
  if (kind === 'history') return <History alarm={alarm} onClose={onClose} />
  const isClear = kind === 'clear'
  return (
    <DeedDialog
      deed={isClear ? 'fleet/alarms/clear' : 'fleet/alarms/acknowledge'}
      title={isClear ? alarms.clearTitle : alarms.acknowledgeTitle}
      submit={isClear ? alarms.clear : alarms.acknowledge}
      asked={(read) => ({ alarm: alarm.alarm, note: read('note') })}
      onClose={onClose}
    >
      <p>
        <b>{title}</b>
        {alarm.place !== null && ` · ${alarm.place}`}
      </p>
      <p>{isClear ? alarms.clearTold : alarms.acknowledgeTold}</p>
      <Field
        name="note"
        type="textarea"
        label={alarms.note}
        hint={alarms.noteHint}
        maxLength={400}
        required={isClear}
      />
    </DeedDialog>
  )
}

const History = ({ alarm, onClose }: { alarm: AlarmTold; onClose: () => void }) => {
  const { alarms } = words().fleet
  const answer = useAnswer('fleet/alarm', { alarm: alarm.alarm })
  return (
    <Dialog title={alarmName(alarm.device, alarm.code)} onClose={onClose}>
      <div class="dialog-body">
        <Answered answer={answer}>
          {({ changes, toldAt }) => (
            <>
              <Timeline
                label={alarms.history}
                of={changes.map(({ at, what, by, note }, index) => ({
                  key: String(index),
                  at,
                  mark:
                    what === 'raised'
                      ? severityMark(alarm.severity)
                      : what === 'cleared'
                        ? 'well'
                        : 'quiet',
                  title: alarms.changes[what],
                  ...(note === null ? {} : { told: <p>{note}</p> }),
                  ...(by === null ? {} : { source: wordIn(alarms.clearedBy, by) }),
                }))}
              />
              {toldAt !== null && (
                <p class="about">
                  {alarms.told} <When at={toldAt} />
                </p>
              )}
            </>
          )}
        </Answered>
      </div>
    </Dialog>
  )
}

const Known = ({ alarm }: { alarm: AlarmTold }) => {
  const { alarms } = words().fleet
  const { acknowledged, muted, clearedAt, clearedBy } = alarm
  if (clearedAt !== null) {
    return (
      <>
        <When at={clearedAt} />
        {clearedBy !== null && <small class="below">{wordIn(alarms.clearedBy, clearedBy)}</small>}
      </>
    )
  }
  if (acknowledged !== null) {
    return (
      <>
        <bdi>{acknowledged.by}</bdi>
        {acknowledged.note !== null && <small class="below">{acknowledged.note}</small>}
      </>
    )
  }
  return <span class="quiet">{muted ? alarms.muted : alarms.nobody}</span>
}

const Actions = ({ alarm, onAct }: { alarm: AlarmTold; onAct: (act: Act) => void }) => {
  const { alarms } = words().fleet
  const open = alarm.clearedAt === null && may('acknowledge alarms')
  return (
    <span class="row-actions">
      {open && alarm.acknowledged === null && (
        <button type="button" class="button" onClick={() => onAct({ kind: 'acknowledge', alarm })}>
          {alarms.acknowledge}
        </button>
      )}
      {open && alarm.ends === 'person' && (
        <button type="button" class="button" onClick={() => onAct({ kind: 'clear', alarm })}>
          {alarms.clear}
        </button>
      )}
    </span>
  )
}

const columnsOf = ({
  here,
  onAct,
}: {
  here: boolean
  onAct: (act: Act) => void
}): Column<AlarmTold>[] => {
  const { fleet } = words()
  const { alarms } = fleet
  const whose: Column<AlarmTold> = {
    key: 'kiosk',
    label: fleet.kiosk,
    cell: ({ kiosk, place }) =>
      kiosk === null ? (
        alarms.centre
      ) : (
        <Link href={hrefTo(['fleet', 'kiosks', kiosk])}>{place ?? kiosk}</Link>
      ),
  }
  return [
    {
      key: 'alarm',
      label: alarms.alarm,
      cell: (alarm) => (
        <span class="trouble">
          <span class="trouble-what">
            <MarkShape mark={severityMark(alarm.severity)} />
            <button type="button" class="link" onClick={() => onAct({ kind: 'history', alarm })}>
              {alarmName(alarm.device, alarm.code)}
            </button>
          </span>
          <small>
            {deviceName(alarm.device)} · {severityName(alarm.severity)}
          </small>
        </span>
      ),
    },
    ...(here ? [] : [whose]),
    { key: 'raised', label: alarms.raised, cell: ({ raisedAt }) => <When at={raisedAt} /> },
    { key: 'count', label: alarms.count, end: true, cell: ({ count }) => <Count of={count} /> },
    {
      key: 'known',
      label: `${alarms.known} / ${alarms.cleared}`,
      cell: (alarm) => <Known alarm={alarm} />,
    },
    {
      key: 'acts',
      label: alarms.acts,
      cell: (alarm) => <Actions alarm={alarm} onAct={onAct} />,
    },
  ]
}
