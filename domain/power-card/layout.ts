// Where everything lies on the card: the application, its files, their numbers and sizes (power-card.md 3).
import { fromHex } from './bytes.ts'

/** F0, then "PPMS.ELC1". */
export const applicationId = fromHex('f050504d532e454c4331')

export const masterFile = 0x3f00
export const applicationFile = 0xdf01

/** Number (SFI) and size in bytes of each file that is read and written as a whole. The file identifier is EF00 + SFI. */
export const cardFiles = {
  parameters: { sfi: 1, size: 60 },
  purchase: { sfi: 2, size: 40 },
  currentPrices: { sfi: 3, size: 201 },
  standbyPrices: { sfi: 4, size: 201 },
  writeBack: { sfi: 5, size: 128 },
  queue: { sfi: 7, size: 120 },
} as const

/** EF06, the only file of records: the newest is number 1, the oldest is dropped. */
export const journalFile = { sfi: 6, records: 8, recordSize: 32 } as const

/** Slots of EF07 are written one by one; the file is ignored by everyone in version 01. */
export const queueSlotSize = 40

export const layoutVersion = 1
export const cryptoProfile = 2

/** Size of a transparent file, or null where there is none under this number. */
export const sizeOf = (sfi: number): number | null =>
  Object.values(cardFiles).find((file) => file.sfi === sfi)?.size ?? null
