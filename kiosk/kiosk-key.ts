// The kiosk's own key: made at its first start, kept in the data folder, readable by the kiosk alone, never logged.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import { KioskPublicKey } from '../domain/claim.ts'
import { realDisk, type Disk } from './disk.ts'

export type KioskKey = {
  publicKey: KioskPublicKey
  /** Ed25519 signature of a text as base64url. */
  sign: (text: string) => string
}

export type KioskKeyOptions = {
  disk?: Pick<Disk, 'readText' | 'replaceFile'> | undefined
  /** A private key of Ed25519 as PEM: one that nobody can foresee, unless a simulation has to replay it. */
  newKey?: (() => string) | undefined
}

/** Rejects when the key is there and cannot be read, or when a new one cannot be kept. */
export const openKioskKey = async (
  folder: string,
  { disk = realDisk, newKey = keyByChance }: KioskKeyOptions = {},
): Promise<KioskKey> => {
  const path = join(folder, 'kiosk-key.pem')
  const kept = await disk.readText(path)
  if (kept !== null) return keyOf(kept)
  const made = newKey()
  // Whole or not at all, and on disk before anything is signed with it.
  await disk.replaceFile(path, made)
  return keyOf(made)
}

const keyByChance = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const keyOf = (pem: string): KioskKey => {
  const key = createPrivateKey(pem)
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: KioskPublicKey.parse(x),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
  }
}
