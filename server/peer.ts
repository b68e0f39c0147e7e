// Who is at the other end of a TLS connection, by the certificate it has shown; and whether what it says is its own.
import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { holderOf, type Holder } from '../domain/enrolment/holder.ts'

/** Moments in ms since 1970. `serial`: upper-case hexadecimal digits. */
export type Shown = { holder: Holder; serial: string; from: number; to: number }

export type Peer =
  | { kind: 'known'; shown: Shown }
  /** Of our authority, and not of this moment: its time is over, or has not begun. */
  | { kind: 'out of time'; shown: Shown }
  /** `why`: the end of a sentence that begins with "the certificate". */
  | { kind: 'nobody'; why: string }

/**
 * TLS has made sure that the other end has the key of what it shows. Whether our authority stands behind it is looked at
 * here and not left to TLS: of several things that are wrong with a certificate, TLS tells one.
 */
export const peerOf = (socket: unknown, authority: X509Certificate, now: number): Peer => {
  const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
  return shown === undefined ? { kind: 'nobody', why: 'is missing' } : judge(shown, authority, now)
}

export const judge = (
  certificate: X509Certificate,
  authority: X509Certificate,
  now: number,
): Peer => {
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
    return { kind: 'nobody', why: 'is of another authority' }
  }
  const holder = holderOf(certificate)
  if (holder === null) return { kind: 'nobody', why: 'names nobody we know' }
  const shown = { holder, serial: certificate.serialNumber, ...lifeOf(certificate) }
  const isNow = shown.from <= now && now <= shown.to
  return { kind: isNow ? 'known' : 'out of time', shown }
}

/** From when to when a certificate is good, ms since 1970. */
export const lifeOf = ({
  validFrom,
  validTo,
}: Pick<X509Certificate, 'validFrom' | 'validTo'>): { from: number; to: number } => ({
  from: Date.parse(validFrom),
  to: Date.parse(validTo),
})
