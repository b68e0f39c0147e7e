// Where the money of a sale is: what was put in, heap by heap where it is now, and whether the ledger says the same.
import type { MoneyHeap, MoneyOfSale } from '../../../domain/console/explaining.ts'
import { Status } from '../parts/status.tsx'
import { Money } from '../parts/values.tsx'
import { words } from '../texts/words.ts'
import { say } from './say.ts'

export const MoneyNow = ({ money }: { money: MoneyOfSale }) => {
  const said = words().explaining
  const { tendered, carried, heaps } = money
  const total = tendered.total + carried.total
  if (total === 0 && heaps.length === 0) {
    return (
      <>
        <p>{said.noMoney}</p>
        <Check money={money} />
      </>
    )
  }
  const { total: _tendered, ...ways } = tendered
  const { total: _carried, ...reasons } = carried
  return (
    <>
      <table class="explain-money">
        <tbody class="explain-in">
          {rowsOf(ways, said.tenders).map(([label, amount]) => (
            <Row key={label} label={label} amount={amount} />
          ))}
          {rowsOf(reasons, said.carried).map(([label, amount]) => (
            <Row key={label} label={label} amount={amount} />
          ))}
          <tr class="explain-total">
            <th scope="row">{said.tendered}</th>
            <td>
              <Money of={total} />
            </td>
          </tr>
        </tbody>
        <tbody>
          {heaps.map((heap, at) => (
            <HeapRows key={`${heap.kind} ${at}`} heap={heap} />
          ))}
          <tr class="explain-total">
            <th scope="row">{said.addsUp}</th>
            <td>
              <Money of={heaps.reduce((sum, { amount }) => sum + amount, 0)} />
            </td>
          </tr>
        </tbody>
      </table>
      <Check money={money} />
    </>
  )
}

/** Those that are not nothing. */
const rowsOf = <Name extends string>(
  amounts: Record<Name, number>,
  labels: Record<Name, string>,
): [label: string, amount: number][] => {
  const names: Name[] = []
  for (const name in amounts) names.push(name)
  return names.flatMap((name): [string, number][] =>
    amounts[name] === 0 ? [] : [[labels[name], amounts[name]]],
  )
}

const Row = ({ label, amount }: { label: string; amount: number }) => (
  <tr>
    <th scope="row">{label}</th>
    <td>
      <Money of={amount} />
    </td>
  </tr>
)

const HeapRows = ({ heap }: { heap: MoneyHeap }) => {
  const said = words().explaining
  return (
    <>
      <tr data-place={heap.place}>
        <th scope="row">
          {said.heaps[heap.kind]}
          {heap.kind === 'account' && heap.customer !== null && (
            <small>{said.toCustomer(say.id(heap.customer))}</small>
          )}
        </th>
        <td>
          <Money of={heap.amount} />
        </td>
      </tr>
      {heap.kind === 'delivered' &&
        heap.parts.map(({ of, amount }) => (
          <tr key={of} class="explain-of-it">
            <th scope="row">{said.parts[of]}</th>
            <td>
              <Money of={amount} />
            </td>
          </tr>
        ))}
    </>
  )
}

const Check = ({ money: { differences } }: { money: MoneyOfSale }) => {
  const said = words().explaining
  if (differences.length === 0) {
    return (
      <p class="explain-check">
        <Status mark="well" word={said.ledgerAgrees} />
      </p>
    )
  }
  return (
    <div class="explain-check" role="alert">
      <Status mark="wrong" word={said.ledgerDiffers} />
      <ul>
        {differences.map(({ of, rows, ledger }) => (
          <li key={of}>
            {said.differs[of]}: {said.rows} {say.money(rows)}, {said.ledger} {say.money(ledger)}
          </li>
        ))}
      </ul>
    </div>
  )
}
