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

/** `authority`: the centre's own, as where the kiosks buy. Files where an authority elsewhere gives certificates out. */
const Tls = z.union([z.literal('authority'), Certificates])

export const FleetConfig = closedObject({
  tenant: Tenant,
  broker: z.discriminatedUnion('kind', [
    closedObject({
      /** In the centre itself. Without certificates on this machine only. */
      kind: z.literal('inside'),
      listen: closedObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
      tls: Tls.nullable(),
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
  /** What commands are signed with: its name, and its file (PEM, relative to the configuration file); null: nothing is. */
  commandKey: closedObject({ kid: z.string().min(1).max(64), file })
    .nullable()
    .default(null),
}).refine(
  ({ broker: { tls }, commandKey }) =>
    commandKey === null || tls === null || tls === 'authority' || commandKey.file !== tls.key,
  'must not sign commands with the key of TLS',
)
export type FleetConfig = z.infer<typeof FleetConfig>

/** The same with every path in it absolute. */
export const withPaths = (
  { tenant, broker, commandKey: named }: FleetConfig,
  beside: (name: string) => string,
): FleetConfig => {
  const commandKey = named === null ? null : { ...named, file: beside(named.file) }
  if (broker.kind === 'inside') {
    const inside = broker.tls === 'authority' ? broker.tls : certificatesBeside(broker.tls, beside)
    return { tenant, commandKey, broker: { ...broker, tls: inside } }
  }
  const tls = certificatesBeside(broker.tls, beside)
  const { passwordFile } = broker
  const password = passwordFile === null ? null : beside(passwordFile)
  return { tenant, commandKey, broker: { ...broker, tls, passwordFile: password } }
}

const certificatesBeside = (
  files: z.infer<typeof Certificates> | null,
  beside: (name: string) => string,
): z.infer<typeof Certificates> | null => {
  if (files === null) return null
  const { certificate, key, ca } = files
  return { certificate: beside(certificate), key: beside(key), ca: beside(ca) }
}
