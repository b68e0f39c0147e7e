// What the configuration of the centre says of TLS between it and its kiosks.
import { isIP } from 'node:net'
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'

/** A name or an address at which a server is reached, as it stands in its certificate. */
export const Host = z
  .string()
  .max(253)
  .refine(
    (host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host),
    'must be a host name or an address, without a port',
  )

export const TlsConfig = closedObject({
  /** As the kiosks call it in their configuration; an address or a name that is not here is not believed by them. */
  hosts: z.array(Host).min(1, 'must name at least one host'),
})
export type TlsConfig = z.infer<typeof TlsConfig>

/** By which programs on this machine reach the centre, its own line to its broker among them. */
export const ownHosts = ['127.0.0.1', 'localhost']

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

export const isLoopback = (host: string): boolean => loopback.has(host)
