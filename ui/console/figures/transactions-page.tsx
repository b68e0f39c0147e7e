// The transactions a figure is made of, the latest first, and what all of them come to.
import { shown } from '../../../domain/console/figure-names.ts'
import type { FigureQuestions, TransactionRow } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Choice } from '../parts/fields.tsx'
import { Figures } from '../parts/figures.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { More, Table, type Column } from '../parts/table.tsx'
import { Count, Energy, Id, Money, When } from '../parts/values.tsx'
import { hrefTo, Link, where } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { chosenAsked, rangeAsked } from './ranges.ts'
import { ExportButton, hourName, OtherwiseTable, RangeAndSales, spoken } from './shared.tsx'

type Lines = FigureQuestions['figures/lines']['told']

export const TransactionsPage = () => {
  const { transactions, sales } = words().figures
  const { query } = where.value
  const range = rangeAsked('today')
  const chosen = chosenAsked()
  const show = shown.find((each) => each === query.get('show')) ?? 'sold'
  const hour = hourAsked(query.get('hour'))
  const after = query.get('after')
  const more = { show, ...(hour === null ? {} : { hour }) }
  const answer = useAnswer('figures/lines', {
    ...range,
    ...chosen,
    ...more,
    ...(after === null ? {} : { after }),
  })
  return (
    <Page
      title={transactions.title}
      about={transactions.about}
      crumbs={[{ href: hrefTo(['figures', 'sales'], { ...range, ...chosen }), label: sales.title }]}
      actions={
        <>
          {chosen.kiosk !== undefined && (
            <Link
              class="button"
              href={hrefTo(['figures', 'kiosk', chosen.kiosk], { day: range.to })}
            >
              {words().figures.kioskDay.totals}
            </Link>
          )}
          <ExportButton what="lines" range={range} chosen={chosen} more={more} />
        </>
      }
    >
      <RangeAndSales range={range} chosen>
        <Choice
          name="show"
          label={transactions.show}
          value={show}
          options={shown.map((value) => ({ value, label: transactions.shown[value] }))}
        />
        <Choice
          name="hour"
          label={words().figures.columns.hour}
          any
          value={hour === null ? '' : String(hour)}
          options={Array.from({ length: 24 }, (_, of) => ({
            value: String(of),
            label: hourName(of),
          }))}
        />
      </RangeAndSales>
      <Answered answer={answer} lines={14}>
        {(told) => (
          <>
            <Sums of={told} isSales={show === 'sold' || show === 'late' || show === 'undone'} />
            <Table
              label={transactions.title}
              rows={told.rows}
              rowKey={({ posting }) => posting}
              rowHref={saleHref}
              empty={transactions.empty}
              columns={columnsOf()}
            />
            <More next={told.next} />
          </>
        )}
      </Answered>
    </Page>
  )
}

const hourAsked = (text: string | null): number | null =>
  text !== null && /^([01]?\d|2[0-3])$/.test(text) ? Number(text) : null

/** All that became of it, for whoever may see that. */
const saleHref = ({ sale }: TransactionRow): string | null =>
  sale === null || !may('explain sales') ? null : hrefTo(['explain', sale])

const Sums = ({ of: { sold, otherwise }, isSales }: { of: Lines; isSales: boolean }) => {
  const { transactions, columns } = words().figures
  if (!isSales) {
    return otherwise.length === 0 ? null : (
      <Section title={transactions.sums}>
        <OtherwiseTable rows={otherwise} />
      </Section>
    )
  }
  return (
    <Figures
      label={transactions.sums}
      of={[
        { label: columns.sold, value: <Money of={sold.tendered} /> },
        { label: columns.orders, value: <Count of={sold.orders} /> },
        { label: columns.energy, value: <Energy of={sold.energy} /> },
        { label: columns.vat, value: <Money of={sold.vat} /> },
        { label: columns.arrears, value: <Money of={sold.arrears} /> },
        { label: columns.fixed, value: <Money of={sold.fixed} /> },
      ]}
    />
  )
}

const columnsOf = (): Column<TransactionRow>[] => {
  const { transactions, columns, kinds, tenders } = words().figures
  const money = (key: string, label: string, of: (row: TransactionRow) => number) => ({
    key,
    label,
    end: true,
    cell: (row: TransactionRow) => (of(row) === 0 ? '–' : <Money of={of(row)} />),
  })
  return [
    {
      key: 'time',
      label: columns.time,
      cell: ({ at, ofDay }) => (
        <>
          <When at={at} as="second" />
          {ofDay !== null && (
            <small class="figures-late"> {transactions.belongs(format().day(ofDay))}</small>
          )}
        </>
      ),
    },
    { key: 'kind', label: columns.kind, cell: ({ kind }) => spoken(kinds, kind) },
    {
      key: 'order',
      label: columns.order,
      cell: ({ orderNumber }) => (orderNumber === null ? '–' : <Id of={orderNumber} />),
    },
    {
      key: 'kiosk',
      label: columns.kiosk,
      cell: ({ kiosk, place }) => <bdi>{place === '' ? kiosk : place}</bdi>,
    },
    {
      key: 'tender',
      label: columns.tender,
      cell: ({ tender }) => (tender === '' ? '–' : spoken(tenders, tender)),
    },
    {
      key: 'tariff',
      label: columns.tariff,
      wideOnly: true,
      cell: ({ tariff }) => (tariff === '' ? '–' : <bdi>{tariff}</bdi>),
    },
    {
      key: 'area',
      label: columns.area,
      wideOnly: true,
      cell: ({ area }) => (area === '' ? '–' : <bdi>{area}</bdi>),
    },
    { ...money('amount', columns.amount, ({ amount }) => amount) },
    {
      key: 'energy',
      label: columns.energy,
      end: true,
      cell: ({ sold }) => (sold.energy === 0 ? '–' : <Energy of={sold.energy} />),
    },
    { ...money('vat', columns.vat, ({ sold }) => sold.vat) },
    { ...money('arrears', columns.arrears, ({ sold }) => sold.arrears), wideOnly: true },
  ]
}
