// A file for the import: looked at down to line and field, and proposed to a second person when it fits.
import { useState } from 'preact/hooks'
import type { ImportChecked, ImportProblem } from '../../../domain/console/customers.ts'
import { never } from '../../../domain/never.ts'
import { perform } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Note, Problem } from '../parts/problem.tsx'
import { Progress } from '../parts/progress.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Id, Money } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { Reason } from './account-dialogs.tsx'

const mostBytes = 4_000_000

type State =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'problem'; problem: string }
  | { kind: 'checked'; name: string; text: string; checked: ImportChecked }
  | { kind: 'proposed' }

export const FilePage = () => {
  const said = words().customers
  const { import: own } = said
  const [state, setState] = useState<State>({ kind: 'none' })
  const look = async (file: File): Promise<void> => {
    if (file.size > mostBytes) {
      setState({ kind: 'problem', problem: own.tooLarge })
      return
    }
    setState({ kind: 'looking' })
    const text = await file.text()
    const done = await perform('customers/check-file', { text })
    setState(
      done.kind === 'told'
        ? { kind: 'checked', name: file.name, text, checked: done.told }
        : { kind: 'problem', problem: done.problem },
    )
  }
  return (
    <Page
      title={own.title}
      about={own.about}
      crumbs={[{ href: hrefTo(['customers']), label: said.title }]}
    >
      <Section title={own.choose}>
        <label class="field">
          <span>{own.chooseHint}</span>
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file !== undefined) void look(file)
            }}
          />
        </label>
      </Section>
      <div aria-live="polite">
        <Outcome state={state} onProposed={() => setState({ kind: 'proposed' })} />
      </div>
    </Page>
  )
}

const Outcome = ({ state, onProposed }: { state: State; onProposed: () => void }) => {
  const { import: own, account } = words().customers
  switch (state.kind) {
    case 'none':
      return null
    case 'looking':
      return <Progress label={own.looking} done={null} />
    case 'problem':
      return <Problem text={state.problem} />
    case 'proposed':
      return (
        <Note>
          {own.proposed} <Link href={hrefTo(['approvals'])}>{account.lead}</Link>
        </Note>
      )
    case 'checked':
      return state.checked.kind === 'fits' ? (
        <Fits {...state} checked={state.checked} onProposed={onProposed} />
      ) : (
        <Problems of={state.checked} />
      )
    default:
      return never(state)
  }
}

const Fits = ({
  checked,
  name,
  text,
  onProposed,
}: {
  checked: Extract<ImportChecked, { kind: 'fits' }>
  name: string
  text: string
  onProposed: () => void
}) => {
  const { import: own } = words().customers
  const [proposing, setProposing] = useState(false)
  return (
    <Section
      title={own.checked}
      actions={
        <button type="button" class="button main" onClick={() => setProposing(true)}>
          {own.propose}
        </button>
      }
    >
      <p>
        <Status mark="well" word={own.fits} />
      </p>
      <Facts
        of={[
          ...Object.entries(checked.counts).map(([list, count]) => ({
            label: own.lists[list] ?? list,
            value: own.new(format().count(count)),
          })),
          { label: own.balances, value: <Money of={checked.balances} /> },
          { label: own.arrears, value: <Money of={checked.arrears} /> },
        ]}
      />
      {proposing && (
        <DeedDialog
          deed="customers/take-file"
          title={own.propose}
          submit={words().customers.dialogs.propose}
          asked={(read) => ({ text, name, reason: read('reason') })}
          onDone={onProposed}
          onClose={() => setProposing(false)}
        >
          <p>
            <bdi>{name}</bdi>
          </p>
          <Reason />
        </DeedDialog>
      )}
    </Section>
  )
}

const Problems = ({ of }: { of: Extract<ImportChecked, { kind: 'problems' }> }) => {
  const { import: own } = words().customers
  const columns: Column<ImportProblem>[] = [
    {
      key: 'line',
      label: own.line,
      end: true,
      cell: ({ line }) => (line === null ? '–' : <Count of={line} />),
    },
    { key: 'where', label: own.where, cell: ({ where }) => <Id of={where === '' ? '–' : where} /> },
    { key: 'problem', label: own.problem, cell: ({ problem }) => <bdi>{problem}</bdi> },
  ]
  return (
    <Section title={own.problems(format().count(of.problems.length + of.more))} bare>
      <Table
        label={own.checked}
        columns={columns}
        rows={of.problems}
        rowKey={({ line, where, problem }) => `${line} ${where} ${problem}`}
      />
      {of.more > 0 && <p>{own.more(format().count(of.more))}</p>}
    </Section>
  )
}
