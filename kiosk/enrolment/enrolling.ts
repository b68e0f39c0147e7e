// A machine enrols: with a one-time code from the office it gets the certificate by which it is known from then on.
//
// Interrupted at any point, the same code typed in again goes on where it was: the key that was made is the one that is
// asked for again, and the centre gives the same certificate for it.
import { bindingOf, enrolmentPaths } from '../../domain/enrolment/enrolment-messages.ts'
import { readCode } from '../../domain/enrolment/enrolment-code.ts'
import type { Holder } from '../../domain/enrolment/holder.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { never } from '../../domain/never.ts'
import { certifiedFetch } from '../../server/certified-fetch.ts'
import { whyOf, type Disk } from '../disk.ts'
import { openKioskKey } from '../kiosk-key.ts'
import { askFor } from './asking.ts'
import { authorityAt } from './contact.ts'
import { openIdentity } from './identity.ts'

export type EnrolOptions = {
  /** `https://centre.example:8020`. */
  centre: string
  /** As it was typed. */
  code: string
  kiosk: KioskNumber
  /** The data folder of the kiosk: its identity and the key that signs its claims lie there. */
  folder: string
  disk?: Disk | undefined
  /** Gives up. */
  signal?: AbortSignal | undefined
}

export type EnrolProblem =
  /** A letter is missing or wrong: type it again. */
  | 'code mistyped'
  /** Nobody answers there: look at the line and the address. Nothing was used up. */
  | 'centre away'
  /** Who answers there is not the centre this code is of: wrong address, wrong code, or somebody between. Tell the office. */
  | 'not our centre'
  /** The centre does not take the code: used, over, or of another kiosk. Ask the office for another. */
  | 'code refused'
  /** The clock of this machine or of the centre is wrong. */
  | 'clock wrong'
  /** This machine cannot keep its identity. */
  | 'disk'
  /** Only a fault of ours, or of whoever is between. */
  | 'wrong answer'

export type Enrolled =
  /** When the certificate ends, ms since 1970. */
  | { kind: 'enrolled'; endsAt: number }
  /** `why`: for a technician and the log; a screen has its own words for `problem`. */
  | { kind: 'problem'; problem: EnrolProblem; why: string }

const problem = (problem: EnrolProblem, why: string): Enrolled => ({
  kind: 'problem',
  problem,
  why,
})

/** Enrols a kiosk. Never rejects. */
export const enrol = ({ kiosk, ...options }: EnrolOptions): Promise<Enrolled> =>
  enrolAs({ role: 'kiosk', kiosk }, options)

/** Enrols any machine: a kiosk brings along the key that signs its claims. Never rejects. */
export const enrolAs = async (
  holder: Holder,
  options: Omit<EnrolOptions, 'kiosk'>,
): Promise<Enrolled> => {
  const read = readCode(options.code)
  if (read.kind === 'wrong') return problem('code mistyped', read.problem)
  const { centre: url, signal } = options
  const contact = await authorityAt({ url, fingerprint: read.code.fingerprint }, signal)
  switch (contact.kind) {
    case 'away':
      return problem('centre away', contact.why)
    case 'another authority':
      return problem('not our centre', `${url} shows no certificate that belongs to this code`)
    case 'authority':
      break
    default:
      return never(contact)
  }
  try {
    return await askAndKeep(holder, { ...options, code: read.code.text }, contact.authority)
  } catch (error) {
    return problem('disk', whyOf(error))
  }
}

/** Rejects when the disk does not take what has to be kept. */
const askAndKeep = async (
  holder: Holder,
  { centre: url, code, folder, disk, signal }: Omit<EnrolOptions, 'kiosk'>,
  authority: string,
): Promise<Enrolled> => {
  const identity = await openIdentity({ folder, disk })
  const request = await identity.request(holder)
  const signingKey = holder.role === 'kiosk' ? await openKioskKey(folder, { disk }) : null
  const fetch = certifiedFetch(() => ({ authority }))
  const asked = await askFor(
    { url, path: enrolmentPaths.enrol, fetch, signal },
    {
      code,
      holder,
      request: Buffer.from(request).toString('base64'),
      signingKey: signingKey && {
        publicKey: signingKey.publicKey,
        signature: signingKey.sign(bindingOf(holder, request)),
      },
    },
  )
  switch (asked.kind) {
    case 'refused':
      return problem('code refused', asked.problem)
    case 'away':
      return problem('centre away', asked.why)
    case 'clock':
      return problem('clock wrong', asked.why)
    case 'issued': {
      // The one that was compared with the code, whatever stands in the answer.
      const { certificate } = asked.issued
      const isTaken = await identity.take({ certificate, authority }, holder)
      const endsAt = identity.current()?.to
      return isTaken && endsAt !== undefined
        ? { kind: 'enrolled', endsAt }
        : problem('wrong answer', 'the certificate is not for the key of this machine')
    }
    default:
      return never(asked)
  }
}
