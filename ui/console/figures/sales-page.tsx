// Sales by whatever one counts them by, beside the time before; each figure opens the transactions it is made of.
import { groupings, type Grouping } from '../../../domain/console/figure-names.ts'
import type { Chosen, FigureQuestions, Group } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Bars } from '../parts/charts/bars.tsx'
import { Heat } from '../parts/charts/heat.tsx'
import { Lines } from '../parts/charts/lines.tsx'
import { Stack } from '../parts/charts/stack.tsx'
import { Figures, type Figure } from '../parts/figures.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { tabOf, Tabs } from '../parts/tabs.tsx'
import { Count, Energy, Money } from '../parts/values.tsx'
import { Link } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { chosenAsked, lastDayOf, linesHref, rangeAsked, type Range } from './ranges.ts'
import {
  Behind,
  Change,
  clockName,
  comparedText,
  ExportButton,
  groupName,
  OtherwiseTable,
  RangeAndSales,
  rangeText,
  shownOf,
  standingText,
} from './shared.tsx'

type Sales = FigureQuestions['figures/sales']['told']

export const SalesPage = () => {
  const { sales } = words().figures
  const range = rangeAsked()
  const chosen = chosenAsked()
  const tabs = groupings.map((key) => ({ key, label: sales.byGrouping[key] }))
  const by = groupings.find((each) => each === tabOf(tabs, 'by')) ?? 'kiosk'
  const answer = useAnswer('figures/sales', { ...range, ...chosen, by })
  return (
    <Page
      title={sales.title}
      about={sales.about}
      actions={<ExportButton what="sales" range={range} chosen={chosen} more={{ by }} />}
    >
      <RangeAndSales range={range} chosen />
      <Answered answer={answer} lines={16}>
        {(told) => (
          <>
            <Behind standing={told.standing} />
            <Figures of={soldFigures(told, { ...range, ...chosen })} label={sales.title} />
            <p class="figures-note">
              {sales.comparedWith(rangeText(told.ranges.before), rangeText(told.ranges.yearBefore))}{' '}
              {standingText(told.standing)}
            </p>
            {told.late.postings > 0 && (
              <Note>
                <Link href={linesHref({ ...range, ...chosen, show: 'late' })}>
                  {sales.late(
                    format().count(told.late.postings),
                    format().money(told.late.tendered),
                  )}
                </Link>
              </Note>
            )}
            <Section title={sales.dayByDay}>
              <ByDay of={told} asked={{ ...range, ...chosen }} />
            </Section>
            <Tabs label={sales.by} of={tabs} name="by" />
            <Section title={sales.byGrouping[by]}>
              <Groups of={told.groups} by={by} asked={{ ...range, ...chosen }} />
            </Section>
            {by === 'hour' && <Week asked={{ ...range, ...chosen }} />}
            <Section title={sales.otherwise} about={sales.otherwiseTold}>
              <OtherwiseTable
                rows={told.otherwise}
                hrefOf={(kind) => linesHref({ ...range, ...chosen, show: shownOf(kind) })}
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

type Asked = Range & Chosen

export const soldFigures = (
  { sold, before }: Pick<Sales, 'sold' | 'before'>,
  asked: Asked,
): Figure[] => {
  const { columns } = words().figures
  const href = linesHref({ ...asked, show: 'sold' })
  const figure = (
    label: string,
    key: 'tendered' | 'vat' | 'arrears' | 'fixed' | 'fees',
  ): Figure => ({
    label,
    value: <Money of={sold[key]} />,
    compared: comparedText(sold[key], before[key]),
    href,
  })
  return [
    figure(columns.sold, 'tendered'),
    {
      label: columns.orders,
      value: <Count of={sold.orders} />,
      compared: comparedText(sold.orders, before.orders),
      href,
    },
    {
      label: columns.energy,
      value: <Energy of={sold.energy} />,
      compared: (
        <>
          {comparedText(sold.energy, before.energy)}
          {sold.freeEnergy !== 0 && (
            <>
              <br />
              {columns.freeEnergy} <Energy of={sold.freeEnergy} />
            </>
          )}
        </>
      ),
      href,
    },
    figure(columns.vat, 'vat'),
    figure(columns.arrears, 'arrears'),
    figure(columns.fixed, 'fixed'),
    ...(sold.fees === 0 && before.fees === 0 ? [] : [figure(columns.fees, 'fees')]),
  ]
}

/** Columns that lead to their day; a line where there are too many to press. */
const ByDay = ({ of: { days }, asked }: { of: Sales; asked: Asked }) => {
  const { sales, columns } = words().figures
  const { money, shortMoney, shortDay } = format()
  if (days.length === 0) return <p class="empty">{words().figures.noneSold}</p>
  const shared = {
    title: sales.chartByDay,
    x: days.map(({ day }) => shortDay(day)),
    series: [{ name: columns.sold, values: days.map(({ tendered }) => tendered) }],
    format: money,
    axis: shortMoney,
    step: columns.day,
  }
  if (days.length > mostColumns) return <Lines {...shared} />
  return (
    <Stack
      {...shared}
      hrefOf={(index) => {
        const day = days[index]?.day
        return day === undefined ? null : linesHref({ ...asked, from: day, to: day, show: 'sold' })
      }}
    />
  )
}

const mostColumns = 62
/** Longer charts are read as tables. */
const mostBars = 12

const Groups = ({ of, by, asked }: { of: readonly Group[]; by: Grouping; asked: Asked }) => {
  const { sales, columns, noneSold } = words().figures
  const { money } = format()
  if (of.length === 0) return <p class="empty">{noneSold}</p>
  const hrefOf = ({ key }: Group): string => groupHref(by, key, asked)
  const hasBars = by !== 'day' && by !== 'month' && by !== 'hour'
  return (
    <>
      {hasBars && (
        <Bars
          title={sales.chartBy(sales.byGrouping[by])}
          rows={of.slice(0, mostBars).map((group) => ({
            label: groupName(by, group),
            value: group.sold.tendered,
            compared: group.before.tendered,
            href: hrefOf(group),
          }))}
          format={money}
          names={{ row: sales.byGrouping[by], value: columns.sold, compared: columns.before }}
        />
      )}
      {hasBars && of.length > mostBars && (
        <p class="figures-note">{sales.others(of.length - mostBars)}</p>
      )}
      {by === 'hour' && <ByHour of={of} />}
      <Table
        label={sales.byGrouping[by]}
        rows={of}
        rowKey={({ key }) => key}
        rowHref={hrefOf}
        columns={columnsFor(by)}
      />
    </>
  )
}

const ByHour = ({ of }: { of: readonly Group[] }) => {
  const { sales, columns } = words().figures
  const { money, shortMoney } = format()
  const inHour = (hour: number) => of.find(({ key }) => Number(key) === hour)
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  return (
    <Lines
      title={sales.chartByHour}
      x={hours.map((hour) => clockName(hour))}
      series={[
        { name: columns.sold, values: hours.map((hour) => inHour(hour)?.sold.tendered ?? 0) },
        { name: columns.before, values: hours.map((hour) => inHour(hour)?.before.tendered ?? 0) },
      ]}
      format={money}
      axis={shortMoney}
      step={columns.hour}
    />
  )
}

/** Its transactions; those of a group that is of none cannot be asked for by itself. */
const groupHref = (by: Grouping, key: string, asked: Asked): string => {
  const all = { ...asked, show: 'sold' }
  switch (by) {
    case 'hour':
      return linesHref({ ...all, hour: Number(key) })
    case 'day':
      return linesHref({ ...all, from: key, to: key })
    case 'month': {
      const [first, last] = [`${key}-01`, lastDayOf(key)]
      return linesHref({
        ...all,
        from: first < asked.from ? asked.from : first,
        to: last > asked.to ? asked.to : last,
      })
    }
    default:
      return linesHref({ ...all, [by]: key })
  }
}

const columnsFor = (by: Grouping): Column<Group>[] => {
  const { sales, columns } = words().figures
  const money = (key: string, label: string, of: (group: Group) => number): Column<Group> => ({
    key,
    label,
    end: true,
    sort: of,
    cell: (group) => <Money of={of(group)} />,
  })
  const comparing: Column<Group>[] =
    by === 'day' || by === 'month'
      ? []
      : [
          {
            key: 'change',
            label: columns.change,
            end: true,
            sort: ({ sold, before }) =>
              before.tendered === 0 ? 0 : sold.tendered / before.tendered,
            cell: ({ sold, before }) => <Change now={sold.tendered} before={before.tendered} />,
          },
        ]
  return [
    { key: 'what', label: sales.byGrouping[by], cell: (group) => groupName(by, group) },
    money('sold', columns.sold, ({ sold }) => sold.tendered),
    ...comparing,
    {
      key: 'orders',
      label: columns.orders,
      end: true,
      sort: ({ sold }) => sold.orders,
      cell: ({ sold }) => <Count of={sold.orders} />,
    },
    {
      key: 'energy',
      label: columns.energy,
      end: true,
      sort: ({ sold }) => sold.energy,
      cell: ({ sold }) => <Energy of={sold.energy} />,
    },
    money('vat', columns.vat, ({ sold }) => sold.vat),
    money('arrears', columns.arrears, ({ sold }) => sold.arrears),
    { ...money('fixed', columns.fixed, ({ sold }) => sold.fixed), wideOnly: true },
  ]
}

type Cells = FigureQuestions['figures/hours']['told']['cells']

/** Seven rows from Monday on: what an hour brings on such a day. */
export const weekOf = (cells: Cells): number[][] =>
  Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => {
      const cell = cells.find((each) => each.weekday === day + 1 && each.hour === hour)
      return cell === undefined || cell.days === 0 ? 0 : Math.round(cell.tendered / cell.days)
    }),
  )

const Week = ({ asked }: { asked: Asked }) => {
  const { sales } = words().figures
  const answer = useAnswer('figures/hours', asked)
  return (
    <Section title={sales.weekTitle}>
      <Answered answer={answer} lines={8}>
        {({ cells }) => <Heat title={sales.week} values={weekOf(cells)} format={format().money} />}
      </Answered>
    </Section>
  )
}
