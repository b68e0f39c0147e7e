// EF02: one purchase, as the meter will credit it (power-card.md 4.2).
import { energy, type Energy } from '../energy.ts'
import { minor, type Minor } from '../money.ts'
import { bcd, concat, digitsAt, toHex, u32, u32At, u8, u8At } from './bytes.ts'
import { cardFiles, layoutVersion } from './layout.ts'

export const purchaseUnit = { money: 0x00, energy: 0x01, service: 0xff } as const

export const channel = {
  meter: 0,
  kiosk: 1,
  web: 2,
  phone: 3,
  bankAgent: 4,
  paymentHall: 5,
  office: 6,
  /** Never on a card; an image of another channel never comes by network (10.7). */
  remoteDelivery: 7,
} as const

/** Bits of the flags of a purchase. */
export const purchaseFlag = {
  /** Part of the payment went to arrears. */
  arrears: 0x02,
  /** Contains value of an earlier order, or make-up energy. */
  earlierValue: 0x04,
  freeUnits: 0x08,
} as const

/** "No order": what a card without purchases carries (1.4). */
export const noOrder = '0000000000000000'

/** What stands in the first 32 bytes of EF02. */
export type PurchaseFields = {
  /** The money this energy cost, taxes included, without fees, fixed charges and arrears. */
  amount: number
  /** Purchase count of the binding; 0 = none yet. */
  count: number
  /** 0.01 kWh to be credited, free units included. */
  energy: number
  /** 16 digits. On a service card: the technician. */
  orderNumber: string
  /** When it was reserved, seconds since 1970. On a service card: end of validity. */
  time: number
  /** Of `purchaseUnit`. */
  unit: number
  /** Of `channel`. */
  channel: number
  /** Bits of `purchaseFlag`. On a service card: the command. */
  flags: number
  /** Arrears collected with this payment, for information. */
  arrears: number
}

export type PurchaseProblem =
  | 'not 40 bytes'
  | 'order number not decimal'
  | 'layout version'
  | 'unit'

export type Purchase = PurchaseFields & {
  amount: Minor
  energy: Energy
  arrears: Minor
  /** E2E MAC, 8 bytes. */
  seal: Uint8Array
  /** What is wrong with these bytes, if anything; the fields are what they are all the same. */
  problem: PurchaseProblem | null
}

/**
 * Reads the 40 bytes of EF02. Bytes that are missing read as FF: such a count is above every other, and such an order
 * number is nobody's, so that no piece of a file passes for an empty card.
 */
export const readPurchase = (ef02: Uint8Array): Purchase => {
  const { size } = cardFiles.purchase
  const bytes = concat(ef02, new Uint8Array(size).fill(0xff)).subarray(0, size)
  return {
    amount: minor(u32At(bytes, 0)),
    count: u32At(bytes, 4),
    energy: energy(u32At(bytes, 8)),
    orderNumber: toHex(bytes.subarray(12, 20)),
    time: u32At(bytes, 20),
    unit: u8At(bytes, 25),
    channel: u8At(bytes, 26),
    flags: u8At(bytes, 27),
    arrears: minor(u32At(bytes, 28)),
    seal: bytes.slice(32, 40),
    problem: ef02.length === size ? problemIn(bytes) : 'not 40 bytes',
  }
}

const problemIn = (bytes: Uint8Array): PurchaseProblem | null => {
  if (bytes[24] !== layoutVersion) return 'layout version'
  if (!Object.values<number>(purchaseUnit).includes(u8At(bytes, 25))) return 'unit'
  return digitsAt(bytes, 12, 8) === null ? 'order number not decimal' : null
}

/** The first 32 bytes of EF02: what the E2E MAC is made over (seals.ts). Throws when a value does not fit. */
export const writePurchase = (purchase: PurchaseFields): Uint8Array =>
  concat(
    concat(u32(purchase.amount), u32(purchase.count), u32(purchase.energy)),
    concat(bcd(purchase.orderNumber, 8), u32(purchase.time)),
    concat(layoutVersion, u8(purchase.unit), u8(purchase.channel), u8(purchase.flags)),
    u32(purchase.arrears),
  )

/** EF02 of a service card: no E2E MAC, its authority comes from the meter's own reads (11). */
export const writeServiceOrder = (order: {
  /** At most 16 digits. */
  technician: string
  /** Seconds since 1970. */
  validUntil: number
  /** 01 suspend and 02 resume on a management card, else 0. */
  command: number
}): Uint8Array =>
  concat(
    writePurchase({
      amount: 0,
      count: 0,
      energy: 0,
      orderNumber: order.technician,
      time: order.validUntil,
      unit: purchaseUnit.service,
      channel: channel.office,
      flags: order.command,
      arrears: 0,
    }),
    new Uint8Array(8),
  )
