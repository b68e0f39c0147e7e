// What the card says of an order after its script: loaded, not loaded, or nothing at all (power-card.md 8.1, 13.3).
import type { z } from 'zod'
import type { Answered, ProofRequest, SettleNonceRequest } from '../domain/centre-messages.ts'
import { raise } from './alarms.ts'
import { shownBalance } from './books.ts'
import { issueSettleNonce, takeNonce } from './nonces.ts'
import { fence, orderOf, outcomeUnknown, summaryOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { receiptOf } from './receipts.ts'
import { concerns, notTheirs } from './insertions.ts'
import { customerOf } from './orders-in-books.ts'
import { settleBy } from './settling-by-card.ts'
import type { Turn } from './turn.ts'
import { sessionIsOver, undoingOf } from './undoing.ts'

/** `/v1/settle-nonces`: after a fault. Fences the attempt first, so that the nonce is younger than the fence (8.4). */
export const settleNonce = async (
  turn: Turn,
  asked: z.infer<typeof SettleNonceRequest>,
): Promise<Outcome<Answered<'settleNonce'>>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  if (!(await concerns(turn, order))) return notTheirs
  if (order.state === 'AWAIT_WRITE') await fence(turn, order)
  // What is read over it begins with a SELECT.
  if (order.state === 'LOADED') await sessionIsOver(turn, order)
  return answered({ nonce: await issueSettleNonce(turn, order.order_number) })
}

export const proof = async (
  turn: Turn,
  asked: z.infer<typeof ProofRequest>,
): Promise<Outcome<Answered<'proof'>>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  // A proof is evidence whoever brings it (8.6 INV5); that there is none is the word of a kiosk, and not of any kiosk.
  if (asked.proof === null && !(await concerns(turn, order))) return notTheirs
  const settled =
    asked.proof === null
      ? await outcomeUnknown(turn, order, 'the card did not answer')
      : await weigh(turn, order, { nonce: asked.nonce, proof: asked.proof })
  return answered({
    order: summaryOf(settled),
    receiptProof: await receiptOf(turn, settled),
    undoOpen: (await undoingOf(turn, settled)) !== null,
    balance: await shownBalance(turn.work, await customerOf(turn, settled)),
  })
}

/** A proof over a used, foreign or unknown nonce, or one that does not verify, is no evidence (13.2): nothing changes. */
const weigh = async (
  turn: Turn,
  order: OrderRow,
  told: { nonce: z.infer<typeof ProofRequest>['nonce']; proof: string },
): Promise<OrderRow> => {
  const worthless = async (why: string): Promise<OrderRow> => {
    await raise(turn.work, {
      kind: 'worthless proof',
      at: turn.now,
      kiosk: turn.kiosk,
      serial: order.serial,
      binding: order.binding,
      orderNumber: order.order_number,
      evidence: { why, ...told },
    })
    return order
  }
  const taken = await takeNonce(turn, told.nonce)
  if (taken.kind === 'worthless') return worthless(taken.why)
  if (taken.orderNumber !== null && taken.orderNumber !== order.order_number) {
    return worthless('of another order')
  }
  const card = await turn.work
    .selectFrom('cards')
    .selectAll()
    .where('serial', '=', order.serial)
    .executeTakeFirstOrThrow()
  const label = await turn.security.verifyProof({
    serial: card.serial,
    keyVersion: card.key_version,
    nonce: told.nonce,
    proof: told.proof,
  })
  if (label === null) return worthless('the MAC does not verify')
  const { sequence } = taken
  await settleBy(turn, { card, label, ef02: told.proof.slice(0, 80), sequence }, 'proof')
  return (await orderOf(turn, order.order_number)) ?? order
}
