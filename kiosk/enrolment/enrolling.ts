// A kiosk enrols: with a one-time code from the office it gets the certificate by which it is known from then on.
import type { KioskNumber } from '../../domain/identifiers.ts'
import { enrolMachine, type Enrolled } from '../../server/identity/machine-enrolling.ts'
import type { Disk } from '../disk.ts'
import { openKioskKey } from '../kiosk-key.ts'
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

/** Interrupted at any point, the same code typed in again goes on where it was. Never rejects. */
export const enrol = ({
  centre,
  code,
  kiosk,
  folder,
  disk,
  signal,
}: EnrolOptions): Promise<Enrolled> =>
  enrolMachine({
    holder: { role: 'kiosk', kiosk },
    centre,
    code,
    openIdentity: () => openIdentity({ folder, disk }),
    openSigningKey: () => openKioskKey(folder, { disk }),
    signal,
  })
