// Alarms to a program of the operator: one HTTP POST for each notice, signed so that nobody else can raise an alarm there.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Webhook } from './alarm-config.ts'
import type { Sent } from './delivering.ts'
import type { Notice } from './notice.ts'

/** HMAC-SHA256 of the body as it stands, as lower-case hex behind `sha256=`. */
export const signatureHeader = 'x-wattpoint-signature'
export const idHeader = 'x-wattpoint-notice'

export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const answerLimitMs = 10_000

/** It asks for another login or for patience: that says nothing of the notice. */
const ofNow = [401, 403, 407, 408, 425, 429]

/** Rejects where it may be taken another time. */
export const postNotice = async ({ url, secretFile }: Webhook, notice: Notice): Promise<Sent> => {
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
  if (answer.ok) return { kind: 'taken' }
  const { status } = answer
  const why = `the answer was ${status}`
  if (status >= 400 && status < 500 && !ofNow.includes(status)) return { kind: 'refused', why }
  throw new Error(why)
}
