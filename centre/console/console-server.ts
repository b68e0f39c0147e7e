// The console over HTTP: its pages, signing in and out, and a route for each question and each deed.
//
//   GET  /api/NAME?…     a question: changes nothing
//   POST /api/NAME       a deed: JSON, from our own pages alone, with the session's token in `x-csrf`
//   POST /api/sign-in, /api/sign-out
//   GET  anything else   the pages
//
// A session is a cookie that no script can read, that no other site can send along, and that is good for this host alone.
import fastifyCookie from '@fastify/cookie'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import type { PageFiles } from '../../server/page-files.ts'
import { deedNames, questionNames, type Console, type From } from './console.ts'
import { refusing, type Said } from './said.ts'
import type { Session } from './sessions.ts'

export type ConsoleServerOptions = {
  console: Console
  pages: PageFiles
  log: FastifyBaseLogger
  /** Certificate and key, PEM; null where it listens on loopback alone, or behind whoever speaks TLS for it. */
  tls: { cert: string; key: string } | null
}

/** A town to be taken in is the largest thing anybody sends. */
const bodyLimitBytes = 16 * 1024 * 1024
const requestTimeoutMs = 60_000

/** `__Host-`: only over TLS or to this very machine, only for this host, for all of its paths. */
export const cookieName = '__Host-wattpoint'

const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const

export const consoleServer = (options: ConsoleServerOptions): FastifyInstance => {
  const { log, tls } = options
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: true,
    ...(tls !== null && { https: tls }),
  })
  void server.register(fastifyCookie)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (tls !== null) reply.header('strict-transport-security', 'max-age=31536000')
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return say(reply, refusing(status, 'not understood'))
    // Neither query nor body: they carry names, cards and accounts.
    log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
    return say(reply, refusing(500, 'failed'))
  })
  void server.register(async (routes) => {
    signing(routes, options)
    questionsAndDeeds(routes, options)
    servePages(server, options.pages)
  })
  return server
}

const say = (reply: FastifyReply, { status, body }: Said) => reply.code(status).send(body)

const from = (request: FastifyRequest): From => ({
  address: request.ip,
  attended: request.headers['x-unattended'] === undefined,
})

const sessionOf = async (console: Console, request: FastifyRequest): Promise<Session | null> => {
  const secret = request.cookies[cookieName]
  return secret === undefined ? null : console.session(secret, from(request))
}

const signedOut = refusing(401, 'sign in first')

const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

const signing = (server: FastifyInstance, { console }: ConsoleServerOptions): void => {
  server.post('/api/sign-in', async (request, reply) => {
    if (!isOurs(request)) return say(reply, foreign)
    const { secret, ...answer } = await console.signIn(request.body, request.ip)
    if (secret === null) return say(reply, answer)
    reply.setCookie(cookieName, secret, { ...cookie, maxAge: console.keptSeconds })
    const session = await console.session(secret, from(request))
    if (session === null) return say(reply, signedOut)
    return say(reply, { status: 200, body: await console.me(session) })
  })
  server.post('/api/sign-out', async (request, reply) => {
    const session = await sessionOf(console, request)
    if (session !== null && !mayAct(request, session)) return say(reply, foreign)
    if (session !== null) await console.signOut(session)
    reply.clearCookie(cookieName, cookie)
    return say(reply, { status: 200, body: {} })
  })
  server.get('/api/me', async (request, reply) => {
    const session = await sessionOf(console, request)
    if (session === null) return say(reply, signedOut)
    return say(reply, { status: 200, body: await console.me(session) })
  })
}

const questionsAndDeeds = (
  server: FastifyInstance,
  { console, log }: ConsoleServerOptions,
): void => {
  const told = (name: string, reply: FastifyReply, answer: Said) => {
    log.info({ name, status: answer.status, ms: Math.round(reply.elapsedTime) }, 'answered')
    return say(reply, answer)
  }
  for (const name of questionNames) {
    server.get(`/api/${name}`, async (request, reply) => {
      const session = await sessionOf(console, request)
      if (session === null) return say(reply, signedOut)
      const by = { session, from: from(request) }
      return told(name, reply, await console.ask(name, request.query, by))
    })
  }
  for (const name of deedNames) {
    server.post(`/api/${name}`, async (request, reply) => {
      const session = await sessionOf(console, request)
      if (session === null) return say(reply, signedOut)
      if (!mayAct(request, session)) return say(reply, foreign)
      const by = { session, from: from(request) }
      return told(name, reply, await console.perform(name, request.body, by))
    })
  }
}

const foreign = refusing(403, 'not from our pages')

/** Browsers say where a request was made; whatever says nothing is no browser, and has no cookie of anybody. */
const isOurs = ({ headers: { 'sec-fetch-site': site = 'same-origin' } }: FastifyRequest): boolean =>
  site === 'same-origin'

const mayAct = (request: FastifyRequest, session: Session): boolean => {
  const { 'x-csrf': token } = request.headers
  if (typeof token !== 'string' || !isOurs(request)) return false
  const [given, wanted] = [Buffer.from(token), Buffer.from(session.csrf)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const hashed = /-[\w-]{8}\.\w+$/

const servePages = (server: FastifyInstance, pages: PageFiles): void => {
  server.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?')
    if (path.startsWith('/api/')) return say(reply, refusing(404, 'no such question'))
    if (request.method !== 'GET') return say(reply, refusing(405, 'not understood'))
    const isFile = path.startsWith('/assets/')
    const file = isFile ? pages.get(path) : pages.get('/')
    if (file === undefined) return say(reply, refusing(404, 'no such page'))
    // A file with a hash in its name never changes; everything else may at the next start.
    reply.header('cache-control', hashed.test(path) ? 'max-age=31536000, immutable' : 'no-cache')
    return reply.type(file.type).send(file.bytes)
  })
}
