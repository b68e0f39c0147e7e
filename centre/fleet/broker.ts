// The MQTT broker inside the centre, for a fleet that needs no other: each kiosk speaks under its own number alone (F20).
//
// What it keeps is in memory: after a restart every kiosk tells its birth again, and its outbox has the rest (fleet.md 1).
import { timingSafeEqual } from 'node:crypto'
import { createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, Server as TlsServer, TLSSocket } from 'node:tls'
import { Aedes, type Client } from 'aedes'
import { clientIdOf, mayPublish, maySubscribe, type Tenant } from '../../domain/fleet/topics.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import type { Gate, ServerIdentity } from '../../server/gate.ts'
import type { Shown } from '../../server/peer.ts'

export type BrokerOptions = {
  tenant: Tenant
  /** Port 0 takes a free one. */
  listen: { host: string; port: number }
  /** PEM; null on this machine only. Every kiosk shows a certificate of `ca` that names its number. */
  tls: { certificate: string; key: string; ca: string } | null
  /** Whether there is a kiosk of this number. */
  isKiosk: (kiosk: KioskNumber) => Promise<boolean>
  /** What the centre itself shows. */
  centrePassword: string
  /** Whose certificates are good, where they are the centre's own; a revoked one is refused with its next message. */
  gate?: Gate
}

export type Broker = {
  port: number
  /** From now on this is shown. */
  show: (identity: ServerIdentity) => void
  close: () => Promise<void>
}

/** Who the centre is at its own broker. */
export const centreName = 'centre'

const loopback = ['127.0.0.1', '::1', 'localhost']

/** Rejects when the address cannot be had, or would let anybody on the network listen in. */
export const startBroker = async (options: BrokerOptions): Promise<Broker> => {
  const { listen, tls } = options
  if (tls === null && !loopback.includes(listen.host)) {
    throw new Error(`${listen.host} is not this machine: a broker there needs TLS`)
  }
  const aedes = await Aedes.createBroker({
    preConnect: (_, __, done) => done(null, true),
    authenticate: (client, username, password, done) => {
      const decide = async () => {
        const asked = { client, username: username ?? '', password: password ?? null }
        done(null, await isAllowed(options, asked).catch(() => false))
      }
      void decide()
    },
    authorizePublish: (client, { topic }, done) => {
      const decide = async () => {
        const mayHere = mayDo(options.tenant, client, topic, mayPublish)
        const allowed = mayHere && (await isStillGood(options, client).catch(() => false))
        done(allowed ? null : refused(topic))
      }
      void decide()
    },
    authorizeSubscribe: (client, subscription, done) => {
      const allowed = mayDo(options.tenant, client, subscription.topic, maySubscribe)
      // Null tells the client that it will hear nothing there.
      done(null, allowed ? subscription : null)
    },
  })
  const sockets = new Set<Socket>()
  const take = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    socket.setNoDelay(true)
    aedes.handle(socket)
  }
  const server = serverOf(options, take)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, resolve)
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the broker has no port')
  return {
    port: address.port,
    show: ({ certificate: cert, key, authority: ca }) => {
      if (server instanceof TlsServer) server.setSecureContext({ cert, key, ca })
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => aedes.close(resolve))
      await closed
    },
  }
}

const serverOf = ({ tls }: BrokerOptions, take: (socket: Socket) => void): Server => {
  if (tls === null) return createPlainServer(take)
  const { certificate: cert, key, ca } = tls
  const known = { ca, requestCert: true, rejectUnauthorized: true }
  return createTlsServer({ cert, key, minVersion: 'TLSv1.2', ...known }, take)
}

const isAllowed = async (
  { tenant, tls, isKiosk, centrePassword, gate }: BrokerOptions,
  { client, username, password }: { client: Client; username: string; password: Buffer | null },
): Promise<boolean> => {
  if (username === centreName) {
    return client.id === centreName && isSame(password, Buffer.from(centrePassword))
  }
  const kiosk = KioskNumber.safeParse(username)
  if (!kiosk.success || client.id !== clientIdOf(tenant, kiosk.data)) return false
  if (gate !== undefined) {
    if ((await gate.refusal(client.conn, kiosk.data)) !== null) return false
    // The front machine of a bank speaks for its kiosks where they buy, and not here.
    const peer = gate.peer(client.conn)
    if (peer.kind !== 'known' || peer.shown.holder.role !== 'kiosk') return false
    // A connection that ends has forgotten it, and its last words are heard all the same.
    shownBy.set(client, peer.shown)
  } else if (tls !== null && nameOfPeer(client) !== kiosk.data) return false
  return isKiosk(kiosk.data)
}

/** A connection may be older than the day on which its certificate was called back, or ran out. */
const isStillGood = async ({ gate }: BrokerOptions, client: Client | null): Promise<boolean> => {
  if (gate === undefined || client === null || client.id === centreName) return true
  const shown = shownBy.get(client)
  return shown !== undefined && (await gate.isStillGood(shown))
}

/** What each client has shown when it came. */
const shownBy = new WeakMap<Client, Shown>()

const isSame = (given: Buffer | null, wanted: Buffer): boolean =>
  given !== null && given.length === wanted.length && timingSafeEqual(given, wanted)

/** What the certificate of the other end names, checked by TLS before. */
const nameOfPeer = ({ conn }: Client): string | null => {
  if (!(conn instanceof TLSSocket)) return null
  const name: unknown = conn.getPeerCertificate().subject?.CN
  return typeof name === 'string' ? name : null
}

const mayDo = (
  tenant: Tenant,
  client: Client | null,
  topic: string,
  may: (tenant: Tenant, kiosk: KioskNumber, topic: string) => boolean,
): boolean => {
  if (client === null || client.id === centreName) return true
  const kiosk = KioskNumber.safeParse(client.id.slice(clientIdPrefix(tenant).length))
  return kiosk.success && may(tenant, kiosk.data, topic)
}

const clientIdPrefix = (tenant: Tenant): string => `${tenant}-`

const refused = (topic: string): Error => new Error(`${topic.slice(0, 80)} is not this kiosk's`)
