// The machines of the bench enrol as those in the field do: an authority, a code from the office, and the certificate for it.
import { randomBytes } from 'node:crypto'
import { makeAuthority, openAuthority, type Authority } from '../../centre/enrolment/authority.ts'
import { codeLifeMs } from '../../centre/enrolment/codes.ts'
import { makeEnrolmentCode } from '../../centre/enrolment/authority-office.ts'
import { openStore } from '../../centre/store.ts'
import type { Holder } from '../../domain/enrolment/holder.ts'
import { certifiedFetch } from '../../server/certified-fetch.ts'
import { enrolAs } from '../enrolment/enrolling.ts'
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

/** At the running centre; whoever has a certificate that is good keeps it. `folder`: the machine's data. */
export const enrolOnBench = async (of: {
  paths: Pick<BenchPaths, 'centreData' | 'centreDatabase'>
  centrePort: number
  holder: Holder
  folder: string
  hosts?: readonly string[]
}): Promise<void> => {
  const { paths, holder, folder, hosts = [] } = of
  const identity = (await openIdentity({ folder })).current()
  if (identity !== null && Date.now() < identity.to) return
  const code = await codeFor(paths, holder, hosts)
  const centre = `https://${benchHost}:${of.centrePort}`
  const enrolled = await enrolAs(holder, { centre, code, folder })
  if (enrolled.kind === 'problem') {
    throw new Error(`a machine of the bench does not enrol: ${enrolled.problem}; ${enrolled.why}`)
  }
}

/** As the office gives one out. */
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
