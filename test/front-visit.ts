// A terminal that behaves: asks again under the same id, and when something does not come about brings everything to an end.
import type { Asked, MessageName, Answered } from '../domain/centre-messages.ts'
import type { FrontAnswered, FrontAsked, FrontMessageName } from '../domain/front-messages.ts'
import { Nonce } from '../domain/identifiers.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import { getChallenge, macedRead } from '../domain/power-card/apdu.ts'
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import { exchange } from './centre-kit.ts'
import { kioskNumber, pin, type FrontKit } from './front-kit.ts'

/** How the visit ended for the customer. */
export type Visit = 'no sale' | 'bought' | 'not charged' | 'kept, the card decides'

/** So often something is asked before the terminal goes another way; what must arrive is asked for ever. */
const patience = 3

/** `troubled` is called when an answer does not come: the place to start again what has stopped. */
export const visit = async (kit: FrontKit, troubled: () => Promise<void>): Promise<Visit> => {
  const { ids } = kit.centre

  const repeated = async <Reply>(tries: number, ask: () => Promise<Reply>) => {
    for (let left = tries; left > 0; left--) {
      try {
        return await ask()
      } catch {
        await troubled()
      }
    }
    return null
  }
  const ask = async <Name extends MessageName>(
    name: Name,
    asked: Asked<Name>,
    tries = patience,
  ): Promise<Answered<Name> | null> => {
    const requestId = ids.request()
    return repeated(tries, () => kit.ended(kit.kiosk.ask(name, asked, requestId)))
  }
  const askFront = async <Name extends FrontMessageName>(
    name: Name,
    asked: FrontAsked<Name>,
    tries = patience,
  ): Promise<FrontAnswered<Name> | null> => {
    const requestId = ids.request()
    return repeated(tries, () => kit.ask(name, asked, { requestId, kiosk: kioskNumber }))
  }

  const inserted = await repeated(patience, () =>
    kit.ended(kit.kiosk.insert(kit.centre.cardOf('plain-sale'))),
  )
  if (inserted?.verdict.kind !== 'can sell') return 'no sale'
  const { insertionId, serial, card } = inserted
  const saleId = ids.sale()
  const quoted = await ask('quote', {
    saleId,
    insertionId,
    wish: { kind: 'money', tender: 10_000 },
  })
  if (quoted?.kind !== 'quoted') return 'no sale'
  const { quoteId, tender: amount } = quoted.quote
  const paymentId = ids.payment()
  const payment = { paymentId, way: 'bank account' as const, amount }

  const close = (end: 'kept' | 'reversed', evidence: PaymentEvidence | null) =>
    ask(
      'closing',
      { saleId, insertionId, notes: [], payments: [{ ...payment, evidence, end }] },
      50,
    )
  /** Nothing was delivered: the payer is not charged, unless the front machine knows better. */
  const cancel = async (evidence: PaymentEvidence | null): Promise<Visit> => {
    const reversal = await askFront('paymentReversal', { paymentId }, 50)
    if (reversal === null) throw new Error('the front machine is gone for good')
    const isKept = reversal.kind === 'not possible'
    await close(isKept ? 'kept' : 'reversed', evidence)
    return isKept ? 'kept, the card decides' : 'not charged'
  }

  const paid = await askFront('payment', { paymentId, saleId, insertionId, serial, amount, pin })
  if (paid?.kind !== 'approved') return cancel(null)
  const { evidence } = paid

  const ordered = await ask('order', {
    saleId,
    insertionId,
    quoteId,
    funding: { kind: 'payment', payment: { ...payment, evidence } },
  })
  if (ordered?.kind !== 'reserved') return cancel(evidence)
  const { orderNumber } = ordered.order
  const challenge = Nonce.parse(toHex(exchange(card, getChallenge()).data))
  const released = await ask('script', { saleId, insertionId, orderNumber, challenge })
  if (released?.kind !== 'released') {
    // Not one command has reached the card.
    await ask('return', { saleId, orderNumber, toPayer: true })
    return cancel(evidence)
  }
  kit.kiosk.run(card, released.commands)
  const nonce = released.settleNonce
  const read = exchange(card, macedRead(2, fromHex(nonce)))
  const proof = read.word === 0x9000 ? toHex(read.data) : null
  await ask('proof', { saleId, orderNumber, nonce, proof })
  await close('kept', evidence)
  return 'bought'
}
