// A version in the making: as a person reads it, what differs, tried on last month's sales, and then proposed.
import { useState } from 'preact/hooks'
import type { DraftInOffice, TrialStep, TriedSale } from '../../../domain/console/tariffs.ts'
import { addressOfFile, reach, useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Figures } from '../parts/figures.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Note, Problem } from '../parts/problem.tsx'
import { Progress } from '../parts/progress.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Day, Energy, Id, Money } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { Reason } from '../customers/account-dialogs.tsx'
import { DifferencesShown } from './differences-shown.tsx'
import { together } from './trial.ts'
import { VersionShown } from './version-shown.tsx'

export const DraftPage = ({ part }: PageProps) => {
  const draft = part('draft')
  const said = words().tariffs
  const answer = useAnswer('tariff/draft', { draft })
  const told = answer.kind === 'told' ? answer.told : null
  return (
    <Page
      title={told === null ? said.draft.title : `${said.draft.title}: ${told.rules.code}`}
      about={
        told === null ? undefined : (
          <>
            {said.draft.from} <Day of={told.rules.validFrom} /> · {said.draft.by(told.by)} ·{' '}
            {said.draft.states[told.state]}
          </>
        )
      }
      crumbs={[
        { href: hrefTo(['tariffs']), label: said.title },
        ...(told === null
          ? []
          : [{ href: hrefTo(['tariffs', told.rules.code]), label: told.rules.code }]),
      ]}
    >
      <Answered answer={answer} lines={16}>
        {(shown) => (
          <div class="page">
            <DifferencesShown of={shown.differences} isFirst={shown.before === null} />
            {may('change tariffs') && <Trial of={shown} />}
            <VersionShown rules={shown.rules} prices={shown.prices} />
          </div>
        )}
      </Answered>
    </Page>
  )
}

type State =
  | { kind: 'none' }
  | { kind: 'running' | 'done'; so: TrialStep | null }
  | { kind: 'broken'; problem: string }

const Trial = ({ of }: { of: DraftInOffice }) => {
  const { trial: said } = words().tariffs
  const [state, setState] = useState<State>({ kind: 'none' })
  const [proposing, setProposing] = useState(false)
  const run = async (): Promise<void> => {
    let so: TrialStep | null = null
    let after: string | undefined
    setState({ kind: 'running', so })
    do {
      const reply = await reach<TrialStep>(
        addressOfFile('tariff/trial', { draft: of.draft, after }),
      )
      if (reply.kind !== 'told') {
        const problem = reply.kind === 'refused' ? reply.problem : words().parts.unreached
        setState({ kind: 'broken', problem })
        return
      }
      so = together(so, reply.told)
      after = reply.told.next ?? undefined
      setState({ kind: 'running', so })
    } while (after !== undefined)
    setState({ kind: 'done', so })
  }
  const so = 'so' in state ? state.so : null
  return (
    <Section
      title={said.title}
      about={so === null ? said.first : said.about(format().day(so.month))}
      actions={
        <>
          <button
            type="button"
            class={state.kind === 'none' ? 'button main' : 'button'}
            aria-disabled={state.kind === 'running'}
            onClick={() => {
              if (state.kind !== 'running') void run()
            }}
          >
            {state.kind === 'none' ? said.start : said.again}
          </button>
          {state.kind === 'done' && of.state === 'draft' && (
            <button type="button" class="button main" onClick={() => setProposing(true)}>
              {said.propose}
            </button>
          )}
        </>
      }
    >
      {of.state === 'proposed' && (
        <Note>
          {said.proposed} <Link href={hrefTo(['approvals'])}>{words().customers.account.lead}</Link>
        </Note>
      )}
      {state.kind === 'broken' && <Problem text={state.problem} />}
      {state.kind === 'running' && (
        <Progress
          label={said.working}
          done={so === null || so.of === 0 ? 0 : Math.min(1, so.done / so.of)}
        />
      )}
      {so !== null && <Outcome of={so} />}
      {proposing && (
        <DeedDialog
          deed="tariff/propose"
          title={said.proposeTitle}
          submit={said.propose}
          asked={(read) => ({ draft: of.draft, reason: read('reason') })}
          onClose={() => setProposing(false)}
        >
          <p>{said.proposeTold}</p>
          <Reason />
        </DeedDialog>
      )}
    </Section>
  )
}

const Outcome = ({ of }: { of: TrialStep }) => {
  const { trial: said } = words().tariffs
  const { count } = format()
  const rows = [
    { what: said.energy, was: of.energy, is: of.wouldBeEnergy, Shown: Energy },
    { what: said.revenue, was: of.revenue, is: of.wouldBeRevenue, Shown: Money },
    { what: said.vat, was: of.vat, is: of.wouldBeVat, Shown: Money },
  ]
  const all = of.reproduced === of.sales
  return (
    <>
      <Figures
        label={said.title}
        of={[
          { label: said.sales, value: <Count of={of.sales} />, compared: <Money of={of.tender} /> },
          { label: said.more, value: <Count of={of.more} /> },
          { label: said.less, value: <Count of={of.less} /> },
          { label: said.same, value: <Count of={of.same} /> },
          ...(of.refused === 0
            ? []
            : [
                {
                  label: said.refused,
                  value: <Count of={of.refused} />,
                  mark: 'attention' as const,
                },
              ]),
        ]}
      />
      <Table
        label={said.title}
        rows={rows}
        rowKey={({ what }) => what}
        columns={[
          { key: 'what', label: said.title, cell: ({ what }) => what },
          { key: 'was', label: said.was, end: true, cell: ({ was, Shown }) => <Shown of={was} /> },
          {
            key: 'is',
            label: said.wouldBe,
            end: true,
            cell: ({ is, Shown }) => <Shown of={is} />,
          },
          {
            key: 'difference',
            label: said.difference,
            end: true,
            cell: ({ was, is, Shown }) => (
              <b>
                {is > was && '+'}
                <Shown of={is - was} />
              </b>
            ),
          },
        ]}
      />
      <p>
        <Status
          mark={all ? 'well' : 'attention'}
          word={all ? said.reproducedAll : said.reproduced(count(of.reproduced), count(of.sales))}
        />
      </p>
      <Extremes title={said.winners} of={of.winners} />
      <Extremes title={said.losers} of={of.losers} />
    </>
  )
}

const Extremes = ({ title, of }: { title: string; of: readonly TriedSale[] }) => {
  const { trial: said } = words().tariffs
  const columns: Column<TriedSale>[] = [
    { key: 'order', label: said.order, cell: ({ orderNumber }) => <Id of={orderNumber} /> },
    { key: 'paid', label: said.paid, end: true, cell: ({ tender }) => <Money of={tender} /> },
    {
      key: 'got',
      label: said.got,
      end: true,
      cell: ({ energy, wouldBe }) => (
        <>
          <Energy of={energy} />
          <small class="below">
            <Energy of={wouldBe} />
          </small>
        </>
      ),
    },
    { key: 'gain', label: said.gain, end: true, cell: ({ gain }) => <Money of={gain} signed /> },
  ]
  return (
    <section>
      <h3>{title}</h3>
      <Table
        label={title}
        columns={columns}
        rows={of}
        rowKey={({ orderNumber }) => orderNumber}
        rowHref={({ orderNumber }) => hrefTo(['explain'], { q: orderNumber })}
        empty={said.nobody}
        sortBy={`sort-${title}`}
      />
    </section>
  )
}
