// What differs from the version before, each value in its own unit.
import type { Difference, Plainly } from '../../../domain/console/tariffs.ts'
import { Section } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { priceText, shareText } from './price.ts'

export const DifferencesShown = ({
  of,
  isFirst,
}: {
  of: readonly Difference[]
  isFirst: boolean
}) => {
  const { differences: said } = words().tariffs
  return (
    <Section title={said.title}>
      {of.length === 0 ? (
        <p>{isFirst ? said.first : said.none}</p>
      ) : (
        <Table
          label={said.title}
          rows={of}
          rowKey={({ where }) => where}
          columns={[
            { key: 'what', label: said.what, cell: ({ where }) => nameOf(where) },
            {
              key: 'before',
              label: said.before,
              end: true,
              cell: ({ where, before }) => <bdi class="value">{written(where, before)}</bdi>,
            },
            {
              key: 'after',
              label: said.after,
              end: true,
              cell: ({ where, after }) => (
                <b>
                  <bdi class="value">{written(where, after)}</bdi>
                </b>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

/** `ladder.blocks.1.price` is "Block 2: price of a kWh". */
export const nameOf = (where: string): string => {
  const { fields } = words().tariffs
  const known = fields[where]
  if (known !== undefined) return known
  const [, list = where, place = '', last = ''] = /^(.*?)\.(\d+)\.?(.*)$/.exec(where) ?? []
  if (place === '') return fields[where.split('.')[0] ?? ''] ?? where
  const part = last === '' ? '' : `: ${fields[last] ?? fields[last.split('.')[0] ?? ''] ?? last}`
  return `${fields[list] ?? list} ${format().count(Number(place) + 1)}${part}`
}

const written = (where: string, value: Plainly): string => {
  const { history } = words().customers
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? history.yes : history.no
  if (typeof value === 'string') return value
  const { money, energy, count } = format()
  if (where.endsWith('price')) return priceText(value)
  if (/(share|Share|rate)$/.test(where)) return shareText(value)
  if (/(upTo|freeUnitsPerMonth)$/.test(where)) return energy(value)
  if (/(amount|cap|flat|least|most)$/.test(where)) return money(value)
  return count(value)
}
