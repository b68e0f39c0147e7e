// Tasks on site: those that wait, the one that is due first on top, and those that were answered.
import type { FieldTask } from '../../../domain/console/losses.ts'
import { useAnswer } from '../asking.ts'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { tabOf, Tabs, type Tab } from '../parts/tabs.tsx'
import { Day, When } from '../parts/values.tsx'
import { hrefTo } from '../router.ts'
import { words } from '../texts/words.ts'
import { Where } from './shown.tsx'

const everyMs = 60_000

export const TasksPage = () => {
  const { tasks: said, title } = words().losses
  const tabs: Tab[] = [
    { key: 'open', label: said.open },
    { key: 'answered', label: said.answered },
  ]
  const state = tabOf(tabs) === 'answered' ? 'answered' : 'open'
  const answer = useAnswer('losses/tasks', { state }, { everyMs })
  return (
    <Page title={said.title} about={said.about} crumbs={[{ href: '/losses', label: title }]}>
      <Tabs label={said.title} of={tabs} />
      <Answered answer={answer} lines={10}>
        {({ tasks }) => (
          <Table
            label={said.title}
            rows={tasks}
            rowKey={({ task }) => task}
            rowHref={({ task }) => hrefTo(['losses', 'task', task])}
            empty={state === 'open' ? said.emptyOpen : said.emptyAnswered}
            columns={columns(state)}
          />
        )}
      </Answered>
    </Page>
  )
}

const columns = (state: 'open' | 'answered'): Column<FieldTask>[] => {
  const { tasks: said, patterns, results } = words().losses
  const today = new Date(Date.now()).toISOString().slice(0, 10)
  return [
    {
      key: 'task',
      label: said.columns.task,
      cell: ({ task }) => said.task({ number: String(task) }),
    },
    { key: 'what', label: said.columns.what, cell: ({ pattern }) => patterns[pattern] },
    { key: 'place', label: said.columns.place, cell: (task) => <Where of={task} /> },
    state === 'open'
      ? {
          key: 'due',
          label: said.columns.due,
          cell: ({ due }) =>
            due < today ? (
              <Status
                mark="attention"
                word={
                  <>
                    <Day of={due} />, {said.overdue}
                  </>
                }
              />
            ) : (
              <Day of={due} />
            ),
        }
      : {
          key: 'answer',
          label: said.columns.answer,
          cell: ({ answer }) =>
            answer === null ? (
              ''
            ) : (
              <Status
                mark={answer.result === 'confirmed' ? 'wrong' : 'quiet'}
                word={results[answer.result]}
              />
            ),
        },
    {
      key: 'ordered',
      label: said.columns.ordered,
      wideOnly: true,
      cell: ({ orderedAt }) => <When at={orderedAt} />,
    },
  ]
}
