// What the pages of figures share: the time and the sales they show, comparisons, and how far the days are closed.
import type { ComponentChildren } from 'preact'
import { channels, tenders } from '../../../domain/console/figure-names.ts'
import type {
  Chosen,
  FigureQuestions,
  Otherwise,
  Standing,
} from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Choice, Field } from '../parts/fields.tsx'
import { FileButton } from '../parts/file-button.tsx'
import { Filters } from '../parts/filters.tsx'
import { Note } from '../parts/problem.tsx'
import { Table } from '../parts/table.tsx'
import { Count, Money } from '../parts/values.tsx'
import { Link, withQuery } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { chosenAsked, presets, rangeOf, type Range } from './ranges.ts'

/** A name of the books in the language that is spoken; one nobody has translated stands as it is. */
export const spoken = (names: Readonly<Record<string, string>>, name: string): string =>
  new Map(Object.entries(names)).get(name) ?? name

/** What a group is called. */
export const groupName = (by: string, { key, label }: { key: string; label: string }): string => {
  const { figures } = words()
  switch (by) {
    case 'tender':
      return key === '' ? figures.none : spoken(figures.tenders, key)
    case 'channel':
      return key === '' ? figures.none : spoken(figures.channels, key)
    case 'hour':
      return hourName(Number(key))
    case 'day':
    case 'month':
      return format().day(key)
    default:
      return key === '' || key === '-1' ? figures.none : label
  }
}

/** The moment an hour begins at. */
export const clockName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** From one moment to the next, left to right in every language. */
export const hourName = (hour: number): string =>
  `\u2066${clockName(hour)}–${clockName(hour + 1)}\u2069`

/** Days as presets and as two fields; of which sales, where that is asked. */
export const RangeAndSales = ({
  range,
  chosen = false,
  children,
}: {
  range: Range
  chosen?: boolean
  children?: ComponentChildren
}) => {
  const { range: texts } = words().figures
  return (
    <div class="figures-range">
      <nav class="figures-presets" aria-label={texts.label}>
        {presets.map((preset) => {
          const { from, to } = rangeOf(preset)
          const isHere = from === range.from && to === range.to
          return (
            <Link
              key={preset}
              class="button"
              href={withQuery({ from, to, after: null })}
              current={isHere ? 'true' : undefined}
            >
              {texts.presets[preset]}
            </Link>
          )
        })}
      </nav>
      <Filters label={texts.label} key={`${range.from} ${range.to}`}>
        <Field name="from" type="date" label={texts.from} value={range.from} max={range.to} ltr />
        <Field name="to" type="date" label={texts.to} value={range.to} min={range.from} ltr />
        {chosen && <SalesChoices />}
        {children}
      </Filters>
    </div>
  )
}

const SalesChoices = () => {
  const { figures } = words()
  const { columns } = figures
  const answer = useAnswer('figures/choices', {})
  const chosen = chosenAsked()
  if (answer.kind !== 'told') return null
  const { told } = answer
  return (
    <>
      <Choice
        name="kiosk"
        label={columns.kiosk}
        any
        value={chosen.kiosk ?? ''}
        options={told.kiosks.map(({ kiosk, place }) => ({ value: kiosk, label: place }))}
      />
      <Choice
        name="channel"
        label={columns.channel}
        any
        value={chosen.channel ?? ''}
        options={channels
          .filter((each) => told.channels.includes(each))
          .map((value) => ({ value, label: figures.channels[value] }))}
      />
      <Choice
        name="tariff"
        label={columns.tariff}
        any
        value={chosen.tariff ?? ''}
        options={told.tariffs.map((value) => ({ value, label: value }))}
      />
      <Choice
        name="area"
        label={columns.area}
        any
        value={chosen.area === undefined ? '' : String(chosen.area)}
        options={told.areas.map(({ area, name }) => ({ value: String(area), label: name }))}
      />
      <Choice
        name="tender"
        label={columns.tender}
        any
        value={chosen.tender ?? ''}
        options={tenders.map((value) => ({ value, label: figures.tenders[value] }))}
      />
    </>
  )
}

/** How far the figures go. */
export const standingText = ({ closedThrough }: Standing): string => {
  const { standing } = words().figures
  return closedThrough === null ? standing.none : standing.through(format().day(closedThrough))
}

export const Behind = ({ standing }: { standing: Standing }) =>
  standing.behind === 0 ? null : (
    <Note>{words().figures.standing.behind(format().count(standing.behind))}</Note>
  )

/** By how much it is more or less than before. */
export const comparedText = (now: number, before: number): string => {
  const { more, less, same, nothingBefore } = words().figures
  if (before === 0) return nothingBefore
  if (now === before) return same
  const by = format().percent(Math.abs(now - before) / Math.abs(before))
  return now > before ? more(by) : less(by)
}

/** The change as a signed fraction, in a column. */
export const Change = ({ now, before }: { now: number; before: number }) =>
  before === 0 ? (
    <>–</>
  ) : (
    <bdi class="value" dir="ltr">
      {now > before ? '+' : ''}
      {format().percent((now - before) / Math.abs(before))}
    </bdi>
  )

const shownFor: Record<string, string> = {
  'order returned': 'returned',
  'order returned to payer': 'returned',
  'payment given back': 'returned',
  'order undone': 'undone',
  'notes booked': 'received',
  'payment booked': 'received',
  'delivery unpaid': 'received',
  'claim redeemed': 'claims',
  'claim paid': 'claims',
  'box removed': 'boxes',
  'box counted': 'boxes',
}

/** The list in which postings of a kind stand. */
export const shownOf = (kind: string): string => shownFor[kind] ?? 'all'

export const OtherwiseTable = ({
  rows,
  hrefOf,
}: {
  rows: readonly Otherwise[]
  hrefOf?: (kind: string) => string
}) => {
  const { columns, kinds, sales } = words().figures
  return (
    <Table
      label={sales.otherwise}
      rows={rows}
      rowKey={({ kind }) => kind}
      {...(hrefOf === undefined ? {} : { rowHref: ({ kind }: Otherwise) => hrefOf(kind) })}
      columns={[
        { key: 'kind', label: columns.kind, cell: ({ kind }) => spoken(kinds, kind) },
        {
          key: 'count',
          label: columns.count,
          end: true,
          cell: ({ postings }) => <Count of={postings} />,
        },
        {
          key: 'amount',
          label: columns.amount,
          end: true,
          cell: ({ amount }) => <Money of={amount} />,
        },
      ]}
    />
  )
}

type ExportAsked = FigureQuestions['figures/export']['asked']

/** Everything of these figures as a file. */
export const ExportButton = ({
  what,
  range,
  chosen = {},
  more = {},
}: {
  what: ExportAsked['what']
  range: Range
  chosen?: Chosen
  more?: Partial<Pick<ExportAsked, 'by' | 'show' | 'hour'>>
}) => <FileButton question="figures/export" asked={{ what, ...range, ...chosen, ...more }} />

/** A range in words. */
export const rangeText = ({ from, to }: Range): string => {
  const { day } = format()
  return from === to ? day(from) : `${day(from)} – ${day(to)}`
}
