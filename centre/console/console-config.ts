// How the console is reached: its part of the centre's configuration.
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'
import { text } from '../../server/config-file.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

export const ConsoleConfig = closedObject({
  /** Port 0 takes a free one and tells which. */
  listen: closedObject({ host: text, port: z.int().min(0).max(65_535) }),
  /** PEM files, relative to the configuration file. Null: it listens on loopback, perhaps behind whoever speaks TLS for it. */
  tls: closedObject({ certificate: text, key: text }).nullable().default(null),
  /** Minutes after which a screen with nobody at it is signed out. */
  unattendedMinutes: z.int().min(1).max(480).default(30),
  /** Hours after which everybody signs in anew. */
  longestHours: z.int().min(1).max(24).default(12),
  /** What stands above the pages. */
  name: text.default('Power sales centre'),
  /** ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency such as CNY')
    .default('CNY'),
}).superRefine(({ listen, tls }, context) => {
  if (tls === null && !loopback.has(listen.host)) {
    context.addIssue({
      code: 'custom',
      path: ['listen', 'host'],
      message: 'must be 127.0.0.1 where tls is null: passwords go over this line',
    })
  }
})
export type ConsoleConfig = z.infer<typeof ConsoleConfig>

export const withConsolePaths = (
  config: ConsoleConfig,
  beside: (name: string) => string,
): ConsoleConfig => ({
  ...config,
  tls:
    config.tls === null
      ? null
      : { certificate: beside(config.tls.certificate), key: beside(config.tls.key) },
})
