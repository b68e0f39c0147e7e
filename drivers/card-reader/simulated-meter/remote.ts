// The same wallet credited over the network (power-card.md 10.7).
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { CustomerNumber } from '../../../domain/identifiers.ts'
import { channel, purchaseUnit, readPurchase } from '../../../domain/power-card/purchase.ts'
import { isPurchaseSealed } from '../../../domain/power-card/seals.ts'
import { credited, settled } from './balance.ts'
import { nothingTaken, writeBackImage } from './images.ts'
import type { Meter } from './insertion.ts'

export type Delivered = {
  /** Of 10.6: 0, 10, 14, 17 or 21. */
  code: number
  /** In the unit of the mode. */
  credited: number
  /** The first 108 bytes of a write-back: what the meter answers the centre. */
  answer: Uint8Array
}

/** An image of 40 bytes as EF02 would hold it. Card and network share one count, so nothing is credited twice. */
export const deliver = (meter: Meter, image: Uint8Array): Delivered => {
  const serial = fromHex(meter.state.serial ?? '00'.repeat(8))
  const { code, value, count } = judged(meter, image, serial)
  if (count !== meter.state.count) {
    // No card was in: a relay that waits for one goes on waiting (10.8).
    const state = { ...credited(meter.state, value), count }
    meter.state = settled(state, meter.nowSeconds())
  }
  const written = writeBackImage(meter.state, {
    result: code,
    taken: { ...nothingTaken, credited: value > 0 },
    serial,
    keys: meter.keys(),
    nowSeconds: meter.nowSeconds(),
  })
  return { code, credited: value, answer: written.slice(0, 108) }
}

type Judged = { code: number; value: number; count: number }

const judged = ({ state, keys }: Meter, image: Uint8Array, serial: Uint8Array): Judged => {
  const refused = (code: number): Judged => ({ code, value: 0, count: state.count })
  const purchase = readPurchase(image)
  const unit = state.mode === 'energy' ? purchaseUnit.energy : purchaseUnit.money
  if (purchase.problem !== null || purchase.unit !== unit) return refused(14)
  if (purchase.channel !== channel.remoteDelivery) return refused(14)
  const customer = state.customer ?? CustomerNumber.parse('0'.repeat(12))
  const of = { meter: state.number, customer, serial }
  if (!keys().all.some((key) => isPurchaseSealed(key, image, of))) return refused(10)
  const above = purchase.count - state.count
  if (above <= 0) return refused(0)
  if (above >= 2) return refused(17)
  const value = state.mode === 'energy' ? purchase.energy : purchase.amount
  const { hoarding } = state.limits
  if (hoarding !== 0 && state.remaining + value > hoarding) return refused(21)
  return { code: 0, value, count: purchase.count }
}
