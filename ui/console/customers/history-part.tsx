// Every change by hand, the newest first: who, with whom, why, and what it was before and after.
import type { ChangeRow } from '../../../domain/console/customers.ts'
import { useAnswer } from '../asking.ts'
import { Answered } from '../parts/problem.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { Id } from '../parts/values.tsx'
import { Link, where, withQuery } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const History = ({ customer }: { customer: string }) => {
  const { history: said, next, first } = words().customers
  const before = Number(where.value.query.get('after') ?? 0)
  const answer = useAnswer('customer/history', {
    customer,
    ...(before > 0 ? { before } : {}),
  })
  return (
    <Answered answer={answer} lines={8}>
      {({ rows, next: following }) =>
        rows.length === 0 ? (
          <p class="empty">{said.none}</p>
        ) : (
          <>
            <Timeline
              label={said.title}
              of={rows.map((row) => ({
                key: String(row.change),
                at: row.at,
                title: (
                  <>
                    {said.kinds[row.what]} {row.about !== '' && <Id of={row.about} />}
                  </>
                ),
                told: <ChangeTold of={row} />,
                source: said.by(row.who),
              }))}
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
        )
      }
    </Answered>
  )
}

const ChangeTold = ({ of }: { of: ChangeRow }) => {
  const { history: said } = words().customers
  const fields = [...new Set([...Object.keys(of.before), ...Object.keys(of.after)])].filter(
    (field) => of.before[field] !== of.after[field],
  )
  return (
    <>
      <ul>
        {fields.map((field) => (
          <li key={field}>
            {said.fields[field] ?? field}: <bdi>{written(field, of.before[field])}</bdi> →{' '}
            <bdi>{written(field, of.after[field])}</bdi>
          </li>
        ))}
      </ul>
      <p>
        “<bdi>{of.why}</bdi>”{of.second !== null && <> · {said.approved(of.second)}</>}
      </p>
    </>
  )
}

type Plainly = ChangeRow['before'][string] | undefined

const shares = new Set(['share', 'leastEnergyShare'])
const amounts = new Set(['cap', 'owed', 'balance', 'overdraft'])

const written = (field: string, value: Plainly): string => {
  const { history: said } = words().customers
  const { percent, money, energy } = format()
  if (value === null || value === undefined) return shares.has(field) ? said.asTariff : '–'
  if (typeof value === 'boolean') return value ? said.yes : said.no
  if (typeof value === 'string') return value
  if (shares.has(field)) return percent(value / 10_000)
  if (amounts.has(field)) return money(value)
  return field === 'makeUpEnergy' ? energy(value) : format().count(value)
}
