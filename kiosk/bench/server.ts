// The bench over HTTP, for the browser on this machine alone: the page, the panel as it changes, and what people do.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Act, Panel } from '../../ui/bench/panel.ts'
import { problemsOf } from '../../domain/schema.ts'
import type { PageFile, PageFiles } from '../../server/page-files.ts'
import { parseAct, type ActDone } from './act.ts'

export type BenchServer = {
  url: string
  /** Something on the bench may have changed: everybody who looks is told, once for many changes. */
  changed(): void
  close: () => Promise<void>
}

export type BenchServerOptions = {
  /** 0 takes a free one. */
  port: number
  pages: PageFiles
  panel: () => Panel
  act: (act: Act) => Promise<ActDone>
  /** The picture of a receipt, as PNG. */
  receipt: (id: string) => Buffer | null
}

/** The largest act names a card and a meter. */
const bodyLimitBytes = 4_096
/** A looker who has not taken so much is gone or asleep. */
const backlogLimitBytes = 4_000_000

export const benchServer = async (options: BenchServerOptions): Promise<BenchServer> => {
  const lookers = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    response.on('error', () => response.destroy())
    void answer(request, response).catch(() => response.destroy())
  })
  const port = await listening(server, options.port)
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers, method, url = '/' } = request
    // A page of another site can name this machine under its own name, or send it a form: neither is this page.
    if (!hosts.includes(headers.host ?? '')) return say(response, 403, 'This is not that host.')
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
      return say(response, 403, 'Another page cannot act here.')
    }
    const path = new URL(url, 'http://bench').pathname
    if (path === '/act') {
      if (method !== 'POST') return say(response, 405, 'An act is a POST.')
      return answerAct(request, response)
    }
    if (method !== 'GET') return say(response, 405, 'This can only be looked at.')
    if (path === '/panel') return show(response)
    const picture = /^\/receipts\/([\w-]+)\.png$/.exec(path)?.[1]
    const file =
      picture === undefined ? options.pages.get(path) : pictureFile(options.receipt(picture))
    return file === undefined ? say(response, 404, 'There is nothing here.') : send(response, file)
  }

  const answerAct = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A form of another site cannot say this without asking first.
    if (request.headers['content-type']?.split(';')[0] !== 'application/json') {
      return say(response, 415, 'An act is JSON.')
    }
    const body = await bodyOf(request)
    if (body === null) return say(response, 413, 'An act is smaller than that.')
    const read = readAct(body)
    if (read.kind === 'wrong') return say(response, 400, read.problem)
    const outcome = await options.act(read.act)
    if (outcome.kind === 'refused') return say(response, 409, outcome.why)
    response.writeHead(204, commonHeaders).end()
  }

  const show = (response: ServerResponse): void => {
    response.writeHead(200, { ...commonHeaders, 'content-type': 'text/event-stream' })
    response.write(eventOf(JSON.stringify(options.panel())))
    lookers.add(response)
    response.on('close', () => lookers.delete(response))
  }

  let last = ''
  let telling = false
  const tell = () => {
    telling = false
    if (lookers.size === 0) return
    const text = JSON.stringify(options.panel())
    if (text === last) return
    last = text
    for (const looker of lookers) {
      if (looker.writableLength > backlogLimitBytes) looker.destroy()
      else looker.write(eventOf(text))
    }
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    changed: () => {
      if (telling) return
      telling = true
      setImmediate(tell)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const commonHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // The frame is the kiosk's own page, on a port of its own.
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; frame-src http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'",
}

const say = (response: ServerResponse, status: number, sentence: string): void => {
  response
    .writeHead(status, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' })
    .end(sentence)
}

const send = (response: ServerResponse, { type, bytes }: PageFile): void => {
  response
    .writeHead(200, {
      ...commonHeaders,
      'content-type': type,
      'content-length': bytes.length,
    })
    .end(bytes)
}

const pictureFile = (bytes: Buffer | null): PageFile | undefined =>
  bytes === null ? undefined : { type: 'image/png', bytes }

const eventOf = (data: string): string => `data: ${data}\n\n`

/** Null when it is larger than any act. */
const bodyOf = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= bodyLimitBytes) chunks.push(chunk)
  }
  return size > bodyLimitBytes ? null : Buffer.concat(chunks).toString('utf8')
}

const readAct = (body: string): { kind: 'act'; act: Act } | { kind: 'wrong'; problem: string } => {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { kind: 'wrong', problem: 'An act is JSON.' }
  }
  const parsed = parseAct.safeParse(value)
  return parsed.success
    ? { kind: 'act', act: parsed.data }
    : { kind: 'wrong', problem: problemsOf(parsed.error, value).join('; ') }
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject)
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('the bench has no port'))
    })
  })
