// Who this machine is: its certificate and the key behind it, in one file that is replaced as a whole.
//
// The key is made here and never leaves the machine. A key that was made and not yet certified is kept beside the present
// one, so that the same is asked for again after whatever came between; there is no moment at which the machine has neither.
//
// A key inside a TPM is not built: what signs is the PEM of `key`, here and in TLS. Where it is, this file is the place for it.
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { nameOf, Holder } from '../../domain/enrolment/holder.ts'
import { certificateRequest } from '../../domain/enrolment/certificate-request.ts'
import { judge, lifeOf } from '../peer.ts'

/** PEM; moments in ms since 1970. */
export type Identity = {
  holder: Holder
  authority: string
  certificate: string
  key: string
  from: number
  to: number
}

/** As it is kept. */
export const KeptIdentity = z.object({
  current: z
    .object({
      holder: Holder,
      authority: z.string(),
      certificate: z.string(),
      key: z.string(),
      /** Of the code it enrolled with (`hashOfCode`): the same one typed in again has nothing left to do. */
      codeHash: z.string(),
    })
    .nullable(),
  /** Made, and perhaps asked for. */
  pendingKey: z.string().nullable(),
})
export type KeptIdentity = z.infer<typeof KeptIdentity>

export type IdentityFile = {
  /** Null as long as the machine has not enrolled. */
  current: () => Identity | null
  /** Whether what it has came with this code. */
  hasEnrolledWith: (code: string) => boolean
  /** PKCS #10 for the pending key, which is on disk before this resolves. Rejects when the disk does not take it. */
  request: (holder: Holder) => Promise<Uint8Array>
  /**
   * Takes what was issued for the pending key; it is on disk before this resolves. False, and nothing is changed, when it is
   * not for this key and this holder, or not of this authority. Rejects when the disk does not take it.
   */
  take: (
    issued: { certificate: string; authority: string },
    holder: Holder,
    /** By which it came; null for a renewal. */
    code?: string | null,
  ) => Promise<boolean>
}

/** Where it is kept; what was written is on disk when `write` resolves, all of it or nothing. */
export type IdentityPlace = {
  read: () => Promise<KeptIdentity | null>
  write: (kept: KeptIdentity) => Promise<void>
}

/** Rejects when it is there and cannot be read. */
export const openIdentityIn = async (place: IdentityPlace): Promise<IdentityFile> => {
  let kept: KeptIdentity = (await place.read()) ?? { current: null, pendingKey: null }
  let current = identityOf(kept)
  const keep = async (next: KeptIdentity): Promise<void> => {
    await place.write(next)
    kept = next
    current = identityOf(kept)
  }
  return {
    current: () => current,
    hasEnrolledWith: (code) => kept.current?.codeHash === hashOfCode(code),
    request: async (holder) => {
      const pendingKey = kept.pendingKey ?? newKey()
      // What the centre certifies must never be lost with the power.
      if (pendingKey !== kept.pendingKey) await keep({ ...kept, pendingKey })
      return certificateRequest({ name: nameOf(holder), key: createPrivateKey(pendingKey) })
    },
    take: async ({ certificate, authority }, holder, code = null) => {
      const { pendingKey: key } = kept
      if (key === null || !isFor({ certificate, authority, key }, holder)) return false
      const codeHash = code === null ? (kept.current?.codeHash ?? '') : hashOfCode(code)
      const next = { holder, authority, certificate, key, codeHash }
      await keep({ current: next, pendingKey: null })
      return true
    },
  }
}

const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex')

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

const identityOf = ({ current }: KeptIdentity): Identity | null => {
  if (current === null) return null
  const { holder, authority, certificate, key } = current
  return { holder, authority, certificate, key, ...lifeOf(new X509Certificate(certificate)) }
}

const isFor = (
  of: { certificate: string; authority: string; key: string },
  holder: Holder,
): boolean => {
  try {
    const certificate = new X509Certificate(of.certificate)
    const authority = new X509Certificate(of.authority)
    // Whatever this machine's clock says: the centre has given it for now.
    const peer = judge(certificate, authority, lifeOf(certificate).from)
    return (
      peer.kind === 'known' &&
      nameOf(peer.shown.holder) === nameOf(holder) &&
      peer.shown.holder.role === holder.role &&
      certificate.checkPrivateKey(createPrivateKey(of.key))
    )
  } catch {
    // A text that is no certificate.
    return false
  }
}
