// What the configuration of the centre says of where its alarms go.
import { z } from 'zod'
import { closedObject } from '../../domain/config-problems.ts'
import { text } from '../../server/config-file.ts'

const loopback = ['127.0.0.1', 'localhost', '::1', '[::1]']

const isWebhook = (value: string): boolean => {
  const url = URL.parse(value)
  const isHere = loopback.includes(url?.hostname ?? '')
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)
}

const Webhook = closedObject({
  url: z.string().refine(isWebhook, 'must be an https:// address (http:// only on this machine)'),
  /** A file with what the signature is made with, relative to the configuration file. */
  secretFile: text,
})
export type Webhook = z.infer<typeof Webhook>

const Mail = closedObject({
  host: text,
  port: z.int().min(1).max(65_535),
  /** From the first byte, after STARTTLS, or not at all: that on this machine only. */
  tls: z.enum(['at once', 'starttls', 'none']),
  /** Files with the name and the password at the mail server; null where it asks for none. */
  login: closedObject({ userFile: text, passwordFile: text }).nullable(),
  from: text,
  to: z.array(text).min(1, 'must name somebody').max(20),
}).refine(
  ({ tls, host }) => tls !== 'none' || loopback.includes(host),
  'tls: "none" is for a mail server on this machine only',
)
export type Mail = z.infer<typeof Mail>

export const AlarmConfig = closedObject({
  webhook: Webhook.nullable(),
  mail: Mail.nullable(),
  /** Alarms of severity 1 and 2 are collected for so long; graver ones go out at once. */
  digestMinutes: z.int().min(1).max(1_440),
})
export type AlarmConfig = z.infer<typeof AlarmConfig>

/** They are seen at the centre itself, and go nowhere. */
export const noDelivery: AlarmConfig = { webhook: null, mail: null, digestMinutes: 15 }

/** The same with every path in it absolute. */
export const withAlarmPaths = (
  { webhook, mail, digestMinutes }: AlarmConfig,
  beside: (name: string) => string,
): AlarmConfig => ({
  webhook: webhook === null ? null : { ...webhook, secretFile: beside(webhook.secretFile) },
  mail: mail === null ? null : { ...mail, login: loginBeside(mail.login, beside) },
  digestMinutes,
})

const loginBeside = (login: Mail['login'], beside: (name: string) => string): Mail['login'] =>
  login === null
    ? null
    : { userFile: beside(login.userFile), passwordFile: beside(login.passwordFile) }
