// Messages over HTTP: a POST of JSON for each path, a word on health, and a sentence for everything else that arrives.
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type HTTPMethods,
} from 'fastify'

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
}): FastifyInstance => {
  const { messages, handle, problem, sorry, log } = of
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: true,
  })
  const isName = (name: string): name is Name => name in messages
  for (const name of Object.keys(messages).filter(isName)) {
    const { path } = messages[name]
    server.post(path, async (request, reply) => {
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
