// What wears out at a kiosk: a sentence where a trend is bad, and the days it is read from.
import type { TrendsTold, Wear } from '../../../domain/console/fleet.ts'
import { useAnswer } from '../asking.ts'
import { Lines } from '../parts/charts/lines.tsx'
import { Choice } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Beside, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { where } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

const spans = ['30', '90', '180', '365']
const usualSpan = '90'

export const KioskTrends = ({ kiosk }: { kiosk: string }) => {
  const { wear } = words().fleet
  const asked = where.value.query.get('days') ?? ''
  const days = spans.includes(asked) ? asked : usualSpan
  const answer = useAnswer('fleet/trends', { kiosk, days })
  return (
    <>
      <Filters label={wear.span}>
        <Choice
          name="days"
          label={wear.span}
          value={days}
          options={spans.map((value) => ({ value, label: wear.days(Number(value)) }))}
        />
      </Filters>
      <Answered answer={answer} lines={16}>
        {(told) => <Trends told={told} />}
      </Answered>
    </>
  )
}

const Trends = ({ told }: { told: TrendsTold }) => {
  const { wear } = words().fleet
  const { number, count, shortDay } = format()
  const { days } = told
  if (days.length === 0) return <p class="empty">{wear.empty}</p>
  const x = days.map(({ day }) => shortDay(day))
  const bad = told.wear.filter(({ judged }) => judged === 'bad')
  return (
    <>
      <Section title={wear.title} about={wear.about}>
        {bad.length === 0 ? (
          <Status mark="well" word={wear.noneBad} />
        ) : (
          bad.map((each) => <Note key={each.kind}>{sentenceOf(each)}</Note>)
        )}
        <Table
          label={wear.title}
          columns={wearColumns()}
          rows={told.wear}
          rowKey={({ kind }) => kind}
        />
      </Section>
      <Beside>
        <Lines
          title={wear.charts.rejects(days.length)}
          x={x}
          step={wear.day}
          series={[
            { name: wear.series.rejects, values: days.map(({ rejectsPer100 }) => rejectsPer100) },
          ]}
          format={(value) => number(value, 1)}
        />
        <Lines
          title={wear.charts.lines(days.length)}
          x={x}
          step={wear.day}
          series={[
            { name: wear.series.broken, values: days.map(({ broken }) => broken) },
            { name: wear.series.again, values: days.map(({ again }) => again) },
          ]}
          format={count}
        />
      </Beside>
      <Lines
        title={wear.charts.notes(days.length)}
        x={x}
        step={wear.day}
        series={[
          { name: wear.series.notes, values: days.map(({ notes }) => notes) },
          { name: wear.series.receipts, values: days.map(({ receipts }) => receipts) },
        ]}
        format={count}
      />
    </>
  )
}

const rateOf = (rate: number | null): string =>
  rate === null ? words().fleet.wear.nothingKnown : format().number(rate, 1)

/** Against its own weeks before where it has clearly grown, against all kiosks where it always was so. */
const sentenceOf = ({ kind, recent, before, fleet }: Wear): string => {
  const { sentences, usual } = words().fleet.wear
  const grown = before !== null && recent !== null && recent >= 2 * before
  const against =
    grown || fleet === null ? usual.before(rateOf(before)) : usual.fleet(rateOf(fleet))
  return sentences[kind](rateOf(recent), against)
}

const marks: Record<Wear['judged'], Mark> = {
  well: 'well',
  rising: 'attention',
  bad: 'wrong',
  unknown: 'quiet',
}

const wearColumns = (): Column<Wear>[] => {
  const { wear } = words().fleet
  return [
    { key: 'kind', label: wear.title, cell: ({ kind }) => wear.names[kind] },
    {
      key: 'judged',
      label: words().fleet.filters.state,
      cell: ({ judged }) => <Status mark={marks[judged]} word={wear.judged[judged]} />,
    },
    {
      key: 'recent',
      label: wear.last,
      end: true,
      cell: ({ recent }) => <bdi class="value">{rateOf(recent)}</bdi>,
    },
    {
      key: 'before',
      label: wear.before,
      end: true,
      cell: ({ before }) => <bdi class="value">{rateOf(before)}</bdi>,
    },
    {
      key: 'fleet',
      label: wear.fleet,
      end: true,
      cell: ({ fleet }) => <bdi class="value">{rateOf(fleet)}</bdi>,
    },
  ]
}
