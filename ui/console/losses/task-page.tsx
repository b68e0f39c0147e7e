// One task on site as a page one takes along: where, why, what to look at, and room for what was found.
import { useState } from 'preact/hooks'
import type { FieldTask } from '../../../domain/console/losses.ts'
import { useAnswer } from '../asking.ts'
import type { PageProps } from '../pages.tsx'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Problem } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Day, Id } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { format, isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { JudgeDialog } from './acting.tsx'
import { whyInWords } from './shown.tsx'

export const TaskPage = ({ part }: PageProps) => {
  const task = Number(part('task'))
  if (!Number.isSafeInteger(task) || task <= 0) {
    return <Problem text={words().losses.tasks.emptyOpen} />
  }
  return <Asked task={task} />
}

const Asked = ({ task }: { task: number }) => {
  const { tasks: said } = words().losses
  const answer = useAnswer('losses/task', { task })
  return answer.kind === 'told' ? (
    <Shown of={answer.told.task} />
  ) : (
    <Page title={said.task({ number: String(task) })}>
      <Answered answer={answer}>{() => null}</Answered>
    </Page>
  )
}

const Shown = ({ of }: { of: FieldTask }) => {
  const { tasks: said, patterns, acts, checks } = words().losses
  const [answering, setAnswering] = useState(false)
  const { when } = format()
  return (
    <div class="loss-task">
      <Page
        title={`${said.task({ number: String(of.task) })}: ${patterns[of.pattern]}`}
        about={said.orderedBy({ name: isolated(of.orderedBy), when: when(of.orderedAt) })}
        crumbs={[{ href: '/losses/tasks', label: said.title }]}
        actions={
          <>
            <button type="button" class="button" onClick={() => print()}>
              {said.print}
            </button>
            {may('see losses') && (
              <Link class="button" href={hrefTo(['losses', 'finding', of.finding])}>
                {said.toFinding}
              </Link>
            )}
            {of.answer === null && (
              <button type="button" class="button main" onClick={() => setAnswering(true)}>
                {acts.answer}
              </button>
            )}
          </>
        }
      >
        <Answer of={of} />
        <Section title={said.where}>
          <Facts of={factsOf(of)} />
          {of.note !== '' && (
            <p class="loss-note">
              <bdi>{of.note}</bdi>
            </p>
          )}
        </Section>
        <Section title={said.suspicion}>
          <p class="loss-why">{whyInWords(of.why)}</p>
        </Section>
        <Section title={said.look}>
          <ol class="loss-look">
            {of.checks.map((check) => (
              <li key={check}>
                <p>{checks[check]}</p>
                <p class="loss-boxes" aria-hidden="true">
                  <i /> {said.yes} <i /> {said.no} <span>{said.foundHere}:</span>
                </p>
              </li>
            ))}
          </ol>
        </Section>
        <ToFillIn />
      </Page>
      {answering && (
        <JudgeDialog finding={of.finding} task={of.task} onClose={() => setAnswering(false)} />
      )}
    </div>
  )
}

/** On paper only: what the meter shows, the result, and who says so. */
const ToFillIn = () => {
  const { tasks: said, results } = words().losses
  const { registers } = said
  return (
    <div class="loss-paper" aria-hidden="true">
      <h2>{registers.title}</h2>
      <p>
        {[registers.count, registers.remaining, registers.credited, registers.used].map((name) => (
          <span key={name}>{name}:</span>
        ))}
      </p>
      <h2>{said.resultTitle}</h2>
      <p class="loss-boxes">
        <i /> {results.confirmed} <i /> {results.innocent} <i /> {results['not settled']}
      </p>
      <p>
        <span>{said.signed}:</span>
      </p>
    </div>
  )
}

const Answer = ({ of: { answer } }: { of: FieldTask }) => {
  const { results, reasons, finding: said } = words().losses
  if (answer === null) return null
  const { result, reason, note, at, by } = answer
  return (
    <Section title={words().losses.tasks.columns.answer}>
      <p>
        <Status mark={result === 'confirmed' ? 'wrong' : 'quiet'} word={results[result]} />
        {reason !== null && <> {reasons[reason]}</>}
      </p>
      <p>
        <bdi>{note}</bdi>
      </p>
      <p class="about">
        {format().when(at)} {by !== '' && said.by({ name: isolated(by) })}
      </p>
    </Section>
  )
}

const factsOf = (of: FieldTask): Fact[] => {
  const { finding, tasks: said } = words().losses
  const { facts } = finding
  const id = (label: string, value: string | null): Fact[] =>
    value === null ? [] : [{ label, value: <Id of={value} /> }]
  const name = (label: string, value: string | null): Fact[] =>
    value === null ? [] : [{ label, value: <bdi>{value}</bdi> }]
  return [
    ...name(facts.place, of.place),
    ...name(facts.area, of.areaName),
    ...id(facts.meter, of.meter),
    ...name(facts.customer, of.customerName),
    ...id(`${facts.customer} №`, of.customer),
    ...id(facts.kiosk, of.kiosk),
    ...id(facts.person, of.person),
    { label: said.columns.due, value: <Day of={of.due} /> },
  ]
}
