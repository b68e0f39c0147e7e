// Nonces of the centre: fresh, bound to a kiosk, good for one use, kept with their time (power-card.md 8.1).
import type { Answered, LookNoncesRequest } from '../domain/centre-messages.ts'
import { Nonce, type OrderNumber } from '../domain/identifiers.ts'
import type { z } from 'zod'
import { next } from './counters.ts'
import { learnKey } from './kiosk-keys.ts'
import { answered, type Outcome } from './outcome.ts'
import { momentOf, type Turn } from './turn.ts'

/** A look nonce may be fetched ahead for this long. A settle nonce does not age: a proof is never too late (INV5). */
export const lookNonceLifeMs = 10 * 60_000

export type Issued = { nonce: Nonce; expiresAt: string }

export const lookNonces = async (
  turn: Turn,
  { count, publicKey }: z.infer<typeof LookNoncesRequest>,
): Promise<Outcome<Answered<'lookNonces'>>> => {
  if (publicKey !== undefined) {
    const firstUse = turn.enrolledOnly !== true
    await learnKey({ ...turn, firstUse }, { kiosk: turn.kiosk, publicKey })
  }
  const nonces: Issued[] = []
  while (nonces.length < count) nonces.push(await issueLookNonce(turn))
  return answered({ nonces })
}

export const issueLookNonce = async (turn: Turn): Promise<Issued> => {
  const nonce = await issue(turn, 'look', null)
  return { nonce, expiresAt: momentOf(turn.now + lookNonceLifeMs) }
}

/** For the proof of one order; younger than every fence that was set before it. */
export const issueSettleNonce = (turn: Turn, orderNumber: OrderNumber): Promise<Nonce> =>
  issue(turn, 'settle', orderNumber)

const issue = async (
  { work, random, kiosk, now }: Turn,
  use: 'look' | 'settle',
  orderNumber: OrderNumber | null,
): Promise<Nonce> => {
  const nonce = Nonce.parse(Buffer.from(random(8)).toString('hex'))
  await work
    .insertInto('nonces')
    .values({
      nonce,
      kiosk,
      use,
      order_number: orderNumber,
      sequence: await next(work, 'sequence'),
      issued_at: now,
      used_at: null,
    })
    .execute()
  return nonce
}

export type Taken =
  /** `stale`: a look nonce past its life. It opens no sale any more, but a proof is never too late (INV5). */
  | { kind: 'good'; orderNumber: OrderNumber | null; sequence: number; stale: boolean }
  /** Whatever was read over it proves nothing (13.2). */
  | { kind: 'worthless'; why: 'not ours' | 'of another kiosk' | 'used' }

/** Takes a nonce out of the world: whatever comes of it, it is good for nothing afterwards. */
export const takeNonce = async ({ work, kiosk, now }: Turn, nonce: Nonce): Promise<Taken> => {
  const found = await work
    .selectFrom('nonces')
    .selectAll()
    .where('nonce', '=', nonce)
    .executeTakeFirst()
  if (found === undefined) return { kind: 'worthless', why: 'not ours' }
  if (found.kiosk !== kiosk) return { kind: 'worthless', why: 'of another kiosk' }
  if (found.used_at !== null) return { kind: 'worthless', why: 'used' }
  await work.updateTable('nonces').set({ used_at: now }).where('nonce', '=', nonce).execute()
  return {
    kind: 'good',
    orderNumber: found.order_number,
    sequence: found.sequence,
    stale: found.use === 'look' && now - found.issued_at > lookNonceLifeMs,
  }
}
