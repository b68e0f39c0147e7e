// The key that commands are signed with: Ed25519 in a file of its own, which only the office's commands read (C3).
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandKey } from '../../../domain/fleet/commands.ts'

export type SigningKey = {
  kid: string
  sign: (text: string) => Uint8Array
  /** What a kiosk's configuration names: `fleet.commandKeys`. */
  known: CommandKey
}

/** Throws one sentence when there is no such key. */
export const openCommandKey = ({ kid, file }: { kid: string; file: string }): SigningKey => {
  const key = createPrivateKey(readFileSync(file))
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(`found a key of ${key.asymmetricKeyType}; must be one of Ed25519`)
  }
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    kid,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key),
    known: CommandKey.parse({ kid, publicKey: x }),
  }
}

/** Makes one, readable by its owner alone. Throws when the file is there already: commands that are out are signed with it. */
export const makeCommandKey = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true })
  const { privateKey } = generateKeyPairSync('ed25519')
  const made = openSync(file, 'wx', 0o600)
  try {
    writeSync(made, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    fsyncSync(made)
  } finally {
    closeSync(made)
  }
}
