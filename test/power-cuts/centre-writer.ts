// A centre at work: three kiosks sell side by side, and every answer of the centre is acknowledged when it is given.
import { openReceiptKey } from '../../centre/card-security/receipt-key.ts'
import type { Centre } from '../../centre/centre.ts'
import { centreKit, type KioskOfKit } from '../centre-kit.ts'
import { centrePlace, type Asked, type Given } from './centre-verifier.ts'
import { writerOf } from './writer.ts'

const rounds = 2
/** Each kiosk has customers of its own: a card is in one slot at a time. */
const customers = {
  '000000000101': ['plain-sale', 'arrears', 'free-units'],
  '000000000102': ['rich-account', 'no-account-money'],
  '000000000103': ['night-tariff', 'high-tariff'],
}

const { folder, chance, seed, sent, acknowledged } = writerOf<Asked, Given>()

const noted =
  (handle: Centre['handle']): Centre['handle'] =>
  async (name, body) => {
    const number = sentSoFar++
    sent({ name, body })
    const { status, text } = await handle(name, body)
    acknowledged({ number, status, text })
    return { status, text }
  }
let sentSoFar = 0

const kit = await centreKit({
  place: centrePlace(folder),
  receiptKey: openReceiptKey(folder),
  seed,
  line: noted,
})

const sellAt = async (kiosk: KioskOfKit, cards: readonly string[]): Promise<void> => {
  for (let round = 1; round <= rounds; round++) {
    for (const id of cards) {
      const card = kit.cardOf(id)
      const tender = 10_000 + 500 * chance(4)
      // Once in a while the customer goes without an order: the notes are left to the closing.
      if (chance(4) === 0) {
        const { insertionId } = await kiosk.insert(card)
        const notes = [kiosk.noteOf(tender)]
        await kiosk.ask('closing', { saleId: kit.ids.sale(), insertionId, notes })
        continue
      }
      await kiosk.sell(card, { tender, notes: [10_000, 2000] })
      kit.meterOf(id).insert(card)
    }
  }
}

await Promise.all(
  Object.entries(customers).map(([number, cards]) => sellAt(kit.kiosk(number), cards)),
)
await kit.close()
