// The configuration of the centre: its schema, and how a file becomes one. A wrong one does not start (design.md 11).
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { checkConfig, closedObject } from '../domain/config-problems.ts'
import { Money } from '../domain/schema.ts'
import { isTimeZone, parsedFile, text } from '../server/config-file.ts'
import { DatabaseUrl } from '../server/database-url.ts'
import { AlarmConfig, noDelivery, withAlarmPaths } from './alerts/alarm-config.ts'
import { ConsoleConfig, withConsolePaths } from './console/console-config.ts'
import { isLoopback, TlsConfig } from './enrolment/tls-config.ts'
import { FleetConfig, withPaths } from './fleet/fleet-config.ts'

/** What handling messages depends on. */
export const Policy = closedObject({
  /** Days, months and order numbers are of this zone (IANA name). */
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  /** Area numbers whose cards are served here (power-card.md 4.1 bytes 52 to 55). */
  areas: z.array(z.int().min(0).max(0xffff_ffff)).min(1, 'must name at least one area'),
  /** A wish for energy costs a multiple of this, in 1/100: what the customer can pay. */
  stepForEnergy: Money.refine((step) => step > 0, 'must be above 0'),
  /** Remaining energy at which a kiosk says so, in 0.01 kWh. */
  lowEnergy: z.int().min(0),
})
export type Policy = z.infer<typeof Policy>

export const CentreConfig = closedObject({
  /** Database and receipt key live here. Relative to the configuration file. */
  dataFolder: text,
  /**
   * Books in PostgreSQL instead of a file in the data folder (docs/scale.md). What `DATABASE_URL` says in the environment
   * goes before this.
   */
  database: closedObject({ url: DatabaseUrl }).nullable().default(null),
  /** Port 0 takes a free one and tells which. */
  listen: closedObject({ host: text, port: z.int().min(0).max(65_535) }),
  /**
   * Kiosks and front machines ask over mutual TLS, with certificates of the centre's own authority (docs/enrolment.md);
   * null: over plain HTTP, from this machine only.
   */
  tls: TlsConfig.nullable().default(null),
  /**
   * The key file, relative to the configuration file. `bench` allows the published test keys of power-card.md 15.2; never
   * in the field.
   */
  keys: closedObject({ file: text, bench: z.boolean() }),
  policy: Policy,
  /** Where the kiosks report (fleet.md); null watches none. */
  fleet: FleetConfig.nullable().default(null),
  /** Where alarms go beside the centre's own list (fleet.md 10). */
  alarms: AlarmConfig.default(noDelivery),
  /** How the office looks into all of it (`npm run console`); null: it does not. */
  console: ConsoleConfig.nullable().default(null),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
}).superRefine(({ listen, tls, fleet }, issues) => {
  if (tls === null && !isLoopback(listen.host)) {
    const message = 'must be there while "listen.host" is not this machine: money goes over TLS'
    issues.addIssue({ code: 'custom', path: ['tls'], input: null, message })
  }
  if (tls === null && fleet?.broker.tls === 'authority') {
    const message = 'must be there while "fleet.broker.tls" is "authority"'
    issues.addIssue({ code: 'custom', path: ['tls'], input: null, message })
  }
})
export type CentreConfig = z.infer<typeof CentreConfig>

export type ReadConfig =
  | { kind: 'config'; config: CentreConfig }
  /** One sentence a problem: the key, what was found, what is allowed. */
  | { kind: 'problems'; problems: string[] }

/** What the messages about a configuration never repeat. */
const secret = ['database', 'DATABASE_URL']

/** Reads a configuration file; the paths in it become absolute. `environment`: what stands in it goes before the file. */
export const readConfig = (
  path: string,
  environment: Record<string, string | undefined> = process.env,
): ReadConfig => {
  const read = parsedFile(path)
  if (read.kind === 'problems') return read
  const url = environment['DATABASE_URL'] ?? ''
  if (url !== '') {
    const inEnvironment = checkConfig(
      z.object({ DATABASE_URL: DatabaseUrl }),
      { DATABASE_URL: url },
      secret,
    )
    if (inEnvironment.kind === 'problems') return inEnvironment
  }
  const checked = checkConfig(CentreConfig, read.value, secret)
  if (checked.kind === 'problems') {
    return { kind: 'problems', problems: checked.problems.map((problem) => `${path}: ${problem}`) }
  }
  const { config } = checked
  const beside = (name: string): string => resolve(dirname(path), name)
  return {
    kind: 'config',
    config: {
      ...config,
      dataFolder: beside(config.dataFolder),
      database: url === '' ? config.database : { url },
      keys: { ...config.keys, file: beside(config.keys.file) },
      fleet: config.fleet === null ? null : withPaths(config.fleet, beside),
      alarms: withAlarmPaths(config.alarms, beside),
      console: config.console === null ? null : withConsolePaths(config.console, beside),
    },
  }
}
