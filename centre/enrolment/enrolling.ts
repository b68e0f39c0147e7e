// A machine enrols with its code, or renews its certificate: the centre's side, one transaction each.
import type { KioskPublicKey } from '../../domain/claim.ts'
import { isSignedBy } from '../../domain/ed25519.ts'
import { readRequest } from '../../domain/enrolment/certificate-request.ts'
import {
  bindingOf,
  EnrolRequest,
  renewalGraceMs,
  RenewRequest,
  type Issued,
} from '../../domain/enrolment/enrolment-messages.ts'
import { problemsOf } from '../../domain/schema.ts'
import type { Shown } from '../../server/peer.ts'
import { enrolKey } from '../kiosk-keys.ts'
import type { Authority } from './authority.ts'
import { certificateOfKey, hashOfKey, issueAndKeep, revokeAll } from './certificates.ts'
import { takeCode } from './codes.ts'
import type { EnrolmentWork } from './enrolment-tables.ts'

export type Enrolling = { work: EnrolmentWork; authority: Authority; now: number }

export type Given =
  | { kind: 'issued'; issued: Issued }
  | { kind: 'refused'; status: 400 | 401 | 403; problem: string }

const refused = (status: 400 | 401 | 403, problem: string): Given => ({
  kind: 'refused',
  status,
  problem,
})

/** Gives the first certificate for a code; the same key gets the same again, so that a lost answer can be asked for. */
export const enrol = async (turn: Enrolling, body: unknown): Promise<Given> => {
  const { work, authority, now } = turn
  const parsed = EnrolRequest.safeParse(body)
  if (!parsed.success) return refused(400, problemsOf(parsed.error, body).join('; '))
  const { code: typed, holder, signingKey } = parsed.data
  if (holder.role === 'centre') return refused(403, 'holder: nobody enrols as the centre')
  const der = Buffer.from(parsed.data.request, 'base64')
  const read = readRequest(der)
  if (read.kind === 'wrong') return refused(400, `request: ${read.problem}`)
  if (holder.role === 'kiosk' && signingKey === null) {
    return refused(400, 'signingKey: found nothing; must be the key of the kiosk')
  }
  if (signingKey !== null && !isBound(signingKey, bindingOf(holder, der))) {
    return refused(400, 'signingKey: the signature is not over this request')
  }
  const keyHash = hashOfKey(read.publicKey)
  const taken = await takeCode(work, { authority, holder, typed, keyHash, now })
  if (taken.kind === 'refused') return refused(403, taken.problem)
  if (taken.again) {
    const known = await certificateOfKey(work, { holder, keyHash })
    return known === undefined
      ? refused(403, 'code: what it was used for was revoked; ask the office for another')
      : issued(authority, known.pem)
  }
  await revokeAll(work, { holder, why: 'enrolled anew', now })
  if (holder.role === 'kiosk' && signingKey !== null) {
    await enrolKey({ work, now }, { kiosk: holder.kiosk, publicKey: signingKey.publicKey })
  }
  const { hosts } = taken
  const pem = await issueAndKeep(work, { authority, holder, hosts, now, publicKey: read.publicKey })
  return issued(authority, pem)
}

/**
 * Follows a certificate that was shown by the next one, also some time after its end. Whether it was called back has been
 * looked at.
 */
export const renew = async (turn: Enrolling, shown: Shown, body: unknown): Promise<Given> => {
  const { work, authority, now } = turn
  const parsed = RenewRequest.safeParse(body)
  if (!parsed.success) return refused(400, problemsOf(parsed.error, body).join('; '))
  if (now > shown.to + renewalGraceMs) {
    return refused(401, 'the certificate is over for too long; enrol again with a new code')
  }
  const { holder } = shown
  const read = readRequest(Buffer.from(parsed.data.request, 'base64'))
  if (read.kind === 'wrong') return refused(400, `request: ${read.problem}`)
  const { publicKey } = read
  const known = await certificateOfKey(work, { holder, keyHash: hashOfKey(publicKey) })
  if (known !== undefined && known.serial !== shown.serial) return issued(authority, known.pem)
  const before = await work
    .selectFrom('certificates')
    .select('hosts')
    .where('serial', '=', shown.serial)
    .executeTakeFirst()
  if (before === undefined && holder.role !== 'kiosk') {
    return refused(401, 'the certificate is not known here; enrol again with a new code')
  }
  const hosts = before?.hosts ?? '[]'
  return issued(authority, await issueAndKeep(work, { authority, holder, hosts, publicKey, now }))
}

const issued = ({ certificate: authority }: Authority, certificate: string): Given => ({
  kind: 'issued',
  issued: { certificate, authority },
})

const isBound = (
  { publicKey, signature }: { publicKey: KioskPublicKey; signature: string },
  said: string,
): boolean => isSignedBy({ said, signature: Buffer.from(signature, 'base64url'), key: publicKey })
