// The identity of this front machine, in a file of its data folder, and how it comes by it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FrontName } from '../domain/enrolment/holder.ts'
import { KeptIdentity, openIdentityIn, type IdentityFile } from '../server/identity/identity.ts'
import { enrolMachine, type Enrolled } from '../server/identity/machine-enrolling.ts'
import { writeSecret } from '../server/secret-file.ts'

/** Rejects when the file is there and is none. */
export const openFrontIdentity = (folder: string): Promise<IdentityFile> => {
  const path = join(folder, 'identity.json')
  return openIdentityIn({
    read: async () =>
      existsSync(path) ? KeptIdentity.parse(JSON.parse(readFileSync(path, 'utf8'))) : null,
    write: async (kept) => writeSecret(path, `${JSON.stringify(kept, null, 2)}\n`),
  })
}

/** `folder`: the data folder. Never rejects. */
export const enrolFront = (of: {
  name: FrontName
  centre: string
  code: string
  folder: string
}): Promise<Enrolled> =>
  enrolMachine({
    holder: { role: 'front', front: of.name },
    centre: of.centre,
    code: of.code,
    openIdentity: () => openFrontIdentity(of.folder),
    openSigningKey: async () => null,
  })
