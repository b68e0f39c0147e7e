// Serves a page to this machine alone: views down as server-sent events, presses up as POST; and asks the page whether it
// still paints. The customer's screen and the set-up of a kiosk are both such a page.
//
// Loopback only, and only to pages that came from here (money-safety.md 10, T12): an address that was made to point at
// this machine is refused by its name, a page of another origin by its origin.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { PageFiles } from '../server/page-files.ts'
import { Painted, painting, pingMs, type Painting } from './painting.ts'

/** No press is longer. */
const longestPressBytes = 1024

/** A press names the view it was made on. */
type Numbered = { number: number }

export type PageServerOptions<View extends Numbered, Pressed> = {
  host: string
  /** 0 takes a free one. */
  port: number
  pages: PageFiles
  view: () => View
  /** What may come from the page. */
  presses: z.ZodType<Pressed>
  /** False when the press was made on a screen that is shown no longer. */
  onPress: (pressed: Pressed) => boolean
  /** What supervision asks: whether the program is well, and what it is doing. */
  health: () => Record<string, unknown>
  after: (ms: number, call: () => void) => () => void
  monotonic: () => number
}

export type PageServer<View extends Numbered> = {
  url: string
  /** Sends a view to every page that is connected. */
  show: (view: View) => void
  /** Since a page last painted and said so; before the first did, since it was served. Wedged, it stands connected and grows. */
  paintedAgeMs: () => number
  /** Every page loads itself anew. */
  reload: () => void
  close: () => Promise<void>
}

/** Rejects when the port cannot be had. */
export const pageServer = async <View extends Numbered, Pressed>(
  options: PageServerOptions<View, Pressed>,
): Promise<PageServer<View>> => {
  const { host, port, after } = options
  const pages = new Set<ServerResponse>()
  const paint = painting(options.monotonic)
  const server = createServer((request, response) => {
    void answer({ options, pages, paint, request, response })
  })
  // A page that is silent in the middle of a request is let go; a stream of screens is an answer and stays.
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  let stopAsking: () => void
  // Both ends notice a dead connection by it too.
  const ask = () => {
    const ping = paint.ping(options.view().number)
    for (const page of pages) page.write(`event: ping\ndata: ${ping}\n\n`)
    stopAsking = after(pingMs, ask)
  }
  ask()
  return {
    url: `http://${host}:${portOf(server)}/`,
    show: (view) => {
      for (const page of pages) page.write(eventOf(view))
    },
    paintedAgeMs: paint.ageMs,
    reload: () => {
      for (const page of pages) page.write('event: reload\ndata: 1\n\n')
    },
    close: () =>
      new Promise((resolve) => {
        stopAsking()
        for (const page of pages) page.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return address.port
}

const eventOf = (view: Numbered): string => `data: ${JSON.stringify(view)}\n\n`

type Asked<View extends Numbered, Pressed> = {
  options: PageServerOptions<View, Pressed>
  pages: Set<ServerResponse>
  paint: Painting
  request: IncomingMessage
  response: ServerResponse
}

const answer = async <View extends Numbered, Pressed>(
  asked: Asked<View, Pressed>,
): Promise<void> => {
  const { options, request, response } = asked
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('content-security-policy', pagePolicy)
  response.setHeader('cache-control', 'no-store')
  if (!cameFromHere(request)) return say(response, 403, 'this address is not served')
  // Not every path that a request can carry is one: `//` is none.
  const pathname = URL.parse(request.url ?? '/', 'http://kiosk')?.pathname
  if (pathname === undefined) return say(response, 400, 'this is no address')
  const route = `${request.method} ${pathname}`
  switch (route) {
    case 'GET /screen':
      return stream(asked)
    case 'POST /press':
      return press(asked)
    case 'POST /painted':
      return painted(asked)
    case 'GET /health':
      response.setHeader('content-type', 'application/json; charset=utf-8')
      response.end(JSON.stringify(options.health()))
      return undefined
    default:
      return file(asked, pathname)
  }
}

/** The page is all there is: nothing from elsewhere, framed by pages of this machine only (the bench). */
const pagePolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors http://127.0.0.1:* http://localhost:*',
].join('; ')

const cameFromHere = ({ headers }: IncomingMessage): boolean => {
  const host = URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? ''
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) return false
  return headers.origin === undefined || headers.origin === `http://${headers.host}`
}

const say = (response: ServerResponse, status: number, words: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`)
}

const stream = <View extends Numbered, Pressed>({
  options,
  pages,
  response,
}: Asked<View, Pressed>): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(`retry: 500\n${eventOf(options.view())}`)
  pages.add(response)
  response.on('close', () => pages.delete(response))
}

const file = <View extends Numbered, Pressed>(
  { options, request, response }: Asked<View, Pressed>,
  path: string,
): void => {
  const found = options.pages.get(path)
  if (found === undefined) return say(response, 404, 'there is no such page')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return say(response, 405, 'this is asked by GET')
  }
  response.writeHead(200, { 'content-type': found.type, 'content-length': found.bytes.length })
  response.end(request.method === 'HEAD' ? undefined : found.bytes)
  return undefined
}

const press = async <View extends Numbered, Pressed>({
  options,
  request,
  response,
}: Asked<View, Pressed>): Promise<void> => {
  const body = await bodyOf(request)
  if (body === null) return say(response, 413, 'this is longer than any press')
  const pressed = options.presses.safeParse(body)
  if (!pressed.success) return say(response, 400, 'this is not a press')
  return options.onPress(pressed.data)
    ? void response.writeHead(204).end()
    : say(response, 409, 'this screen is shown no longer')
}

const painted = async <View extends Numbered, Pressed>({
  options,
  paint,
  request,
  response,
}: Asked<View, Pressed>): Promise<void> => {
  const told = Painted.safeParse(await bodyOf(request))
  if (!told.success) return say(response, 400, 'this is no answer to a ping')
  return paint.painted(told.data, options.view().number)
    ? void response.writeHead(204).end()
    : say(response, 409, 'this is not what is shown now')
}

/** The body as a value; undefined when it is not JSON, null when it is too long or breaks off. */
const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Buffer)) return null
      length += chunk.length
      if (length > longestPressBytes) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return value === null ? undefined : value
  } catch {
    return undefined
  }
}
