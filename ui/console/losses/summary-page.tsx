// All that is open by pattern and by area, and how often each pattern turned out to be right.
import type { LossesQuestions } from '../../../domain/console/losses.ts'
import { useAnswer } from '../asking.ts'
import { Bars } from '../parts/charts/bars.tsx'
import { Figures } from '../parts/figures.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Money } from '../parts/values.tsx'
import { hrefTo } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { LookedAt } from './losses-page.tsx'

type Told = LossesQuestions['losses/summary']['told']

export const SummaryPage = () => {
  const { title, summary: said } = words().losses
  const answer = useAnswer('losses/summary', {})
  return (
    <Page title={said.title} about={said.about} crumbs={[{ href: '/losses', label: title }]}>
      <Answered answer={answer} lines={18}>
        {(told) => (
          <>
            <LookedAt run={told.run} />
            <Figures label={said.title} of={figuresOf(told)} />
            <Section title={said.byPattern}>
              <Table
                label={said.byPattern}
                rows={told.patterns}
                rowKey={({ pattern }) => pattern}
                rowHref={({ pattern }) => hrefTo(['losses'], { pattern })}
                columns={patternColumns(told.judged)}
              />
            </Section>
            <Section title={said.byArea}>
              <Table
                label={said.byArea}
                rows={told.areas}
                rowKey={({ area }) => area}
                rowHref={({ area }) => hrefTo(['losses'], { area })}
                empty={said.noArea}
                sortBy="areas"
                columns={areaColumns()}
              />
            </Section>
            <Section title={said.unreadTitle} about={said.unreadTold}>
              <Bars
                title={said.unread}
                format={format().count}
                rows={told.unread.map(({ fromDays, toDays, count, energy }) => ({
                  label:
                    toDays === null
                      ? said.daysUp({ from: format().count(fromDays) })
                      : said.days({ from: format().count(fromDays), to: format().count(toDays) }),
                  value: count,
                  more: format().shortEnergy(energy),
                }))}
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

const sumOf = <Row,>(rows: readonly Row[], part: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + part(row), 0)

const figuresOf = ({ patterns, judged }: Told) => {
  const { summary: said } = words().losses
  const confirmed = sumOf(judged, (it) => it.confirmed)
  const all = confirmed + sumOf(judged, (it) => it.innocent)
  return [
    {
      label: said.open,
      value: <Count of={sumOf(patterns, ({ open }) => open)} />,
      href: '/losses',
    },
    { label: said.likely, value: <Money of={sumOf(patterns, ({ likely }) => likely)} /> },
    {
      label: said.confirmed,
      value: <Count of={sumOf(patterns, (it) => it.confirmed)} />,
      href: hrefTo(['losses'], { state: 'confirmed' }),
    },
    {
      label: said.rightness,
      value: all === 0 ? '–' : format().percent(confirmed / all),
      compared: said.rightnessTold,
    },
  ]
}

const patternColumns = (judged: Told['judged']): Column<Told['patterns'][number]>[] => {
  const { patterns, summary: said } = words().losses
  const right = (pattern: string): string => {
    const { confirmed = 0, innocent = 0 } = judged.find((it) => it.pattern === pattern) ?? {}
    return confirmed + innocent === 0
      ? said.notJudged
      : said.judged({
          confirmed: format().count(confirmed),
          innocent: format().count(innocent),
        })
  }
  return [
    { key: 'pattern', label: said.columns.pattern, cell: ({ pattern }) => patterns[pattern] },
    {
      key: 'open',
      label: said.columns.open,
      end: true,
      sort: ({ open }) => open,
      cell: ({ open }) => <Count of={open} />,
    },
    {
      key: 'likely',
      label: said.columns.likely,
      end: true,
      sort: ({ likely }) => likely,
      cell: ({ likely }) => <Money of={likely} />,
    },
    { key: 'right', label: said.columns.right, cell: ({ pattern }) => right(pattern) },
  ]
}

const areaColumns = (): Column<Told['areas'][number]>[] => {
  const { patterns, summary: said } = words().losses
  return [
    { key: 'area', label: said.columns.area, cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: 'open',
      label: said.columns.open,
      end: true,
      sort: ({ open }) => open,
      cell: ({ open }) => <Count of={open} />,
    },
    {
      key: 'likely',
      label: said.columns.likely,
      end: true,
      sort: ({ likely }) => likely,
      cell: ({ likely }) => <Money of={likely} />,
    },
    {
      key: 'most',
      label: said.columns.most,
      wideOnly: true,
      cell: ({ patterns: some }) => {
        const most = some.toSorted((one, other) => other.open - one.open)[0]
        return most === undefined ? '' : `${patterns[most.pattern]} (${format().count(most.open)})`
      },
    },
  ]
}
