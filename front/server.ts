// The front machine over HTTP: to a terminal it is the centre, and three messages more.
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Gate } from '../server/gate.ts'
import { messageServer } from '../server/message-server.ts'
import { allMessages, type Front } from './front.ts'

/** `gate`: who may ask; null: everybody on this machine. */
export const frontServer = (
  front: Front,
  log: FastifyBaseLogger,
  gate: Gate | null = null,
): FastifyInstance => {
  const server = messageServer({
    messages: allMessages,
    handle: front.handle,
    problem: front.problem,
    sorry: 'the front machine could not do this; ask again',
    log,
    gate,
  })
  /** For whoever watches the machine; the plain answer that a terminal asks for is `/v1/health`. */
  server.get('/health', async (_, reply) => {
    const condition = await front.condition()
    return reply.code(condition.problem === null ? 200 : 503).send(condition)
  })
  return server
}
