// One configuration on its way: how far each stage is, why it stopped, and each kiosk with its answer.
import { useState } from 'preact/hooks'
import type { RolloutTold } from '../../../domain/console/fleet-commands.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Field } from '../parts/fields.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Progress } from '../parts/progress.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Id, When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { toFleet } from './kiosk-page.tsx'
import { alarmName, answerMark, answerName } from './naming.ts'
import { rolloutMarks } from './rollouts-page.tsx'

export const RolloutPage = ({ part }: PageProps) => {
  const rollout = part('rollout')
  const { rollouts } = words().fleet
  const [stopping, setStopping] = useState(false)
  const answer = useAnswer('fleet/rollout', { rollout }, { everyMs: 5_000 })
  const told = answer.kind === 'told' ? answer.told : null
  return (
    <Page
      title={told?.what ?? rollouts.title}
      crumbs={[toFleet(), { href: '/fleet/rollouts', label: rollouts.title }]}
      actions={
        told?.state === 'running' &&
        may('command kiosks') && (
          <button type="button" class="button danger" onClick={() => setStopping(true)}>
            {rollouts.stop}
          </button>
        )
      }
    >
      <Answered answer={answer} lines={14}>
        {(row) => <Told of={row} />}
      </Answered>
      {stopping && (
        <DeedDialog
          deed="fleet/rollouts/stop"
          title={rollouts.stopTitle}
          submit={rollouts.stop}
          danger
          asked={(read) => ({ rollout, note: read('note') })}
          onClose={() => setStopping(false)}
        >
          <p>{rollouts.stopTold}</p>
          <Field
            name="note"
            type="textarea"
            label={rollouts.note}
            required={false}
            maxLength={400}
          />
        </DeedDialog>
      )}
    </Page>
  )
}

const Told = ({ of }: { of: RolloutTold }) => {
  const { rollouts } = words().fleet
  const why = whyOf(of)
  return (
    <>
      {why !== null && <Note>{why}</Note>}
      <Section title={rollouts.state}>
        <Facts
          of={[
            {
              label: rollouts.state,
              value: <Status mark={rolloutMarks[of.state]} word={rollouts.states[of.state]} />,
            },
            { label: rollouts.by, value: <bdi>{of.by}</bdi> },
            { label: rollouts.at, value: <When at={of.at} /> },
            { label: rollouts.until, value: <When at={of.until} /> },
          ]}
        />
        <p class="about">{rollouts.watched(of.watchMinutes)}</p>
      </Section>
      <Section title={rollouts.stage}>
        <ol class="stages">
          {of.stages
            .filter(({ kiosks }) => kiosks > 0)
            .map((stage) => (
              <Stage
                key={stage.stage}
                of={stage}
                current={of.state === 'running' && stage.stage === of.stage}
              />
            ))}
        </ol>
      </Section>
      <Section title={rollouts.kiosks} bare>
        <Table
          label={rollouts.kiosks}
          columns={columnsOf()}
          rows={of.rows}
          rowKey={({ kiosk }) => kiosk}
          rowHref={({ kiosk }) => hrefTo(['fleet', 'kiosks', kiosk], { tab: 'commands' })}
        />
        {of.more > 0 && <p class="about">{rollouts.more(of.more)}</p>}
      </Section>
    </>
  )
}

const Stage = ({ of, current }: { of: RolloutTold['stages'][number]; current: boolean }) => {
  const { rollouts } = words().fleet
  const { count } = format()
  const label = `${rollouts.stageOf(of.stage)}: ${rollouts.doneOf(count(of.done), count(of.kiosks))}`
  return (
    <li aria-current={current ? 'step' : undefined}>
      <Progress label={label} done={of.done / of.kiosks} />
      {of.waiting > 0 && <Status mark="attention" word={rollouts.waiting(of.waiting)} />}
      {of.failed > 0 && <Status mark="wrong" word={rollouts.failed(of.failed)} />}
    </li>
  )
}

const whyOf = ({ why, endedBy }: RolloutTold): string | null => {
  const told = words().fleet.rollouts.why
  if (why === null) return null
  switch (why.kind) {
    case 'answer':
      return told.answer(why.kiosk, answerName(why.st, why.code))
    case 'fault':
      return told.fault(why.kiosk, alarmName(why.device, why.code))
    case 'person':
      return told.person(endedBy ?? '', why.note)
    default:
      return told.time
  }
}

const columnsOf = (): Column<RolloutTold['rows'][number]>[] => {
  const { fleet } = words()
  const { rollouts } = fleet
  return [
    {
      key: 'kiosk',
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
    { key: 'stage', label: rollouts.stage, cell: ({ stage }) => rollouts.stageOf(stage) },
    {
      key: 'answer',
      label: fleet.commands.answer,
      cell: ({ st, code }) =>
        st === null ? (
          <Status mark="quiet" word={rollouts.notYet} />
        ) : (
          <Status mark={answerMark(st)} word={answerName(st, code)} />
        ),
    },
    {
      key: 'released',
      label: rollouts.released,
      cell: ({ releasedAt }) => (releasedAt === null ? null : <When at={releasedAt} />),
    },
  ]
}
