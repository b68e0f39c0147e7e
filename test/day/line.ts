// The line between two programs of a day, and everything that happens to a message on it.
import { never } from '../../domain/never.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

/** What a message meets on its way; each is used up by one. */
export type LineFault =
  | 'request lost'
  | 'answer lost'
  /** The answer comes when the kiosk has given up waiting for it. */
  | 'answer late'
  /** It arrives twice, at the same moment. */
  | 'doubled'
  /** It arrives again much later, when everything is over. */
  | 'again later'
  /** The program at its end stops in the middle: nothing is done, or all is done and not said. */
  | 'ends before'
  | 'ends after'

/** One try is given up after 5 s; this is more. */
const lateMs = 6_500
const muchLaterMs = 30_000

type Said = { status: number; text: string }

export type DayLine = ReturnType<typeof dayLine>

export const dayLine = <Name extends string>(of: {
  timeline: Timeline
  messages: Readonly<Record<Name, { path: string }>>
  /** The program at the other end. */
  handle: (name: Name, body: unknown) => Promise<Said>
  isDown: () => boolean
  /** It stops with this message, which is rolled back with it, or done. */
  stopWith: (doing: () => Promise<unknown>, when: 'before' | 'after') => Promise<void>
}) => {
  const { timeline, messages, isDown } = of
  const names = new Map(
    (Object.keys(messages) as Name[]).map((name) => [messages[name].path, name] as const),
  )
  const faults: { fault: LineFault; in: number; met: () => void }[] = []

  const faultNow = (): LineFault | null => {
    for (const each of faults) each.in--
    const at = faults.findIndex((each) => each.in <= 0)
    if (at === -1) return null
    const [found] = faults.splice(at, 1)
    found?.met()
    return found?.fault ?? null
  }
  const handle = async (name: Name, body: string): Promise<Response> => {
    const { status, text } = await of.handle(name, JSON.parse(body))
    return answerOf(status, text)
  }
  const pause = (ms: number) => new Promise<void>((resolve) => void timeline.after(ms, resolve))

  const carry = async (name: Name, body: string): Promise<Response> => {
    if (isDown()) throw lineError('connect', 'ECONNREFUSED')
    const fault = faultNow()
    switch (fault) {
      case null:
        return handle(name, body)
      case 'request lost':
        throw lineError('read', 'ECONNRESET')
      case 'answer lost':
        await handle(name, body)
        throw lineError('read', 'ECONNRESET')
      case 'answer late': {
        const answer = await handle(name, body)
        await pause(lateMs)
        return answer
      }
      case 'doubled':
        return (await Promise.all([handle(name, body), handle(name, body)]))[0]
      case 'again later':
        timeline.after(muchLaterMs, () => {
          if (!isDown()) handle(name, body).catch(() => undefined)
        })
        return handle(name, body)
      case 'ends before':
      case 'ends after':
        await of.stopWith(() => handle(name, body), fault === 'ends before' ? 'before' : 'after')
        throw lineError('read', 'ECONNRESET')
      default:
        return never(fault)
    }
  }

  return {
    /** `fetch` as one life of a program has it. */
    fetchFor:
      (life: Life): typeof fetch =>
      (input, init) => {
        const name = names.get(new URL(input instanceof Request ? input.url : input).pathname)
        const body = init?.body
        if (name === undefined || typeof body !== 'string') throw new Error('no such message')
        return life.act(() => abortable(init?.signal ?? null, () => carry(name, body)))
      },
    /** The so-many-th message from now meets this. */
    meet: (fault: LineFault, inMessages: number, met: () => void): void => {
      faults.push({ fault, in: inMessages, met })
    },
    mend: (): void => {
      faults.length = 0
    },
  }
}

const abortable = async (
  signal: AbortSignal | null,
  carry: () => Promise<Response>,
): Promise<Response> => {
  if (signal === null) return carry()
  if (signal.aborted) throw new Error('aborted')
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(new Error('aborted'))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([carry(), aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** What is read of an answer, without the streams of a real one. */
const answerOf = (status: number, text: string): Response => {
  const body = {
    *[Symbol.iterator]() {
      yield Buffer.from(text)
    },
  }
  const answer = {
    status,
    ok: status >= 200 && status < 300,
    body,
    text: () => Promise.resolve(text),
  }
  return answer as unknown as Response
}

const lineError = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })
