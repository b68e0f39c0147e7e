// Every tariff with the version that is in force, the one to come, and what a kWh costs with everything.
import type { TariffRow } from '../../../domain/console/tariffs.ts'
import { useAnswer } from '../asking.ts'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Count, Day, Id } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { priceText } from './price.ts'

export const TariffsPage = () => {
  const said = words().tariffs
  const answer = useAnswer('tariffs', {})
  return (
    <Page
      title={said.title}
      about={said.about}
      actions={
        may('see customers') ? (
          <Link class="button" href={hrefTo(['tariffs', 'simulator'])}>
            {said.simulator.title}
          </Link>
        ) : undefined
      }
    >
      <Answered answer={answer} lines={8}>
        {({ tariffs }) => (
          <Table
            label={said.title}
            columns={columns()}
            rows={tariffs}
            rowKey={({ code }) => code}
            rowHref={({ code }) => hrefTo(['tariffs', code])}
          />
        )}
      </Answered>
    </Page>
  )
}

const columns = (): Column<TariffRow>[] => {
  const { columns: labels } = words().tariffs
  return [
    {
      key: 'code',
      label: labels.code,
      sort: ({ code }) => code,
      cell: ({ code, names }) => (
        <>
          <Id of={code} />
          <small class="below">{names[language.value]}</small>
        </>
      ),
    },
    {
      key: 'from',
      label: labels.inForce,
      cell: ({ versions }) => {
        const version = versions.find(({ state }) => state === 'in force')
        return version === undefined ? '–' : <Day of={version.validFrom} />
      },
    },
    {
      key: 'next',
      label: labels.toCome,
      cell: ({ versions }) => {
        const version = versions.find(({ state }) => state === 'to come')
        return version === undefined ? '–' : <Day of={version.validFrom} />
      },
    },
    {
      key: 'meters',
      label: labels.meters,
      end: true,
      sort: ({ bindings }) => bindings,
      cell: ({ bindings }) => <Count of={bindings} />,
    },
    {
      key: 'price',
      label: labels.perKwh,
      end: true,
      cell: ({ prices }) => (
        <bdi class="value">
          {priceText(Math.min(...prices))}
          {prices.length > 1 && ` – ${priceText(Math.max(...prices))}`}
        </bdi>
      ),
    },
  ]
}
