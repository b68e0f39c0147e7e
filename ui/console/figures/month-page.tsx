// A month's report as a page to print: cover line, key figures, charts, tables, and the ledger's own sums beside them.
import type { Checked, FigureQuestions, Group, Sold } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Bars } from '../parts/charts/bars.tsx'
import { Heat } from '../parts/charts/heat.tsx'
import { Stack } from '../parts/charts/stack.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Figures, type Figure } from '../parts/figures.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Energy, Money } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo, Link } from '../router.ts'
import { town } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { splitOf } from './kiosk-day-page.tsx'
import { lastDayOf, linesHref, monthAfter, monthBefore, today } from './ranges.ts'
import { Balanced } from './received-page.tsx'
import { soldFigures, weekOf } from './sales-page.tsx'
import { ResultFigures } from './settlement-page.tsx'
import { Behind, Change, groupName, OtherwiseTable, rangeText, shownOf, spoken } from './shared.tsx'

type Month = FigureQuestions['figures/month']['told']

/** The month that is over last, unless the address names another. */
export const MonthPage = () => <Report month={monthBefore(today().slice(0, 7))} />

export const NamedMonthPage = ({ part }: PageProps) => <Report month={part('month')} />

const Report = ({ month }: { month: string }) => {
  const { month: texts } = words().figures
  const answer = useAnswer('figures/month', { month })
  return (
    <div class="figures-report">
      <Page
        title={texts.of(format().day(month))}
        about={texts.cover(town.value.name === '' ? 'WattPoint' : town.value.name)}
        actions={<Actions month={month} />}
      >
        <Answered answer={answer} lines={20}>
          {(told) => <Content of={told} />}
        </Answered>
      </Page>
    </div>
  )
}

const Actions = ({ month }: { month: string }) => {
  const { month: texts } = words().figures
  return (
    <>
      <Link class="button" href={hrefTo(['figures', 'month', monthBefore(month)])}>
        {texts.earlier}
      </Link>
      {monthAfter(month) <= today().slice(0, 7) && (
        <Link class="button" href={hrefTo(['figures', 'month', monthAfter(month)])}>
          {texts.later}
        </Link>
      )}
      <button type="button" class="button main" onClick={() => print()}>
        {texts.print}
      </button>
    </>
  )
}

const Content = ({ of }: { of: Month }) => {
  const { month: texts, sales, columns, settlement, received } = words().figures
  const { money, shortMoney, shortDay, when } = format()
  const range = { from: `${of.month}-01`, to: lastDayOf(of.month) }
  return (
    <>
      <p class="figures-note">
        {of.isClosed ? texts.closed : texts.open} {texts.made(when(Date.now()))}.{' '}
        {sales.comparedWith(rangeText(of.ranges.before), rangeText(of.ranges.yearBefore))}
      </p>
      <Behind standing={of.standing} />
      <Figures label={texts.keyFigures} of={soldFigures(of, range)} />
      <Section title={sales.dayByDay}>
        <Stack
          title={sales.chartByDay}
          x={of.days.map(({ day }) => shortDay(day))}
          series={[{ name: columns.sold, values: of.days.map(({ tendered }) => tendered) }]}
          format={money}
          axis={shortMoney}
          step={columns.day}
          heightPx={180}
        />
      </Section>
      <div class="beside figures-pair">
        <Section title={texts.split}>
          <Split of={of.sold} />
        </Section>
        <Section title={sales.byGrouping.tender}>
          <GroupBars of={of.byTender} by="tender" />
        </Section>
        <Section title={sales.byGrouping.area}>
          <GroupBars of={of.byArea} by="area" />
        </Section>
        <Section title={sales.byGrouping.tariff}>
          <GroupBars of={of.byTariff} by="tariff" />
        </Section>
      </div>
      <Section title={sales.weekTitle}>
        <Heat title={sales.week} values={weekOf(of.cells)} format={money} />
      </Section>
      <Section title={texts.best}>
        <Kiosks of={of} />
      </Section>
      <Section title={sales.otherwise}>
        <OtherwiseTable
          rows={of.otherwise}
          hrefOf={(kind) => linesHref({ ...range, show: shownOf(kind) })}
        />
      </Section>
      <Section title={received.title}>
        <p>
          <Balanced difference={of.received.difference} />
        </p>
        <Figures label={received.title} of={receivedFigures(of)} />
      </Section>
      <Section title={settlement.title}>
        <ResultFigures of={of.settlement} />
      </Section>
      <Check of={of.checked} />
    </>
  )
}

const receivedFigures = ({ received, boxes: gone }: Month): Figure[] => {
  const { columns, boxes } = words().figures
  const { count, money } = format()
  return [
    { label: columns.cash, value: <Money of={received.cash} /> },
    { label: columns.bank, value: <Money of={received.bank} /> },
    { label: columns.fromAccount, value: <Money of={received.fromAccount} /> },
    {
      label: boxes.title,
      value: <Count of={gone.count} />,
      compared: (
        <>
          {columns.counted} {count(gone.counted)}, {columns.difference} {money(gone.difference)}
        </>
      ),
    },
  ]
}

/** Longest first, each with its share; nothing is left out, so it adds up. */
const Split = ({ of }: { of: Sold }) => {
  const { month: texts, columns } = words().figures
  const { money, percent } = format()
  const parts = splitOf(of).filter(([, amount]) => amount !== 0)
  return (
    <>
      <Bars
        title={texts.splitTold}
        rows={parts
          .toSorted(([, one], [, other]) => other - one)
          .map(([label, amount]) => ({
            label,
            value: amount,
            more: percent(of.tendered === 0 ? 0 : amount / of.tendered),
          }))}
        format={money}
        names={{ row: columns.what, value: columns.amount }}
      />
      <p>
        {columns.sold} <Money of={of.tendered} />
      </p>
    </>
  )
}

const GroupBars = ({ of, by }: { of: readonly Group[]; by: 'tender' | 'area' | 'tariff' }) => {
  const { sales, columns, noneSold } = words().figures
  if (of.length === 0) return <p class="empty">{noneSold}</p>
  return (
    <Bars
      title={sales.chartBy(sales.byGrouping[by])}
      rows={of.map((group) => ({
        label: groupName(by, group),
        value: group.sold.tendered,
        compared: group.before.tendered,
      }))}
      format={format().money}
      names={{ row: sales.byGrouping[by], value: columns.sold, compared: columns.before }}
    />
  )
}

const Kiosks = ({ of }: { of: Month }) => {
  const { month: texts, sales, columns } = words().figures
  const range = { from: `${of.month}-01`, to: lastDayOf(of.month) }
  const money = (key: string, label: string, value: (sold: Sold) => number): Column<Group> => ({
    key,
    label,
    end: true,
    cell: ({ sold }) => <Money of={value(sold)} />,
  })
  return (
    <Table
      label={texts.best}
      rows={of.kiosks}
      rowKey={({ key }) => key}
      rowHref={({ key }) => linesHref({ ...range, kiosk: key, show: 'sold' })}
      columns={[
        { key: 'kiosk', label: sales.byGrouping.kiosk, cell: (group) => groupName('kiosk', group) },
        money('sold', columns.sold, ({ tendered }) => tendered),
        {
          key: 'change',
          label: columns.change,
          end: true,
          cell: ({ sold, before }) => <Change now={sold.tendered} before={before.tendered} />,
        },
        {
          key: 'orders',
          label: columns.orders,
          end: true,
          cell: ({ sold }) => <Count of={sold.orders} />,
        },
        {
          key: 'energy',
          label: columns.energy,
          end: true,
          cell: ({ sold }) => <Energy of={sold.energy} />,
        },
        money('vat', columns.vat, ({ vat }) => vat),
        money('arrears', columns.arrears, ({ arrears }) => arrears),
      ]}
    />
  )
}

/** Whoever signs the report sees whether it is true. */
const Check = ({ of }: { of: readonly Checked[] }) => {
  const { month: texts, columns, accounts } = words().figures
  const agrees = of.every(({ reported, ledger }) => reported === ledger)
  return (
    <Section
      title={texts.check}
      about={`${agrees ? texts.checkAgrees : texts.checkDiffers} ${texts.checkSign}`}
    >
      <p>
        <Status mark={agrees ? 'well' : 'wrong'} word={agrees ? texts.check : texts.checkDiffers} />
      </p>
      <Table
        label={texts.check}
        rows={of}
        rowKey={({ what }) => what}
        columns={[
          { key: 'account', label: texts.account, cell: ({ what }) => spoken(accounts, what) },
          {
            key: 'reported',
            label: texts.reported,
            end: true,
            cell: ({ reported }) => <Money of={reported} />,
          },
          {
            key: 'ledger',
            label: texts.ledger,
            end: true,
            cell: ({ ledger }) => <Money of={ledger} />,
          },
          {
            key: 'difference',
            label: columns.difference,
            end: true,
            cell: ({ reported, ledger }) => <Money of={reported - ledger} />,
          },
        ]}
      />
    </Section>
  )
}
