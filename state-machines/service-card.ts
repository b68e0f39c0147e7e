// Pure: who a service card is of. Only a management card (type 50) may be the first step into the maintenance mode
// (power-card.md 11); the PIN of its person is the second.
import type { CardLook } from '../domain/centre-messages.ts'
import { readParameters } from '../domain/power-card/parameters.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { fromHex } from '../domain/power-card/bytes.ts'

const managementCard = 0x50

/** The person's number as it is typed too, without leading zeros; null where the card opens nothing. */
export const personOfCard = (look: CardLook | null): string | null => {
  if (look === null || look.files === null) return null
  const { ef01, ef02 } = look.files
  const read = readParameters(fromHex(ef01))
  if (read.kind !== 'parameters' || read.parameters.type !== managementCard) return null
  const order = readPurchase(fromHex(ef02).slice(0, purchaseBytes)).orderNumber
  return order.replace(/^0+/, '')
}

/** EF02 without the MAC of its reading. */
const purchaseBytes = 40
