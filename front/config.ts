// The configuration of the front machine: its schema, and how a file becomes one. A wrong one does not start (design.md 11).
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import { z } from 'zod'
import { checkConfig, closedObject } from '../domain/config-problems.ts'
import { FrontName } from '../domain/enrolment/holder.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { isTimeZone, parsedFile, text, whyOf } from '../server/config-file.ts'

/** A kiosk, or the counter of a bank where a person sells. Both speak the same messages. */
export const Channel = z.enum(['kiosk', 'counter'])
export type Channel = z.infer<typeof Channel>

/** As fields 41 and 42 hold it. */
const isoName = z.string().regex(/^[A-Za-z0-9-]{1,20}$/, 'must be 1 to 20 letters, digits or -')

const Terminal = closedObject({
  /** As the terminal names itself in every message. */
  kiosk: KioskNumber,
  /** As the bank knows it: field 41. */
  terminal: isoName,
  channel: Channel,
})
export type Terminal = z.infer<typeof Terminal>

const isThisMachine = (host: string): boolean =>
  ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host)

const twice = (values: readonly string[]): boolean => new Set(values).size < values.length

export const FrontConfig = closedObject({
  /** The database lives here. This and every other path is relative to the configuration file. */
  dataFolder: text,
  /** Port 0 takes a free one and tells which. */
  listen: closedObject({ host: text, port: z.int().min(0).max(65_535) }),
  /** The power sales centre, with or without a path before `/v1`. */
  centre: closedObject({ url: z.url({ protocol: /^https?$/ }) }),
  /**
   * Mutual TLS with the kiosks and with the centre, by the certificate this front machine has enrolled for (docs/enrolment.md);
   * null: plain HTTP, on this machine only.
   */
  tls: closedObject({ name: FrontName }).nullable().default(null),
  bank: closedObject({
    host: text,
    port: z.int().min(1).max(65_535),
    /** Files of PEM; null only for a bench. */
    tls: closedObject({ ca: text, certificate: text, key: text, serverName: text }).nullable(),
    /** A file of 32 hex digits that both sides were given by hand. */
    exchangeKey: text,
    /** The front machine itself as the bank knows it, fields 41 and 42; the merchant is that of every terminal. */
    terminal: isoName,
    merchant: isoName,
    /** ISO 4217 as the bank wants it in field 49: letters or digits. */
    currency: z.string().regex(/^([A-Z]{3}|\d{3})$/, 'must be a currency such as CNY or 156'),
    /**
     * Whether the bank guarantees to refuse a payment that reaches it after its reversal. Without the guarantee a reversal
     * that finds no payment stays open until the settlement file (domain.md 13.3).
     */
    refusesLateOriginals: z.boolean(),
  }),
  terminals: z
    .array(Terminal)
    .min(1)
    .refine((all) => !twice(all.map(({ kiosk }) => kiosk)), 'must name each kiosk once')
    .refine((all) => !twice(all.map(({ terminal }) => terminal)), 'must name each terminal once'),
  /** CSV or JSON: which account is behind which power card (README.md). Read at every start. */
  accounts: text,
  businessDay: closedObject({
    timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
    /** The next business date begins at this local time; 00:00 is midnight. */
    cutOver: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 23:00'),
  }),
  /** The files of the days go here. */
  filesFolder: text,
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
}).superRefine(({ listen, centre, tls }, issues) => {
  const say = (path: string[], input: unknown, message: string) =>
    issues.addIssue({ code: 'custom', path, input, message })
  if (tls !== null && !centre.url.startsWith('https:')) {
    say(['centre', 'url'], centre.url, 'must be an https:// address while "tls" is there')
  }
  if (tls === null && !isThisMachine(listen.host)) {
    say(['tls'], null, 'must be there while "listen.host" is not this machine: money goes over TLS')
  }
  if (tls === null && !isThisMachine(new URL(centre.url).hostname)) {
    say(['tls'], null, 'must be there while "centre.url" is not this machine: money goes over TLS')
  }
})
export type FrontConfig = z.infer<typeof FrontConfig>

export type ReadConfig =
  | { kind: 'config'; config: FrontConfig }
  /** One sentence a problem: the key, what was found, what is allowed. */
  | { kind: 'problems'; problems: string[] }

/** Reads a configuration file; the paths in it become absolute. */
export const readConfig = (path: string): ReadConfig => {
  const read = parsedFile(path)
  if (read.kind === 'problems') return read
  const checked = checkConfig(FrontConfig, read.value)
  if (checked.kind === 'problems') {
    return { kind: 'problems', problems: checked.problems.map((problem) => `${path}: ${problem}`) }
  }
  const { config } = checked
  const beside = (name: string): string => resolve(dirname(path), name)
  const { bank } = config
  return {
    kind: 'config',
    config: {
      ...config,
      dataFolder: beside(config.dataFolder),
      filesFolder: beside(config.filesFolder),
      accounts: beside(config.accounts),
      bank: {
        ...bank,
        exchangeKey: beside(bank.exchangeKey),
        tls: bank.tls && {
          ca: beside(bank.tls.ca),
          certificate: beside(bank.tls.certificate),
          key: beside(bank.tls.key),
          serverName: bank.tls.serverName,
        },
      },
    },
  }
}

export type BankSecrets = { exchangeKey: Uint8Array; tls: TlsOptions | null }

/** The files that only this machine may read. What stands in them is never shown. */
export const readBankSecrets = ({
  exchangeKey,
  tls,
}: FrontConfig['bank']):
  | { kind: 'secrets'; secrets: BankSecrets }
  | { kind: 'problem'; problem: string } => {
  try {
    const key = readFileSync(exchangeKey, 'utf8').trim()
    if (!/^[0-9a-f]{32}$/i.test(key)) {
      return { kind: 'problem', problem: 'bank.exchangeKey: must name a file of 32 hex digits' }
    }
    const secrets = {
      exchangeKey: fromHex(key),
      tls: tls && {
        ca: readFileSync(tls.ca),
        cert: readFileSync(tls.certificate),
        key: readFileSync(tls.key),
        servername: tls.serverName,
      },
    }
    return { kind: 'secrets', secrets }
  } catch (error) {
    return { kind: 'problem', problem: `bank: a file cannot be read; ${whyOf(error)}` }
  }
}
