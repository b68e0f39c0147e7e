// A line to the centre whose n-th request goes wrong.
import { never } from '../../domain/never.ts'
import type { Life } from './life.ts'
import type { Kind, Traps } from './traps.ts'

/** More than the kiosk waits for one answer. */
const lateMs = 8_000
/** How long the centre is away. */
const goneMs = 20_000

export type FaultyLineOptions = {
  fetch: typeof fetch
  traps: Traps
  life: Life
  wait: (ms: number) => Promise<unknown>
  monotonic: () => number
}

export const faultyLine = (options: FaultyLineOptions): typeof fetch => {
  const { fetch: send, traps, life, monotonic } = options
  let backAt = 0
  return async (input, init) => {
    if (life.hasEnded()) throw failed('read', 'ECONNRESET')
    if (monotonic() < backAt) throw failed('connect', 'ECONNREFUSED')
    const path = new URL(input instanceof Request ? input.url : input).pathname
    const kind = traps.meet('network', 'call', path)
    if (kind === 'gone') {
      backAt = monotonic() + goneMs
      throw failed('connect', 'ECONNREFUSED')
    }
    const ask = () => send(input, init)
    const limit = init?.signal
    const given = kind === null ? ask() : meet(options, kind, ask)
    const answer = await Promise.race([given, life.ended, ...(limit ? [aborted(limit)] : [])])
    return answer
  }
}

const meet = async (
  { life, wait }: FaultyLineOptions,
  kind: Exclude<Kind, 'gone'>,
  ask: () => Promise<Response>,
): Promise<Response> => {
  switch (kind) {
    case 'error':
      return new Response('{"problem":"not now"}', { status: 503 })
    case 'request lost':
      // Nobody answers: the kiosk has to give up by itself.
      await wait(lateMs)
      throw failed('read', 'ETIMEDOUT')
    case 'answer lost':
      await ask()
      throw failed('read', 'ECONNRESET')
    case 'answer late': {
      const answer = await ask()
      await wait(lateMs)
      return answer
    }
    case 'garbled':
      return changed(await ask(), (text) => text.replace(/[0-9](?=[^0-9]*$)/, 'x'))
    case 'short':
      return changed(await ask(), (text) => text.slice(0, Math.floor(text.length / 2)))
    case 'crash before':
      life.end()
      throw failed('read', 'ECONNRESET')
    case 'crash after':
      await ask()
      life.end()
      throw failed('read', 'ECONNRESET')
    default:
      return never(kind)
  }
}

const changed = async (answer: Response, how: (text: string) => string): Promise<Response> =>
  new Response(how(await answer.text()), { status: answer.status })

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = () => reject(new DOMException('given up', 'AbortError'))
    if (signal.aborted) give()
    else signal.addEventListener('abort', give, { once: true })
  })

/** As `fetch` fails: the reason is in the cause. */
const failed = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })
