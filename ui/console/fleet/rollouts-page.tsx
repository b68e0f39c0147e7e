// Configurations that go out in stages: those under way, those that have ended, and a new one.
import { useState } from 'preact/hooks'
import type { RolloutRow, RolloutState } from '../../../domain/console/fleet-commands.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Field } from '../parts/fields.tsx'
import { Page } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { When } from '../parts/values.tsx'
import { go, hrefTo, where } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { sentenceOf } from '../refusals/wording.ts'
import { words } from '../texts/words.ts'
import { askedOfFleet, beginning } from './filters.ts'
import { toFleet } from './kiosk-page.tsx'

export const rolloutMarks: Record<RolloutState, Mark> = {
  running: 'attention',
  stopped: 'wrong',
  done: 'well',
  'too late': 'wrong',
}

export const RolloutsPage = () => {
  const { rollouts, commands } = words().fleet
  const [starting, setStarting] = useState(where.value.query.get(beginning) === 'yes')
  const answer = useAnswer('fleet/rollouts', {}, { everyMs: 10_000 })
  const signing = answer.kind === 'told' ? answer.told.signing : null
  return (
    <Page
      title={rollouts.title}
      about={rollouts.about}
      crumbs={[toFleet()]}
      actions={
        may('command kiosks') &&
        signing?.key != null && (
          <button type="button" class="button main" onClick={() => setStarting(true)}>
            {rollouts.start}
          </button>
        )
      }
    >
      {signing !== null && signing.key === null && (
        <Note>
          {commands.noKey}: {sentenceOf(signing.why)}
        </Note>
      )}
      <Answered answer={answer} lines={8}>
        {({ rows }) => (
          <Table
            label={rollouts.title}
            columns={columnsOf()}
            rows={rows}
            rowKey={({ rollout }) => rollout}
            rowHref={({ rollout }) => hrefTo(['fleet', 'rollouts', rollout])}
            empty={rollouts.empty}
          />
        )}
      </Answered>
      {starting && signing?.key != null && (
        <StartDialog
          onClose={() => {
            setStarting(false)
            go('/fleet/rollouts', { replace: true })
          }}
        />
      )}
    </Page>
  )
}

/** Opened from the fleet it has the numbers that the filters there have left. */
const StartDialog = ({ onClose }: { onClose: () => void }) => {
  const isGiven = where.value.query.get(beginning) === 'yes'
  return isGiven ? <StartForThese onClose={onClose} /> : <StartForm kiosks="" onClose={onClose} />
}

const StartForThese = ({ onClose }: { onClose: () => void }) => {
  const answer = useAnswer('fleet/numbers', askedOfFleet())
  if (answer.kind !== 'told') return null
  return <StartForm kiosks={answer.told.kiosks.join('\n')} onClose={onClose} />
}

const StartForm = ({ kiosks: given, onClose }: { kiosks: string; onClose: () => void }) => {
  const { rollouts } = words().fleet
  return (
    <DeedDialog
      deed="fleet/rollouts/start"
      title={rollouts.startTitle}
      submit={rollouts.submit}
      danger
      asked={(read) => {
        const kiosks = read('kiosks').match(/\b\d{12}\b/g) ?? []
        if (kiosks.length === 0) return rollouts.noKiosks
        return {
          what: read('what'),
          config: read('config'),
          kiosks,
          watchMinutes: Number(read('watch')),
        }
      }}
      onDone={({ rollout }) => go(hrefTo(['fleet', 'rollouts', rollout]))}
      onClose={onClose}
    >
      <Field
        name="what"
        label={rollouts.what}
        hint={rollouts.whatHint}
        required
        minLength={3}
        maxLength={200}
      />
      <Field
        name="config"
        type="textarea"
        label={rollouts.config}
        hint={rollouts.configHint}
        required
        ltr
      />
      <Field
        name="kiosks"
        type="textarea"
        value={given}
        label={rollouts.chosen}
        hint={rollouts.chosenHint}
        required
        ltr
      />
      <Field
        name="watch"
        type="number"
        label={rollouts.watch}
        value={15}
        min={5}
        max={240}
        required
        ltr
      />
      <Note>{rollouts.dangers}</Note>
    </DeedDialog>
  )
}

const columnsOf = (): Column<RolloutRow>[] => {
  const { rollouts } = words().fleet
  const { count } = format()
  return [
    { key: 'what', label: rollouts.what, cell: ({ what }) => <bdi>{what}</bdi> },
    {
      key: 'state',
      label: rollouts.state,
      cell: ({ state }) => <Status mark={rolloutMarks[state]} word={rollouts.states[state]} />,
    },
    { key: 'stage', label: rollouts.stage, cell: ({ stage }) => rollouts.stageOf(stage) },
    {
      key: 'done',
      label: rollouts.done,
      end: true,
      cell: ({ done, kiosks }) => rollouts.doneOf(count(done), count(kiosks)),
    },
    { key: 'by', label: rollouts.by, cell: ({ by }) => <bdi>{by}</bdi> },
    { key: 'at', label: rollouts.at, cell: ({ at }) => <When at={at} /> },
  ]
}
