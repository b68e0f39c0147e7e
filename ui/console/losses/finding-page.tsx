// One finding: how sure it is and why, the year of this meter against its neighbours, its evidence, and what became of it.
import type { LossesQuestions, LossHistoryLine } from '../../../domain/console/losses.ts'
import { useAnswer } from '../asking.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered, Note, Problem } from '../parts/problem.tsx'
import type { Mark } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { Day, Id, Money } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import type { PageProps } from '../pages.tsx'
import { Acts } from './acting.tsx'
import { Evidence } from './evidence.tsx'
import { columns } from './losses-page.tsx'
import { StateOf, Sure, sureTold, whyInWords } from './shown.tsx'
import { YearChart } from './year-chart.tsx'

export const FindingPage = ({ part }: PageProps) => {
  const finding = Number(part('finding'))
  if (!Number.isSafeInteger(finding) || finding <= 0) {
    return <Problem text={words().losses.list.empty} />
  }
  return <Shown finding={finding} />
}

const everyMs = 60_000

const Shown = ({ finding }: { finding: number }) => {
  const { title, finding: said } = words().losses
  const answer = useAnswer('losses/finding', { finding }, { everyMs })
  if (answer.kind !== 'told') {
    return (
      <Page
        title={said.title({ number: String(finding) })}
        crumbs={[{ href: '/losses', label: title }]}
      >
        <Answered answer={answer} lines={18}>
          {() => null}
        </Answered>
      </Page>
    )
  }
  return <InDepth of={answer.told} />
}

type InDepthOf = LossesQuestions['losses/finding']['told']

const InDepth = ({ of }: { of: InDepthOf }) => {
  const { title, patterns, means, finding: said } = words().losses
  const { row, chart, evidence, history, others, tasks, checks } = of
  const openTask = tasks.find(({ answer }) => answer === null)?.task ?? null
  return (
    <Page
      title={patterns[row.pattern]}
      about={means[row.pattern]}
      crumbs={[
        { href: '/losses', label: title },
        { href: hrefTo(['losses'], { pattern: row.pattern }), label: patterns[row.pattern] },
      ]}
      actions={<Acts row={row} checks={checks} openTask={openTask} />}
    >
      {row.pattern === 'count too high' && <Note>{said.keyIncident}</Note>}
      <Beside wide>
        <Section title={said.why} about={sureTold(row.score)} actions={<Sure score={row.score} />}>
          <p class="loss-why">{whyInWords(row.why)}</p>
        </Section>
        <Section title={said.title({ number: String(row.finding) })}>
          <div class="loss-facts">
            <Facts of={factsOf(of)} />
          </div>
        </Section>
      </Beside>
      {chart !== null && (
        <Section title={said.year} about={said.chartTold}>
          <YearChart chart={chart} />
        </Section>
      )}
      <Section title={said.evidence} about={said.evidenceTold}>
        <Evidence rows={evidence} />
      </Section>
      <Section title={said.history}>
        <History lines={history} tasks={tasks} />
      </Section>
      {others.length > 0 && (
        <Section title={said.others}>
          <Table
            label={said.others}
            rows={others}
            rowKey={(other) => other.finding}
            rowHref={(other) => hrefTo(['losses', 'finding', other.finding])}
            columns={columns('told')}
          />
        </Section>
      )}
    </Page>
  )
}

const factsOf = ({ row, customerName }: InDepthOf): Fact[] => {
  const { finding: said } = words().losses
  const { facts } = said
  const { customer, meter, kiosk, person, place, areaName } = row
  return [
    { label: facts.state, value: <StateOf row={row} /> },
    { label: facts.likely, value: <Money of={row.likely} /> },
    { label: facts.loss, value: <Money of={row.loss} /> },
    { label: facts.since, value: <Day of={row.since} /> },
    { label: facts.firstSeen, value: <Day of={row.firstSeen} /> },
    { label: facts.holds, value: row.holds ? said.stillHolds : said.noLongerHolds },
    ...(customer === null
      ? []
      : [
          {
            label: facts.customer,
            value: (
              <>
                <bdi>{customerName}</bdi>{' '}
                {may('see customers') ? (
                  <Link href={hrefTo(['customers', customer])}>
                    <Id of={customer} />
                  </Link>
                ) : (
                  <Id of={customer} />
                )}
              </>
            ),
          },
        ]),
    ...(meter === null ? [] : [{ label: facts.meter, value: <Id of={meter} /> }]),
    ...(kiosk === null ? [] : [{ label: facts.kiosk, value: <KioskOf kiosk={kiosk} /> }]),
    ...(person === null ? [] : [{ label: facts.person, value: <Id of={person} /> }]),
    ...(place === null ? [] : [{ label: facts.place, value: <bdi>{place}</bdi> }]),
    ...(areaName === null ? [] : [{ label: facts.area, value: <bdi>{areaName}</bdi> }]),
  ]
}

const KioskOf = ({ kiosk }: { kiosk: string }) =>
  may('see the fleet') ? (
    <Link href={hrefTo(['fleet', 'kiosks', kiosk])}>
      <Id of={kiosk} />
    </Link>
  ) : (
    <Id of={kiosk} />
  )

const marks: Record<LossHistoryLine['what'], Mark> = {
  raised: 'attention',
  grew: 'attention',
  seen: 'quiet',
  'task ordered': 'quiet',
  'task withdrawn': 'quiet',
  confirmed: 'wrong',
  innocent: 'well',
  'not settled': 'attention',
  closed: 'quiet',
  'no longer holds': 'well',
}

const History = ({ lines, tasks }: { lines: InDepthOf['history']; tasks: InDepthOf['tasks'] }) => {
  const { history, finding: said, tasks: taskWords } = words().losses
  return (
    <>
      <Timeline
        label={said.history}
        of={lines.map(({ at, what, by, note }, place) => ({
          key: String(place),
          at,
          mark: marks[what],
          title: history[what],
          told: <bdi>{note}</bdi>,
          source: by === null ? said.byItself : said.by({ name: isolated(by) }),
        }))}
      />
      {tasks.length > 0 && (
        <p class="loss-tasks">
          {tasks.map(({ task }) => (
            <Link key={task} class="button" href={hrefTo(['losses', 'task', task])}>
              {taskWords.task({ number: String(task) })}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}
