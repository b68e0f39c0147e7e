// The names of things, each with a brand of its own so that none can stand where another belongs.
import { z } from 'zod'

const digits = (count: number, what: string) =>
  z.string().regex(new RegExp(`^\\d{${count}}$`), `must be ${what}: ${count} digits`)
const hex = (bytes: number, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^[0-9a-f]{${bytes * 2}}$`),
      `must be ${what}: ${bytes} bytes as lower-case hex`,
    )
const ulid = (what: string) =>
  z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, `must be ${what}: a ULID`)

/** Serial number of a power card, 8 bytes as lower-case hex (power-card.md 2.1). */
export const CardSerial = hex(8, 'a card serial').brand<'card serial'>()
export type CardSerial = z.infer<typeof CardSerial>

export const MeterNumber = digits(12, 'a meter number').brand<'meter number'>()
export type MeterNumber = z.infer<typeof MeterNumber>

export const CustomerNumber = digits(12, 'a customer number').brand<'customer number'>()
export type CustomerNumber = z.infer<typeof CustomerNumber>

/** The terminal number of power-card.md 4.5, 12 digits. */
export const KioskNumber = digits(12, 'a kiosk number').brand<'kiosk number'>()
export type KioskNumber = z.infer<typeof KioskNumber>

/** `YYMMDD` of the centre's business date and a running number of 10 digits; never reused (power-card.md 1.4). */
export const OrderNumber = digits(16, 'an order number').brand<'order number'>()
export type OrderNumber = z.infer<typeof OrderNumber>

/** One sale, card in to card out. Made by the kiosk, journalled before it is sent, never changed. */
export const SaleId = ulid('a sale id').brand<'sale id'>()
export type SaleId = z.infer<typeof SaleId>

/** One physical note, from escrow on. Made by the kiosk. */
export const NoteId = ulid('a note id').brand<'note id'>()
export type NoteId = z.infer<typeof NoteId>

/** One payment by bank card at one terminal. Made by the kiosk, journalled before the terminal is asked. */
export const PaymentId = ulid('a payment id').brand<'payment id'>()
export type PaymentId = z.infer<typeof PaymentId>

/** One insertion of one card at one kiosk. Made by the kiosk. */
export const InsertionId = ulid('an insertion id').brand<'insertion id'>()
export type InsertionId = z.infer<typeof InsertionId>

/** Names a request for ever: the same id again gets the same answer. Made by the kiosk. */
export const RequestId = ulid('a request id').brand<'request id'>()
export type RequestId = z.infer<typeof RequestId>

/** Made by the centre. */
export const QuoteId = ulid('a quote id').brand<'quote id'>()
export type QuoteId = z.infer<typeof QuoteId>

/** Eight random bytes of the centre, good for one insertion (power-card.md 8.1). */
export const Nonce = hex(8, 'a nonce').brand<'nonce'>()
export type Nonce = z.infer<typeof Nonce>

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A ULID: 48 bits of time and 80 of chance as 26 letters that sort by time. Time and chance are handed in, so that a
 * simulation can replay them.
 */
export const ulidOf = (timeMs: number, chance: Uint8Array): string => {
  if (chance.length < 10) throw new RangeError('a ULID needs 10 bytes of chance')
  let bits = BigInt(timeMs)
  for (const byte of chance.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let place = 0; place < 26; place++, bits >>= 5n) text = crockford[Number(bits & 31n)] + text
  return text
}

/** When a ULID was made, milliseconds since 1970. */
export const timeOf = (ulid: string): number =>
  Array.from(ulid.slice(0, 10)).reduce((time, letter) => time * 32 + crockford.indexOf(letter), 0)

/** `000012345678` as `••••5678`: enough for its owner to know it, too little for anybody else. */
export const masked = (number: string): string => `••••${number.slice(-4)}`
