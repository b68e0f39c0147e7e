// The identity of a running kiosk, by its configuration: how it asks, what it shows, and that it is renewed in time.
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import type { Disk } from '../disk.ts'
import type { Log } from '../log.ts'
import { identityFetch } from '../../server/identity/identity-fetch.ts'
import { keepRenewed } from '../../server/identity/renewing.ts'
import { openIdentity, type Identity } from './identity.ts'

export type JoinedIdentity = {
  /** Shows the present certificate, also after it has been renewed. */
  fetch: typeof fetch
  /** Null as long as the kiosk has not enrolled. */
  current: () => Identity | null
  stop: () => Promise<void>
}

/** Where the kiosk enrols and renews; null where it speaks without TLS, with a centre on the same machine. */
export const enrolmentUrlOf = ({ centre }: Pick<KioskConfig, 'centre'>): string | null => {
  const url = centre.enrolment ?? centre.url
  return url.startsWith('https:') ? url : null
}

/** Null where the kiosk speaks without TLS. Rejects when its identity is there and the disk cannot read it. */
export const joinIdentity = async (of: {
  config: KioskConfig
  clock: Clock
  log: Log
  disk?: Disk | undefined
}): Promise<JoinedIdentity | null> => {
  const { config, clock, log, disk } = of
  const url = enrolmentUrlOf(config)
  if (url === null) return null
  const identity = await openIdentity({
    folder: config.dataFolder,
    disk,
    onUnreadable: (found) =>
      log.error(found, 'the identity of this kiosk was unreadable: it has to enrol again'),
  })
  if (identity.current() === null) {
    log.error('this kiosk has not enrolled: the centre does not listen to it')
  }
  const fetch = identityFetch(identity)
  return {
    fetch,
    current: identity.current,
    stop: keepRenewed({ url, identity, fetch, clock, log }),
  }
}
