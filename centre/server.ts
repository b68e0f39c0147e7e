// The centre over HTTP: a route for each message, made from the words kiosk and centre share.
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { centreMessages } from '../domain/centre-messages.ts'
import { messageServer } from '../server/message-server.ts'
import type { Gate } from '../server/gate.ts'
import type { Centre } from './centre.ts'

/** `gate`: who may ask; null: everybody on this machine. */
export const centreServer = (
  centre: Centre,
  log: FastifyBaseLogger,
  gate: Gate | null = null,
): FastifyInstance => {
  const server = messageServer({
    messages: centreMessages,
    handle: centre.handle,
    problem: centre.problem,
    sorry: 'the centre could not do this; ask again',
    log,
    gate,
  })
  /** What anyone needs to check the signature on a receipt. */
  server.get('/v1/receipt-key', (_, reply) =>
    reply.type('application/x-pem-file').send(centre.receiptKey),
  )
  return server
}
