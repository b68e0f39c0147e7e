// A claim: what a kiosk owes to whoever holds its slip, as one signed line of text, for the QR code.
//
//   WPC1 k=000000000101 s=01KAZ3M5T8QH2W9R4C6V7X1Y0N a=5000 d=2026-11-26T08:45:00.000Z <signature>
//
// k number of the kiosk; s the sale, from which the reference on the slip follows; a what was put in, in 1/100 of the
// currency unit, `?` where nobody knows it yet; d when the slip was made. The signature is Ed25519 over everything before
// the last space, as base64url, with the key of that kiosk. Nothing in it names a person.
import { z } from 'zod'
import { isSignedBy } from './ed25519.ts'
import { KioskNumber, SaleId } from './identifiers.ts'
import { minor, type Minor } from './money.ts'
import { checkDigitOf } from './reference.ts'

/** The public half of a kiosk's key: the 32 bytes of Ed25519 as base64url. */
export const KioskPublicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be an Ed25519 public key: 32 bytes as base64url')
  .brand<'kiosk public key'>()
export type KioskPublicKey = z.infer<typeof KioskPublicKey>

/** The twelve digits of a reference without its spaces; the last is a check digit. */
export const ReferenceNumber = z
  .string()
  .refine(
    (digits) =>
      /^\d{12}$/.test(digits) && checkDigitOf(digits.slice(0, 11)) === Number(digits.slice(11)),
    'must be the 12 digits of a reference; one of them is wrong',
  )
  .brand<'reference number'>()
export type ReferenceNumber = z.infer<typeof ReferenceNumber>

export type Claim = {
  kiosk: KioskNumber
  saleId: SaleId
  /** Null where nobody knows it yet. */
  amount: Minor | null
  /** Milliseconds since 1970. */
  at: number
}

/** The line for the slip. `sign`: Ed25519 over a text, as base64url. */
export const signedClaim = (claim: Claim, sign: (text: string) => string): string => {
  const { kiosk, saleId, amount, at } = claim
  const said = `WPC1 k=${kiosk} s=${saleId} a=${amount ?? '?'} d=${new Date(at).toISOString()}`
  return `${said} ${sign(said)}`
}

export type ReadClaim =
  /** `isSignedBy`: whether this key made the signature, over these very words. */
  | { kind: 'claim'; claim: Claim; isSignedBy: (key: KioskPublicKey) => boolean }
  | { kind: 'no claim' }

/** What a line says. Whether it is true, only the key of its kiosk can tell. */
export const readClaim = (text: string): ReadClaim => {
  const parts =
    /^(WPC1 k=(\d{12}) s=([0-9A-HJKMNP-TV-Z]{26}) a=(\d{1,12}|\?) d=(\S{24})) ([A-Za-z0-9_-]{86})$/.exec(
      text.trim(),
    )
  if (parts === null) return { kind: 'no claim' }
  const [, said = '', kiosk, sale, amount = '?', moment = '', signature = ''] = parts
  const at = Date.parse(moment)
  if (Number.isNaN(at) || new Date(at).toISOString() !== moment) return { kind: 'no claim' }
  return {
    kind: 'claim',
    claim: {
      kiosk: KioskNumber.parse(kiosk),
      saleId: SaleId.parse(sale),
      amount: amount === '?' ? null : minor(Number(amount)),
      at,
    },
    isSignedBy: (key) => isSignedBy({ said, signature: Buffer.from(signature, 'base64url'), key }),
  }
}
