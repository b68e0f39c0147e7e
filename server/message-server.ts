// Messages over HTTP: a POST of JSON for each path, a word on health, and a sentence for everything else that arrives.
import type { RequestListener } from 'node:http'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type HTTPMethods,
} from 'fastify'
import type { Gate } from './gate.ts'

/** The largest message is a closing with a full cash box of notes. */
const bodyLimitBytes = 256 * 1024

/** A request that takes longer to arrive is given up; whoever sent it repeats it under the same id. */
const requestTimeoutMs = 20_000

const otherMethods: HTTPMethods[] = ['GET', 'PUT', 'PATCH', 'DELETE']

/** HTTP status and JSON, and perhaps headers. */
export type Answered = { status: number; text: string; headers?: Readonly<Record<string, string>> }

export const messageServer = <Name extends string>(of: {
  messages: Readonly<Record<Name, { path: string }>>
  handle: (name: Name, body: unknown) => Promise<Answered>
  /** Why the program cannot work, or null. */
  problem: () => string | null
  /** What answers a request that failed by a fault of ours. */
  sorry: string
  log: FastifyBaseLogger
  /** Over TLS, and who may ask what; null answers everybody over plain HTTP: on this machine only. */
  gate?: Gate | null
}): FastifyInstance => {
  const { messages, handle, problem, sorry, log, gate = null } = of
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: true,
    ...(gate !== null && {
      serverFactory: (listener: RequestListener) =>
        gate.serverFor(listener, { requestTimeout: requestTimeoutMs }),
    }),
  })
  const isName = (name: string): name is Name => name in messages
  for (const name of Object.keys(messages).filter(isName)) {
    const { path } = messages[name]
    server.post(path, async (request, reply) => {
      const refused = (await gate?.refusal(request.socket, kioskIn(request.body))) ?? null
      if (refused !== null) {
        log.warn({ message: name, ...refused }, 'was not listened to')
        return reply.code(refused.status).send({ problem: refused.problem })
      }
      const { status, text, headers = {} } = await handle(name, request.body)
      // Neither body nor reply: they carry names, cards and accounts.
      log.info({ message: name, status, ms: Math.round(reply.elapsedTime) }, 'answered')
      return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(text)
    })
    server.route({
      method: otherMethods,
      url: path,
      handler: (_, reply) =>
        reply.code(405).header('allow', 'POST').send({ problem: 'this is asked by POST' }),
    })
  }
  server.get('/v1/health', (_, reply) => {
    const found = problem()
    return reply.code(found === null ? 200 : 503).send({ healthy: found === null, problem: found })
  })
  server.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ problem: 'there is no such path' }),
  )
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ problem: error.message })
    log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
    return reply.code(500).send({ problem: sorry })
  })
  return server
}

const kioskIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, 'kiosk') : null
