// What the configuration of the centre says of its fleet.
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'
import { Tenant } from '../../domain/fleet/topics.ts'

const file = z.string().trim().min(1, 'must not be empty')

const isBrokerUrl = (value: string): boolean => {
  const url = URL.parse(value)
  return url?.protocol === 'mqtts:' || (url?.protocol === 'mqtt:' && url.hostname === '127.0.0.1')
}

/** PEM files, relative to the configuration file: what the centre shows, and the authority whose kiosks it believes. */
const Certificates = closedObject({ certificate: file, key: file, ca: file })

export const FleetConfig = closedObject({
  tenant: Tenant,
  broker: z.discriminatedUnion('kind', [
    closedObject({
      /** In the centre itself. Without certificates on this machine only. */
      kind: z.literal('inside'),
      listen: closedObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
      tls: Certificates.nullable(),
    }),
    closedObject({
      kind: z.literal('url'),
      url: z
        .string()
        .refine(isBrokerUrl, 'must be an mqtts:// address (mqtt:// only on this machine)'),
      username: z.string().min(1),
      /** A file with the password in it; null where the certificate is enough. */
      passwordFile: file.nullable(),
      tls: Certificates.nullable(),
    }),
  ]),
})
export type FleetConfig = z.infer<typeof FleetConfig>

/** The same with every path in it absolute. */
export const withPaths = (
  { tenant, broker }: FleetConfig,
  beside: (name: string) => string,
): FleetConfig => {
  const tls = broker.tls === null ? null : certificatesBeside(broker.tls, beside)
  if (broker.kind === 'inside') return { tenant, broker: { ...broker, tls } }
  const { passwordFile } = broker
  const password = passwordFile === null ? null : beside(passwordFile)
  return { tenant, broker: { ...broker, tls, passwordFile: password } }
}

const certificatesBeside = (
  { certificate, key, ca }: z.infer<typeof Certificates>,
  beside: (name: string) => string,
) => ({ certificate: beside(certificate), key: beside(key), ca: beside(ca) })
