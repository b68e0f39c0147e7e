// Who this machine is: its certificate and the key behind it, in one file that is replaced as a whole.
//
// The key is made here and never leaves the machine. A key that was made and not yet certified is kept beside the present
// one, so that the same is asked for again after whatever came between; there is no moment at which the machine has neither.
//
// A key inside a TPM is not built: what signs is the PEM of `key`, here and in TLS. Where it is, this file is the place for it.
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { nameOf, Holder } from '../../domain/enrolment/holder.ts'
import { certificateRequest } from '../../domain/enrolment/certificate-request.ts'
import { judge, lifeOf } from '../../server/peer.ts'
import { realDisk, type Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'

/** PEM; moments in ms since 1970. */
export type Identity = {
  holder: Holder
  authority: string
  certificate: string
  key: string
  from: number
  to: number
}

const Kept = z.object({
  current: z
    .object({ holder: Holder, authority: z.string(), certificate: z.string(), key: z.string() })
    .nullable(),
  /** Made, and perhaps asked for. */
  pendingKey: z.string().nullable(),
})
type Kept = z.infer<typeof Kept>

export type IdentityFile = {
  /** Null as long as the machine has not enrolled. */
  current: () => Identity | null
  /** PKCS #10 for the pending key, which is on disk before this resolves. Rejects when the disk does not take it. */
  request: (holder: Holder) => Promise<Uint8Array>
  /**
   * Takes what was issued for the pending key; it is on disk before this resolves. False, and nothing is changed, when it is
   * not for this key and this holder, or not of this authority. Rejects when the disk does not take it.
   */
  take: (issued: { certificate: string; authority: string }, holder: Holder) => Promise<boolean>
}

export type IdentityOptions = {
  /** The data folder. */
  folder: string
  disk?: Disk | undefined
  /** The file was there and is none; it was kept aside, and the machine has to enrol again. */
  onUnreadable?: (found: { problem: string; keptAside: string }) => void
}

/** Rejects when the file is there and the disk cannot read it. */
export const openIdentity = async ({
  folder,
  disk = realDisk,
  onUnreadable = () => undefined,
}: IdentityOptions): Promise<IdentityFile> => {
  const path = join(folder, 'identity', 'identity.json')
  const file = durableJson({ path, schema: Kept, onUnreadable, disk })
  let kept: Kept = (await file.read()) ?? { current: null, pendingKey: null }
  let current = identityOf(kept)
  const keep = async (next: Kept): Promise<void> => {
    await file.write(next)
    kept = next
    current = identityOf(kept)
  }
  return {
    current: () => current,
    request: async (holder) => {
      const pendingKey = kept.pendingKey ?? newKey()
      // What the centre certifies must never be lost with the power.
      if (pendingKey !== kept.pendingKey) await keep({ ...kept, pendingKey })
      return certificateRequest({ name: nameOf(holder), key: createPrivateKey(pendingKey) })
    },
    take: async ({ certificate, authority }, holder) => {
      const { pendingKey: key } = kept
      if (key === null || !isFor({ certificate, authority, key }, holder)) return false
      await keep({ current: { holder, authority, certificate, key }, pendingKey: null })
      return true
    },
  }
}

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

const identityOf = ({ current }: Kept): Identity | null =>
  current === null ? null : { ...current, ...lifeOf(new X509Certificate(current.certificate)) }

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
