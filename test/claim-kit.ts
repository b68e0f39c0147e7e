// Kiosk keys for tests: one that lives as long as the test, and one that a simulation replays.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { KioskPublicKey } from '../domain/claim.ts'
import type { KioskKey } from '../kiosk/kiosk-key.ts'

export const passingKioskKey = (): KioskKey => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: KioskPublicKey.parse(createPublicKey(privateKey).export({ format: 'jwk' }).x),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  }
}

/** The same key for the same name: Ed25519 as PKCS #8, whose 32 bytes come last (RFC 8410). */
export const foreseeableKey = (name: string): string => {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex')
  const key = createHash('sha256').update(name).digest()
  const der = Buffer.concat([head, key]).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`
}
