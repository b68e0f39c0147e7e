// The centre's own door: TLS with what its authority signs, opened at its start and kept from running out.
import type { Holder } from '../../domain/enrolment/holder.ts'
import { certificateLifeMs, renewAt } from '../../domain/enrolment/enrolment-messages.ts'
import { gate, type Gate, type ServerIdentity } from '../../server/gate.ts'
import type { Store } from '../store.ts'
import { centreIdentity, openAuthority, type Authority } from './authority.ts'
import { isRevoked } from './certificates.ts'
import { ownHosts, type TlsConfig } from './tls-config.ts'

export type CentreDoor = {
  authority: Authority
  gate: Gate
  /** What the centre shows now. */
  identity: () => ServerIdentity
  /** Makes another certificate for the centre itself in time; told to whoever shows it. Every few seconds. */
  sweep: () => void
  /** Calls with every other certificate from now on. */
  onIdentity: (told: (identity: ServerIdentity) => void) => void
}

export const openDoor = (of: {
  dataFolder: string
  tls: TlsConfig
  store: Store
  now: () => number
}): { kind: 'door'; door: CentreDoor } | { kind: 'problem'; problem: string } => {
  const { store, now } = of
  const opened = openAuthority(of.dataFolder)
  if (opened.kind === 'problem') return opened
  const { authority } = opened
  const hosts = [...new Set([...of.tls.hosts, ...ownHosts])]
  let madeAt = now()
  let identity = centreIdentity(authority, { hosts, now: madeAt })
  const door = gate({
    identity,
    now,
    isRevoked: (serial) => isRevoked(store, serial),
    speaksFor: mayAsk,
  })
  const told = [door.show]
  return {
    kind: 'door',
    door: {
      authority,
      gate: door,
      identity: () => identity,
      onIdentity: (tell) => told.push(tell),
      sweep: () => {
        if (now() < renewAt({ from: madeAt, to: madeAt + certificateLifeMs })) return
        madeAt = now()
        identity = centreIdentity(authority, { hosts, now: madeAt })
        for (const tell of told) tell(identity)
      },
    },
  }
}

/** A kiosk speaks for itself; the front machine of a bank for every terminal of that bank, which it knows by name. */
const mayAsk = (holder: Holder, kiosk: unknown): boolean =>
  holder.role === 'front' || (holder.role === 'kiosk' && holder.kiosk === kiosk)
