// A machine enrols: with a one-time code from the office it gets the certificate by which it is known from then on.
//
// Interrupted at any point, the same code typed in again goes on where it was: the key that was made is the one that is
// asked for again, and the centre gives the same certificate for it.
import { bindingOf, enrolmentPaths } from '../../domain/enrolment/enrolment-messages.ts'
import { readCode } from '../../domain/enrolment/enrolment-code.ts'
import type { Holder } from '../../domain/enrolment/holder.ts'
import { never } from '../../domain/never.ts'
import { certifiedFetch } from '../certified-fetch.ts'
import { whyOf } from '../config-file.ts'
import { askFor } from './asking.ts'
import { authorityAt } from './contact.ts'
import type { IdentityFile } from './identity.ts'

/** The key that signs claims: Ed25519, as base64url. */
export type SigningKey = { publicKey: string; sign: (text: string) => string }

export type MachineEnrolling = {
  holder: Holder
  /** `https://centre.example:8020`. */
  centre: string
  /** As it was typed. */
  code: string
  /** Opened when it is certain that the right centre answers; rejects when the disk cannot. */
  openIdentity: () => Promise<IdentityFile>
  /** Of a kiosk; null for all others. */
  openSigningKey: () => Promise<SigningKey | null>
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

/** Never rejects. */
export const enrolMachine = async (of: MachineEnrolling): Promise<Enrolled> => {
  const read = readCode(of.code)
  if (read.kind === 'wrong') return problem('code mistyped', read.problem)
  const { centre: url, signal } = of
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
    return await askAndKeep(of, { code: read.code.text, authority: contact.authority })
  } catch (error) {
    return problem('disk', whyOf(error))
  }
}

/** Rejects when the disk does not take what has to be kept. */
const askAndKeep = async (
  of: MachineEnrolling,
  { code, authority }: { code: string; authority: string },
): Promise<Enrolled> => {
  const { holder, centre: url, signal } = of
  const identity = await of.openIdentity()
  const endsAt = () => identity.current()?.to ?? 0
  // The power went after it was kept and before anybody heard of it.
  if (identity.hasEnrolledWith(code)) return { kind: 'enrolled', endsAt: endsAt() }
  const request = await identity.request(holder)
  const signingKey = await of.openSigningKey()
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
      return (await identity.take({ certificate, authority }, holder, code))
        ? { kind: 'enrolled', endsAt: endsAt() }
        : problem('wrong answer', 'the certificate is not for the key of this machine')
    }
    default:
      return never(asked)
  }
}
