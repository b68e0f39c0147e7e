// What a customer has bought, the newest first; each leads to its explanation.
import type { PurchaseRow } from '../../../domain/console/customers.ts'
import type { OrderState } from '../../../domain/order.ts'
import { useAnswer } from '../asking.ts'
import { Answered } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Energy, Id, Money, When } from '../parts/values.tsx'
import { hrefTo, Link, where, withQuery } from '../router.ts'
import { words } from '../texts/words.ts'

const marks: Record<OrderState, Mark> = {
  QUOTED: 'quiet',
  FUNDED: 'attention',
  AWAIT_WRITE: 'attention',
  UNKNOWN: 'attention',
  NOT_LOADED_RETRY: 'attention',
  LOADED: 'well',
  METER_CREDITED: 'well',
  UNDONE: 'quiet',
  RETURNED_TO_ACCOUNT: 'quiet',
  EXPIRED: 'quiet',
  SUSPECT: 'wrong',
}

export const Purchases = ({ customer }: { customer: string }) => {
  const { purchases: said, next, first } = words().customers
  const before = Number(where.value.query.get('after') ?? 0)
  const answer = useAnswer('customer/purchases', {
    customer,
    ...(before > 0 ? { before } : {}),
  })
  return (
    <Answered answer={answer} lines={12}>
      {({ rows, next: following }) => (
        <>
          <Table
            label={said.title}
            columns={columns()}
            rows={rows}
            rowKey={({ orderNumber }) => orderNumber}
            rowHref={({ orderNumber }) => hrefTo(['explain'], { q: orderNumber })}
            empty={said.none}
          />
          <nav class="pager" aria-label={next}>
            {before > 0 && (
              <Link class="button" href={withQuery({ after: null })}>
                {first}
              </Link>
            )}
            {following !== null && (
              <Link class="button" href={withQuery({ after: following })}>
                {next}
              </Link>
            )}
          </nav>
        </>
      )}
    </Answered>
  )
}

const columns = (): Column<PurchaseRow>[] => {
  const { purchases: said } = words().customers
  return [
    { key: 'at', label: said.at, cell: ({ at }) => <When at={at} /> },
    { key: 'order', label: said.order, cell: ({ orderNumber }) => <Id of={orderNumber} /> },
    {
      key: 'place',
      label: said.place,
      cell: ({ place, meter }) => (
        <>
          <bdi>{place}</bdi>
          <small class="below">
            {said.meter} <Id of={meter} />
          </small>
        </>
      ),
    },
    { key: 'tender', label: said.tender, end: true, cell: ({ tender }) => <Money of={tender} /> },
    {
      key: 'arrears',
      label: said.arrears,
      end: true,
      wideOnly: true,
      cell: ({ arrears }) => (arrears === 0 ? '–' : <Money of={arrears} />),
    },
    {
      key: 'energy',
      label: said.energy,
      end: true,
      cell: ({ energy, freeEnergy }) => <Energy of={energy + freeEnergy} />,
    },
    {
      key: 'state',
      label: said.state,
      cell: ({ state }) => <Status mark={marks[state]} word={said.states[state]} />,
    },
  ]
}
