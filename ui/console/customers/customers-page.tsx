// Everybody who has a meter here, found by what a caller has at hand.
import type { CustomerFilter, CustomerRow } from '../../../domain/console/customers.ts'
import { useAnswer } from '../asking.ts'
import { Choice, Field } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Id, Money } from '../parts/values.tsx'
import { hrefTo, Link, where, withQuery } from '../router.ts'
import { may } from '../signed-in.ts'
import { words } from '../texts/words.ts'
import { SaveAll } from './saving.tsx'

const filters: readonly CustomerFilter[] = [
  'in arrears',
  'with a plan',
  'blocked',
  'frozen',
  'inquiry',
]

export const CustomersPage = () => {
  const said = words().customers
  const { query } = where.value
  const find = query.get('find') ?? ''
  const only = filters.find((filter) => filter === query.get('only'))
  const after = query.get('after') ?? undefined
  const answer = useAnswer('customers', {
    find,
    ...(only === undefined ? {} : { only }),
    ...(after === undefined ? {} : { after }),
  })
  return (
    <Page title={said.title} about={said.about} actions={<Actions />}>
      <Filters label={said.find}>
        <Field name="find" label={said.find} hint={said.findHint} type="search" value={find} />
        <Choice
          name="only"
          label={said.only}
          any
          value={only ?? ''}
          options={filters.map((value) => ({ value, label: said.filters[value] }))}
        />
      </Filters>
      <Answered answer={answer} lines={12}>
        {({ rows, next }) => (
          <>
            <Table
              label={said.title}
              columns={columns()}
              rows={rows}
              rowKey={({ customer }) => customer}
              rowHref={({ customer }) => hrefTo(['customers', customer])}
              empty={said.nobody}
            />
            <nav class="pager" aria-label={said.next}>
              {after !== undefined && (
                <Link class="button" href={withQuery({ after: null })}>
                  {said.first}
                </Link>
              )}
              {next !== null && (
                <Link class="button" href={withQuery({ after: next })}>
                  {said.next}
                </Link>
              )}
            </nav>
          </>
        )}
      </Answered>
    </Page>
  )
}

const Actions = () => {
  const said = words().customers
  return (
    <>
      {may('export') && <SaveAll what="customers" label={said.file.customers} />}
      {may('export') && <SaveAll what="bindings" label={said.file.bindings} />}
      {may('change customers') && (
        <Link class="button" href={hrefTo(['customers', 'file'])}>
          {said.import.title}
        </Link>
      )}
    </>
  )
}

const columns = (): Column<CustomerRow>[] => {
  const { columns: labels, states } = words().customers
  return [
    {
      key: 'name',
      label: labels.name,
      cell: ({ shortName, customer }) => (
        <>
          <bdi>{shortName}</bdi>
          <small class="below">
            <Id of={customer} />
          </small>
        </>
      ),
    },
    { key: 'address', label: labels.address, cell: ({ address }) => <bdi>{address}</bdi> },
    {
      key: 'meters',
      label: labels.meters,
      cell: ({ meters }) =>
        meters.map((meter, place) => (
          <span key={meter} class={place === 0 ? undefined : 'below'}>
            <Id of={meter} />
          </span>
        )),
    },
    {
      key: 'balance',
      label: labels.balance,
      end: true,
      cell: ({ balance }) => (balance === null ? states.noAccount : <Money of={balance} />),
    },
    {
      key: 'arrears',
      label: labels.arrears,
      end: true,
      cell: ({ arrears }) => (arrears === 0 ? '–' : <Money of={arrears} />),
    },
    { key: 'state', label: labels.state, cell: (row) => <State of={row} /> },
  ]
}

/** The worst of what there is to say. */
export const State = ({ of }: { of: Pick<CustomerRow, 'blocked' | 'frozen' | 'inquiry'> }) => {
  const { states } = words().customers
  if (of.inquiry) return <Status mark="wrong" word={states.inquiry} />
  if (of.blocked) return <Status mark="wrong" word={states.blocked} />
  if (of.frozen) return <Status mark="attention" word={states.frozen} />
  return <Status mark="well" word={states.well} />
}
