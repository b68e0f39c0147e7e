// What a kiosk reads from a card, file by file, as the centre keeps it for ever: of the days whose journals are kept.
import { OrderNumber } from '../../../domain/identifiers.ts'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { writeCardRecord, type CardRecord } from '../../../domain/power-card/card-record.ts'
import { cardKind, cardType, writeParameters } from '../../../domain/power-card/parameters.ts'
import { channel, purchaseUnit, writePurchase } from '../../../domain/power-card/purchase.ts'
import { sealPurchase, sealRecord } from '../../../domain/power-card/seals.ts'
import type { Row } from './books.ts'
import type { Home } from './homes.ts'
import { keyOf } from './meter.ts'

/** What lies on a card beside what never changes. */
export type Chip = {
  /** EF02, 40 bytes as hex; null while it still carries the purchase from before the year. */
  ef02: string | null
  /** EF06, the newest first. */
  records: CardRecord[]
}

const mostRecords = 8

export const addRecord = ({ records }: Chip, record: CardRecord): void => {
  records.unshift(record)
  if (records.length > mostRecords) records.pop()
}

/** EF05 without news of a meter. */
const empty = '00'.repeat(128)

/** `news`: bytes 0 to 107 of what the meter wrote, as hex; null where nothing is there. */
export const lookAt = (
  home: Home,
  chip: Chip,
  of: { insertion: Row<'insertions'>['insertion']; look: number; at: number; news: string | null },
): Row<'looks'> => {
  const { insertion, look, at, news } = of
  const key = keyOf(home.binding.meter)
  const serial = fromHex(home.card.serial)
  return {
    look,
    insertion,
    at,
    fci: `6f2a840af050504d532e454c4331a51cc008${home.card.serial}c10101c20102c3020001c40105c5030a0a05`,
    ef01: toHex(writeParameters(parametersOf(home))),
    ef02: chip.ef02 ?? earlierOn(home, key),
    ef05: news === null ? empty : news.padEnd(256, '0'),
    journal: JSON.stringify(
      chip.records.map((record) => toHex(sealRecord(key, writeCardRecord(record), serial))),
    ),
  }
}

const parametersOf = ({ binding, card }: Home): Parameters<typeof writeParameters>[0] => ({
  kind: cardKind.user,
  type: cardType.purchase,
  updateFlags: 0,
  unitFlags: binding.unit_flags,
  currency: binding.currency,
  standbyRatesFrom: null,
  alarm1: binding.alarm_1,
  alarm2: binding.alarm_2,
  ctRatio: binding.ct_ratio,
  ptRatio: binding.pt_ratio,
  meter: binding.meter,
  customer: binding.customer,
  hoardingLimit: binding.hoarding_limit,
  overdraftLimit: binding.overdraft_limit,
  issueNumber: card.issue_number,
  area: binding.area,
  keyVersion: card.key_version,
})

/** The purchase from before the year. */
const earlierOn = ({ binding, card }: Home, key: Uint8Array): string => {
  const { meter, customer } = binding
  const bytes = writePurchase({
    amount: 0,
    count: card.count,
    energy: 0,
    orderNumber: OrderNumber.parse(card.order_number),
    time: 0,
    unit: purchaseUnit.energy,
    channel: channel.office,
    flags: 0,
    arrears: 0,
  })
  return toHex(sealPurchase(key, bytes, { meter, customer, serial: fromHex(card.serial) }))
}
