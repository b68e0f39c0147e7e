// One day of one point of sale, as the slip of an X or a Z reading has it.
import type { FigureQuestions, Sold } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Field } from '../parts/fields.tsx'
import { Facts } from '../parts/facts.tsx'
import { Filters } from '../parts/filters.tsx'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Energy, Money, When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo, where } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { linesHref, today } from './ranges.ts'
import { Balanced, receivedKeys } from './received-page.tsx'
import { OtherwiseTable, shownOf, spoken } from './shared.tsx'

type KioskDay = FigureQuestions['figures/kiosk-day']['told']

export const KioskDayPage = ({ part }: PageProps) => {
  const { kioskDay, sales } = words().figures
  const kiosk = part('kiosk')
  const asked = where.value.query.get('day') ?? ''
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : today()
  const answer = useAnswer('figures/kiosk-day', { kiosk, day })
  const place = answer.kind === 'told' ? answer.told.place : kiosk
  return (
    <Page
      title={kioskDay.title(place)}
      about={format().day(day)}
      crumbs={[{ href: hrefTo(['figures', 'sales'], { from: day, to: day }), label: sales.title }]}
    >
      <Filters label={kioskDay.choose}>
        <Field name="day" type="date" label={kioskDay.choose} value={day} max={today()} ltr />
      </Filters>
      <Answered answer={answer} lines={12}>
        {(told) => <Totals of={told} day={day} />}
      </Answered>
    </Page>
  )
}

const Totals = ({ of, day }: { of: KioskDay; day: string }) => {
  const { kioskDay, received, columns } = words().figures
  const { kiosk } = of
  const range = { from: day, to: day }
  return (
    <>
      <Reading of={of} />
      <Beside>
        <Section title={columns.sold}>
          <Facts of={soldFacts(of.sold)} />
        </Section>
        <Section title={received.title} actions={<Balanced difference={of.received.difference} />}>
          <Facts
            of={receivedKeys.map((key) => ({
              label: columns[key],
              value: <Money of={of.received[key]} />,
            }))}
          />
        </Section>
      </Beside>
      <Section title={kioskDay.tender}>
        <Table
          label={kioskDay.tender}
          rows={of.byTender}
          rowKey={({ tender }) => tender}
          rowHref={({ tender }) => hrefTo(['figures', 'transactions'], { ...range, kiosk, tender })}
          columns={tenderColumns()}
        />
      </Section>
      <Section title={kioskDay.other}>
        <OtherwiseTable
          rows={of.otherwise}
          hrefOf={(kind) => linesHref({ ...range, kiosk, show: shownOf(kind) })}
        />
      </Section>
    </>
  )
}

const Reading = ({ of }: { of: KioskDay }) => {
  const { kioskDay } = words().figures
  const { when } = format()
  const isClosed = of.reading === 'Z'
  return (
    <Section
      title={isClosed ? kioskDay.z : kioskDay.x}
      actions={
        <Status
          mark={isClosed ? 'well' : 'quiet'}
          word={of.closedAt === null ? kioskDay.xTold : kioskDay.zTold(when(of.closedAt))}
        />
      }
    >
      <Facts
        of={[
          { label: kioskDay.first, value: of.first === null ? '–' : <When at={of.first} /> },
          { label: kioskDay.last, value: of.last === null ? '–' : <When at={of.last} /> },
        ]}
      />
    </Section>
  )
}

/** What was sold, line by line, and what it adds up from. */
export const soldFacts = (sold: Sold) => {
  const { columns } = words().figures
  return [
    { label: columns.orders, value: <Count of={sold.orders} /> },
    { label: columns.energy, value: <Energy of={sold.energy} /> },
    { label: columns.freeEnergy, value: <Energy of={sold.freeEnergy} /> },
    ...splitOf(sold).map(([label, amount]) => ({ label, value: <Money of={amount} /> })),
    { label: columns.sold, value: <Money of={sold.tendered} /> },
  ]
}

/** The parts that add up to what was sold. */
export const splitOf = (sold: Sold): [label: string, amount: number][] => {
  const { columns } = words().figures
  return [
    [columns.supply, sold.supply],
    [columns.vat, sold.vat],
    [columns.fixed, sold.fixed],
    [columns.arrears, sold.arrears],
    [columns.levies, sold.levies],
    [columns.fees, sold.fees],
    [columns.toAccount, sold.toAccount],
  ]
}

const tenderColumns = (): Column<KioskDay['byTender'][number]>[] => {
  const { columns, tenders } = words().figures
  return [
    { key: 'tender', label: columns.tender, cell: ({ tender }) => spoken(tenders, tender) },
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
    {
      key: 'sold',
      label: columns.sold,
      end: true,
      cell: ({ sold }) => <Money of={sold.tendered} />,
    },
  ]
}
