// What a customer has bought, the newest first, across all their meters.
import type { PurchaseRow } from '../../../domain/console/customers.ts'
import type { CustomerNumber } from '../../../domain/identifiers.ts'
import type { Reading } from '../../store.ts'

const pageOf = 50

export const purchasesOf = async (
  read: Reading,
  { customer, before }: { customer: CustomerNumber; before?: number | undefined },
): Promise<{ rows: PurchaseRow[]; next: number | null }> => {
  const rows = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .innerJoin('kiosks', 'kiosks.kiosk', 'orders.kiosk')
    .select([
      'orders.order_number as orderNumber',
      'orders.created_at as at',
      'bindings.meter',
      'orders.kiosk',
      'kiosks.place',
      'orders.tender',
      'orders.energy',
      'orders.free_energy as freeEnergy',
      'orders.arrears',
      'orders.state',
    ])
    .where('bindings.customer', '=', customer)
    .where('orders.created_at', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('orders.created_at', 'desc')
    .limit(pageOf + 1)
    .execute()
  return {
    rows: rows.slice(0, pageOf),
    next: rows.length > pageOf ? (rows[pageOf - 1]?.at ?? null) : null,
  }
}
