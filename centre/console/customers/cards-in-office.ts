// The cards of a meter, and what a kiosk would say of each now: the checks of power-card.md 13.1 that the books can answer.
import type { CardInOffice, CardVerdict } from '../../../domain/console/customer-cards.ts'
import type { CardSerial } from '../../../domain/identifiers.ts'
import { noOrder } from '../../../domain/power-card/purchase.ts'
import type { CustomerRow } from '../../account-view.ts'
import type { BindingRow } from '../../dues.ts'
import type { CardRow } from '../../settling.ts'
import type { Reading } from '../../store.ts'
import { readingOffice, type CardOrders } from './customers-tables.ts'

type Of = { binding: BindingRow; customer: CustomerRow }

/** The one in use first, then the newest of the others. */
export const cardsInOffice = async (read: Reading, of: Of): Promise<CardInOffice[]> => {
  const rows = await read
    .selectFrom('cards')
    .selectAll()
    .where('binding', '=', of.binding.binding)
    .orderBy('issue_number', 'desc')
    .execute()
  const shown: CardInOffice[] = []
  for (const row of rows) shown.push(await shownCard(read, row, of))
  return shown
}

const shownCard = async (read: Reading, row: CardRow, of: Of): Promise<CardInOffice> => {
  const { serial } = row
  const blocked = await read
    .selectFrom('blocked_cards')
    .select(['why', 'at', 'who'])
    .where('serial', '=', serial)
    .executeTakeFirst()
  const ordered = await readingOffice(read)
    .selectFrom('card_orders')
    .selectAll()
    .where('serial', '=', serial)
    .where('binding', '=', of.binding.binding)
    .executeTakeFirst()
  const lastSeen = await seenLast(read, serial)
  return {
    serial,
    issueNumber: row.issue_number,
    keyVersion: row.key_version,
    verdict: verdictOn(row, {
      ...of,
      isBlocked: blocked !== undefined,
      isToBeWritten: ordered !== undefined && (lastSeen?.at ?? 0) < ordered.at,
    }),
    blocked: blocked ?? null,
    count: row.count,
    orderNumber: row.order_number === noOrder ? null : row.order_number,
    lastSeen,
    toWrite: ordered === undefined ? null : toWriteOf(ordered),
  }
}

/** In the order in which a kiosk finds it. */
const verdictOn = (
  row: CardRow,
  of: Of & { isBlocked: boolean; isToBeWritten: boolean },
): CardVerdict => {
  const { binding, customer, isBlocked, isToBeWritten } = of
  if (row.status === 'replaced') return 'replaced'
  if (isBlocked) return 'blocked'
  if (isToBeWritten) return 'not yet written'
  if (binding.inquiry !== null) return 'inquiry'
  if (row.in_meter === 0) return 'not yet in meter'
  if (customer.blocked === 1) return 'customer blocked'
  return row.count > binding.credited ? 'unread purchase' : 'sells'
}

const seenLast = async (read: Reading, serial: CardSerial): Promise<CardInOffice['lastSeen']> =>
  (await read
    .selectFrom('insertions')
    .select(['begun_at as at', 'kiosk'])
    .where('serial', '=', serial)
    .orderBy('begun_at', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

const toWriteOf = (of: CardOrders): CardInOffice['toWrite'] => ({
  kind: of.kind,
  replaces: of.replaces,
  issueNumber: of.issue_number,
  count: of.count,
  orderNumber: of.order_number === noOrder ? null : of.order_number,
  ef01: of.ef01,
  at: of.at,
  proposedBy: of.proposed_by,
  approvedBy: of.approved_by,
})
