// The centre over HTTP: a route for each message, made from the words kiosk and centre share.
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type HTTPMethods,
} from 'fastify'
import { centreMessages, type MessageName } from '../domain/centre-messages.ts'
import type { Centre } from './centre.ts'

/** The largest message is a closing with a full cash box of notes. */
const bodyLimitBytes = 256 * 1024

/** A request that takes longer to arrive is given up; the kiosk repeats it under the same id. */
const requestTimeoutMs = 20_000

const otherMethods: HTTPMethods[] = ['GET', 'PUT', 'PATCH', 'DELETE']

export const centreServer = (centre: Centre, log: FastifyBaseLogger): FastifyInstance => {
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: true,
  })
  for (const name of messageNames) {
    const { path } = centreMessages[name]
    server.post(path, async (request, reply) => {
      const { status, text } = await centre.handle(name, request.body)
      // Neither body nor reply: they carry names, cards and accounts.
      log.info({ message: name, status, ms: Math.round(reply.elapsedTime) }, 'answered')
      return reply.code(status).type('application/json; charset=utf-8').send(text)
    })
    server.route({
      method: otherMethods,
      url: path,
      handler: (_, reply) =>
        reply.code(405).header('allow', 'POST').send({ problem: 'this is asked by POST' }),
    })
  }
  server.get('/v1/health', (_, reply) => {
    const problem = centre.problem()
    return reply.code(problem === null ? 200 : 503).send({ healthy: problem === null, problem })
  })
  /** What anyone needs to check the signature on a receipt. */
  server.get('/v1/receipt-key', (_, reply) =>
    reply.type('application/x-pem-file').send(centre.receiptKey),
  )
  server.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ problem: 'there is no such path' }),
  )
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ problem: error.message })
    log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
    return reply.code(500).send({ problem: 'the centre could not do this; ask again' })
  })
  return server
}

const isMessageName = (name: string): name is MessageName => name in centreMessages
const messageNames = Object.keys(centreMessages).filter(isMessageName)
