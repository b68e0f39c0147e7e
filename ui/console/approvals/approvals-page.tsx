// Proposals that wait for a second person, and those that were decided: everything needed to decide stands on each.
import { useState } from 'preact/hooks'
import type { Approval, ApprovalState } from '../../../domain/console/approvals.ts'
import type { LinePart } from '../../../domain/console/proposal-lines.ts'
import { never } from '../../../domain/never.ts'
import { useAnswer } from '../asking.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { tabOf, Tabs, type Tab } from '../parts/tabs.tsx'
import { Count, Day, Energy, Money, Percent, When } from '../parts/values.tsx'
import { me } from '../signed-in.ts'
import { isolated } from '../texts/format.ts'
import { sentenceOf } from '../refusals/wording.ts'
import { words } from '../texts/words.ts'
import { Deciding, type Verdict } from './deciding.tsx'

const everyMs = 20_000

const marks: Record<ApprovalState, Mark> = {
  open: 'attention',
  done: 'well',
  refused: 'quiet',
  withdrawn: 'quiet',
  failed: 'wrong',
}

export const ApprovalsPage = () => {
  const said = words().approvals
  const tabs: Tab[] = [
    { key: 'open', label: said.open },
    { key: 'decided', label: said.decided },
  ]
  const state = tabOf(tabs) === 'decided' ? 'decided' : 'open'
  const answer = useAnswer('approvals', { state }, { everyMs })
  const [deciding, setDeciding] = useState<{ approval: Approval; verdict: Verdict } | null>(null)
  return (
    <Page title={said.title} about={said.about}>
      <Tabs label={said.title} of={tabs} />
      <Answered answer={answer}>
        {({ approvals }) =>
          approvals.length === 0 ? (
            <p class="empty">{state === 'open' ? said.noneOpen : said.noneDecided}</p>
          ) : (
            <ol class="approvals">
              {approvals.map((approval) => (
                <li key={approval.approval}>
                  <Proposal
                    approval={approval}
                    decide={(verdict) => setDeciding({ approval, verdict })}
                  />
                </li>
              ))}
            </ol>
          )
        }
      </Answered>
      {deciding !== null && <Deciding {...deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}

const Proposal = ({
  approval,
  decide,
}: {
  approval: Approval
  decide: (verdict: Verdict) => void
}) => {
  const said = words().approvals
  const { kind, subject, state, amount, reason, note, refusal, decidedBy, decidedAt } = approval
  return (
    <article class="approval" aria-labelledby={approval.approval}>
      <header>
        <div>
          <h2 id={approval.approval}>
            {said.kinds[kind]} <small class="approval-subject">{subject}</small>
          </h2>
          <p class="about">
            {said.proposed(isolated(approval.proposedBy))} · <When at={approval.proposedAt} />
          </p>
        </div>
        {amount !== null && (
          <p class="approval-amount">
            <small>{said.moves}</small>
            <Money of={amount} />
          </p>
        )}
      </header>
      <Facts of={factsOf(approval)} />
      <blockquote>
        <small>{said.reason}</small>
        <p>
          <bdi>{reason}</bdi>
        </p>
      </blockquote>
      {state === 'open' ? (
        <Ways approval={approval} decide={decide} />
      ) : (
        <footer class="approval-decided">
          <Status mark={marks[state]} word={said.states[state]} />
          {decidedBy !== null && decidedAt !== null && (
            <span>
              {said.decidedBy(isolated(decidedBy))} · <When at={decidedAt} />
            </span>
          )}
          {refusal !== null && <span>{sentenceOf(refusal)}</span>}
          {note !== null && note !== '' && (
            <span>
              {said.note}: <bdi>{note}</bdi>
            </span>
          )}
        </footer>
      )}
    </article>
  )
}

const factsOf = ({ lines }: Approval): Fact[] => {
  const said = words().approvals
  return lines.map(({ label, of, parts }) => ({
    label: of === undefined ? said.labels[label] : `${said.labels[label]}: ${of}`,
    value: (
      <span class="approval-parts">
        {parts.map((part, at) => (
          <Part key={at} of={part} />
        ))}
      </span>
    ),
  }))
}

const Part = ({ of }: { of: LinePart }) => {
  switch (of.kind) {
    case 'name':
      return <bdi>{of.name}</bdi>
    case 'word':
      return <span>{words().approvals.lineWords[of.word]}</span>
    case 'money':
      return <Money of={of.amount} />
    case 'energy':
      return <Energy of={of.amount} />
    case 'count':
      return <Count of={of.count} />
    case 'share':
      return <Percent of={of.share / 10_000} />
    case 'day':
      return <Day of={of.day} />
    default:
      return never(of)
  }
}

const Ways = ({
  approval: { mayDecide, proposedBy },
  decide,
}: {
  approval: Approval
  decide: (verdict: Verdict) => void
}) => {
  const said = words().approvals
  if (proposedBy === me.value?.member.name) {
    return (
      <footer>
        <p class="about">{said.own}</p>
        <button type="button" class="button" onClick={() => decide('withdraw')}>
          {said.withdraw}
        </button>
      </footer>
    )
  }
  if (!mayDecide) {
    return (
      <footer>
        <p class="about">{said.notYours}</p>
      </footer>
    )
  }
  return (
    <footer>
      <button type="button" class="button" onClick={() => decide('refuse')}>
        {said.refuse}
      </button>
      <button type="button" class="button main" onClick={() => decide('approve')}>
        {said.approve}
      </button>
    </footer>
  )
}
