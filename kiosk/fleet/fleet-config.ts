// What the configuration of a kiosk says of its fleet, and how the files it names become what is shown to the broker.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'
import { CommandKey } from '../../domain/fleet/commands.ts'
import { Tenant } from '../../domain/fleet/topics.ts'
import type { Identity } from '../enrolment/identity.ts'
import type { Credentials } from './mqtt-line.ts'

const file = z.string().trim().min(1, 'must not be empty')

const isBrokerUrl = (value: string): boolean => {
  const url = URL.parse(value)
  return url?.protocol === 'mqtts:' || (url?.protocol === 'mqtt:' && url.hostname === '127.0.0.1')
}

export const FleetConfig = closedObject({
  url: z.string().refine(isBrokerUrl, 'must be an mqtts:// address (mqtt:// only on this machine)'),
  tenant: Tenant,
  /** A file with the password in it; null where the certificate is enough. Relative to the configuration file. */
  passwordFile: file.nullable(),
  /**
   * `identity`: what the kiosk has enrolled with, as where it buys. PEM files where an authority elsewhere gives them out: the
   * authority whose broker is believed, and what the kiosk shows.
   */
  tls: z
    .union([z.literal('identity'), closedObject({ ca: file, certificate: file, key: file })])
    .nullable(),
  /** The keys that commands of the centre are believed by: none, no command. Never those of TLS (fleet.md 8, C3). */
  commandKeys: z.array(CommandKey).max(8).default([]),
})
export type FleetConfig = z.infer<typeof FleetConfig>

/** The same with every path in it absolute. */
export const withPaths = (
  { passwordFile, tls, ...fleet }: FleetConfig,
  beside: (name: string) => string,
): FleetConfig => ({
  ...fleet,
  passwordFile: passwordFile === null ? null : beside(passwordFile),
  tls:
    tls === null || tls === 'identity'
      ? tls
      : { ca: beside(tls.ca), certificate: beside(tls.certificate), key: beside(tls.key) },
})

/**
 * What is shown to the broker, asked for before each connection. The paths are absolute. Rejects when a file cannot be read;
 * what it gives throws as long as the kiosk has not enrolled.
 */
export const credentialsOf = async (
  { passwordFile, tls }: FleetConfig,
  identity: () => Identity | null,
): Promise<() => Credentials> => {
  const password =
    passwordFile === null ? {} : { password: (await readFile(passwordFile, 'utf8')).trim() }
  if (tls === null) return () => password
  if (tls === 'identity') {
    return () => {
      const current = identity()
      if (current === null) throw new Error('this kiosk has not enrolled: it has no certificate')
      const { authority: ca, certificate, key } = current
      return { ...password, ca, certificate, key }
    }
  }
  const files = {
    ca: await readFile(tls.ca, 'utf8'),
    certificate: await readFile(tls.certificate, 'utf8'),
    key: await readFile(tls.key, 'utf8'),
  }
  return () => ({ ...password, ...files })
}
