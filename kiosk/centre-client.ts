// Asks the power sales centre: one id per request, the same id on every try, and an honest word for how it ended.
//
// The centre answers the same id with the same answer for ever, so a request whose answer is lost is asked again. What
// comes back when time is over says which of two things is certain: that the centre never got it, or that nobody knows.
import type { z } from 'zod'
import {
  centreMessages,
  type Answered,
  type Asked,
  type CentreAnswer,
  type MessageName,
} from '../domain/centre-messages.ts'
import {
  frontMessages,
  type FrontAnswered,
  type FrontAsked,
  type FrontMessageName,
} from '../domain/front-messages.ts'
import { neverSent, wordsOf } from '../domain/failed-fetch.ts'
import type { KioskNumber, RequestId } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import type { Clock } from './clock.ts'

export type CentreClientOptions = {
  /** `https://centre.example`, with or without a path before `/v1`. */
  url: string
  kiosk: KioskNumber
  clock: Pick<Clock, 'monotonic' | 'after' | 'wait' | 'chance'>
  fetch?: typeof fetch
  timeouts?: Partial<CentreTimeouts>
}

export type CentreTimeouts = {
  /** One try is given up after this; the next goes out on another connection. */
  attemptMs: number
  /** Between tries, doubling, each with up to half of it left to chance. */
  firstPauseMs: number
  longestPauseMs: number
}

/**
 * Asks until there is an answer, the deadline is over or the signal aborts. Never rejects. `away` is certain: not one
 * try can have reached the other end.
 */
export type AskLimits = { deadlineMs: number; signal?: AbortSignal }

export type CentreClient = {
  ask<Name extends MessageName>(
    name: Name,
    requestId: RequestId,
    asked: Asked<Name>,
    limits: AskLimits,
  ): Promise<CentreAnswer<Name>>
}

/** The front machine of a bank: where the centre is asked through it, it answers messages of its own too. */
export type FrontClient = {
  ask<Name extends FrontMessageName>(
    name: Name,
    requestId: RequestId,
    asked: FrontAsked<Name>,
    limits: AskLimits,
  ): Promise<Answer<FrontAnswered<Name>>>
}

/** How a question ends, whoever is asked. */
export type Answer<Reply> =
  | { kind: 'answered'; reply: Reply }
  | Extract<CentreAnswer<MessageName>, { kind: 'refused' | 'away' | 'unknown' }>

/** More than any answer has. */
const longestAnswerBytes = 1024 * 1024
const longestProblem = 500

/** Statuses that say "not now" of a request that is right. */
const notNow = new Set([408, 425, 429])

type Replies = { [Name in MessageName]: { path: string; reply: z.ZodType<Answered<Name>> } }
type FrontReplies = {
  [Name in FrontMessageName]: { path: string; reply: z.ZodType<FrontAnswered<Name>> }
}

export const centreClient = (options: CentreClientOptions): CentreClient => {
  const ask = asker(options)
  const messages: Replies = centreMessages
  return {
    ask: (name, requestId, asked, limits) => ask(messages[name], { requestId, ...asked }, limits),
  }
}

export const frontClient = (options: CentreClientOptions): FrontClient => {
  const ask = asker(options)
  const messages: FrontReplies = frontMessages
  return {
    ask: (name, requestId, asked, limits) => ask(messages[name], { requestId, ...asked }, limits),
  }
}

type Message<Reply> = { path: string; reply: z.ZodType<Reply> }

/** One way of asking for every message there is. */
const asker = (options: CentreClientOptions) => {
  const { url, kiosk, clock, fetch: send = fetch } = options
  const timeouts = {
    attemptMs: 5_000,
    firstPauseMs: 200,
    longestPauseMs: 3_000,
    ...options.timeouts,
  }
  const base = url.replace(/\/+$/, '')

  /** One try. `limitMs` is for all of it, the body of the answer too. */
  const tryOnce = async <Reply>(
    { path, reply }: Message<Reply>,
    body: string,
    limitMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Answer<Reply>> => {
    const limit = new AbortController()
    const noLimit = clock.after(limitMs, () => limit.abort(new Error('no answer in time')))
    const stop = signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal])
    try {
      const response = await send(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
        redirect: 'manual',
        signal: stop,
      })
      return verdictOn(response, await textOf(response), reply)
    } catch (error) {
      return neverSent(error)
        ? { kind: 'away', why: wordsOf(error) }
        : { kind: 'unknown', why: wordsOf(error) }
    } finally {
      noLimit()
    }
  }

  return async <Reply>(
    message: Message<Reply>,
    asked: { requestId: RequestId },
    { deadlineMs, signal }: AskLimits,
  ): Promise<Answer<Reply>> => {
    const { requestId, ...rest } = asked
    const body = JSON.stringify({ requestId, kiosk, ...rest })
    const end = clock.monotonic() + deadlineMs
    let perhapsReceived = false
    let why = 'nothing was asked'
    for (let tries = 0; ; tries++) {
      const left = end - clock.monotonic()
      if (left <= 0 || signal?.aborted === true) break
      const answer = await tryOnce(message, body, Math.min(left, timeouts.attemptMs), signal)
      switch (answer.kind) {
        case 'answered':
        case 'refused':
          return answer
        case 'unknown':
          perhapsReceived = true
          break
        case 'away':
          break
        default:
          return never(answer)
      }
      ;({ why } = answer)
      const pause = pauseAfter(tries, timeouts, clock.chance())
      if (clock.monotonic() + pause >= end) break
      await clock.wait(pause, signal)
    }
    return { kind: perhapsReceived ? 'unknown' : 'away', why }
  }
}

/** Chance keeps kiosks that lost the centre together from coming back together. */
const pauseAfter = (tries: number, timeouts: CentreTimeouts, chance: number): number =>
  Math.min(timeouts.firstPauseMs * 2 ** Math.min(tries, 20), timeouts.longestPauseMs) *
  (0.5 + chance / 2)

const verdictOn = <Reply>(
  { status, ok }: Response,
  text: string | null,
  schema: z.ZodType<Reply>,
):
  | { kind: 'answered'; reply: Reply }
  | { kind: 'refused'; status: number; problem: string }
  | { kind: 'away' | 'unknown'; why: string } => {
  // Whoever is there does not take this kiosk's certificate: what was asked was not looked at (server/gate.ts).
  if (status === 401) return { kind: 'away', why: problemOf(text) }
  if (status >= 400 && status < 500 && !notNow.has(status)) {
    return { kind: 'refused', status, problem: problemOf(text) }
  }
  if (!ok) return { kind: 'unknown', why: `status ${status}` }
  const value = text === null ? undefined : jsonOf(text)
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { kind: 'answered', reply: parsed.data }
    : { kind: 'unknown', why: `garbled answer: ${placesOf(parsed.error)}` }
}

/** Where an answer is wrong, and not what stands there: it may be somebody's name, and this goes to the log. */
const placesOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')

/** What the centre says is wrong, for the log; null when it went on too long. */
const problemOf = (text: string | null): string => (text ?? 'too long').slice(0, longestProblem)

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The body as text; null when it is longer than any answer of a centre. */
const textOf = async ({ body }: Response): Promise<string | null> => {
  if (body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > longestAnswerBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
