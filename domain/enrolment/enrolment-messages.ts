// What goes between a machine that enrols, or renews its certificate, and the centre. Over TLS, and nowhere else.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { KioskPublicKey } from '../claim.ts'
import { Holder, uriOf } from './holder.ts'

/** A certificate is good for so long, and renewed when two thirds of it are over. */
export const certificateLifeMs = 90 * 24 * 60 * 60_000
/** So long after its end a certificate is still good for one thing: asking for the next one. */
export const renewalGraceMs = 30 * 24 * 60 * 60_000

/** DER as base64; a request of ours has some 250 bytes. */
const Der = z.base64().max(4_000)

export const EnrolRequest = z.strictObject({
  code: z.string().max(64),
  holder: Holder,
  /** PKCS #10. */
  request: Der,
  /** The key by which a kiosk signs claims (domain/claim.ts), and its signature over `bindingOf`; null for all others. */
  signingKey: z
    .strictObject({ publicKey: KioskPublicKey, signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/) })
    .nullable(),
})
export type EnrolRequest = z.infer<typeof EnrolRequest>

/** Over mutual TLS, with the certificate that is to be followed: it says who asks. */
export const RenewRequest = z.strictObject({ request: Der })
export type RenewRequest = z.infer<typeof RenewRequest>

/** PEM, one certificate each. */
export const Issued = z.object({
  certificate: z.string().max(8_000),
  authority: z.string().max(8_000),
})
export type Issued = z.infer<typeof Issued>

export const enrolmentPaths = { enrol: '/v1/enrol', renew: '/v1/renew', revoked: '/v1/revoked' }

/** What the signing key signs, so that it cannot be told apart from this very request. */
export const bindingOf = (holder: Holder, request: Uint8Array): string =>
  `WattPoint enrolment ${uriOf(holder)} ${createHash('sha256').update(request).digest('hex')}`

/** When a certificate that is good from `from` to `to` is to be followed by the next one. */
export const renewAt = ({ from, to }: { from: number; to: number }): number =>
  from + ((to - from) * 2) / 3
