// Passwords of the staff, kept as Argon2id hashes (RFC 9106): slow and hungry, so that a stolen database is not a list of passwords.
//
//   argon2id:<memory, KiB>:<passes>:<salt, base64url>:<hash, base64url>
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** The second recommended choice of RFC 9106: 64 MiB and three passes. */
export const usualEffort: Effort = { memory: 65_536, passes: 3 }

export type Effort = { /** KiB. */ memory: number; passes: number }

const saltBytes = 16
const hashBytes = 32

export const hashPassword = async (
  password: string,
  effort: Effort = usualEffort,
  salt: Uint8Array = randomBytes(saltBytes),
): Promise<string> => {
  const hash = await hashOf(password, salt, effort)
  return [
    'argon2id',
    effort.memory,
    effort.passes,
    Buffer.from(salt).toString('base64url'),
    hash.toString('base64url'),
  ].join(':')
}

/** `stored` as `hashPassword` made it. */
export const isPasswordOf = async (password: string, stored: string): Promise<boolean> => {
  const [, memory = '', passes = '', salt = '', hash = ''] = stored.split(':')
  const expected = Buffer.from(hash, 'base64url')
  const effort = { memory: Number(memory), passes: Number(passes) }
  const found = await hashOf(password, Buffer.from(salt, 'base64url'), effort)
  return expected.length === found.length && timingSafeEqual(expected, found)
}

const hashOf = (password: string, salt: Uint8Array, { memory, passes }: Effort): Promise<Buffer> =>
  derive('argon2id', {
    // The same word may be typed as one character or as a letter and its accent.
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: 1,
    tagLength: hashBytes,
    memory,
    passes,
  })
