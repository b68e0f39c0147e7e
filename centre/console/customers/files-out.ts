// Customers and their meters as files (CSV, UTF-8), a piece at a time, so that no question holds anybody up.
import { sql, type SqlBool } from 'kysely'
import type { z } from 'zod'
import type { ExportAsked, FilePiece } from '../../../domain/console/customers.ts'
import { accountId } from '../../ledger.ts'
import type { Reading } from '../../store.ts'
import { csvLine, energyField, moneyField } from './csv.ts'

const pieceOf = 2_000

export const filePiece = (
  read: Reading,
  { what, after }: z.infer<typeof ExportAsked>,
): Promise<FilePiece> =>
  what === 'customers' ? customers(read, after ?? null) : bindings(read, after ?? null)

/** The first piece has the heading. */
const piece = (
  after: string | null,
  heading: string[],
  rows: readonly { key: string; fields: string[] }[],
): FilePiece => ({
  text: [...(after === null ? [heading] : []), ...rows.map(({ fields }) => fields)]
    .map(csvLine)
    .join(''),
  rows: rows.length,
  next: rows.length === pieceOf ? (rows.at(-1)?.key ?? null) : null,
})

const customers = async (read: Reading, after: string | null): Promise<FilePiece> => {
  const rows = await read
    .selectFrom('customers')
    .leftJoin('arrears_plans', 'arrears_plans.customer', 'customers.customer')
    .selectAll('customers')
    .select('arrears_plans.share')
    .where((it) => sql<SqlBool>`${it.ref('customers.customer')} > ${after ?? ''}`)
    .orderBy('customers.customer')
    .limit(pieceOf)
    .execute()
  const first = rows[0]?.customer
  const last = rows.at(-1)?.customer
  const sums = new Map<string, number>()
  if (first !== undefined && last !== undefined) {
    for (const kind of ['customer account', 'arrears'] as const) {
      const of = await read
        .selectFrom('entries')
        .select(({ fn }) => ['account', fn.sum<number>('amount').as('sum')])
        .where('account', '>=', accountId({ kind, owner: first }))
        .where('account', '<=', accountId({ kind, owner: last }))
        .groupBy('account')
        .execute()
      for (const { account, sum } of of) sums.set(account, sum)
    }
  }
  return piece(
    after,
    ['customer', 'name', 'address', 'balance', 'arrears', 'overdraft', 'arrears share', 'state'],
    rows.map((row) => ({
      key: row.customer,
      fields: [
        row.customer,
        row.short_name,
        row.address,
        row.has_account === 1
          ? moneyField(
              -(sums.get(accountId({ kind: 'customer account', owner: row.customer })) ?? 0),
            )
          : '',
        moneyField(sums.get(accountId({ kind: 'arrears', owner: row.customer })) ?? 0),
        moneyField(row.overdraft),
        row.share === null ? '' : String(row.share / 10_000),
        [...(row.blocked === 1 ? ['blocked'] : []), ...(row.frozen === 1 ? ['frozen'] : [])].join(
          ' ',
        ),
      ],
    })),
  )
}

const bindings = async (read: Reading, after: string | null): Promise<FilePiece> => {
  const rows = await read
    .selectFrom('bindings')
    .leftJoin('areas', 'areas.area', 'bindings.area')
    .leftJoin('cards', (it) =>
      it.onRef('cards.binding', '=', 'bindings.binding').on('cards.status', '=', 'in use'),
    )
    .selectAll('bindings')
    .select(['areas.name as area_name', 'cards.serial', 'cards.issue_number'])
    .where('bindings.binding', '>', after ?? '')
    .orderBy('bindings.binding')
    .limit(pieceOf)
    .execute()
  return piece(
    after,
    [
      'binding',
      'customer',
      'meter',
      'tariff',
      'area',
      'area name',
      'card',
      'issue',
      'credited count',
      'hoarding limit kWh',
      'inquiry',
    ],
    rows.map((row) => ({
      key: row.binding,
      fields: [
        row.binding,
        row.customer,
        row.meter,
        row.tariff,
        String(row.area),
        row.area_name ?? '',
        row.serial ?? '',
        row.issue_number === null ? '' : String(row.issue_number),
        String(row.credited),
        energyField(row.hoarding_limit),
        row.inquiry ?? '',
      ],
    })),
  )
}
