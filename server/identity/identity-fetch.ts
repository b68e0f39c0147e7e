// `fetch` as this machine: over mutual TLS, with the certificate it has at that moment.
import { certifiedFetch } from '../certified-fetch.ts'
import type { IdentityFile } from './identity.ts'

/** Rejects as long as the machine has not enrolled: nothing has left it then (domain/failed-fetch.ts). */
export const identityFetch = (identity: Pick<IdentityFile, 'current'>): typeof fetch => {
  const send = certifiedFetch(() => {
    const current = identity.current()
    if (current === null) throw new NotEnrolled()
    return current
  })
  return async (input, init) => send(input, init)
}

/** Before a connection is made, so it looks like one that was not to be had. */
class NotEnrolled extends Error {
  readonly syscall = 'connect'
  constructor() {
    super('this machine has not enrolled: it has no certificate')
  }
}
