// Alarms to a program of the operator: one HTTP POST for each notice, signed so that nobody else can raise an alarm there.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Webhook } from './alarm-config.ts'
import type { Notice } from './notice.ts'

/** HMAC-SHA256 of the body as it stands, as lower-case hex behind `sha256=`. */
export const signatureHeader = 'x-wattpoint-signature'
export const idHeader = 'x-wattpoint-notice'

export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const answerLimitMs = 10_000

/** Rejects unless the other side says that it has taken it. */
export const postNotice = async ({ url, secretFile }: Webhook, notice: Notice): Promise<void> => {
  const secret = (await readFile(secretFile, 'utf8')).trim()
  if (secret === '') throw new Error('alarms.webhook.secretFile: is empty')
  const body = JSON.stringify(notice)
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [idHeader]: notice.id,
      [signatureHeader]: signatureOf(secret, body),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(answerLimitMs),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the answer was ${answer.status}`)
}
