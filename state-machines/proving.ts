// What the answers on the way to a proof say: read from the card, asked of the centre (power-card.md 8.1, 8.4). Pure.
import type { CentreAnswer, Answered } from '../domain/centre-messages.ts'
import type { Nonce } from '../domain/identifiers.ts'
import type { CardLine } from '../drivers/card-reader/card-reader.ts'

/** What a MAC'd READ of the purchase file gave, as hex; `no answer`: the card is in and did not give one. */
export type ProofRead =
  | { kind: 'read'; proof: string }
  | { kind: 'card gone' }
  | { kind: 'no answer' }

/** `afresh`: after a SELECT, which closes the session. Throws without a nonce: a machine that asks without one is wrong. */
export const proofInput = (
  { line, nonce }: { line: CardLine; nonce: Nonce | null },
  afresh: boolean,
) => {
  if (nonce === null) throw new Error('a proof is read over a nonce of the centre')
  return { line, nonce, afresh }
}

export const proofOf = (read: ProofRead): string | null =>
  read.kind === 'read' ? read.proof : null

export const nonceOf = (answer: CentreAnswer<'settleNonce'>): Nonce | null =>
  answer.kind === 'answered' ? answer.reply.nonce : null

export const proofReply = (answer: CentreAnswer<'proof'>): Answered<'proof'> | null =>
  answer.kind === 'answered' ? answer.reply : null
