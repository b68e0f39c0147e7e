// The rows a finding is made of, each in a line, each with the way to where it can be opened.
import type { EvidenceRow } from '../../../domain/console/losses.ts'
import { never } from '../../../domain/never.ts'
import { Table, type Column } from '../parts/table.tsx'
import { Id, When } from '../parts/values.tsx'
import { hrefTo } from '../router.ts'
import { may } from '../signed-in.ts'
import { format, isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const Evidence = ({ rows }: { rows: readonly EvidenceRow[] }) => {
  const { finding: said } = words().losses
  return (
    <Table
      label={said.evidence}
      rows={rows}
      rowKey={keyOf}
      rowHref={hrefOf}
      empty={said.evidenceEmpty}
      columns={columns()}
    />
  )
}

const columns = (): Column<EvidenceRow>[] => {
  const { columns: names, rows } = words().losses.finding
  return [
    { key: 'row', label: names.row, cell: ({ kind }) => rows.kinds[kind] },
    { key: 'at', label: names.at, cell: (row) => <When at={momentOf(row)} /> },
    { key: 'told', label: names.told, cell: toldOf },
    {
      key: 'kiosk',
      label: names.kiosk,
      wideOnly: true,
      cell: ({ kiosk }) => (kiosk === null ? '' : <Id of={kiosk} />),
    },
  ]
}

const momentOf = (row: EvidenceRow): number => (row.kind === 'insertion' ? row.begunAt : row.at)

const keyOf = (row: EvidenceRow): string => {
  switch (row.kind) {
    case 'write-back':
      return `write-back ${row.writeBack}`
    case 'order':
      return row.order
    case 'insertion':
      return row.insertion
    case 'exchange':
      return row.exchange
    case 'alarm':
      return `alarm ${row.alarm}`
    default:
      return never(row)
  }
}

/** A purchase is opened in the explanation of its sale; a box and an insertion at their kiosk. */
const hrefOf = (row: EvidenceRow): string | null => {
  if (row.kind === 'order' && may('explain sales')) return hrefTo(['explain'], { q: row.order })
  const { kiosk } = row
  return kiosk !== null && row.kind !== 'order' && may('see the fleet')
    ? hrefTo(['fleet', 'kiosks', kiosk])
    : null
}

const toldOf = (row: EvidenceRow): string => {
  const { rows } = words().losses.finding
  const { energy, money, count, when, time } = format()
  switch (row.kind) {
    case 'write-back':
      return rows.writeBack({
        count: count(row.count),
        remaining: energy(row.remaining - row.overdraftUsed),
        credited: energy(row.totalCredited),
        used: energy(row.totalUsed),
        tamper: count(row.tamperEvents),
        illegal: count(row.illegalInsertions),
      })
    case 'order':
      return rows.order({
        order: isolated(row.order),
        count: count(row.count),
        energy: energy(row.energy),
        tender: money(row.tender),
      })
    case 'insertion':
      return rows.insertion({
        place: isolated(row.place),
        from: when(row.begunAt),
        to: row.endedAt === null ? '…' : time(row.endedAt),
      })
    case 'exchange':
      return rows.exchange({
        person: isolated(row.person),
        expected: money(row.expected),
        counted: money(row.counted),
        difference: money(row.counted - row.expected),
      })
    case 'alarm':
      return rows.alarm({ alarm: isolated(row.alarmKind) })
    default:
      return never(row)
  }
}
