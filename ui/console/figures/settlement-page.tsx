// Bank, centre, delivery and notes, matched day by day: the state of each day, and everything open with its age.
import { matchResults, type MatchResult } from '../../../domain/console/figure-names.ts'
import type { MatchSums, OpenItem, SettlementDayRow } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Figures } from '../parts/figures.tsx'
import { Page, Section, type Crumb } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { tabOf, Tabs } from '../parts/tabs.tsx'
import { Count, Day, Id, Money, When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { rangeAsked } from './ranges.ts'
import { reasonSaid } from '../noted/noted.ts'
import { ExportButton, RangeAndSales } from './shared.tsx'

const marks: Record<MatchResult, Mark> = {
  matched: 'well',
  long: 'wrong',
  short: 'wrong',
  open: 'attention',
}

export const SettlementPage = () => {
  const { settlement } = words().figures
  const range = rangeAsked()
  const answer = useAnswer('figures/settlement', range)
  return (
    <Page
      title={settlement.title}
      about={settlement.about}
      actions={<ExportButton what="settlement" range={range} />}
    >
      <RangeAndSales range={range} />
      <Answered answer={answer} lines={14}>
        {({ days, items, left }) => {
          const tabs = [
            { key: 'items', label: settlement.items, count: items.length + left },
            { key: 'days', label: settlement.days },
          ]
          return (
            <>
              <Tabs label={settlement.title} of={tabs} />
              {tabOf(tabs) === 'items' ? (
                <Section
                  title={settlement.items}
                  about={left > 0 ? settlement.left(format().count(left)) : settlement.itemsTold}
                >
                  <Items of={items} />
                </Section>
              ) : (
                <Section title={settlement.days}>
                  <Table
                    label={settlement.days}
                    rows={days}
                    rowKey={({ day }) => day}
                    rowHref={({ day }) => hrefTo(['figures', 'settlement', day])}
                    columns={dayColumns()}
                  />
                </Section>
              )}
            </>
          )
        }}
      </Answered>
    </Page>
  )
}

export const SettlementDayPage = ({ part }: PageProps) => {
  const { settlement } = words().figures
  const day = part('day')
  const answer = useAnswer('figures/settlement-day', { day })
  const crumbs: Crumb[] = [
    { href: hrefTo(['figures', 'settlement'], { from: day, to: day }), label: settlement.title },
  ]
  return (
    <Page title={settlement.day(format().day(day))} about={settlement.about} crumbs={crumbs}>
      <Answered answer={answer} lines={12}>
        {({ sums, items, files }) => (
          <>
            <ResultFigures of={sums} />
            <Section title={settlement.items}>
              <Items of={items} />
            </Section>
            <Section title={settlement.files}>
              <Table
                label={settlement.files}
                rows={files}
                rowKey={({ name }) => name}
                empty={settlement.noFiles}
                columns={fileColumns()}
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

export const ResultFigures = ({ of }: { of: MatchSums }) => {
  const { settlement } = words().figures
  return (
    <Figures
      label={settlement.title}
      of={matchResults.map((result) => ({
        label: settlement.results[result],
        value: <Count of={of[result].count} />,
        compared: (
          <>
            {format().money(of[result].sum)} · {settlement.resultTold[result]}
          </>
        ),
        mark: of[result].count === 0 ? 'quiet' : marks[result],
      }))}
    />
  )
}

const Items = ({ of }: { of: readonly OpenItem[] }) => {
  const { settlement } = words().figures
  return (
    <Table
      label={settlement.items}
      rows={of.map((item, at) => ({ ...item, at }))}
      rowKey={({ at }) => at}
      rowHref={({ orderNumber }) =>
        orderNumber === '' || !may('explain sales') ? null : hrefTo(['explain'], { q: orderNumber })
      }
      empty={<Status mark="well" word={settlement.none} />}
      sortBy="items"
      columns={itemColumns()}
    />
  )
}

const itemColumns = (): Column<OpenItem>[] => {
  const { settlement, columns } = words().figures
  return [
    { key: 'day', label: columns.day, sort: ({ day }) => day, cell: ({ day }) => <Day of={day} /> },
    {
      key: 'age',
      label: columns.age,
      end: true,
      sort: ({ age }) => age,
      cell: ({ age }) => settlement.age(format().count(age)),
    },
    {
      key: 'leg',
      label: columns.leg,
      sort: ({ leg }) => leg,
      cell: ({ leg }) => settlement.legs[leg],
    },
    {
      key: 'result',
      label: columns.result,
      sort: ({ result }) => result,
      cell: ({ result }) => <Status mark={marks[result]} word={settlement.results[result]} />,
    },
    {
      key: 'amount',
      label: columns.amount,
      end: true,
      sort: ({ amount }) => amount,
      cell: ({ amount }) => <Money of={amount} />,
    },
    {
      key: 'order',
      label: columns.order,
      names: true,
      cell: ({ orderNumber, kiosk }) => <Id of={orderNumber === '' ? kiosk : orderNumber} />,
    },
    {
      key: 'reference',
      label: columns.reference,
      wideOnly: true,
      cell: ({ reference }) => (reference === '' ? '–' : <Id of={reference} />),
    },
    { key: 'why', label: columns.why, cell: ({ why }) => <bdi>{reasonSaid(why) ?? why}</bdi> },
  ]
}

const FileMark = ({ here }: { here: boolean }) => {
  const { settlement } = words().figures
  return here ? (
    <Status mark="well" word={settlement.arrived} />
  ) : (
    <Status mark="attention" word={settlement.noFile} />
  )
}

const dayColumns = (): Column<SettlementDayRow>[] => {
  const { settlement, columns } = words().figures
  return [
    { key: 'day', label: columns.day, cell: ({ day }) => <Day of={day} /> },
    { key: 'bank', label: columns.bankFile, cell: ({ bankFile }) => <FileMark here={bankFile} /> },
    {
      key: 'front',
      label: columns.frontFile,
      wideOnly: true,
      cell: ({ frontFile }) => (frontFile ? settlement.arrived : '–'),
    },
    ...matchResults.map((result): Column<SettlementDayRow> => ({
      key: result,
      label: settlement.results[result],
      end: true,
      sort: ({ sums }) => sums?.[result].count ?? 0,
      cell: ({ sums }) =>
        sums === null ? '–' : sums[result].count === 0 ? '–' : <Count of={sums[result].count} />,
    })),
    {
      key: 'sum',
      label: columns.amount,
      end: true,
      cell: ({ sums }) =>
        sums === null ? (
          '–'
        ) : (
          <Money of={matchResults.reduce((sum, result) => sum + sums[result].sum, 0)} />
        ),
    },
    { key: 'state', label: columns.result, cell: ({ sums }) => <DayState of={sums} /> },
  ]
}

const DayState = ({ of }: { of: MatchSums | null }) => {
  const { settlement } = words().figures
  if (of === null) return <Status mark="quiet" word={settlement.notMatched} />
  const worst = (['short', 'long', 'open'] as const).find((result) => of[result].count > 0)
  return worst === undefined ? (
    <Status mark="well" word={settlement.allMatched} />
  ) : (
    <Status mark={marks[worst]} word={settlement.results[worst]} />
  )
}

type File = { name: string; party: string; total: number; readAt: number }

const fileColumns = (): Column<File>[] => {
  const { columns } = words().figures
  return [
    { key: 'name', label: columns.what, cell: ({ name }) => <Id of={name} /> },
    { key: 'total', label: columns.total, end: true, cell: ({ total }) => <Money of={total} /> },
    { key: 'time', label: columns.time, cell: ({ readAt }) => <When at={readAt} /> },
  ]
}
