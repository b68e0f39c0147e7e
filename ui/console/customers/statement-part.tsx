// The statement: every posting with the balance after it, down to the order or sale it belongs to; printed, and saved as a file.
import { useState } from 'preact/hooks'
import type { Statement, StatementLine } from '../../../domain/console/customers.ts'
import { addressOfFile, reach, useAnswer } from '../asking.ts'
import { Choice, Field } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Answered, Problem } from '../parts/problem.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Day, Id, Money, When } from '../parts/values.tsx'
import { hrefTo, Link, where } from '../router.ts'
import { may } from '../signed-in.ts'
import { words } from '../texts/words.ts'
import { saveText } from './saving.tsx'

export const StatementOf = ({ customer }: { customer: string }) => {
  const { statement: said } = words().customers
  const { query } = where.value
  const of = query.get('of') === 'arrears' ? 'arrears' : 'account'
  const [from, through] = [query.get('from') ?? '', query.get('through') ?? '']
  const asked = {
    customer,
    of,
    ...(from === '' ? {} : { from }),
    ...(through === '' ? {} : { through }),
  } as const
  const answer = useAnswer('customer/statement', asked)
  return (
    <div class="page statement">
      <div class="no-print">
        <Filters label={said.title}>
          <Choice
            name="of"
            label={said.title}
            value={of}
            options={[
              { value: 'account', label: said.account },
              { value: 'arrears', label: said.arrears },
            ]}
          />
          <Field name="from" label={said.from} type="date" value={from} />
          <Field name="through" label={said.through} type="date" value={through} />
        </Filters>
      </div>
      <Answered answer={answer} lines={12}>
        {(told) => (
          <>
            <div class="actions no-print">
              <button type="button" class="button" onClick={() => print()}>
                {said.print}
              </button>
              {may('export') && <Save asked={asked} />}
            </div>
            <Lines of={told} />
          </>
        )}
      </Answered>
    </div>
  )
}

const Save = ({ asked }: { asked: { customer: string; of: string } }) => {
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (): Promise<void> => {
    const reply = await reach<{ text: string }>(addressOfFile('customer/statement-file', asked))
    if (reply.kind === 'told')
      saveText(`statement-${asked.customer}-${asked.of}.csv`, reply.told.text)
    else setProblem(reply.kind === 'refused' ? reply.problem : words().parts.unreached)
  }
  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        {words().customers.file.statement}
      </button>
      {problem !== null && <Problem text={problem} />}
    </>
  )
}

type Row =
  | { kind: 'line'; line: StatementLine }
  | { kind: 'edge'; day: string; balance: number; name: string }

const Lines = ({ of }: { of: Statement }) => {
  const { statement: said } = words().customers
  const rows: Row[] = [
    { kind: 'edge', day: of.from, balance: of.opening, name: said.opening },
    ...of.lines.map((line): Row => ({ kind: 'line', line })),
    { kind: 'edge', day: of.through, balance: of.closing, name: said.closing },
  ]
  return (
    <>
      <p class="about">
        <bdi>{of.shortName}</bdi> · <Id of={of.customer} /> · <bdi>{of.address}</bdi> ·{' '}
        <Day of={of.from} /> – <Day of={of.through} />.{' '}
        {of.of === 'account' ? said.signAccount : said.signArrears}
      </p>
      <Table label={said.title} columns={columns(of.of)} rows={rows} rowKey={keyOf} />
    </>
  )
}

const keyOf = (row: Row): string =>
  row.kind === 'edge' ? row.name : `${row.line.posting} ${row.line.amount} ${row.line.balance}`

/** The same posting is one thing on the account and another on the debt, one thing going in and another going out. */
const whatOf = ({ kind, amount }: StatementLine, of: Statement['of']): string => {
  const { kinds } = words().customers.statement
  const way = of === 'arrears' ? 'debt' : amount > 0 ? 'in' : 'out'
  return kinds[`${kind}, ${way}`] ?? kinds[kind] ?? kind
}

const columns = (of: Statement['of']): Column<Row>[] => {
  const { statement: said } = words().customers
  return [
    {
      key: 'day',
      label: said.day,
      cell: (row) => (row.kind === 'edge' ? <Day of={row.day} /> : <When at={row.line.at} />),
    },
    {
      key: 'what',
      label: said.what,
      cell: (row) => (row.kind === 'edge' ? <b>{row.name}</b> : whatOf(row.line, of)),
    },
    {
      key: 'leads',
      label: said.leads,
      cell: (row) => {
        if (row.kind === 'edge') return null
        const { orderNumber, sale } = row.line
        if (orderNumber !== null) {
          return (
            <Link href={hrefTo(['explain'], { q: orderNumber })}>
              <Id of={orderNumber} />
            </Link>
          )
        }
        return sale === null ? null : <Link href={hrefTo(['explain', sale])}>{said.sale}</Link>
      },
    },
    {
      key: 'amount',
      label: said.amount,
      end: true,
      cell: (row) => (row.kind === 'edge' ? null : <Money of={row.line.amount} signed />),
    },
    {
      key: 'balance',
      label: said.balance,
      end: true,
      cell: (row) => <Money of={row.kind === 'edge' ? row.balance : row.line.balance} />,
    },
  ]
}
