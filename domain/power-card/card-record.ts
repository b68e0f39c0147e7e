// A record of EF06: what was done with the card. It explains; it never decides about money (power-card.md 4.5).
import { bcd, concat, digitsAt, u32, u32At, u8, u8At } from './bytes.ts'
import { journalFile } from './layout.ts'

export const cardEvent = {
  load: 1,
  credited: 2,
  writtenBack: 3,
  cleared: 4,
  issued: 5,
  undone: 6,
  refused: 7,
  service: 8,
} as const

/** Written by the meter that `terminal` names, under the K_MT of that meter; all others under that of EF01. */
export const isOfMeter = (event: number): boolean =>
  event === cardEvent.credited ||
  event === cardEvent.writtenBack ||
  event === cardEvent.refused ||
  event === cardEvent.service

export type CardRecord = {
  /** Of the writer, seconds since 1970. */
  time: number
  /** As in EF02; 0 = meter. */
  channel: number
  /** Of `cardEvent`. */
  event: number
  /** 12 digits: the terminal, or the meter for events of a meter. */
  terminal: string
  /** 16 digits; all zero where there is none. */
  orderNumber: string
  /** Minor units; the result code of a refusal; the type of a service card. */
  amount: number
  /** Purchase count after the event. */
  count: number
}

export type CardRecordRead =
  | { kind: 'record'; record: CardRecord }
  | { kind: 'malformed'; problem: 'not 32 bytes' | 'event' | 'not decimal' }

export const readCardRecord = (bytes: Uint8Array): CardRecordRead => {
  if (bytes.length !== journalFile.recordSize) return { kind: 'malformed', problem: 'not 32 bytes' }
  const event = u8At(bytes, 5)
  if (!Object.values<number>(cardEvent).includes(event)) {
    return { kind: 'malformed', problem: 'event' }
  }
  const terminal = digitsAt(bytes, 6, 6)
  const orderNumber = digitsAt(bytes, 12, 8)
  if (terminal === null || orderNumber === null)
    return { kind: 'malformed', problem: 'not decimal' }
  return {
    kind: 'record',
    record: {
      time: u32At(bytes, 0),
      channel: u8At(bytes, 4),
      event,
      terminal,
      orderNumber,
      amount: u32At(bytes, 20),
      count: u32At(bytes, 24),
    },
  }
}

/** The first 28 bytes of a record: what its MAC is made over (seals.ts). Throws when a value does not fit. */
export const writeCardRecord = (record: CardRecord): Uint8Array =>
  concat(
    concat(u32(record.time), u8(record.channel), u8(record.event), bcd(record.terminal, 6)),
    concat(bcd(record.orderNumber, 8), u32(record.amount), u32(record.count)),
  )
