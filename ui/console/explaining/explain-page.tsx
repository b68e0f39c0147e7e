// One field for whatever a caller can name. One sale: it is explained at once; several: told apart by time, place and amount.
import { useEffect } from 'preact/hooks'
import type { Found, SaleChoice } from '../../../domain/console/explaining.ts'
import { useAnswer } from '../asking.ts'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Id, Money, When } from '../parts/values.tsx'
import { go, hrefTo, Link, where } from '../router.ts'
import { words } from '../texts/words.ts'
import { markOf } from './marks.ts'
import { SearchField } from './search-field.tsx'

export const ExplainPage = () => {
  const said = words().explaining
  const text = where.value.query.get('q') ?? ''
  return (
    <Page title={said.title} about={said.about}>
      <SearchField text={text} focused />
      {text === '' ? <p class="explain-hint">{said.examples}</p> : <FoundFor text={text} />}
    </Page>
  )
}

const FoundFor = ({ text }: { text: string }) => {
  const answer = useAnswer('explain/find', { text })
  return <Answered answer={answer}>{(found) => <Choices text={text} found={found} />}</Answered>
}

const Choices = ({ text, found }: { text: string; found: Found }) => {
  const said = words().explaining
  const { sales, suggestions, readAs, more } = found
  const only = sales.length === 1 && suggestions.length === 0 ? sales[0] : undefined
  useEffect(() => {
    if (only !== undefined) go(saleHref(only.sale, text), { replace: true })
  }, [only?.sale])
  if (only !== undefined) return null
  return (
    <div class="explain-found">
      {readAs.length === 0 && (
        <div class="explain-nothing">
          <p>{said.nothing(text)}</p>
          <p class="about">{said.nothingHint}</p>
        </div>
      )}
      {suggestions.length > 0 && <Suggestions text={text} of={suggestions} />}
      {readAs.length > 0 && sales.length === 0 && suggestions.length === 0 && (
        <p class="empty">{said.noSale}</p>
      )}
      {sales.length > 0 && (
        <>
          <p class="about">
            {said.found(sales.length)} ({readAs.map((as) => said.readAs[as]).join(', ')}).{' '}
            {said.several}
          </p>
          <SaleTable sales={sales} text={text} />
          {more && <p class="about">{said.more}</p>}
        </>
      )}
    </div>
  )
}

const Suggestions = ({ text, of }: { text: string; of: Found['suggestions'] }) => (
  <div class="explain-suggestions">
    <h2>{words().explaining.suggestions}</h2>
    <ul>
      {of.map(({ sale, words: four }) => (
        <li key={sale}>
          <Link class="button" href={saleHref(sale, text)}>
            <Id of={four.join(' ')} />
          </Link>
        </li>
      ))}
    </ul>
  </div>
)

export const saleHref = (sale: string, text = ''): string =>
  hrefTo(['explain', sale], text === '' ? {} : { q: text })

export const SaleTable = ({
  sales,
  text = '',
}: {
  sales: readonly SaleChoice[]
  text?: string
}) => (
  <Table
    label={words().explaining.several}
    columns={columnsOf()}
    rows={sales}
    rowKey={({ sale }) => sale}
    rowHref={({ sale }) => saleHref(sale, text)}
  />
)

const columnsOf = (): Column<SaleChoice>[] => {
  const { columns, outcomes } = words().explaining
  return [
    { key: 'at', label: columns.when, cell: ({ at }) => <When at={at} /> },
    {
      key: 'kiosk',
      label: columns.where,
      cell: ({ kiosk }) => (kiosk === null ? '' : <bdi>{kiosk.place || kiosk.number}</bdi>),
    },
    {
      key: 'amount',
      label: columns.amount,
      end: true,
      cell: ({ amount }) => <Money of={amount} />,
    },
    {
      key: 'outcome',
      label: columns.outcome,
      cell: ({ outcome }) => <Status mark={markOf[outcome]} word={outcomes[outcome]} />,
    },
    {
      key: 'order',
      label: columns.order,
      wideOnly: true,
      cell: ({ order }) => (order === null ? '' : <Id of={order} />),
    },
    {
      key: 'reference',
      label: columns.reference,
      wideOnly: true,
      cell: ({ reference }) => <Id of={reference.words.join(' ')} />,
    },
  ]
}
