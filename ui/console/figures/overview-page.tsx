// The morning of whoever keeps the accounts: today beside a usual such day, the month so far, and what is open.
import type { FigureQuestions } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Lines } from '../parts/charts/lines.tsx'
import { Stack } from '../parts/charts/stack.tsx'
import { Figures, type Figure } from '../parts/figures.tsx'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Count, Energy, Money } from '../parts/values.tsx'
import { hrefTo } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { linesHref } from './ranges.ts'
import { Behind, clockName, comparedText, standingText } from './shared.tsx'

type Overview = FigureQuestions['figures/overview']['told']

/** Often enough for "so far". */
const everyMs = 60_000

export const OverviewPage = () => {
  const { overview, range } = words().figures
  const answer = useAnswer('figures/overview', {}, { everyMs })
  return (
    <Page title={overview.title} about={overview.about}>
      <Answered answer={answer} lines={16}>
        {(told) => (
          <>
            <Behind standing={told.standing} />
            <Figures of={keyFigures(told)} label={overview.about} />
            <Beside>
              <Section title={range.presets.today}>
                <TodayByHour of={told} />
              </Section>
              <Section title={range.presets.month} about={standingText(told.standing)}>
                <MonthByDay of={told} />
              </Section>
            </Beside>
            <Section title={overview.open}>
              <Figures of={openFigures(told)} label={overview.open} />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

const keyFigures = ({ today, usual, month }: Overview): Figure[] => {
  const { overview } = words().figures
  const { money, weekday } = format()
  const ofToday = { from: today.day, to: today.day }
  return [
    {
      label: overview.soFar,
      value: <Money of={today.sold.tendered} />,
      compared:
        usual === null ? overview.noUsual : overview.usual(weekday(today.day), money(usual.soFar)),
      href: linesHref({ ...ofToday, show: 'sold' }),
    },
    {
      label: overview.ordersToday,
      value: <Count of={today.sold.orders} />,
      href: linesHref({ ...ofToday, show: 'sold' }),
    },
    {
      label: overview.energyToday,
      value: <Energy of={today.sold.energy} />,
      href: hrefTo(['figures', 'sales'], { ...ofToday, by: 'kiosk' }),
    },
    {
      label: overview.monthSoFar,
      value: <Money of={month.sold.tendered} />,
      compared: (
        <>
          {overview.lastMonth(money(month.lastMonthSoFar.tendered))}
          <br />
          {comparedText(month.sold.tendered, month.lastMonthSoFar.tendered)}
        </>
      ),
      href: hrefTo(['figures', 'sales'], { from: `${month.month}-01`, to: today.day, by: 'day' }),
    },
  ]
}

const openFigures = ({ open, today }: Overview): Figure[] => {
  const { overview } = words().figures
  const { day, money, count } = format()
  const of = (
    label: string,
    told: string,
    { count: number, sum }: { count: number; sum: number },
    href?: string,
  ): Figure => ({
    label,
    value: <Count of={number} />,
    compared: (
      <>
        {money(sum)} · {told}
      </>
    ),
    mark: number === 0 ? 'well' : 'attention',
    ...(href === undefined ? {} : { href }),
  })
  const { settlement } = open
  const settlementFrom = settlement.oldest ?? today.day
  return [
    of(overview.pending, overview.pendingTold, open.pending),
    of(overview.suspense, overview.suspenseTold, open.suspense),
    of(
      overview.settlement,
      settlement.oldest === null ? count(0) : overview.settlementTold(day(settlement.oldest)),
      settlement,
      hrefTo(['figures', 'settlement'], { from: settlementFrom, to: today.day }),
    ),
    of(overview.boxes, overview.boxesTold, open.boxes, hrefTo(['figures', 'boxes'])),
    {
      label: overview.unpaid,
      value: <Money of={open.unpaid} />,
      compared: overview.unpaidTold,
      mark: open.unpaid === 0 ? 'well' : 'attention',
    },
  ]
}

const TodayByHour = ({ of: { today } }: { of: Overview }) => {
  const { overview, columns } = words().figures
  const { money, shortMoney } = format()
  // What is still to come is no line at nothing.
  const last = today.hours.findLastIndex(({ tendered }) => tendered !== 0)
  return (
    <Lines
      title={overview.todayByHour}
      x={today.hours.map(({ hour }) => clockName(hour))}
      series={[
        {
          name: overview.todayLine,
          values: today.hours.map(({ tendered }, hour) => (hour > last ? null : tendered)),
        },
        { name: overview.usualLine, values: today.hours.map(({ usual }) => usual) },
      ]}
      format={money}
      axis={shortMoney}
      step={columns.hour}
    />
  )
}

const MonthByDay = ({ of: { month } }: { of: Overview }) => {
  const { overview, columns } = words().figures
  const { money, shortMoney, shortDay } = format()
  const hrefOf = (index: number): string | null => {
    const day = month.days[index]?.day
    return day === undefined ? null : linesHref({ from: day, to: day, show: 'sold' })
  }
  return (
    <Stack
      title={overview.byDay}
      x={month.days.map(({ day }) => shortDay(day))}
      series={[{ name: columns.sold, values: month.days.map(({ tendered }) => tendered) }]}
      format={money}
      axis={shortMoney}
      step={columns.day}
      hrefOf={hrefOf}
    />
  )
}
