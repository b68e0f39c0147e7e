// Cash boxes that left their kiosks: what is in each by the journal, by whoever counted, and what was missing.
import type { BoxRow, PersonRow } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Id, Money, When } from '../parts/values.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { linesHref, rangeAsked, type Range } from './ranges.ts'
import { ExportButton, RangeAndSales } from './shared.tsx'

export const BoxesPage = () => {
  const { boxes: texts } = words().figures
  const range = rangeAsked()
  const answer = useAnswer('figures/boxes', range)
  return (
    <Page title={texts.title} about={texts.about}>
      <RangeAndSales range={range} />
      <Answered answer={answer} lines={12}>
        {({ boxes, persons, waiting }) => (
          <>
            {waiting > 0 && <Note>{texts.waiting(format().count(waiting))}</Note>}
            <Section title={texts.byPerson} actions={<ExportButton what="persons" range={range} />}>
              <Table
                label={texts.byPerson}
                rows={persons}
                rowKey={({ person }) => person}
                empty={texts.empty}
                sortBy="persons"
                columns={personColumns()}
              />
            </Section>
            <Section title={texts.byBox} actions={<ExportButton what="boxes" range={range} />}>
              <Table
                label={texts.byBox}
                rows={boxes}
                rowKey={({ exchange }) => exchange}
                rowHref={({ kiosk }) => boxHref(kiosk, range)}
                empty={texts.empty}
                columns={boxColumns()}
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

const boxHref = (kiosk: string, range: Range): string =>
  linesHref({ ...range, kiosk, show: 'boxes' })

/** Nobody is told of a difference by its colour. */
const Difference = ({ of }: { of: number | null }) => {
  const { boxes } = words().figures
  if (of === null) return <Status mark="quiet" word={boxes.notCounted} />
  return of === 0 ? (
    <Status mark="well" word={boxes.agrees} />
  ) : (
    <Status mark="wrong" word={<Money of={of} signed />} />
  )
}

const personColumns = (): Column<PersonRow>[] => {
  const { columns } = words().figures
  const count = (key: 'boxes' | 'counted' | 'differing', label: string): Column<PersonRow> => ({
    key,
    label,
    end: true,
    sort: (row) => row[key],
    cell: (row) => <Count of={row[key]} />,
  })
  return [
    { key: 'person', label: columns.person, cell: ({ person }) => <Id of={person} /> },
    count('boxes', columns.boxes),
    count('counted', columns.counted),
    {
      key: 'expected',
      label: columns.inJournal,
      end: true,
      cell: ({ expected }) => <Money of={expected} />,
    },
    {
      key: 'office',
      label: columns.atOffice,
      end: true,
      cell: ({ atOffice }) => <Money of={atOffice} />,
    },
    {
      key: 'difference',
      label: columns.difference,
      sort: ({ difference }) => difference,
      cell: ({ difference, counted }) => <Difference of={counted === 0 ? null : difference} />,
    },
  ]
}

const boxColumns = (): Column<BoxRow>[] => {
  const { boxes, columns } = words().figures
  return [
    { key: 'time', label: columns.time, sort: ({ at }) => at, cell: ({ at }) => <When at={at} /> },
    {
      key: 'kiosk',
      label: columns.kiosk,
      sort: ({ place }) => place,
      cell: ({ place, kiosk }) => <bdi>{place === '' ? kiosk : place}</bdi>,
    },
    { key: 'box', label: columns.box, cell: ({ box }) => <Id of={box} /> },
    {
      key: 'person',
      label: columns.person,
      sort: ({ by }) => by,
      cell: ({ by, witness }) => <Id of={witness === '' ? by : `${by}, ${witness}`} />,
    },
    {
      key: 'expected',
      label: columns.inJournal,
      end: true,
      sort: ({ expected }) => expected,
      cell: ({ expected }) => <Money of={expected} />,
    },
    {
      key: 'kioskCount',
      label: columns.atKiosk,
      end: true,
      cell: ({ atKiosk }) => (atKiosk === null ? boxes.sealed : <Money of={atKiosk} />),
    },
    {
      key: 'office',
      label: columns.atOffice,
      end: true,
      cell: ({ atOffice }) => (atOffice === null ? '–' : <Money of={atOffice} />),
    },
    {
      key: 'counter',
      label: columns.countedBy,
      wideOnly: true,
      cell: ({ countedBy }) => <bdi>{countedBy.join(', ')}</bdi>,
    },
    {
      key: 'difference',
      label: columns.difference,
      sort: ({ difference }) => difference ?? 0,
      cell: ({ difference }) => <Difference of={difference} />,
    },
  ]
}
