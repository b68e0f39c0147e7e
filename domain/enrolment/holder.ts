// Who holds a certificate: a kiosk, the front machine of a bank, or the centre itself. It stands in the certificate as a URI.
import type { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { KioskNumber } from '../identifiers.ts'
import { never } from '../never.ts'

/** A front machine's name among those of its bank. */
export const FrontName = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 small letters, digits or -')
  .brand<'front name'>()
export type FrontName = z.infer<typeof FrontName>

export const Holder = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('kiosk'), kiosk: KioskNumber }),
  z.strictObject({ role: z.literal('front'), front: FrontName }),
  z.strictObject({ role: z.literal('centre') }),
])
export type Holder = z.infer<typeof Holder>

/** The common name of its certificate. */
export const nameOf = (holder: Holder): string => {
  switch (holder.role) {
    case 'kiosk':
      return holder.kiosk
    case 'front':
      return holder.front
    case 'centre':
      return 'centre'
    default:
      return never(holder)
  }
}

export const uriOf = (holder: Holder): string => `urn:wattpoint:${holder.role}:${nameOf(holder)}`

/** Null unless exactly one of the alternative names is ours, and it says the same as the common name. */
export const holderOf = ({
  subject,
  subjectAltName = '',
}: Pick<X509Certificate, 'subject'> & { subjectAltName?: string | undefined }): Holder | null => {
  const uris = subjectAltName.split(', ').filter((name) => name.startsWith('URI:urn:wattpoint:'))
  const [, role, name] = /^URI:urn:wattpoint:([a-z]+):([a-z0-9-]+)$/.exec(uris[0] ?? '') ?? []
  if (uris.length !== 1 || name === undefined || subject !== `CN=${name}`) return null
  const named = { kiosk: { role, kiosk: name }, front: { role, front: name }, centre: { role } }
  const parsed = Holder.safeParse(Object.entries(named).find(([each]) => each === role)?.[1])
  return parsed.success ? parsed.data : null
}

/** For a sentence. */
export const wordsFor = (holder: Holder): string =>
  holder.role === 'centre' ? 'the centre' : `${holder.role} ${nameOf(holder)}`
