// The MACs inside the files: who made this purchase for which meter, which meter wrote this back (power-card.md 4.2 to 4.5).
//
// All are made with K_MT, which only the meter and the centre know.
import type { CustomerNumber, MeterNumber } from '../identifiers.ts'
import { ascii, bcd, concat } from './bytes.ts'
import { mac4, mac8, sameMac } from './cmac.ts'

/** For whom a purchase is good: nobody else's meter, customer or card. */
export type PurchaseOf = { meter: MeterNumber; customer: CustomerNumber; serial: Uint8Array }

export const purchaseSealInput = (
  bytes: Uint8Array,
  { meter, customer, serial }: PurchaseOf,
): Uint8Array =>
  concat(ascii('PPE1'), bcd(meter, 6), bcd(customer, 6), serial, bytes.subarray(0, 32))

/** EF02 with its E2E MAC. `bytes`: at least its first 32. */
export const sealPurchase = (K_MT: Uint8Array, bytes: Uint8Array, of: PurchaseOf): Uint8Array =>
  concat(bytes.subarray(0, 32), mac8(K_MT, purchaseSealInput(bytes, of)))

/** Whether the 40 bytes of EF02 were made for this meter, customer and card. */
export const isPurchaseSealed = (K_MT: Uint8Array, ef02: Uint8Array, of: PurchaseOf): boolean =>
  ef02.length === 40 && sameMac(ef02.subarray(32), mac8(K_MT, purchaseSealInput(ef02, of)))

const writeBackMac = (K_MT: Uint8Array, bytes: Uint8Array, serial: Uint8Array): Uint8Array =>
  mac8(K_MT, concat(ascii('PPW1'), serial, bytes.subarray(0, 100)))

/** EF05 with its meter MAC, 128 bytes. `bytes`: at least its first 100. */
export const sealWriteBack = (
  K_MT: Uint8Array,
  bytes: Uint8Array,
  serial: Uint8Array,
): Uint8Array =>
  concat(bytes.subarray(0, 100), writeBackMac(K_MT, bytes, serial), new Uint8Array(20))

/** Whether this meter wrote the 128 bytes of EF05 on this card. */
export const isWriteBackSealed = (
  K_MT: Uint8Array,
  ef05: Uint8Array,
  serial: Uint8Array,
): boolean =>
  ef05.length === 128 && sameMac(ef05.subarray(100, 108), writeBackMac(K_MT, ef05, serial))

const recordMac = (K_MT: Uint8Array, bytes: Uint8Array, serial: Uint8Array): Uint8Array =>
  mac4(K_MT, concat(ascii('PPJ1'), serial, bytes.subarray(0, 28)))

/** A record of EF06 with its MAC, 32 bytes. `bytes`: at least its first 28. Whose K_MT: 4.5. */
export const sealRecord = (K_MT: Uint8Array, bytes: Uint8Array, serial: Uint8Array): Uint8Array =>
  concat(bytes.subarray(0, 28), recordMac(K_MT, bytes, serial))

export const isRecordSealed = (K_MT: Uint8Array, record: Uint8Array, serial: Uint8Array): boolean =>
  record.length === 32 && sameMac(record.subarray(28), recordMac(K_MT, record, serial))
