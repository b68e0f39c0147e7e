// The machines of the bench enrol as those in the field do: an authority, a code from the office, and the certificate for it.
import { randomBytes } from 'node:crypto'
import { makeAuthority, openAuthority, type Authority } from '../../centre/enrolment/authority.ts'
import { codeLifeMs } from '../../centre/enrolment/codes.ts'
import { makeEnrolmentCode } from '../../centre/enrolment/authority-office.ts'
import { openStore } from '../../centre/store.ts'
import type { FrontName, Holder } from '../../domain/enrolment/holder.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { enrolFront, openFrontIdentity } from '../../front/front-identity.ts'
import { certifiedFetch } from '../../server/certified-fetch.ts'
import type { IdentityFile } from '../../server/identity/identity.ts'
import type { Enrolled } from '../../server/identity/machine-enrolling.ts'
import { enrol } from '../enrolment/enrolling.ts'
import { openIdentity } from '../enrolment/identity.ts'
import type { BenchPaths } from './folder.ts'

export const benchHost = '127.0.0.1'

/** Made with the town. */
export const benchAuthority = ({ centreData }: Pick<BenchPaths, 'centreData'>): Authority => {
  makeAuthority(centreData, Date.now())
  const opened = openAuthority(centreData)
  if (opened.kind === 'problem') throw new Error(opened.problem)
  return opened.authority
}

/** Asks a server of the bench how it is, and believes only what its authority stands behind. */
export const askServer = (paths: Pick<BenchPaths, 'centreData'>): typeof fetch => {
  const { certificate: authority } = benchAuthority(paths)
  return certifiedFetch(() => ({ authority }))
}

type Enrolling = {
  paths: Pick<BenchPaths, 'centreData' | 'centreDatabase'>
  centrePort: number
  /** The machine's data. */
  folder: string
}

/** At the running centre; a kiosk whose certificate is good keeps it. */
export const enrolKiosk = async (of: Enrolling & { kiosk: KioskNumber }): Promise<void> => {
  const { paths, kiosk, folder } = of
  if (isGood(await openIdentity({ folder }))) return
  const code = await codeFor(paths, { role: 'kiosk', kiosk }, [])
  failUnlessEnrolled(await enrol({ centre: urlOf(of), code, kiosk, folder }))
}

/** The same of a front machine. */
export const enrolBenchFront = async (of: Enrolling & { name: FrontName }): Promise<void> => {
  const { paths, name, folder } = of
  if (isGood(await openFrontIdentity(folder))) return
  const code = await codeFor(paths, { role: 'front', front: name }, [benchHost])
  failUnlessEnrolled(await enrolFront({ centre: urlOf(of), code, name, folder }))
}

const urlOf = ({ centrePort }: Enrolling): string => `https://${benchHost}:${centrePort}`

const isGood = (identity: IdentityFile): boolean => Date.now() < (identity.current()?.to ?? 0)

const failUnlessEnrolled = (enrolled: Enrolled): void => {
  if (enrolled.kind === 'enrolled') return
  throw new Error(`a machine of the bench does not enrol: ${enrolled.problem}; ${enrolled.why}`)
}

/** What the office would hand to a technician. */
export const codeFor = async (
  paths: Pick<BenchPaths, 'centreData' | 'centreDatabase'>,
  holder: Holder,
  hosts: readonly string[] = [],
): Promise<string> => {
  const authority = benchAuthority(paths)
  const store = await openStore({ kind: 'file', path: paths.centreDatabase })
  try {
    const said = await store.transact((work) =>
      makeEnrolmentCode(
        { work, now: Date.now() },
        { authority, holder, hosts, lifeMs: codeLifeMs, chance: randomBytes(10) },
      ),
    )
    if (said.kind === 'problem') throw new Error(said.problem)
    return said.code
  } finally {
    await store.close()
  }
}
