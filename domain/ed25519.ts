// Pure: whether a text was signed by whoever has the private half of a key of Ed25519.
import { createPublicKey, verify } from 'node:crypto'

/** `key`: the public half, 32 bytes as base64url. */
export const isSignedBy = (of: { said: string; signature: Uint8Array; key: string }): boolean => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: of.key }
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(null, Buffer.from(of.said, 'utf8'), key, of.signature)
  } catch {
    // Thirty-two bytes that are no key.
    return false
  }
}
