// The door of a server that speaks with kiosks over mutual TLS: who shows no good certificate is not listened to.
import { X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { Server as PlainServer, RequestListener } from 'node:http'
import { never } from '../domain/never.ts'
import type { Holder } from '../domain/enrolment/holder.ts'
import { peerOf, type Peer, type Shown } from './peer.ts'

/** PEM: what a server shows, with the authority behind it. */
export type ServerIdentity = { certificate: string; key: string; authority: string }

export type Refusal = { status: 401 | 403; problem: string }

export type Gate = {
  /** Makes the server whose door this is. */
  serverFor: (listener: RequestListener, limits: { requestTimeout: number }) => PlainServer
  /** Who has asked. */
  peer: (socket: unknown) => Peer
  /**
   * Null where whoever is at the other end may say this in the name of this kiosk. 401: nothing of it was taken, and it
   * may be taken later, with another certificate. 403: it will never be.
   */
  refusal: (socket: unknown, kiosk: unknown) => Promise<Refusal | null>
  /** Whether this certificate was called back. */
  isRevoked: (serial: string) => Promise<boolean>
  /** Whether it still is what it was when it was shown: neither called back nor over. */
  isStillGood: (shown: Shown) => Promise<boolean>
  /** From now on this is shown. */
  show: (identity: ServerIdentity) => void
}

export type GateOptions = {
  identity: ServerIdentity
  /** Milliseconds since 1970. */
  now: () => number
  isRevoked: (serial: string) => Promise<boolean>
  /** Whether a holder may speak in the name of this kiosk. */
  speaksFor: (holder: Holder, kiosk: unknown) => boolean
}

export const gate = (options: GateOptions): Gate => {
  const { now, isRevoked, speaksFor } = options
  const authority = new X509Certificate(options.identity.authority)
  let shown = options.identity
  let server: Server | null = null
  const peer = (socket: unknown) => peerOf(socket, authority, now())
  return {
    serverFor: (listener, limits) => {
      // Whoever shows nothing, or something that is over, is let in as far as enrolling and renewing goes.
      const asking = { requestCert: true, rejectUnauthorized: false }
      server = createServer({ ...contextOf(shown), ...asking, ...limits }, listener)
      return server
    },
    peer,
    isRevoked,
    isStillGood: async ({ serial, to }) => now() <= to && !(await isRevoked(serial)),
    refusal: async (socket, kiosk) => {
      const found = peer(socket)
      const refused = refusalOf(found, now())
      if (refused !== null || found.kind !== 'known') return refused
      const { holder, serial } = found.shown
      if (await isRevoked(serial)) return revoked
      return speaksFor(holder, kiosk)
        ? null
        : { status: 403, problem: 'kiosk: is not the one whose certificate was shown' }
    },
    show: (identity) => {
      shown = identity
      server?.setSecureContext(contextOf(identity))
    },
  }
}

/** A revoked certificate is good for nothing, not even for being renewed. */
export const revoked: Refusal = { status: 401, problem: 'the certificate was revoked' }

/** What is wrong with whoever is there, whatever is asked; null for a certificate of this moment. */
export const refusalOf = (peer: Peer, now: number): Refusal | null => {
  switch (peer.kind) {
    case 'known':
      return null
    case 'out of time':
      return { status: 401, problem: outOfTime(peer.shown, now) }
    case 'nobody':
      return { status: 401, problem: `the certificate ${peer.why}` }
    default:
      return never(peer)
  }
}

/** One of both clocks may be wrong: whoever reads this sees which. */
const outOfTime = ({ from, to }: Shown, now: number): string =>
  `the certificate is good from ${at(from)} to ${at(to)}, and here it is ${at(now)}`

const at = (ms: number): string => new Date(ms).toISOString()

const contextOf = ({ certificate, key, authority }: ServerIdentity) => ({
  // The authority goes along: a machine that enrols sees whom it has to do with (domain/enrolment/enrolment-code.ts).
  cert: `${certificate}\n${authority}`,
  key,
  ca: authority,
  minVersion: 'TLSv1.3' as const,
})
