// A load is taken back: in the session it was written in, within a minute of its proof, or never (power-card.md 8.3).
import type { z } from 'zod'
import type { Answered, UndoRequest } from '../domain/centre-messages.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { next } from './counters.ts'
import { concerns, insertionInForce, notTheirs } from './insertions.ts'
import { issueSettleNonce } from './nonces.ts'
import { isClosed, kioskChannel } from './orders.ts'
import { orderOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'
import { imageBefore, loadOf, undoOf } from './undoing.ts'

/** From the proof of load; a terminal offers it no longer (8.3). */
export const undoLimitMs = 60_000

type Asked = z.infer<typeof UndoRequest>
type Reply = Answered<'undo'>
type ScriptRow = Tables['scripts']
/** A script whose session can be gone on with: what that takes was kept. */
type Session = ScriptRow & { random: string; writes: number; look: number }

const refusal = (why: Extract<Reply, { kind: 'refused' }>['why']): Outcome<Reply> =>
  answered({ kind: 'refused', why })

/** `/v1/undos`: releases the two commands once, for the insertion and the session that the order was loaded in. */
export const undo = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  if (!(await concerns(turn, order))) return notTheirs
  if (order.state !== 'LOADED') return refusal('not loaded')
  if ((await undoOf(turn, order)) !== undefined) return refusal('asked before')
  const session = await sessionOf(turn, order, asked)
  if (session === null) return refusal('session over')
  if (turn.now - (order.loaded_at ?? 0) > undoLimitMs) return refusal('too late')
  const commands = await commandsOf(turn, order, session)
  await turn.work
    .insertInto('undos')
    .values({
      order_number: order.order_number,
      kiosk: turn.kiosk,
      sale: asked.saleId,
      insertion: asked.insertionId,
      at: turn.now,
      sequence: await next(turn.work, 'sequence'),
      decided_at: null,
    })
    .execute()
  const settleNonce = await issueSettleNonce(turn, order.order_number)
  return answered({ kind: 'released', commands, settleNonce })
}

/** The session of the last script, if the card may still be in it: same sale, same insertion, and nothing seen since. */
const sessionOf = async (turn: Turn, order: OrderRow, asked: Asked): Promise<Session | null> => {
  const insertion = await insertionInForce(turn, asked.insertionId)
  if (insertion === null || (await isClosed(turn, asked.saleId))) return null
  const load = await loadOf(turn, order)
  if (load === undefined || load.session_open === 0) return null
  const script = await turn.work
    .selectFrom('scripts')
    .selectAll()
    .where('order_number', '=', order.order_number)
    .orderBy('attempt', 'desc')
    .executeTakeFirst()
  if (script?.insertion !== asked.insertionId || script.sale !== asked.saleId) return null
  const { random, writes, look } = script
  return random === null || writes === null || look === null
    ? null
    : { ...script, random, writes, look }
}

const commandsOf = async (turn: Turn, order: OrderRow, session: Session): Promise<string[]> => {
  const { key_version } = await turn.work
    .selectFrom('cards')
    .select('key_version')
    .where('serial', '=', order.serial)
    .executeTakeFirstOrThrow()
  const { meter, meter_key_version } = await turn.work
    .selectFrom('bindings')
    .select(['meter', 'meter_key_version'])
    .where('binding', '=', order.binding)
    .executeTakeFirstOrThrow()
  const ef02 = await imageBefore(turn, session.look)
  return turn.security.buildUndo({
    serial: order.serial,
    keyVersion: key_version,
    meter: { meter, keyVersion: meter_key_version },
    challenge: session.challenge,
    random: session.random,
    writes: session.writes,
    record: {
      time: Math.floor(turn.now / 1000),
      channel: kioskChannel,
      terminal: turn.kiosk,
      orderNumber: order.order_number,
      amount: order.charged,
      count: readPurchase(fromHex(ef02)).count,
    },
    ef02,
  })
}
