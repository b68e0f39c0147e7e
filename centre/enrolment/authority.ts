// The small authority of the centre: its key, its certificate, and what it signs. Made once, by `npm run authority -- … init`.
//
// It lies in one file of the data folder, which only the centre reads, and never in the database: who copies the books
// cannot make a kiosk.
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { authorityCertificate, leafCertificate } from '../../domain/enrolment/certificate.ts'
import { certificateLifeMs } from '../../domain/enrolment/enrolment-messages.ts'
import { nameOf, uriOf, type Holder } from '../../domain/enrolment/holder.ts'
import { pemOf } from '../../domain/enrolment/x509-names.ts'
import { whyOf } from '../../server/config-file.ts'
import type { ServerIdentity } from '../../server/gate.ts'
import { lifeOf } from '../../server/peer.ts'
import { writeSecret } from '../../server/secret-file.ts'

export type Authority = {
  /** PEM. */
  certificate: string
  der: Uint8Array
  /** Of a code, so that who reads the database cannot try codes out. */
  hashOf: (code: string) => string
  /** Signs a certificate that is good from a little before `now` on. */
  issue: (of: Asked) => { pem: string; serial: string; to: number }
}

type Asked = {
  holder: Holder
  hosts: readonly string[]
  /** SubjectPublicKeyInfo as DER. */
  publicKey: Uint8Array
  /** Milliseconds since 1970. */
  now: number
}

const Kept = z.strictObject({
  name: z.string(),
  key: z.string(),
  certificate: z.string(),
  codeKey: z.string(),
})

/** Clocks of kiosks are some minutes slow: what was made just now is good for them too. */
const slowClockMs = 60 * 60_000
const authorityLifeMs = 20 * 365 * 24 * 60 * 60_000

const fileIn = (folder: string): string => join(folder, 'authority.json')

/** False when there is one already: every certificate that is out would be worthless with another. */
export const makeAuthority = (folder: string, now: number): boolean => {
  const path = fileIn(folder)
  if (existsSync(path)) return false
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = `WattPoint authority ${randomBytes(4).toString('hex')}`
  const der = authorityCertificate({
    name,
    key: privateKey,
    serial: newSerial(),
    from: now - slowClockMs,
    to: now + authorityLifeMs,
  })
  const kept: z.infer<typeof Kept> = {
    name,
    key: pkcs8(privateKey),
    certificate: pemOf('CERTIFICATE', der),
    codeKey: randomBytes(32).toString('base64url'),
  }
  writeSecret(path, `${JSON.stringify(kept, null, 2)}\n`)
  return true
}

export type OpenedAuthority =
  | { kind: 'authority'; authority: Authority }
  /** A sentence that says what to do. */
  | { kind: 'problem'; problem: string }

export const openAuthority = (folder: string): OpenedAuthority => {
  const path = fileIn(folder)
  if (!existsSync(path)) {
    const problem = `found no authority.json in ${folder}; make one with npm run authority -- --config FILE init`
    return { kind: 'problem', problem }
  }
  try {
    const {
      name,
      key: pem,
      certificate,
      codeKey,
    } = Kept.parse(JSON.parse(readFileSync(path, 'utf8')))
    const key = createPrivateKey(pem)
    const der = new X509Certificate(certificate).raw
    return {
      kind: 'authority',
      authority: {
        certificate,
        der,
        hashOf: (code) =>
          createHmac('sha256', Buffer.from(codeKey, 'base64url')).update(code).digest('hex'),
        issue: (asked) => issue({ name, key }, asked),
      },
    }
  } catch (error) {
    // Never what stands in it.
    const why =
      error instanceof z.ZodError || error instanceof SyntaxError ? 'it is damaged' : whyOf(error)
    return { kind: 'problem', problem: `${path} cannot be used; ${why}` }
  }
}

const issue = (
  issuer: { name: string; key: KeyObject },
  { holder, hosts, publicKey, now }: Asked,
): { pem: string; serial: string; to: number } => {
  const serial = newSerial()
  const der = leafCertificate({
    serial,
    from: now - slowClockMs,
    to: now + certificateLifeMs,
    name: nameOf(holder),
    uri: uriOf(holder),
    hosts,
    publicKey,
    issuer,
  })
  const { to } = lifeOf(new X509Certificate(der))
  return { pem: pemOf('CERTIFICATE', der), serial: serial.toString('hex').toUpperCase(), to }
}

/** What the centre itself shows at these names: made anew at every start, and its key is never on a disk. */
export const centreIdentity = (
  authority: Authority,
  { hosts, now }: { hosts: readonly string[]; now: number },
): ServerIdentity => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const { pem } = authority.issue({ holder: { role: 'centre' }, hosts, publicKey, now })
  return { certificate: pem, key: pkcs8(privateKey), authority: authority.certificate }
}

const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

/** 16 bytes above 0 whose first digit is not 0: written and read back they are the same (RFC 5280 4.1.2.2). */
const newSerial = (): Buffer => {
  const serial = randomBytes(16)
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f)
  return serial
}
