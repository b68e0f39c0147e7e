// A table that breathes: a head that stays, sorting by links, rows that lead somewhere; on a phone each row is a card.
import type { ComponentChildren, VNode } from 'preact'
import { Link, where, withQuery } from '../router.ts'
import { words } from '../texts/words.ts'

export type Column<Row> = {
  /** Also what stands in the address when the table is sorted by it. */
  key: string
  label: string
  /** The label is for those who do not see that the column holds buttons. */
  labelHeard?: boolean
  cell: (row: Row) => ComponentChildren
  /** Numbers stand at the end of their column. */
  end?: boolean
  /** What is compared when the rows here are sorted; `by centre`: the centre sorts them, asked by the `sort` of the address. */
  sort?: ((row: Row) => number | string) | 'by centre'
  /** Names the row: of one column, the first unless said. */
  names?: boolean
  /** Left out on a phone. */
  wideOnly?: boolean
}

export type TableProps<Row> = {
  /** What the table is, for those who do not see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  rowHref?: (row: Row) => string | null
  /** Said when there are no rows. */
  empty?: ComponentChildren
  /** The name of the sorting in the address, where a page has several tables. */
  sortBy?: string
  /** One more row at the end, by column key: sums. */
  foot?: Partial<Record<string, ComponentChildren>>
}

export const Table = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  rowHref,
  empty,
  sortBy = 'sort',
  foot,
}: TableProps<Row>): VNode => {
  if (rows.length === 0) return <p class="empty">{empty ?? words().parts.nothing}</p>
  const sorted = where.value.query.get(sortBy) ?? ''
  const naming = columns.find(({ names }) => names) ?? columns[0]
  return (
    <div class="table">
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorted={sorted} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(rows, columns, sorted).map((row) => {
            const href = rowHref?.(row) ?? null
            return (
              <tr key={rowKey(row)} class={href === null ? undefined : 'leads'}>
                {columns.map((column) => (
                  <Cell
                    key={column.key}
                    column={column}
                    row={row}
                    names={column === naming}
                    href={column === naming ? href : null}
                  />
                ))}
              </tr>
            )
          })}
        </tbody>
        {foot !== undefined && (
          <tfoot>
            <tr>
              {columns.map(({ key, label, end, wideOnly }) => (
                <td key={key} class={classOf({ end, wideOnly })} data-label={label}>
                  {foot[key]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

const Cell = <Row,>({
  column,
  row,
  names,
  href,
}: {
  column: Column<Row>
  row: Row
  names: boolean
  href: string | null
}) => {
  const content = (
    <span class="cell">
      {href === null ? (
        column.cell(row)
      ) : (
        <Link class="whole" href={href}>
          {column.cell(row)}
        </Link>
      )}
    </span>
  )
  const said = column.labelHeard === true ? '' : column.label
  return names ? (
    <th scope="row" class={classOf(column)} data-label={said}>
      {content}
    </th>
  ) : (
    <td class={classOf(column)} data-label={said}>
      {content}
    </td>
  )
}

const classOf = ({
  end,
  wideOnly,
}: {
  end?: boolean | undefined
  wideOnly?: boolean | undefined
}) =>
  [end === true && 'end', wideOnly === true && 'wide-only'].filter(Boolean).join(' ') || undefined

const Head = <Row,>({
  column: { key, label, labelHeard, sort, end, wideOnly },
  sorted,
  sortBy,
}: {
  column: Column<Row>
  sorted: string
  sortBy: string
}) => {
  const direction = sorted === key ? 'ascending' : sorted === `-${key}` ? 'descending' : undefined
  return (
    <th scope="col" class={classOf({ end, wideOnly })} aria-sort={direction}>
      {labelHeard === true ? (
        <span class="heard">{label}</span>
      ) : sort === undefined ? (
        label
      ) : (
        <Link
          class="sort"
          href={withQuery({ [sortBy]: direction === 'descending' ? key : `-${key}`, after: null })}
          title={words().parts.sort(label)}
        >
          {label}
          <svg viewBox="0 0 10 12" aria-hidden="true">
            <path class="up" d="M5 1 8.5 5h-7z" />
            <path class="down" d="M5 11 1.5 7h7z" />
          </svg>
        </Link>
      )}
    </th>
  )
}

const inOrder = <Row,>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorted: string,
): readonly Row[] => {
  const falling = sorted.startsWith('-')
  const key = falling ? sorted.slice(1) : sorted
  const sort = columns.find((column) => column.key === key)?.sort
  if (sort === undefined || sort === 'by centre') return rows
  const direction = falling ? -1 : 1
  return rows.toSorted((one, other) => direction * compared(sort(one), sort(other)))
}

const compared = (one: number | string, other: number | string): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other))

/** Below a long list: on to the next rows, or back to the first. `next` goes into the address as `after`. */
export const More = ({ next, name = 'after' }: { next: string | number | null; name?: string }) => {
  const isFirst = !where.value.query.has(name)
  if (next === null && isFirst) return null
  return (
    <nav class="more" aria-label={words().parts.more}>
      {!isFirst && (
        <Link class="button" href={withQuery({ [name]: null })}>
          {words().parts.first}
        </Link>
      )}
      {next !== null && (
        <Link class="button" href={withQuery({ [name]: next })}>
          {words().parts.more}
        </Link>
      )}
    </nav>
  )
}
