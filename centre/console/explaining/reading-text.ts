// What a text that somebody has typed, pasted or heard on the telephone may name. Pure: nothing is looked up here.
import { readClaim } from '../../../domain/claim.ts'
import {
  CardSerial,
  CustomerNumber,
  KioskNumber,
  MeterNumber,
  NoteId,
  OrderNumber,
  PaymentId,
  SaleId,
} from '../../../domain/identifiers.ts'
import { ReferenceNumber } from '../../../domain/claim.ts'

export type Reading =
  | { as: 'order number'; order: OrderNumber }
  | { as: 'card'; serial: CardSerial }
  | { as: 'customer'; customer: CustomerNumber }
  | { as: 'meter'; meter: MeterNumber }
  | { as: 'slip number'; reference: ReferenceNumber }
  | { as: 'sale'; sale: SaleId }
  | { as: 'slip text'; sale: SaleId }
  | { as: 'note'; note: NoteId }
  | { as: 'payment'; payment: PaymentId }
  | { as: 'claim'; claim: number }
  | { as: 'receipt'; number: number; kiosk: KioskNumber | null }
  | { as: 'four words'; words: string[] }

/**
 * Everything a text can mean; which of it is known, the books say. Digits of any script, wide letters, spaces, hyphens and dots
 * between groups, and small letters in an id are read as what was meant.
 */
export const readingsOf = (text: string): Reading[] => {
  const plain = plainOf(text)
  const pasted = pastedIn(plain)
  if (pasted.length > 0) return pasted
  const receipt = receiptIn(plain)
  if (receipt !== null) return [receipt]
  const bare = plain.replaceAll(/[\s\-–—.:/_#]/g, '')
  const readings = [...ofDigits(bare), ...ofSerial(bare), ...ofUlid(bare)]
  if (readings.length > 0) return readings
  const words = plain.toLowerCase().match(/[a-z]+/g) ?? []
  return words.join('').length >= fewestLetters && words.length <= 8 && !/\d/.test(plain)
    ? [{ as: 'four words', words }]
    : []
}

/** Of four words that are run together, or nearly: the shortest has four letters. */
const fewestLetters = 12

/** One script for all digits and letters; what only steers the direction of writing is left out. */
const plainOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()

/** The line of a square code: of a claim slip, or of a receipt. */
const pastedIn = (text: string): Reading[] => {
  const claim = readClaim(text)
  if (claim.kind === 'claim') return [{ as: 'slip text', sale: claim.claim.saleId }]
  const order = OrderNumber.safeParse(/(?:^|\s)o=(\d{16})(?:\s|$)/.exec(text)?.[1])
  return order.success ? [{ as: 'order number', order: order.data }] : []
}

/** `000000000101 42`, with whatever words and marks between: the kiosk, and the receipt that it has numbered so. */
const receiptIn = (text: string): Reading | null => {
  const [, named, number] = /(?<!\d)(\d{12})[^\d]+(\d{1,7})$/.exec(text) ?? []
  const kiosk = KioskNumber.safeParse(named)
  return kiosk.success && number !== undefined
    ? { as: 'receipt', number: Number(number), kiosk: kiosk.data }
    : null
}

const claimMost = 9_999_999

const ofDigits = (text: string): Reading[] => {
  const digits = /^(?:[a-z]{0,8}?)(\d+)$/i.exec(text)?.[1]
  if (digits === undefined) return []
  const order = OrderNumber.safeParse(digits)
  const reference = ReferenceNumber.safeParse(digits)
  const customer = CustomerNumber.safeParse(digits)
  const meter = MeterNumber.safeParse(digits)
  const isWhole = /^\d+$/.test(text)
  return [
    ...(order.success ? [{ as: 'order number', order: order.data } as const] : []),
    ...(reference.success ? [{ as: 'slip number', reference: reference.data } as const] : []),
    ...(customer.success ? [{ as: 'customer', customer: customer.data } as const] : []),
    ...(meter.success ? [{ as: 'meter', meter: meter.data } as const] : []),
    ...(digits.length < 8 && Number(digits) <= claimMost && (isWhole || /^claim/i.test(text))
      ? [{ as: 'claim', claim: Number(digits) } as const]
      : []),
    ...(digits.length < 8 && (isWhole || /^receipt/i.test(text))
      ? [{ as: 'receipt', number: Number(digits), kiosk: null } as const]
      : []),
  ]
}

const ofSerial = (text: string): Reading[] => {
  const serial = CardSerial.safeParse(text.toLowerCase())
  return serial.success ? [{ as: 'card', serial: serial.data }] : []
}

/** As people write down such ids: an O for a zero, an I or L for a one (Crockford). */
const ofUlid = (text: string): Reading[] => {
  const ulid = text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const sale = SaleId.safeParse(ulid)
  if (!sale.success) return []
  return [
    { as: 'sale', sale: sale.data },
    { as: 'note', note: NoteId.parse(ulid) },
    { as: 'payment', payment: PaymentId.parse(ulid) },
  ]
}
