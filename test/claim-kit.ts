// A kiosk key that lives as long as the test.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { KioskPublicKey } from '../domain/claim.ts'
import type { KioskKey } from '../kiosk/kiosk-key.ts'

export const passingKioskKey = (): KioskKey => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: KioskPublicKey.parse(createPublicKey(privateKey).export({ format: 'jwk' }).x),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  }
}
