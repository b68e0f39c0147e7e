// Which scripts of an order may be on a card: while one may, its payment is not reversed (domain.md 13.3).
import type { OrderNumber, RequestId } from '../domain/identifiers.ts'
import type { OrderState } from '../domain/order.ts'
import { nextNumber, type PaymentRow } from './payment-book.ts'
import type { Work } from './store.ts'

/** Why an approved payment is not reversed; null when it may be. */
export const whyKept = async (
  work: Work,
  { closing, returned, order_number, order_state }: PaymentRow,
): Promise<'script is out' | 'kept' | null> => {
  if (closing === 'kept' || returned === 'account' || order_state === 'UNDONE') return 'kept'
  if (returned === 'payer' || order_number === null) return null
  // Also when the script went another way than past here.
  if (order_state !== null && onCard.has(order_state)) return 'script is out'
  return (await scriptIsOut(work, order_number)) ? 'script is out' : null
}

const onCard: ReadonlySet<OrderState> = new Set(['LOADED', 'METER_CREDITED', 'UNKNOWN', 'SUSPECT'])

const scriptIsOut = async (work: Work, order: OrderNumber): Promise<boolean> =>
  (await work
    .selectFrom('scripts')
    .select('number')
    .where('order_number', '=', order)
    .where('state', 'in', ['asked', 'released'])
    .executeTakeFirst()) !== undefined

/** Before it goes to the centre: from here on it may be on the card. */
export const scriptAsked = async (
  work: Work,
  { request, order }: { request: RequestId; order: OrderNumber },
): Promise<void> => {
  const number = await nextNumber(work, 'scripts')
  await work
    .insertInto('scripts')
    .values({ number, request, order_number: order, state: 'asked', tries: 1 })
    .onConflict((it) =>
      it.column('request').doUpdateSet((to) => ({ tries: to.eb(to.ref('scripts.tries'), '+', 1) })),
    )
    .execute()
}

/** This try has certainly not arrived. When no other has either, nothing is out. */
export const scriptNotSent = async (work: Work, request: RequestId): Promise<void> => {
  await work
    .updateTable('scripts')
    .set((to) => ({ tries: to.eb(to.ref('tries'), '-', 1) }))
    .where('request', '=', request)
    .execute()
  await work
    .deleteFrom('scripts')
    .where('request', '=', request)
    .where('state', '=', 'asked')
    .where('tries', '=', 0)
    .execute()
}

/** What the centre answered: the same for ever, whatever try it was. */
export const scriptAnswered = async (
  work: Work,
  request: RequestId,
  kind: 'released' | 'refused',
): Promise<void> => {
  await work
    .updateTable('scripts')
    .set({ state: kind })
    .where('request', '=', request)
    .where('state', '=', 'asked')
    .execute()
}

/** A proof goes to the centre: it can only speak of scripts that were asked for before it was first read. */
export const proofPassed = async (
  work: Work,
  { request, order }: { request: RequestId; order: OrderNumber },
): Promise<void> => {
  const { last } = await work
    .selectFrom('scripts')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('order_number', '=', order)
    .executeTakeFirstOrThrow()
  await work
    .insertInto('proofs')
    .values({ request, order_number: order, script: last ?? 0 })
    .onConflict((it) => it.column('request').doNothing())
    .execute()
}

/** The centre takes the proof for one that the order is not on the card. */
export const provenNotLoaded = async (work: Work, request: RequestId): Promise<void> => {
  const proof = await work
    .selectFrom('proofs')
    .selectAll()
    .where('request', '=', request)
    .executeTakeFirst()
  if (proof === undefined) return
  await work
    .updateTable('scripts')
    .set({ state: 'not loaded' })
    .where('order_number', '=', proof.order_number)
    .where('number', '<=', proof.script)
    .where('state', 'in', ['asked', 'released'])
    .execute()
}
