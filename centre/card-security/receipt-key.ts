// The centre's own key for receipts: made at the first start, kept in the data folder, readable by the centre alone.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSecret } from '../../server/secret-file.ts'

export type ReceiptKey = {
  /** Ed25519 signature of a text as base64url. */
  sign: (text: string) => string
  /** Public key as PEM: what anyone needs to check a receipt. */
  publicKey: string
}

export const openReceiptKey = (folder: string): ReceiptKey => {
  const path = join(folder, 'receipt-key.pem')
  if (!existsSync(path)) writeSecret(path, newPrivateKey())
  return receiptKey(createPrivateKey(readFileSync(path)))
}

/** A key that lives as long as the process: for tests and simulations. */
export const passingReceiptKey = (): ReceiptKey => receiptKey(createPrivateKey(newPrivateKey()))

const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const receiptKey = (key: KeyObject): ReceiptKey => ({
  sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
})
