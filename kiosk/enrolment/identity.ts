// The identity of this kiosk, in a file of its data folder that a power cut leaves as it was or as it is to be.
import { join } from 'node:path'
import {
  KeptIdentity,
  openIdentityIn,
  type Identity as AnyIdentity,
  type IdentityFile,
} from '../../server/identity/identity.ts'
import { realDisk, type Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'

export type Identity = AnyIdentity

export type IdentityOptions = {
  /** The data folder. */
  folder: string
  disk?: Disk | undefined
  /** The file was there and is none; it was kept aside, and the machine has to enrol again. */
  onUnreadable?: (found: { problem: string; keptAside: string }) => void
}

/** Rejects when the file is there and the disk cannot read it. */
export const openIdentity = ({
  folder,
  disk = realDisk,
  onUnreadable = () => undefined,
}: IdentityOptions): Promise<IdentityFile> => {
  const path = join(folder, 'identity', 'identity.json')
  return openIdentityIn(durableJson({ path, schema: KeptIdentity, onUnreadable, disk }))
}
