// A certificate request (PKCS #10, RFC 2986): a public key, signed with its private half. Nothing else in it is believed.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { integer, nodesIn, sequence, tagged, tags } from './der.ts'
import { commonName, ecdsaWithSha256, isSignedWith, p256Key, signed } from './x509-names.ts'

/** DER. `key`: the private one, P-256. */
export const certificateRequest = ({ name, key }: { name: string; key: KeyObject }): Uint8Array =>
  signed(
    sequence(
      // Version 1 (RFC 2986 4.1).
      integer(Uint8Array.of(0)),
      commonName(name),
      createPublicKey(key).export({ type: 'spki', format: 'der' }),
      tagged(0, 'around'),
    ),
    key,
  )

export type ReadRequest =
  /** SubjectPublicKeyInfo as DER, of a key whose private half has signed the request. */
  { kind: 'request'; publicKey: Uint8Array } | { kind: 'wrong'; problem: string }

const wrong = (problem: string): ReadRequest => ({ kind: 'wrong', problem })

/** Reads the public key out of a request, if whoever made it has the private half. Never throws. */
export const readRequest = (der: Uint8Array): ReadRequest => {
  const [whole, more] = nodesIn(der) ?? []
  if (whole?.tag !== tags.sequence || more !== undefined) return wrong('it is not a request in DER')
  const [info, algorithm, signature] = nodesIn(whole.content) ?? []
  if (info?.tag !== tags.sequence || algorithm === undefined) return wrong('it is not a request')
  if (signature?.tag !== tags.bitString || signature.content[0] !== 0) {
    return wrong('its signature is missing')
  }
  const [, , publicKey] = nodesIn(info.content) ?? []
  if (publicKey === undefined) return wrong('its public key is missing')
  const key = p256Key(publicKey.whole)
  if (key === null) return wrong('its key is not one of P-256')
  if (!Buffer.from(algorithm.whole).equals(ecdsaWithSha256)) {
    return wrong('it is not signed by ECDSA with SHA-256')
  }
  return isSignedWith(info.whole, signature.content.subarray(1), key)
    ? { kind: 'request', publicKey: publicKey.whole }
    : wrong('it is not signed with its own key')
}
