// `fetch` with a certificate of our own and no authority but ours: the global one takes neither.
import { Agent, request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/** PEM. Without certificate and key it only knows whom it asks. */
export type Credentials = { authority: string; certificate?: string; key?: string }

/** A connection that nobody uses is closed after this. */
const idleMs = 30_000

/** Statuses whose answers have no body. */
const bodiless = new Set([204, 205, 304])

/**
 * Asks over HTTPS, with what `credentials` gives at that moment: others than before are used for new connections. Rejects
 * as `fetch` does, with the reason as its cause; once a connection is secure, what goes wrong says nothing of whether the
 * question has arrived (domain/failed-fetch.ts).
 */
export const certifiedFetch = (credentials: () => Credentials): typeof fetch => {
  let used: { credentials: Credentials; agent: Agent } | null = null
  const agentFor = (now: Credentials): Agent => {
    if (used !== null && isSame(used.credentials, now)) return used.agent
    if (used !== null) closeIdle(used.agent)
    used = { credentials: now, agent: agentOf(now) }
    return used.agent
  }
  return async (input, init = {}) => {
    const { body, signal } = init
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new TypeError('only texts are sent')
    }
    const url = typeof input === 'string' || input instanceof URL ? new URL(input) : undefined
    if (url === undefined) throw new TypeError('an address is asked')
    signal?.throwIfAborted()
    const answer = await ask(url, { ...init, body: body ?? null, agent: agentFor(credentials()) })
    const { statusCode = 500, headers } = answer
    const text = bodiless.has(statusCode) ? null : Readable.toWeb(answer)
    return new Response(text, { status: statusCode, headers: headersOf(headers) })
  }
}

const agentOf = ({ authority, certificate, key }: Credentials): Agent =>
  new Agent({
    keepAlive: true,
    timeout: idleMs,
    ca: authority,
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
    minVersion: 'TLSv1.3',
  })

/** What is under way ends by itself, and its connection some time after it. */
const closeIdle = ({ freeSockets }: Agent): void => {
  for (const socket of Object.values(freeSockets).flat()) socket?.destroy()
}

const isSame = (one: Credentials, other: Credentials): boolean =>
  one.authority === other.authority &&
  one.certificate === other.certificate &&
  one.key === other.key

const ask = (
  url: URL,
  {
    method = 'GET',
    headers,
    body,
    signal,
    agent,
  }: RequestInit & { body: string | null; agent: Agent },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    let isSecure = false
    const asking = request(
      url,
      {
        method,
        agent,
        headers: {
          ...Object.fromEntries(new Headers(headers)),
          ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }),
        },
        ...(signal && { signal }),
      },
      resolve,
    )
    asking.on('socket', (socket) => {
      // One that has been used before is secure already.
      if (asking.reusedSocket) isSecure = true
      else socket.once('secureConnect', () => (isSecure = true))
    })
    asking.on('error', (error: Error) => {
      if (signal?.aborted === true) return reject(reasonOf(signal))
      const cause = isSecure ? new Error(error.message) : error
      reject(new TypeError('fetch failed', { cause }))
    })
    asking.end(body ?? undefined)
  })

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error('given up', { cause: reason })

const headersOf = (headers: IncomingMessage['headers']): Headers => {
  const made = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? '']) made.append(name, each)
  }
  return made
}
