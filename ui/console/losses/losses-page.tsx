// What is found where energy or money may be lost, the likeliest loss first.
import type { LossesQuestions, LossRow, LossRun } from '../../../domain/console/losses.ts'
import { useAnswer } from '../asking.ts'
import { Choice, Field } from '../parts/fields.tsx'
import { FileButton } from '../parts/file-button.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Progress } from '../parts/progress.tsx'
import { More, Table, type Column } from '../parts/table.tsx'
import { Day, Money } from '../parts/values.tsx'
import { hrefTo, Link, where } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { patternNames, sortNames, stateNames } from './names.ts'
import { StateOf, Sure, Where } from './shown.tsx'

const everyMs = 30_000

type Asked = Omit<LossesQuestions['losses']['asked'], 'area' | 'after'> & {
  area?: number
  after?: number
}

/** What the address asks for; what it says wrongly is left out. */
const askedHere = (): Asked => {
  const { query } = where.value
  const area = Number(query.get('area') ?? '')
  const after = Number(query.get('after') ?? '')
  const pattern = patternNames.find((name) => name === query.get('pattern'))
  const state = stateNames.find((name) => name === query.get('state'))
  const sort = sortNames.find((name) => name === query.get('sort'))
  const of = query.get('of') ?? ''
  return {
    ...(pattern !== undefined && { pattern }),
    ...(state !== undefined && { state }),
    ...(sort !== undefined && { sort }),
    ...(of !== '' && { of }),
    ...(area > 0 && { area }),
    ...(after > 0 && { after }),
  }
}

export const LossesPage = () => {
  const { title, about, list, patterns, means, states } = words().losses
  const asked = askedHere()
  const answer = useAnswer('losses', asked, { everyMs })
  const summary = useAnswer('losses/summary', {})
  const areas = summary.kind === 'told' ? summary.told.areas : []
  return (
    <Page
      title={title}
      about={asked.pattern === undefined ? about : means[asked.pattern]}
      actions={
        <>
          <Link class="button" href="/losses/summary">
            {list.toSummary}
          </Link>
          <FileButton question="losses/export" asked={{ ...asked, after: 0 }} />
          {may('order field tasks') && (
            <Link class="button" href="/losses/tasks">
              {list.toTasks}
            </Link>
          )}
        </>
      }
    >
      <Filters label={title}>
        <Choice
          name="pattern"
          label={list.pattern}
          any
          value={asked.pattern ?? ''}
          options={patternNames.map((value) => ({ value, label: patterns[value] }))}
        />
        <Choice
          name="state"
          label={list.state}
          any={list.open}
          value={asked.state ?? ''}
          options={stateNames.map((value) => ({ value, label: states[value] }))}
        />
        <Choice
          name="area"
          label={list.area}
          any
          value={asked.area === undefined ? '' : String(asked.area)}
          options={areas.map(({ area, name }) => ({ value: String(area), label: name }))}
        />
        <Field
          name="of"
          label={list.of}
          placeholder={list.ofHint}
          type="search"
          value={asked.of ?? ''}
        />
      </Filters>
      <Answered answer={answer} lines={14}>
        {({ rows, total, likely, next, run }) => (
          <>
            <LookedAt run={run} />
            <p class="losses-sum">
              {list.found({ count: format().count(total), likely: format().money(likely) })}
            </p>
            <Table
              label={title}
              rows={rows}
              rowKey={({ finding }) => finding}
              rowHref={({ finding }) => hrefTo(['losses', 'finding', finding])}
              empty={list.empty}
              columns={columns('sorted')}
            />
            <More next={next} />
          </>
        )}
      </Answered>
    </Page>
  )
}

/** As of when this is, or how far the night's look has come. */
export const LookedAt = ({ run }: { run: LossRun | null }) => {
  const { list } = words().losses
  if (run === null) return <Note>{list.never}</Note>
  if (run.endedAt === null) {
    return <Progress label={list.running} done={run.total === 0 ? null : run.done / run.total} />
  }
  return <p class="about">{list.lookedAt({ day: format().day(run.day) })}</p>
}

/** `told`: in the order in which they were told, and in no other. */
export const columns = (order: 'sorted' | 'told'): Column<LossRow>[] => {
  const { patterns, list } = words().losses
  const sorting = order === 'sorted' ? ({ sort: 'by centre' } as const) : {}
  return [
    {
      key: 'pattern',
      label: list.columns.pattern,
      cell: ({ pattern }) => patterns[pattern],
    },
    { key: 'subject', label: list.columns.subject, cell: (row) => <Where of={row} /> },
    {
      key: 'area',
      label: list.columns.area,
      wideOnly: true,
      cell: ({ areaName, area }) => <bdi>{areaName ?? area ?? ''}</bdi>,
    },
    {
      key: 'since',
      label: list.columns.since,
      ...sorting,
      cell: ({ since }) => <Day of={since} />,
    },
    {
      key: 'score',
      label: list.columns.sure,
      ...sorting,
      cell: ({ score }) => <Sure score={score} />,
    },
    {
      key: 'loss',
      label: list.columns.loss,
      ...sorting,
      end: true,
      wideOnly: true,
      cell: ({ loss }) => <Money of={loss} />,
    },
    {
      key: 'likely',
      label: list.columns.likely,
      ...sorting,
      end: true,
      cell: ({ likely }) => <Money of={likely} />,
    },
    { key: 'state', label: list.columns.state, cell: (row) => <StateOf row={row} /> },
  ]
}
