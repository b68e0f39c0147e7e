// The object identifiers and fields that certificates and requests share.
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { bitString, oid, sequence, set, utf8String } from './der.ts'

/** ecdsa-with-SHA256, which has no parameters (RFC 5758 3.2). */
export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

/** A name that is nothing but a common name (RFC 5280 4.1.2.4). */
export const commonName = (name: string): Uint8Array =>
  sequence(set(sequence(oid('2.5.4.3'), utf8String(name))))

/** What is to be signed, how, and the signature: the frame of certificate and request (RFC 5280 4.1.1, RFC 2986 4.2). */
export const signed = (content: Uint8Array, key: KeyObject): Uint8Array =>
  sequence(content, ecdsaWithSha256, bitString(sign('sha256', content, key)))

/** Of DER, SubjectPublicKeyInfo (RFC 5280 4.1.2.7); null unless it is a point on P-256, the one curve we take. */
export const p256Key = (spki: Uint8Array): KeyObject | null => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    const isOurs =
      key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    return isOurs ? key : null
  } catch {
    return null
  }
}

export const isSignedWith = (
  content: Uint8Array,
  signature: Uint8Array,
  key: KeyObject,
): boolean => {
  try {
    return verify('sha256', content, key, signature)
  } catch {
    // Bytes that are no signature.
    return false
  }
}

/** DER as the text that files and messages carry (RFC 7468). */
export const pemOf = (label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
