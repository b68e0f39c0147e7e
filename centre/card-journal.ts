// The journal on the card: it explains a refusal to the customer; it never decides about money (power-card.md 4.5, 13.1).
import { MeterNumber, OrderNumber, type CardSerial } from '../domain/identifiers.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import {
  cardEvent,
  isOfMeter,
  readCardRecord,
  type CardRecord,
} from '../domain/power-card/card-record.ts'
import { noOrder } from '../domain/power-card/purchase.ts'
import { raise } from './alarms.ts'
import type { BindingRow } from './dues.ts'
import type { Turn } from './turn.ts'

/** The records that verify, the newest first. One that does not is of an earlier binding, or forged: it says nothing (D34). */
export const cardJournal = async (
  turn: Turn,
  of: { binding: BindingRow; serial: CardSerial; journal: readonly string[] },
): Promise<CardRecord[]> => {
  const records: CardRecord[] = []
  for (const hex of of.journal) {
    const read = readCardRecord(fromHex(hex))
    if (read.kind !== 'record') continue
    const { record } = read
    const meter = isOfMeter(record.event) ? MeterNumber.parse(record.terminal) : of.binding.meter
    if (await turn.security.verifyRecord({ meter, serial: of.serial, record: hex })) {
      records.push(record)
    }
  }
  await alarmOnUnknownOrders(turn, of, records)
  return records
}

/** A refusal is the card's newest story, or it is over. */
export type MeterRefusal = { code: number; meter: MeterNumber }

export const refusalIn = (records: readonly CardRecord[]): MeterRefusal | null => {
  const [newest] = records
  return newest?.event === cardEvent.refused
    ? { code: newest.amount, meter: MeterNumber.parse(newest.terminal) }
    : null
}

/** An order that nobody made, under a MAC that only centre and meter can make (13.2). Told once. */
const alarmOnUnknownOrders = async (
  turn: Turn,
  { binding, serial }: { binding: BindingRow; serial: CardSerial },
  records: readonly CardRecord[],
): Promise<void> => {
  for (const { orderNumber, event } of records) {
    if (orderNumber === noOrder) continue
    const number = OrderNumber.parse(orderNumber)
    if (await isKnown(turn, number)) continue
    await raise(turn.work, {
      kind: 'unknown order in journal',
      at: turn.now,
      kiosk: turn.kiosk,
      serial,
      binding: binding.binding,
      orderNumber: number,
      evidence: { event },
    })
  }
}

const isKnown = async ({ work }: Turn, number: OrderNumber): Promise<boolean> => {
  const places = ['orders', 'earlier_purchases', 'cards', 'alarms'] as const
  for (const place of places) {
    const found = await work
      .selectFrom(place)
      .select('order_number')
      .where('order_number', '=', number)
      .executeTakeFirst()
    if (found !== undefined) return true
  }
  return false
}
