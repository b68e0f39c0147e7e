// Money received at each point of sale against what it became.
import type { ReceivedRow } from '../../../domain/console/figures.ts'
import { useAnswer } from '../asking.ts'
import { Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Money } from '../parts/values.tsx'
import { words } from '../texts/words.ts'
import { linesHref, rangeAsked } from './ranges.ts'
import { Behind, ExportButton, RangeAndSales, standingText } from './shared.tsx'

export const ReceivedPage = () => {
  const { received, columns, none } = words().figures
  const range = rangeAsked()
  const answer = useAnswer('figures/received', range)
  return (
    <Page
      title={received.title}
      about={received.about}
      actions={<ExportButton what="received" range={range} />}
    >
      <RangeAndSales range={range} />
      <Answered answer={answer} lines={14}>
        {({ rows, total, standing }) => (
          <>
            <Behind standing={standing} />
            <Section
              title={received.title}
              about={standingText(standing)}
              actions={<Balanced difference={total.difference} />}
            >
              <Table
                label={received.title}
                rows={rows}
                rowKey={({ kiosk }) => kiosk}
                rowHref={({ kiosk }) =>
                  kiosk === '' ? null : linesHref({ ...range, kiosk, show: 'received' })
                }
                columns={[
                  {
                    key: 'kiosk',
                    label: columns.kiosk,
                    sort: ({ place }) => place,
                    cell: ({ place }) => <bdi>{place === '' ? none : place}</bdi>,
                  },
                  ...moneyColumns(),
                ]}
                foot={{
                  kiosk: columns.total,
                  ...Object.fromEntries(moneyColumns().map(({ key, cell }) => [key, cell(total)])),
                }}
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

export const Balanced = ({ difference }: { difference: number }) => {
  const { received } = words().figures
  return difference === 0 ? (
    <Status mark="well" word={received.balanced} />
  ) : (
    <Status mark="wrong" word={received.notBalanced} />
  )
}

export const receivedKeys = [
  'cash',
  'bank',
  'fromAccount',
  'sold',
  'pending',
  'toAccount',
  'suspense',
  'unpaid',
  'difference',
] as const satisfies readonly (keyof ReceivedRow)[]

const moneyColumns = (): Column<ReceivedRow>[] => {
  const { columns } = words().figures
  return receivedKeys.map((key) => ({
    key,
    label: columns[key],
    end: true,
    sort: (row) => row[key],
    cell: (row) => (row[key] === 0 && key !== 'difference' ? '–' : <Money of={row[key]} />),
  }))
}
