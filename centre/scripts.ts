// A script leaves the centre: for one order, one card, one challenge, and once for each attempt (power-card.md 8.1, 8.2).
import type { z } from 'zod'
import type { Answered, ScriptRequest } from '../domain/centre-messages.ts'
import { next } from './counters.ts'
import type { BindingRow } from './dues.ts'
import { insertionInForce, type InsertionRow } from './insertions.ts'
import { issueSettleNonce } from './nonces.ts'
import { kioskChannel, imageOf, isClosed } from './orders.ts'
import { move, orderOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { isNotPaidYet } from './payments.ts'
import { sendingFor, type Sending } from './sending.ts'
import type { Turn } from './turn.ts'
import { sessionIsOver } from './undoing.ts'

type Asked = z.infer<typeof ScriptRequest>
type Reply = Answered<'script'>

const refusal = (why: Extract<Reply, { kind: 'refused' }>['why']): Outcome<Reply> =>
  answered({ kind: 'refused', why })

export const script = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  const insertion = await insertionInForce(turn, asked.insertionId)
  // It comes with a challenge of the card, and a challenge ends the session that was (7.1).
  if (order.state === 'LOADED') await sessionIsOver(turn, order)
  if (insertion === null || insertion.binding !== order.binding || !hasVerdict(insertion)) {
    return refusal('insertion over')
  }
  if (await isClosed(turn, asked.saleId)) return refusal('fenced')
  // A script is out and its end is not proven: only a proof opens the next attempt.
  if (order.state === 'AWAIT_WRITE' && (order.scripts > 0 || order.fence_sequence !== null)) {
    return refusal('fenced')
  }
  if (order.state !== 'AWAIT_WRITE' && order.state !== 'NOT_LOADED_RETRY')
    return refusal('not open')
  if (await isNotPaidYet(turn, order, asked.saleId)) return refusal('not open')
  return answered(await release(turn, { order, insertion, asked }))
}

/** The diagnosis of this insertion allowed a sale, or found an order that can be finished. */
const hasVerdict = ({ verdict, look }: InsertionRow): boolean =>
  look !== null && (verdict === 'can sell' || verdict === 'open order')

/** Only from a look that is stored does a script follow: it clears EF05 (8.1). */
const release = async (
  turn: Turn,
  of: { order: OrderRow; insertion: InsertionRow; asked: Asked },
): Promise<Reply> => {
  const { insertion, asked } = of
  const binding = await turn.work
    .selectFrom('bindings')
    .selectAll()
    .where('binding', '=', of.order.binding)
    .executeTakeFirstOrThrow()
  const { ef01 } = await turn.work
    .selectFrom('looks')
    .select('ef01')
    .where('look', '=', insertion.look)
    .executeTakeFirstOrThrow()
  const order = await beginAttempt(turn, { order: of.order, insertion, binding })
  const sending = await sendingFor(turn, { binding, ef01 })
  const random = Buffer.from(turn.random(8)).toString('hex')
  const commands = await commandsFor(turn, { order, binding, sending, asked, random })
  await turn.work
    .insertInto('scripts')
    .values({
      order_number: order.order_number,
      attempt: order.scripts,
      kiosk: turn.kiosk,
      sale: asked.saleId,
      insertion: insertion.insertion,
      challenge: asked.challenge,
      random,
      // All but EXTERNAL AUTHENTICATE, which opens the session.
      writes: commands.length - 1,
      look: insertion.look,
      prices: sending.prices,
      at: turn.now,
      sequence: order.script_sequence ?? 0,
    })
    .execute()
  const settleNonce = await issueSettleNonce(turn, order.order_number)
  return { kind: 'released', commands, settleNonce }
}

/** The order is AWAIT_WRITE without a fence, with one script more; for a newer card of the binding it is sealed anew. */
const beginAttempt = async (
  turn: Turn,
  of: { order: OrderRow; insertion: InsertionRow; binding: BindingRow },
): Promise<OrderRow> => {
  const { order, insertion, binding } = of
  const { serial } = insertion
  const marks = {
    scripts: order.scripts + 1,
    script_sequence: await next(turn.work, 'sequence'),
    script_at: turn.now,
    fence_sequence: null,
    fence_at: null,
    ...(serial === order.serial
      ? {}
      : { serial, image: await imageOf(turn, { ...order, serial, binding }) }),
  }
  if (order.state === 'NOT_LOADED_RETRY') {
    return move(turn, order, {
      state: 'AWAIT_WRITE',
      why: `tried again at kiosk ${turn.kiosk}`,
      also: marks,
    })
  }
  await turn.work
    .updateTable('orders')
    .set(marks)
    .where('order_number', '=', order.order_number)
    .execute()
  return { ...order, ...marks }
}

const commandsFor = async (
  turn: Turn,
  of: { order: OrderRow; binding: BindingRow; sending: Sending; asked: Asked; random: string },
): Promise<string[]> => {
  const { order, binding, sending, asked, random } = of
  const { key_version } = await turn.work
    .selectFrom('cards')
    .select('key_version')
    .where('serial', '=', order.serial)
    .executeTakeFirstOrThrow()
  return turn.security.buildScript({
    serial: order.serial,
    keyVersion: key_version,
    meter: { meter: binding.meter, keyVersion: binding.meter_key_version },
    challenge: asked.challenge,
    random,
    ef01: sending.ef01,
    ef04: sending.ef04,
    record: {
      time: Math.floor(turn.now / 1000),
      channel: kioskChannel,
      terminal: turn.kiosk,
      orderNumber: order.order_number,
      amount: order.charged,
      count: order.count,
    },
    ef02: order.image,
  })
}
