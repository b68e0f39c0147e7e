// Alarms as e-mail: one for each notice, a line for each alarm; the only door to the mail library.
import { readFile } from 'node:fs/promises'
import { whyOf } from '../../server/config-file.ts'
import type { Mail } from './alarm-config.ts'
import type { Sent } from './delivering.ts'
import { lineOf, type Notice } from './notice.ts'

const limitMs = 10_000

/** Rejects where the mail server may take it another time. */
export const mailNotice = async (mail: Mail, notice: Notice): Promise<Sent> => {
  const { host, port, tls, login, from, to } = mail
  // Loaded by those who send mail: every program of the centre starts faster without it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: tls === 'at once',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(login !== null && { auth: await authOf(login) }),
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
  })
  try {
    await transport.sendMail({
      from,
      to: [...to],
      // The same each time it is sent: a mail server drops what it has already.
      messageId: `<${notice.id}@alarms.wattpoint>`,
      date: new Date(notice.at),
      ...lettersOf(notice),
    })
    return { kind: 'taken' }
  } catch (error) {
    if (isRefusal(error)) return { kind: 'refused', why: whyOf(error) }
    throw error
  } finally {
    transport.close()
  }
}

/** A permanent answer of the server (RFC 5321 4.2.1), but for one to a login. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500 &&
  !('code' in error && error.code === 'EAUTH')

const authOf = async ({ userFile, passwordFile }: NonNullable<Mail['login']>) => ({
  user: (await readFile(userFile, 'utf8')).trim(),
  pass: (await readFile(passwordFile, 'utf8')).trim(),
})

/** Pure: subject and text. */
export const lettersOf = ({ alarms, more, kind }: Notice): { subject: string; text: string } => {
  const standing = alarms.filter(({ state }) => state !== 'cleared')
  const [first] = standing
  const count = alarms.length + more
  const subject =
    first === undefined
      ? `WattPoint: ${count} over`
      : `WattPoint: ${first.kiosk ?? 'centre'} ${first.device}: ${first.code}${count > 1 ? ` and ${count - 1} more` : ''}`
  const headings = { raised: 'New', stands: 'Still standing', cleared: 'Over' } as const
  const parts = (['raised', 'stands', 'cleared'] as const).flatMap((state) => {
    const lines = alarms.filter((alarm) => alarm.state === state).map(lineOf)
    return lines.length === 0 ? [] : [`${headings[state]}:`, ...lines, '']
  })
  const rest = more === 0 ? [] : [`${more} more; npm run alarms shows them all.`, '']
  const why = kind === 'digest' ? ['Collected alarms of severity 1 and 2.', ''] : []
  return { subject, text: [...why, ...parts, ...rest].join('\n') }
}
